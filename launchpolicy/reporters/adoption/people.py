"""Write `people.yaml` of a new launch repository."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from launchpolicy.documents.quoting import scalar
from launchpolicy.policy.role_demands import RoleDemand
from launchpolicy.reporters.adoption.layout import align_comments, document, remark
from launchpolicy.reporters.adoption.setup import Setup, SetupAuthor
from launchpolicy.vocabulary.role_titles import role_title
from launchpolicy.vocabulary.text import Language, Text

_TOP = Text(
    "Who there is, and who holds which role. Every other file names people by these ids. "
    "`launchpolicy people check` says which approvals nobody can give yet. Lines that begin with "
    "`#` and no space are examples: remove the `#` to use one.",
    "人员及其角色；其他文件均以此处的标识指称人员。"
    "`launchpolicy people check` 列出目前无人可给出的审批。"
    "以 `#` 开头且其后无空格的行是示例：去掉 `#` 即可启用。",
)
_NEXT = Text(
    "Add everyone who asks for, carries out or approves launches in the same way, or with "
    "`launchpolicy people add ID`.",
    "请以同样方式登记申请、实施和审批上线的所有人员，也可运行 `launchpolicy people add 标识`。",
)
_DEPARTMENT = Text(
    "the id of a department: change it if yours is another", "部门标识，请按实际修改"
)
_EMAILS = Text("as in your commits", "与提交记录一致")
_ACCOUNT = Text(
    "Reviews count by account id. Fill in yours: `gh api user`, or "
    "https://api.github.com/users/<login>",
    "评审按账号编号计入。请填写您的编号：运行 `gh api user`，或访问 https://api.github.com/users/<login>",
)
_KEYS = Text(
    "The keys that you sign approvals with; remove the others.",
    "用于签名审批的公钥；不用的请删除。",
)
_NO_KEY = Text(
    "Approvals are signed. Make a key with `ssh-keygen -t ed25519`, and copy its line from "
    "~/.ssh/id_ed25519.pub:",
    "审批须签名。请用 `ssh-keygen -t ed25519` 生成密钥，并填入 ~/.ssh/id_ed25519.pub 中的内容：",
)
_ROLES = Text(
    "Every role that the policies of this repository ask for, and the policies that ask. Run "
    "`launchpolicy people add ID --role ROLE` to give one to a person. By hand: remove the mark "
    "from `roles:` and from that role, and write ids between the brackets, such as `[li.wei]`. A "
    "role held per department has a list for each department.",
    "本仓库策略要求的全部角色，以及要求该角色的策略。"
    "运行 `launchpolicy people add 标识 --role 角色` 即可分配角色。"
    "手工填写时，请去掉 `roles:` 和该角色的行首注释标记，"
    "并在方括号中填写人员标识，例如 `[li.wei]`。按部门担任的角色，每个部门一个列表。",
)
_CONDITIONAL_ROLES = Text(
    "The roles below are asked for only where a request names a person for such a duty: who "
    "carries out a step, who assesses the rollback.",
    "以下角色仅在申请为相应事项填写人员时才要求，例如步骤执行人、回滚影响评估人。",
)
_PRODUCT_DEPARTMENT = Text("Product department", "产品部")
_NAMES = Text(
    "What messages, papers and the ledger show in place of the ids of departments and roles; for "
    "two languages, write each as `{en: …, zh: …}`:",
    "提示、文书和上线日志中代替部门和角色标识显示的名称；"
    "需要中英文两种名称时，写作 `{en: …, zh: …}`：",
)
_DEPUTIES = Text(
    "Who stands for whom for a time; the approval counts for the other's roles:",
    "在一段时间内由谁代理谁；代理人的审批按被代理人的角色计入：",
)
_DEPARTMENT_EXAMPLE = "finance"


def people_text(setup: Setup) -> str:
    """Return the file: the person who sets up, and a commented place for each role."""
    return document(_lines(setup))


def _lines(setup: Setup) -> Iterator[str]:
    # What is offered is one line without a space after its `#`: it is well-formed without that.
    def say(text: Text) -> str:
        return text.in_language(setup.language)

    yield from remark(say(_TOP))
    yield "apiVersion: launchpolicy/v1"
    yield "kind: Directory"
    yield ""
    yield from remark(say(_NEXT))
    yield "people:"
    yield from _person(setup, setup.person)
    yield ""
    yield from remark(say(_NAMES))
    departments = f"departments: {{product: {say(_PRODUCT_DEPARTMENT)}}}"
    yield f"#names: {{{departments}, roles: {{product-lead: {say(role_title('product-lead'))}}}}}"
    yield from remark(say(_DEPUTIES))
    times = "from: 2026-12-01T00:00:00Z, until: 2026-12-08T00:00:00Z"
    yield f"#deputies: [{{for: li.wei, by: he.lin, {times}}}]"
    yield ""
    yield from remark(say(_ROLES))
    yield "#roles:"
    yield from _offers(setup.roles, setup.language)
    if setup.conditional_roles:
        yield from (f"#{line}" for line in remark(say(_CONDITIONAL_ROLES), "  "))
        yield from _offers(setup.conditional_roles, setup.language)


def _offers(demands: Iterable[RoleDemand], language: Language) -> Iterator[str]:
    """Yield a commented place for each role, below its title and the policies that ask for it."""
    for demand in demands:
        title = role_title(demand.role).in_language(language)
        colon = "：" if language == "zh" else ": "
        comma = "、" if language == "zh" else ", "
        asks = remark(f"{title}{colon}{comma.join(demand.policies)}", "  ")
        yield from (f"#{line}" for line in asks)
        holders = f"{{{_DEPARTMENT_EXAMPLE}: []}}" if demand.is_per_department else "[]"
        yield f"#  {demand.role}: {holders}"


def _person(setup: Setup, person: SetupAuthor) -> Iterator[str]:
    def say(text: Text) -> str:
        return text.in_language(setup.language)

    email = scalar(person.email) if person.email else ""
    yield from align_comments(
        [
            (f"  - name: {scalar(person.name)}", ""),
            (f"    display: {scalar(person.display)}", ""),
            ("    department: product", say(_DEPARTMENT)),
            (f"    emails: [{email}]", say(_EMAILS)),
        ]
    )
    if setup.source == "github" and person.github_id:
        login = scalar(person.github_login)
        yield f"    accounts: {{github: {{id: {person.github_id}, login: {login}}}}}"
    elif setup.source == "github":
        yield from remark(say(_ACCOUNT), "    ")
        yield "    #accounts: {github: {id: 0, login: ''}}"
    elif person.keys:
        yield from remark(say(_KEYS), "    ")
        yield "    keys:"
        yield from (f"      - {scalar(key)}" for key in person.keys)
    else:
        yield from remark(say(_NO_KEY), "    ")
        yield "    #keys: [ssh-ed25519 AAAA…]"
