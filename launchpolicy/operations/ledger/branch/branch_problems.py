"""Errors about the branch that a ledger records: not known, not there, not this one."""

from __future__ import annotations

from launchpolicy.operations.ledger.problems import MalformedLedgerError
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text


def unknown_branch() -> UsageError:
    return UsageError(
        Text(
            "It is not known which branch the ledger records, and what is appended stays for good.",
            "无法确定上线日志记录哪个分支，而追加的内容无法撤回。",
        ),
        Text(
            "Write the branch into the configuration, for example: `ledger: {of: main}`.",
            "请在配置中写明分支，例如 `ledger: {of: main}`。",
        ),
    )


def no_such_branch(name: str, remote: str) -> UsageError:
    where = Text(f" at {remote}", f"（远程仓库 {remote}）") if remote else Text("", "")
    return UsageError(
        Text(
            f"The ledger records the branch {name}, and there is no such branch{where.en}.",
            f"上线日志记录分支 {name}，但该分支不存在{where.zh}。",
        ),
        Text(
            "Push or fetch the branch; if it has another name now, write that into the "
            "configuration: `ledger: {of: NAME}`.",
            "请推送或获取该分支；若分支已改名，请在配置中写明新名称：`ledger: {of: 名称}`。",
        ),
    )


def one_branch_for_two(name: str) -> UsageError:
    return UsageError(
        Text(
            f"The configuration names {name} for the ledger and for its kept checkpoints.",
            f"配置中上线日志与另存检查点使用同一分支 {name}。",
        ),
        Text(
            "Give `ledger.heads.branch` another name, or leave it out.",
            "请为 `ledger.heads.branch` 另取名称，或删除该项。",
        ),
    )


def renamed_branch(name: str, default: str, remote: str) -> UsageError:
    return UsageError(
        Text(
            f"The ledger records the branch {name}, but the default branch of {remote} is"
            f" {default}: was it renamed? Nothing was appended.",
            f"上线日志记录分支 {name}，而 {remote} 的默认分支是 {default}：是否已改名？"
            "未追加任何内容。",
        ),
        Text(
            f"Write into the configuration which branch it is: `ledger: {{of: {default}}}`, or"
            f" `ledger: {{of: {name}}}` if it is still that one.",
            f"请在配置中写明所记录的分支：`ledger: {{of: {default}}}`；若仍为原分支，"
            f"则写 `ledger: {{of: {name}}}`。",
        ),
    )


def other_branch(asked: str, head: str, name: str, where: str) -> UsageError:
    return UsageError(
        Text(
            f"The ledger records the branch {name}, and {asked} ({head[:12]}) is not on its "
            f"first-parent history ({where}): nothing was appended.",
            f"上线日志记录分支 {name}，而 {asked}（{head[:12]}）不在其首父历史上（{where}）："
            "未追加任何内容。",
        ),
        Text(
            f"Append after the merge, with --of {name}; push first what only this clone has. For "
            "the ledger of another branch, write `ledger: {of: …, branch: …}`.",
            f"请在合并后用 --of {name} 追加；仅在本克隆中的提交请先推送。"
            "若要为其他分支另建上线日志，请写明 `ledger: {of: …, branch: …}`。",
        ),
    )


def another_ledger(name: str, stated_name: str) -> UsageError:
    return UsageError(
        Text(
            f"The configuration says that the ledger records the branch {name}, and its first "
            f"entry says {stated_name}, which is still there.",
            f"配置写明上线日志记录分支 {name}，而其首条记录写明 {stated_name}，且该分支仍然存在。",
        ),
        Text(
            "Restore `ledger.of`; for the ledger of another branch, name a branch of its own with "
            "`ledger.branch`.",
            "请恢复 `ledger.of`；若要为其他分支另建上线日志，请用 `ledger.branch` 另设分支。",
        ),
    )


def entered_from_another_branch(
    numbers: tuple[int, int], commit: str, name: str
) -> MalformedLedgerError:
    first, last = numbers
    return MalformedLedgerError(
        Text(
            f"Entries {first} to {last} were appended from another branch: {commit} is not on the "
            f"first-parent history of {name}.",
            f"第 {first} 至 {last} 条记录是从其他分支追加的：{commit} 不在 {name} 的首父历史上。",
        ),
        Text(
            "Void them, which stays in the ledger with your reason: "
            "launchpolicy ledger void --reason TEXT.",
            "请作废这些记录（作废及其原因会保留在上线日志中）："
            "launchpolicy ledger void --reason 原因。",
        ),
    )


def nothing_to_void(name: str) -> UsageError:
    return UsageError(
        Text(
            f"Every entry of the ledger is about a commit of the branch {name}: nothing can be "
            "voided.",
            f"上线日志的每条记录都对应分支 {name} 的提交：没有可作废的记录。",
        ),
        Text(
            "What is on the branch stays recorded. Correct a request by a further merge.",
            "分支上的内容必须保留记录；如需更正申请，请另行合并。",
        ),
    )


def no_reason() -> UsageError:
    return UsageError(
        Text("A reason is missing.", "缺少原因。"),
        Text(
            "Say why the entries are void: --reason TEXT.",
            "请写明作废的原因：--reason 原因。",
        ),
    )
