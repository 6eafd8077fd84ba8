"""How people read what entries say in one word."""

from __future__ import annotations

from collections.abc import Iterable

from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.launches import Launch, LaunchState
from launchpolicy.ledger.records import CountedApproval, UnmetPolicy
from launchpolicy.vocabulary.names import Names, with_id
from launchpolicy.vocabulary.text import Language, Text, without_gaps
from launchpolicy.vocabulary.value_names import VALUE_NAMES

STANDINGS: dict[LaunchState, Text] = {
    LaunchState.APPROVED: Text("approved", "已批准"),
    LaunchState.UNAPPROVED: Text("merged without approval", "未经批准合入"),
    LaunchState.UNANNOUNCED: Text("not announced", "未通告"),
    LaunchState.LAUNCHED: Text("launched", "已上线"),
    LaunchState.CANCELLED: Text("cancelled", "已取消"),
    LaunchState.ROLLED_BACK: Text("rolled back", "已回滚"),
    LaunchState.WITHDRAWN: Text("withdrawn", "已撤回"),
}
ROLES: dict[str, Text] = {
    "requester": Text("requester", "申请人"),
    "executor": Text("executor", "执行人"),
    "watcher": Text("watcher", "值守人"),
    "maintainer": Text("maintainer", "维护人"),
    "project-manager": Text("project manager", "项目经理"),
    "test-lead": Text("test lead", "测试负责人"),
    "developer": Text("developer", "开发人员"),
    "tester": Text("tester", "测试人员"),
    "quality-assurance": Text("quality assurance", "质检人员"),
    "named-approver": Text("named approver", "指定审批人"),
    "acceptor": Text("acceptor", "验收人"),
    "rollback-executor": Text("carried out the rollback", "回滚执行人"),
    "announcer": Text("announcer", "通告发布人"),
}
VERDICTS = VALUE_NAMES["verdict"]
WRITTEN_BY = Text("written by", "提交作者")
MERGED_BY = Text("merged by", "合入人")
REASON_GIVEN = Text("reason given:", "绕过理由：")
APPROVED_LATER = Text("Approved after it was merged:", "合入后补批：")
UNANNOUNCED = Text(
    "Not announced: it counts as not launched (D4.10).", "尚未发布通告：不算上线（D4.10）。"
)

UNAPPROVED = Text(
    "Merged without a passing verdict: it is not approved until a later merge passes.",
    "未通过判定即合入：在后续合入通过判定之前，视为未批准。",
)
_IN_THE_WORLD = frozenset({LaunchState.LAUNCHED, LaunchState.UNANNOUNCED, LaunchState.ROLLED_BACK})


def is_step_of_a_night(entry: Entry, hurdle: UnmetPolicy) -> bool:
    """Return whether a policy only had to wait until the night of the launch was recorded.

    Each fact is a commit of its own, and the commits before the last are not complete.
    """
    return hurdle.outcome == "fixed" and entry.stage in {"launched", "rolled-back"}


def lacks_approval(launch: Launch) -> bool:
    """Return whether a launch was carried out although nobody had approved it."""
    return launch.standing in _IN_THE_WORLD and not launch.is_approved


def standing_of(launch: Launch) -> Text:
    """Return where a launch stands; of one carried out without approval, that besides."""
    standing = STANDINGS[launch.standing]
    if not lacks_approval(launch):
        return standing
    missing = STANDINGS[LaunchState.UNAPPROVED]
    return Text(f"{standing.en}, {missing.en}", f"{standing.zh}，{missing.zh}")


def role_of(role: str) -> Text:
    """Return a role as people read it; one of the directory's own as it is written."""
    return ROLES.get(role, Text(role, role))


def process_name(process: str, names: Names) -> Text:
    """Return the name of a process; its id where it has none, and "" where none is known."""
    return names.name_of("processes", process)


def in_brackets(language: Language, inner: str) -> str:
    """Return what stands in brackets behind a word, with the brackets of the language."""
    return f"（{inner}）" if language == "zh" else f" ({inner})"


def capacity(approval: CountedApproval, names: Names) -> Text:
    """Return as what an approval counted, and for whom where a deputy gave it."""
    role = names.role_names(approval.role)
    if not approval.stands_for:
        return role
    other = Text(
        ", ".join(_people(approval.stands_for, names, "en")),
        "、".join(_people(approval.stands_for, names, "zh")),
    )
    return Text(
        f"{role.en}, as deputy of {other.en}", without_gaps(f"{role.zh}（代理 {other.zh}）")
    )


def _people(ids: str, names: Names, language: Language) -> list[str]:
    return [names.name_of("people", one).in_language(language) for one in ids.split(", ")]


def people_text(ids: str, names: Names) -> Text:
    """Return the names of people, each with its id, which entries list as `a, b`."""
    people = [with_id(names.name_of("people", one), one) for one in ids.split(", ") if one]
    return Text(", ".join(person.en for person in people), "、".join(p.zh for p in people))


def with_people(names: Names, launches: Iterable[Launch]) -> Names:
    """Return the names with those that entries give people; the latest launch counts."""
    people: dict[str, Text] = {}
    for launch in launches:
        for involved in launch.people:
            if involved.display is not None:
                people.setdefault(involved.person, involved.display.text)
    return Names({**names.by_kind, "people": {**people, **names.by_kind.get("people", {})}})


def product_name(launch: Launch, names: Names, language: Language) -> str:
    """Return the product of a launch as people call it, with its version."""
    product = launch.facts.product
    if product is None:
        return ""
    name = names.name_of("products", product.name).in_language(language)
    return f"{name} {product.version}".strip()


def environment_name(launch: Launch, names: Names, language: Language) -> str:
    """Return the environment of a launch as people call it; "" where none is known."""
    product = launch.facts.product
    environment = product.environment if product is not None else ""
    return names.name_of("environments", environment).in_language(language)
