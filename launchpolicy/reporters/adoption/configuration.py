"""Write `.launchpolicy.yaml` of a new launch repository."""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.documents.quoting import scalar
from launchpolicy.reporters.adoption.layout import align_comments, document, remark
from launchpolicy.reporters.adoption.setup import Setup
from launchpolicy.vocabulary.text import Text

_TOP = Text(
    "What this repository asks of a launch. `launchpolicy schema Configuration` lists every key.",
    "本仓库对上线的要求。全部配置项见 `launchpolicy schema Configuration`。",
)
_LANGUAGE = Text("of messages: en or zh", "提示所用语言：en 或 zh")
_PROCESSES = Text(
    "The policy packs of each process; a request names its process in `spec.process`.",
    "每个流程所用的策略包；申请在 `spec.process` 中写明流程。",
)
_MANDATORY = Text("no process can leave it out", "任何流程都不能省略")
_SOURCE = {
    "github": Text(
        "Approvals are reviews of the pull request on GitHub.",
        "审批来自 GitHub 上对合并请求的评审。",
    ),
    "signed": Text(
        "Approvals are files signed with an SSH key (`launchpolicy approve`).",
        "审批为 SSH 密钥签名的文件（由 `launchpolicy approve` 生成）。",
    ),
}
_RULES = Text(
    "`rules`: one holder of these roles approves each change of the rules (this file, people, "
    "calendar, own policies). Nobody approves a change of their own, so give these roles to at "
    "least two people before you protect the branch.",
    "`rules`：规则（本文件、人员名录、日历、自有策略）的每次变更须由这些角色之一审批。本人不能审批自己的变更，"
    "因此保护分支之前，请至少由两人担任这些角色。",
)
_MORE = Text(
    "Examples of further settings: remove the `#` to use one.", "其他设置示例：去掉 `#` 即可启用。"
)
_VAULTS = Text("where backups may be kept", "允许存放备份的位置")
_PRODUCTS = Text("also `processes`, `departments`", "已有产品；还可写 `processes`、`departments`")
_SYSTEMS = Text("and the departments that own them", "各系统及其归属部门")
_BILLING = Text("Billing", "计费系统")
_NAMES = Text(
    "shown to people in place of ids",
    "显示给人看的名称，文件中仍写标识",
)
_BINDING = Text(
    "How old test reports may be:",
    "测试报告的最长有效期：",
)
_AGE = "pack: launch, policy: test-reports-fresh, params: {maxAge: 72h}"
"""A binding with a setting of age."""
_LEDGER = Text("the branch of the release ledger", "上线日志所在分支")
_PATHS = Text("where things live", "各部分所在位置")


def configuration_text(setup: Setup) -> str:
    """Return the file: every key that it sets explained, further ones as comments."""
    return document(_lines(setup))


def _lines(setup: Setup) -> Iterator[str]:
    def say(text: Text) -> str:
        return text.in_language(setup.language)

    yield from remark(say(_TOP))
    yield "apiVersion: launchpolicy/v1"
    yield "kind: Configuration"
    yield from align_comments([(f"language: {setup.language}", say(_LANGUAGE))])
    yield ""
    yield from remark(say(_PROCESSES))
    yield "processes:"
    yield from align_comments(
        [
            (f"  {process.name}: [{', '.join(process.packs)}]", say(process.title))
            for process in setup.processes
        ]
    )
    if setup.mandatory:
        mandatory = f"mandatory: [{', '.join(setup.mandatory)}]"
        yield from align_comments([(mandatory, say(_MANDATORY))])
    yield ""
    yield from remark(say(_SOURCE[setup.source]))
    yield from remark(say(_RULES))
    yield "approvals:"
    yield f"  source: {setup.source}"
    yield f"  rules: [{', '.join(setup.rules)}]"
    yield ""
    if setup.vaults:
        yield from align_comments(
            [(f"vaults: [{', '.join(map(scalar, setup.vaults))}]", say(_VAULTS))]
        )
        yield ""
    yield from remark(say(_MORE))
    yield from align_comments(
        [
            ("#paths: {launches: launches, waivers: waivers}", say(_PATHS)),
            ("#ledger: {branch: launch-ledger}", say(_LEDGER)),
            *([] if setup.vaults else [("#vaults: [vault-b]", say(_VAULTS))]),
            ("#products: {checkout: {risk: major, owner: product}}", say(_PRODUCTS)),
            ("#systems: {billing: finance}", say(_SYSTEMS)),
            (f"#names: {{systems: {{billing: {say(_BILLING)}}}}}", say(_NAMES)),
        ]
    )
    yield from remark(say(_BINDING))
    yield f"#bindings: [{{{_AGE}}}]"
