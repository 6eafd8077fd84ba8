"""The twelve scenes of `make demo FULL=1`: a request blocked, fixed, approved, merged, recorded."""

from __future__ import annotations

from examples.demo.ledger_scenes import change_one_byte
from examples.demo.short_story import LATER, LEFT_OUT, MISSING_FILE, START
from examples.demo.stage import BRANCH, FOLDER, NAME, NOW, REQUEST, Stage
from launchpolicy.vocabulary.text import Text


def tell(stage: Stage) -> None:
    """Raises WrongTurnError at the first step that goes wrong."""
    for scene in (
        _adopted,
        _blocked,
        _completed,
        _wrong_role,
        _left_to_do,
        _approved,
        _window_moved,
        _approved_again,
        _recorded,
        _proved,
        _tampered,
        _rendered,
    ):
        scene(stage)


def _adopted(stage: Stage) -> None:
    stage.teller.scene(
        1,
        Text("A launch repository", "上线仓库"),
        Text(
            "The configuration, the calendar, and the people with their roles and public keys.",
            "配置、日历，以及人员名录（角色和公钥）。",
        ),
    )
    stage.git("log", "--oneline", "--stat", show=True)
    stage.run("people", "check")


def _blocked(stage: Stage) -> None:
    stage.teller.scene(
        2,
        Text("A launch request on a branch", "分支上的上线申请"),
        Text(
            "Written in a hurry; a test report is missing, too.",
            "匆忙写成，还缺一份测试报告。",
        ),
    )
    stage.git("switch", "--quiet", "--create", BRANCH)
    stage.request(left_out=LEFT_OUT, without_file=MISSING_FILE)
    stage.commit("Request the launch of checkout 3.2")
    stage.check(code=1, says=(f"{REQUEST}:20:3", MISSING_FILE))


def _completed(stage: Stage) -> None:
    stage.teller.scene(
        3,
        Text("The requester fixes it", "申请人补全申请"),
        Text(
            "In a second commit. Now only three approvals are missing.",
            "第二次提交之后，只缺三项审批。",
        ),
    )
    stage.request()
    stage.commit("Complete the request")
    stage.check(code=1, says=("both-leads-approve", "operations-accepts"))


def _wrong_role(stage: Stage) -> None:
    stage.teller.scene(
        4,
        Text("Two people approve", "两人审批"),
        Text(
            "Only one of them holds a role that is asked for.",
            "其中只有一人担任策略要求的角色。",
        ),
    )
    stage.approve("wang.fang")
    stage.approve("he.lin")
    stage.check(code=1, says=("both-leads-approve", "he.lin.yaml"))


def _left_to_do(stage: Stage) -> None:
    stage.teller.scene(
        5,
        Text("What is left to do, in the other language", "另一种语言的待办事项"),
        Text("As a colleague sees it who reads Chinese.", "阅读英文的同事所看到的。"),
    )
    other = "zh" if stage.teller.language == "en" else "en"
    status = ("status", FOLDER, "--base", "main", "--now", NOW, "--lang", other)
    stage.run(*status, code=1, says=("zhou.kai",))


def _approved(stage: Stage) -> None:
    stage.teller.scene(
        6,
        Text("The right people approve", "应审批的人完成审批"),
        Text("The check turns green.", "检查通过。"),
    )
    stage.approve("zhou.kai")
    stage.approve("zhao.min")
    stage.check(code=0)


def _window_moved(stage: Stage) -> None:
    stage.teller.scene(
        7,
        Text("The window is moved", "改动时间窗口"),
        Text(
            "After the approvals. They were given for another plan.",
            "此前的审批针对的是另一个计划。",
        ),
    )
    stage.edit(REQUEST, START, LATER)
    stage.commit("Start a quarter of an hour later")
    stage.check(code=1, says=("spec.window.start",))


def _approved_again(stage: Stage) -> None:
    stage.teller.scene(
        8,
        Text("All three approve the new plan", "三人对新计划重新审批"),
        Text("The branch is merged.", "随后合并分支。"),
    )
    stage.approve("wang.fang")
    stage.approve("zhou.kai")
    stage.approve("zhao.min")
    stage.check(code=0)
    stage.git("switch", "--quiet", "main")
    message = "Launch checkout 3.2"
    stage.git("merge", "--quiet", "--no-ff", "--message", message, BRANCH, show=True)
    stage.git("log", "--oneline", "--first-parent", show=True)


def _recorded(stage: Stage) -> None:
    stage.teller.scene(
        9,
        Text("The merge is recorded in the ledger", "合并记入上线日志"),
        Text("On a branch of its own, signed.", "上线日志位于独立分支，并有签名。"),
    )
    stage.run("ledger", "append", "--now", NOW, says=("wang.fang", "zhou.kai"))
    stage.run("ledger", "verify")


def _proved(stage: Stage) -> None:
    stage.teller.scene(
        10,
        Text("A receipt", "收据"),
        Text(
            "It is checked offline, with the public key of the ledger alone.",
            "只需上线日志的公钥即可离线核验。",
        ),
    )
    receipt = str(stage.home / f"{NAME}.tlog-proof")
    stage.run("ledger", "prove", NAME, "--output", receipt)
    stage.run("ledger", "check-proof", receipt, "--key", stage.verifier, says=(NAME,))


def _tampered(stage: Stage) -> None:
    stage.teller.scene(
        11,
        Text("One byte of an entry is changed", "改动条目的一个字节"),
        Text("In a copy of the repository.", "在仓库的副本中进行。"),
    )
    real = stage.folder
    before, after = change_one_byte(stage)
    stage.teller.say(Text(f"{before} becomes {after}:", f"{before} 变成 {after}："))
    stage.run("ledger", "verify", code=1, says=(NAME,))
    stage.folder = real


def _rendered(stage: Stage) -> None:
    stage.teller.scene(
        12,
        Text("The ledger as a site", "上线日志网站"),
        Text(
            "Without server and network: search, charts, calendar, proofs. (KEEP=1 keeps it.)",
            "无需服务器和网络：搜索、图表、日历、证明。（KEEP=1 可保留。）",
        ),
    )
    stage.run("ledger", "render", str(stage.home / "site"), "--view", "html", says=("site",))
