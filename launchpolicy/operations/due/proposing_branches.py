"""The branches that may propose launches: those of this clone, and open pull requests of a forge.

Without a question to a forge nothing is fetched: branches of the remotes are as last fetched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from launchpolicy.hosts.forges.forge import OpenPullRequest
from launchpolicy.hosts.forges.registry import FORGES
from launchpolicy.hosts.git.branch_tips import (
    BranchTip,
    branches_here,
    is_ancestor,
    remote_names,
)
from launchpolicy.hosts.git.remotes import remote_of
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.operations.check.base_branch import BaseBranch
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text

_HEADS = "refs/heads/"
_REMOTE = "origin"


class LaunchesQuestion(NamedTuple):
    """Which launches are asked for: those of the launch repository at the folder `start`.

    `base` is the protected branch; the default branch of the remote without it. `forge` is the id
    of the one that is asked for open pull requests, "" for none; `environ` leads to it.
    """

    start: Path
    base: str | None = None
    forge: str = ""
    environ: Mapping[str, str] = MappingProxyType({})


class ProposingBranches(NamedTuple):
    """Branches that are not merged, with their commits.

    `notes` say what is not among them; `is_whole` is False where something should be and is not.
    """

    tips: tuple[tuple[str, str], ...]
    notes: tuple[Text, ...] = ()
    is_whole: bool = True


def proposing_branches(
    repository: Repository, base: BaseBranch, question: LaunchesQuestion
) -> ProposingBranches:
    """Return each branch that is not merged, one for each commit.

    Pull requests come first, then branches of remotes, then those of this clone. A pull request
    stands for its branch: what was last fetched of that branch is older.

    Raises:
        UsageError: a forge is asked, and `base` is no branch.
        UndecidedError: the forge does not answer, or not completely.
    """
    tips = sorted(branches_here(repository), key=_is_local)
    if not question.forge:
        notes = tuple(_blind_spots(repository, tips, base))
        return ProposingBranches(_tips_to_merge(repository, base, tips), notes)
    if base.branch not in {tip.name for tip in tips}:
        raise _no_branch_name()
    source = FORGES[question.forge].load().open_proposals(question.environ)
    pulls = source.open_pull_requests(base.branch)
    remote = remote_of(repository, _REMOTE)
    missing = tuple(pull for pull in pulls if not remote.bring(pull.head))
    own = {pull.branch for pull in pulls if not pull.is_from_fork}
    known = [BranchTip(_name(pull), pull.head, "") for pull in pulls if pull not in missing]
    known += [tip for tip in tips if _is_local(tip) or tip.name not in own]
    title = FORGES[question.forge].title
    return ProposingBranches(
        _tips_to_merge(repository, base, known),
        (_as_of_forge(title, base.branch), *(_lack_of_commit(pull) for pull in missing)),
        is_whole=not missing,
    )


def _tips_to_merge(
    repository: Repository, base: BaseBranch, tips: Sequence[BranchTip]
) -> tuple[tuple[str, str], ...]:
    names: dict[str, str] = {}
    for tip in tips:
        if tip.commit not in names and not is_ancestor(repository, tip.commit, base.commit):
            names[tip.commit] = tip.name
    return tuple((name, commit) for commit, name in names.items())


def _is_local(tip: BranchTip) -> bool:
    return tip.where.startswith(_HEADS)


def _name(pull: OpenPullRequest) -> str:
    return f"{pull.branch} #{pull.number}"


def _blind_spots(
    repository: Repository, tips: Sequence[BranchTip], base: BaseBranch
) -> Iterator[Text]:
    """Yield what this clone cannot show."""
    if not remote_names(repository):
        yield Text(
            "This clone has no remote: only its own branches are looked at.",
            "本仓库没有远程仓库：仅查看了本地分支。",
        )
    elif not any(tip.name != base.branch for tip in tips if not _is_local(tip)):
        yield Text(
            f"No branch of a remote but {base.branch} is known here, so proposals that others have"
            " pushed are not listed. Run `git fetch` with all branches.",
            f"本地没有 {base.branch} 以外的远程分支，因此未列出他人已推送的申请。"
            "请运行 `git fetch` 获取全部分支。",
        )
    else:
        yield Text(
            "Branches of the remote are as of the last `git fetch`; pull requests from forks are"
            " not among them; an option asks the host for them (`--help`).",
            "远程分支以最近一次 `git fetch` 为准，不含来自派生仓库的合并请求；"
            "可用选项向托管平台查询（见 `--help`）。",
        )


def _as_of_forge(forge: str, branch: str) -> Text:
    return Text(
        f"Open pull requests are as {forge} names them now; {branch}, and branches without a pull"
        " request, as of the last `git fetch`.",
        f"未关闭的合并请求以 {forge} 当前所列为准；{branch} 及没有合并请求的分支"
        "以最近一次 `git fetch` 为准。",
    )


def _lack_of_commit(pull: OpenPullRequest) -> Text:
    return Text(
        f"What the branch {_name(pull)} proposes could not be seen: its commit {pull.head[:12]}"
        f" cannot be fetched from {_REMOTE}.",
        f"无法查看分支 {_name(pull)} 提出的申请：无法从 {_REMOTE} 获取其提交 {pull.head[:12]}。",
    )


def _no_branch_name() -> UsageError:
    return UsageError(
        Text(
            "--base names no branch, and pull requests are open against a branch.",
            "--base 指定的不是分支，而合并请求针对的是分支。",
        ),
        Text("Name the branch, such as --base main.", "请指定分支，例如 --base main。"),
    )
