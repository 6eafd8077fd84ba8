"""Errors for what is wrong with a ledger, or keeps it from being written, with remedies."""

from __future__ import annotations

from typing import ClassVar

from launchpolicy.ledger.comparison import Discrepancy
from launchpolicy.vocabulary.errors import LaunchpolicyError, UndecidedError, UsageError
from launchpolicy.vocabulary.text import Text


class MalformedLedgerError(LaunchpolicyError):
    """The ledger is not what its tree, its checkpoint or the history says: someone must look.

    `where` is the file that is wrong and `why` what is wrong with it; "" and None where it is not
    one file.
    """

    exit_code: ClassVar[int] = 1

    def __init__(
        self, problem: Text, remedy: Text, where: str = "", why: Text | None = None
    ) -> None:
        super().__init__(problem, remedy)
        self.where = where
        self.why = why


def discrepancy_of(error: MalformedLedgerError, where: str) -> Discrepancy:
    """Return an error as a complaint: about its own file, or else about `where`."""
    return Discrepancy(error.where or where, error.why or error.problem)


class UnsignedLedgerError(MalformedLedgerError):
    """The configuration names a key, and nobody has signed the checkpoint."""


_LOOK = Text(
    "Do not append. Find out who changed the ledger branch (its pushes, its reflog); the last good "
    "state can be restored from any clone, or built again: launchpolicy ledger build.",
    "请勿继续追加。先查明是谁改动了上线日志分支（推送记录、reflog）；"
    "可从任一克隆恢复，或重新生成：launchpolicy ledger build。",
)


def damaged_ledger(path: str, why: Text) -> MalformedLedgerError:
    return MalformedLedgerError(
        Text(f"The ledger is damaged: {path}: {why.en}.", f"上线日志已损坏：{path}：{why.zh}。"),
        _LOOK,
        path,
        why,
    )


def unknown_rules(path: str, why: Text) -> MalformedLedgerError:
    return MalformedLedgerError(
        Text(f"{path}: {why.en}.", f"{path}：{why.zh}。"),
        Text(
            "Nothing was built: by rules that a ledger brings along it would always be right.",
            "未生成任何内容：若按上线日志自带的规则判定，其内容必然相符。",
        ),
    )


def rewritten_history(after: str, head: str) -> MalformedLedgerError:
    return MalformedLedgerError(
        Text(
            f"The history was rewritten: the ledger's last entry is about {after}, which is not on "
            f"the first-parent history of {head}.",
            f"历史已被改写：上线日志最后一条记录对应的提交 {after} 不在 {head} 的首父历史上。",
        ),
        Text(
            "Restore the protected branch to a history that contains that commit. If the entry was "
            "appended from another branch, which is gone: launchpolicy ledger void --reason TEXT; "
            "if the rewrite was meant, begin another ledger: `ledger.branch`, `ledger.origin`, "
            "`ledger.heads`.",
            "请把受保护分支恢复到包含该提交的历史。若该记录是从已删除的其他分支误追加的："
            "launchpolicy ledger void --reason 原因；若确需改写，请另建上线日志："
            "`ledger.branch`、`ledger.origin`、`ledger.heads`。",
        ),
    )


def no_ledger(branch: str) -> UsageError:
    return UsageError(
        Text(f"There is no ledger on the branch {branch}.", f"分支 {branch} 上没有上线日志。"),
        Text(
            "Begin one with: launchpolicy ledger append; or fetch the branch.",
            "请运行 launchpolicy ledger append 建立上线日志，或获取该分支。",
        ),
    )


def too_many_races(branch: str, times: int) -> UndecidedError:
    return UndecidedError(
        Text(
            f"Others moved the branch {branch} {times} times while this run tried to append.",
            f"本次追加期间，分支 {branch} 被其他任务更新了 {times} 次。",
        ),
        Text(
            "Run it again: what they appended is kept, and what is missing is found again.",
            "请重新运行：他人追加的内容已保留，缺少的会重新补上。",
        ),
    )


