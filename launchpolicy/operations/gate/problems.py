"""What keeps the gate from answering at all, with what to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from launchpolicy.operations.absent_requests import USUAL_REMEDY
from launchpolicy.vocabulary.errors import UndecidedError, UsageError
from launchpolicy.vocabulary.text import Text


def no_remote() -> UndecidedError:
    return UndecidedError(
        Text(
            "This clone has no remote, so nothing says what is merged on the protected branch.",
            "本克隆没有远程仓库，无法得知受保护分支上已合并的内容。",
        ),
        Text(
            "Run this in a clone of the launch repository, or name it: --remote URL. Where this"
            " repository is the one that counts: --remote .",
            "请在上线仓库的克隆中运行，或用 --remote URL 指定；"
            "若本仓库就是主仓库，请使用 --remote .",
        ),
    )


def redirected_remote(settings: Sequence[str]) -> UndecidedError:
    listed = ", ".join(settings)
    return UndecidedError(
        Text(
            f"The configuration of this clone leads its remote elsewhere: {listed}.",
            f"本克隆自身的 git 配置会把远程仓库引向他处：{'、'.join(settings)}。",
        ),
        Text(
            f"Remove it (git config --local --unset-all {settings[0]}), or deploy from a fresh "
            "clone. What this machine needs belongs into its system or user configuration.",
            f"请删除该配置（git config --local --unset-all {settings[0]}），或使用新的克隆部署；"
            "本机确需的设置应写入系统或用户级 git 配置。",
        ),
    )


def several_remotes(names: Sequence[str]) -> UsageError:
    listed = ", ".join(names)
    return UsageError(
        Text(
            f"This clone has several remotes, none of which is called origin: {listed}.",
            f"本克隆有多个远程仓库，且没有名为 origin 的：{'、'.join(names)}。",
        ),
        Text(
            "Name the one that holds the protected branch: --remote NAME",
            "请用 --remote 指定保存受保护分支的远程仓库。",
        ),
    )


def unknown_branch(remote: str) -> UsageError:
    return UsageError(
        Text(
            f"Nothing says which branch of {remote} is the protected one.",
            f"无法得知 {remote} 的哪个分支是受保护分支。",
        ),
        Text(
            "Set the default branch of that repository, or write `ledger: {of: BRANCH}` in"
            " .launchpolicy.yaml.",
            "请设置该仓库的默认分支，或在 .launchpolicy.yaml 中填写 `ledger: {of: 分支}`。",
        ),
    )


def no_such_branch(name: str, remote: str) -> UsageError:
    return UsageError(
        Text(
            f"{remote} has no branch {name}, which .launchpolicy.yaml names at `ledger.of`.",
            f"{remote} 没有分支 {name}，而 .launchpolicy.yaml 的 `ledger.of` 指定了它。",
        ),
        Text("Correct the name of the branch.", "请更正分支名称。"),
    )


def not_fetched(what: str, remote: str) -> UndecidedError:
    return UndecidedError(
        Text(f"{what} cannot be fetched from {remote}.", f"无法从 {remote} 获取 {what}。"),
        Text(
            "Fetch it, with its history (git fetch; in GitHub Actions: `fetch-depth: 0`), then run"
            " this again.",
            "请连同历史一并获取（git fetch；GitHub Actions 中设置 `fetch-depth: 0`）后重新运行。",
        ),
    )


def no_request(path: str, branch: str, remedy: Text = USUAL_REMEDY) -> UsageError:
    return UsageError(
        Text(
            f"There is no request {path}, neither here nor on {branch}.",
            f"本地和 {branch} 上都没有申请 {path}。",
        ),
        remedy,
    )


def no_branch_of_facts(name: str, remote: str) -> UsageError:
    return UsageError(
        Text(f"{remote} has no branch {name}.", f"{remote} 没有分支 {name}。"),
        Text(
            "Name the branch of the remote that records the facts; push it first.",
            "请指定远程仓库中登记事实的分支；如尚未推送，请先推送。",
        ),
    )


def several_facts(branches: Sequence[str]) -> UndecidedError:
    return UndecidedError(
        Text(
            f"Several branches record facts of this launch, each others: {', '.join(branches)}.",
            f"多个分支分别登记了本次上线的不同事实：{'、'.join(branches)}。",
        ),
        Text(
            "Say which one counts: --facts BRANCH",
            "请用 --facts 指定以哪个分支为准。",
        ),
    )
