"""The three scenes of `make demo`."""

from __future__ import annotations

from examples.demo.ledger_scenes import change_one_byte
from examples.demo.stage import BRANCH, NAME, NOW, REQUEST, Stage
from examples.demo.telling import at_most, findings, first, holding, last
from launchpolicy.vocabulary.text import Text

LEFT_OUT = (
    "    - {name: monitoring,",
    "    impact:\n      summary: {en: Orders",
)
"""What the first try forgets: each is cut out with everything indented below it."""

FORGOTTEN = LEFT_OUT[1:]
"""The same in the short story, which has room for less."""

MISSING_FILE = "tests/functional.xml"
START = "start: 2026-12-01T22:00:00"
LATER = "start: 2026-12-01T22:15:00"
VOIDED = ("approvals/", "spec.window.start", "T22:15")
"""What the finding about a void approval is known by, in every language."""

BLOCKED = Text("the merge is blocked", "合并被阻断")
MAY_MERGE = Text("it may be merged", "可以合并")


def tell(stage: Stage) -> None:
    """Raises WrongTurnError at the first step that goes wrong."""
    stage.teller.title(
        Text(
            "launchpolicy in three scenes: a real git repository, real SSH keys, real answers.",
            "launchpolicy 三幕演示：真实的 git 仓库、真实的 SSH 密钥、真实的输出。",
        )
    )
    blocked(stage)
    voided(stage)
    tampered(stage)
    stage.teller.say(Text("", ""))
    stage.teller.title(Text("In short", "小结"))
    for line in SUMMARY:
        stage.teller.say(line)


def blocked(stage: Stage) -> None:
    teller = stage.teller
    teller.scene(
        1,
        Text("What is missing, and where", "缺什么，在哪里"),
        Text(
            "Li Wei asks to launch checkout 3.2, in a hurry. The pull request is checked:",
            "李薇匆忙提交了结算服务 3.2 的上线申请。合并请求触发检查：",
        ),
    )
    stage.git("switch", "--quiet", "--create", BRANCH)
    stage.request(left_out=FORGOTTEN, without_file=MISSING_FILE)
    stage.commit("Request the launch of checkout 3.2")
    stage.check(code=1, says=(f"{REQUEST}:69:3", MISSING_FILE), cut=findings)
    teller.shown(
        Text(
            "Every gap is named with its line, its rule and its fix, before anybody approves.",
            "审批之前，每处缺项都已指明行号、依据和补法。",
        )
    )


def voided(stage: Stage) -> None:
    teller = stage.teller
    teller.scene(
        2,
        Text("A moved window voids an approval, by name", "改动时间窗口，审批随即失效"),
        Text(
            "Li Wei completes the request; both leads and operations sign this version: it passes.",
            "李薇补全申请；两位负责人和运维部门对这一版本签名审批，检查通过。",
        ),
    )
    stage.request()
    stage.commit("Complete the request")
    stage.approve("wang.fang", holding("Approve "))
    stage.approve("zhou.kai", show=False)
    stage.approve("zhao.min", show=False)
    stage.check(code=0, cut=first(2))
    teller.exit_code(0, MAY_MERGE)
    teller.say(
        Text(
            "Then the launch is moved by a quarter of an hour, in one small commit:",
            "随后，一次小小的提交把上线时间推迟了一刻钟：",
        )
    )
    stage.edit(REQUEST, START, LATER)
    stage.commit("Start a quarter of an hour later")
    changed = stage.git("show", "--format=", "--unified=0").splitlines()
    teller.output("\n".join(line for line in changed if START in line or LATER in line))
    stage.check(
        code=1,
        says=("spec.window.start",),
        cut=at_most(5, holding(*VOIDED)),
    )
    teller.exit_code(1, BLOCKED)
    teller.shown(
        Text(
            "An approval counts for what was approved, and the check names what changed since.",
            "审批只对当时的内容有效；检查会指明此后改了什么。",
        )
    )


def tampered(stage: Stage) -> None:
    teller = stage.teller
    teller.scene(
        3,
        Text("One byte changed in the ledger is found", "上线日志中改动一个字节也会被发现"),
        Text(
            "All three sign the new version. The request is merged, and recorded in the ledger:",
            "三人对新版本重新签名。申请合并后，记入上线日志：",
        ),
    )
    for name in ("wang.fang", "zhou.kai", "zhao.min"):
        stage.approve(name, show=False)
    stage.quietly("check", "--base", "main", "--now", NOW)
    stage.git("switch", "--quiet", "main")
    stage.git("merge", "--quiet", "--no-ff", "--message", "Launch checkout 3.2", BRANCH)
    stage.run("ledger", "append", "--now", NOW, cut=holding("#1 ", "zhou.kai"))
    stage.run("ledger", "verify", cut=last(1))
    before, after = change_one_byte(stage)
    teller.say(
        Text(
            f"Then one byte of that entry is rewritten and committed: {before} becomes {after}.",
            f"随后，该条目的一个字节被改写并提交：{before} 变成 {after}。",
        )
    )
    stage.run("ledger", "verify", code=1, says=(NAME,), cut=first(2))
    teller.shown(
        Text(
            "The ledger is a signed Merkle tree: it says which entry was changed.",
            "上线日志是带签名的 Merkle 树：哪一条被改，一查便知。",
        )
    )


SUMMARY = (
    Text(
        "• A launch request is a YAML file in a pull request; policies give a verdict.",
        "• 上线申请是合并请求中的 YAML 文件，由策略逐条判定并给出结论。",
    ),
    Text(
        "• What is missing is named with line and fix; the merge stays blocked until it is there.",
        "• 缺项指明行号和补法；补齐之前，合并一直被阻断。",
    ),
    Text(
        "• Approvals are signatures of one version, by the roles that the policies ask for.",
        "• 审批是规定角色对某一版本的签名。",
    ),
    Text(
        "• Every merge becomes an entry of a ledger that anybody can verify offline.",
        "• 每次合并都成为上线日志中的一条，任何人都能离线核验。",
    ),
    Text(
        "• More: make demo FULL=1 · begin your own: launchpolicy init · read: README.md",
        "• 完整演示：make demo FULL=1 · 开始使用：launchpolicy init · 说明：README.zh-CN.md",
    ),
)