def key_needed(branch: str) -> UsageError:
    return UsageError(
        Text(
            f"The configuration names the key of the ledger {branch}, so its checkpoint must be "
            "signed, and no signing key is given.",
            f"配置中写明了上线日志 {branch} 的公钥，检查点必须签名，但未提供签名密钥。",
        ),
        Text(
            "Put the signing key into LAUNCHPOLICY_LEDGER_KEY (a secret of the job). If it is "
            "lost, make another one with launchpolicy ledger keygen: its public half belongs under "
            "`ledger.key`, and the one that stands there now under `ledger.formerKeys`.",
            "请把签名密钥放入环境变量 LAUNCHPOLICY_LEDGER_KEY（任务的机密变量）。"
            "密钥丢失时，请用 launchpolicy ledger keygen 另建一个：其公钥写入 `ledger.key`，"
            "原有公钥移至 `ledger.formerKeys`。",
        ),
    )


def cut_off(kept: int, size: int, where: str) -> MalformedLedgerError:
    return damaged_ledger(
        "checkpoint",
        Text(
            f"{where} keeps a checkpoint of {kept} entries, and the ledger has only {size}: its "
            "end was cut off",
            f"{where} 保存的检查点含 {kept} 条记录，而上线日志仅有 {size} 条：末尾被截断",
        ),
    )


def forked_ledger(size: int, where: str) -> MalformedLedgerError:
    return damaged_ledger(
        "checkpoint",
        Text(
            f"the first {size} entries are not those that {where} keeps a checkpoint of: the "
            "ledger was rewritten",
            f"前 {size} 条记录与 {where} 保存的检查点不符：上线日志已被改写",
        ),
    )


def other_origin(origin: str, right_origin: str) -> MalformedLedgerError:
    return damaged_ledger(
        "checkpoint",
        Text(
            f"the ledger calls itself {origin}, and should be called {right_origin}: it is another "
            "one, or `ledger.origin` was changed",
            f"上线日志自称 {origin}，而应为 {right_origin}：两者不同，或 `ledger.origin` 已被修改",
        ),
    )


def another_key(branch: str) -> UsageError:
    return UsageError(
        Text(
            f"The signing key is not the one that the configuration names for the ledger {branch}.",
            f"签名密钥与配置中上线日志 {branch} 的公钥不符。",
        ),
        Text(
            "Give the right key, or write its public half under `ledger.key` (the former one under "
            "`ledger.formerKeys`).",
            "请提供正确的密钥，或将其公钥写入 `ledger.key`（原公钥写入 `ledger.formerKeys`）。",
        ),
    )


def not_signed(where: str) -> UnsignedLedgerError:
    return UnsignedLedgerError(
        Text(
            f"{where} is not signed, and the configuration names a key.",
            f"{where} 没有签名，而配置中写明了公钥。",
        ),
        Text(
            "If the key is new, the next append checks the whole ledger and signs it: launchpolicy "
            "ledger append with LAUNCHPOLICY_LEDGER_KEY. If it was signed before, find out who "
            "changed the ledger branch.",
            "若公钥为新增，下一次追加会检查整个上线日志并签名：设置 LAUNCHPOLICY_LEDGER_KEY 后运行 "
            "launchpolicy ledger append。若此前已有签名，请查明是谁改动了上线日志分支。",
        ),
    )


def unknown_key(where: str, names: list[str]) -> MalformedLedgerError:
    signed_by = ", ".join(names)
    return MalformedLedgerError(
        Text(
            f"{where}: no known key has signed it, only {signed_by}, which the configuration does "
            "not name.",
            f"{where}：没有已知密钥的签名，仅有 {signed_by} 的签名，而配置未写明该公钥。",
        ),
        Text(
            "If that was your key before, also if its private half is lost, write its public half "
            "under `ledger.formerKeys`: an earlier version of the configuration has it as "
            "`ledger.key`. If it never was, find out who changed the ledger branch.",
            "若这是你们原来的密钥（即使私钥已丢失），请把其公钥写入 `ledger.formerKeys`："
            "可在配置文件的历史版本中找到（`ledger.key`）。若从未使用过，请查明是谁改动了上线日志分支。",
        ),
    )


def signature_removed(where: str) -> MalformedLedgerError:
    return damaged_ledger(
        "checkpoint",
        Text(
            f"it is not signed, and must have been before ({where}): the signature was removed",
            f"没有签名，而此前必定已签名（{where}）：签名已被移除",
        ),
    )


def cannot_be_signed(where: str, why: Text) -> MalformedLedgerError:
    return MalformedLedgerError(
        Text(
            f"The ledger is not signed yet, and does not verify, so it was not signed: {where}: "
            f"{why.en}.",
            f"上线日志尚未签名，且验证未通过，因此未予签名：{where}：{why.zh}。",
        ),
        _LOOK,
    )
