"""The launches that are not over yet: merged ones that are not final, and proposed ones.

Merged requests are those on the protected branch. Proposed are those that another branch adds or
changes, whatever their stage: branches of the remotes as last fetched, and local ones. Nothing is
fetched here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from launchpolicy.documents.reading import Refusal
from launchpolicy.engine.launches.open_launch import (
    FINAL_STAGES,
    OpenLaunch,
    UnreadableRequest,
    has_same_plan,
    open_launch,
)
from launchpolicy.engine.submission import Submission
from launchpolicy.hosts.git.branch_tips import branches_here, is_ancestor, remote_names
from launchpolicy.hosts.git.changes import changed_files
from launchpolicy.hosts.git.merged_versions import blobs_merged_since
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.launch_root import launch_root
from launchpolicy.hosts.subfolder import below, changes_below
from launchpolicy.operations.check.base_branch import BaseBranch, base_of
from launchpolicy.operations.check.check_input import relative
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.operations.submissions.read import (
    read_submissions,
    request_entries,
    request_files,
)
from launchpolicy.operations.submissions.strays import may_be_stray, stray_submissions
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.snapshot import FileChange, Snapshot, SnapshotEntry
from launchpolicy.vocabulary.text import Text

LAUNCH_KIND: Final = "LaunchRequest"

_HEADS = "refs/heads/"


class OpenLaunches(NamedTuple):
    """The open launches that a clone shows.

    `unreadable` are requests that may be open and cannot be read. `notes` say what the clone does
    not show; `is_whole` is False where something that should be there could not be seen.
    """

    base: BaseBranch
    prefix: str
    rules: PackSet
    trusted: Snapshot
    launches: tuple[OpenLaunch, ...]
    unreadable: tuple[UnreadableRequest, ...] = ()
    notes: tuple[Text, ...] = ()
    is_whole: bool = True

    @property
    def kind(self) -> Kind:
        """Return the kind of launch requests."""
        return self.rules.kinds[LAUNCH_KIND]


class _Proposals(NamedTuple):
    requests: list[Submission]
    changes: list[FileChange]


class _Reading(NamedTuple):
    launches: list[OpenLaunch]
    unreadable: list[UnreadableRequest]


def open_launches(repository: Repository, start: Path, base_name: str | None) -> OpenLaunches:
    """Return the open launches of the launch repository at `start`, merged ones first.

    Args:
        repository: the git repository, which stays open as long as the result is used.
        start: a folder of the launch repository.
        base_name: the protected branch; the default branch of the remote without it.

    Raises:
        UndecidedError: there is no protected branch, or git cannot read it.
        LaunchpolicyError: the rules on the protected branch are not right.
    """
    base = base_of(repository, base_name)
    if base is None:
        raise _no_protected_branch()
    root = launch_root(start)
    top = repository.top
    prefix = relative(top, root) if top is not None and root is not None else ""
    trusted = below(CommitSnapshot(repository, base.commit), prefix)
    rules = load_rules(trusted)
    reading = _Reading([], [])
    _read(_merged_requests(trusted, rules), ("", base.commit), reading)
    entries = trusted.entries(rules.configuration.paths.launches)
    changes = [FileChange(entry.path, None, entry) for entry in entries]
    _read_strays(changes, rules, trusted, ("", reading))
    notes = list(_blind_spots(repository, base))
    is_whole = True
    for branch, commit in _proposing_branches(repository, base):
        snapshot = below(CommitSnapshot(repository, commit), prefix)
        try:
            proposals = _proposed_requests(
                repository, (base.commit, commit, prefix), rules, snapshot
            )
        except UndecidedError as error:
            if any(True for _ in _entries(snapshot, rules)):
                notes.append(_unseen_branch(branch, error.problem))
                is_whole = False
            continue
        _read(proposals.requests, (branch, commit), reading)
        _read_strays(proposals.changes, rules, snapshot, (branch, reading))
    return OpenLaunches(
        base,
        prefix,
        rules,
        trusted,
        tuple(_without_earlier(repository, reading.launches)),
        tuple(reading.unreadable),
        tuple(notes),
        is_whole,
    )


def _merged_requests(snapshot: Snapshot, rules: PackSet) -> list[Submission]:
    changes = [FileChange(entry.path, entry, entry) for entry in _entries(snapshot, rules)]
    files = request_files(changes, rules, snapshot, snapshot, alone=True)
    return read_submissions(files, rules, snapshot, snapshot)


def _proposed_requests(
    repository: Repository, where: tuple[str, str, str], rules: PackSet, snapshot: Snapshot
) -> _Proposals:
    """Return the requests that a branch proposes, without versions that were merged before."""
    base, commit, prefix = where
    changes = list(changes_below(changed_files(repository, base, commit).files, prefix))
    fresh = [
        change
        for change in changes
        if change.new is not None
        and _is_launch(rules, change.path)
        and change.new.blob
        not in blobs_merged_since(repository, commit, base, f"{prefix}{change.path}")
    ]
    files = request_files(fresh, rules, snapshot, None, alone=True)
    requests = read_submissions(files, rules, snapshot, None)
    return _Proposals(requests, changes)


def _read_strays(
    changes: Sequence[FileChange],
    rules: PackSet,
    snapshot: Snapshot,
    where: tuple[str, _Reading],
) -> None:
    """Note what looks like a launch request and is read by nobody, such as `request.yml`."""
    branch, reading = where
    suspects = [one for one in changes if one.new is not None and may_be_stray(one.path, rules)]
    for stray in stray_submissions(suspects, rules, snapshot, None):
        if stray.kind == LAUNCH_KIND and stray.trouble is not None:
            reading.unreadable.append(UnreadableRequest(stray.path, branch, stray.trouble.message))


def _without_earlier(
    repository: Repository, launches: Sequence[OpenLaunch]
) -> Iterator[OpenLaunch]:
    """Yield the launches without proposals that another one goes on from with the same plan."""
    for launch in launches:
        later = [one for one in launches if _goes_on_from(repository, one, launch)]
        if not later:
            earlier = [one for one in launches if _goes_on_from(repository, launch, one)]
            earlier.sort(key=lambda one: one.stage)  # launched, then rolled back
            yield launch._replace(earlier=tuple(one.branch for one in earlier))


def _goes_on_from(repository: Repository, later: OpenLaunch, earlier: OpenLaunch) -> bool:
    return (
        bool(later.branch and earlier.branch)
        and later.commit != earlier.commit
        and has_same_plan(later, earlier)
        and is_ancestor(repository, earlier.commit, later.commit)
    )


def _entries(snapshot: Snapshot, rules: PackSet) -> list[SnapshotEntry]:
    return [entry for entry in request_entries(snapshot, rules) if _is_launch(rules, entry.path)]


def _is_launch(rules: PackSet, path: str) -> bool:
    kind = rules.kind_of(path)
    return kind is not None and kind.name == LAUNCH_KIND


def _read(submissions: list[Submission], where: tuple[str, str], reading: _Reading) -> None:
    branch, _ = where
    for submission in submissions:
        version = submission.new
        if submission.trouble is not None or version is None:
            problem = submission.trouble.message if submission.trouble else _empty()
            reading.unreadable.append(UnreadableRequest(submission.path, branch, problem))
            continue
        document = version.document()
        if isinstance(document, Refusal):
            problem = document.findings[0].message
            reading.unreadable.append(UnreadableRequest(submission.path, branch, problem))
            continue
        launch = open_launch(document, version, where)
        if branch or launch.stage not in FINAL_STAGES:
            reading.launches.append(launch)


def _proposing_branches(repository: Repository, base: BaseBranch) -> Iterator[tuple[str, str]]:
    """Yield each branch that is not merged, one for each commit; those of remotes come first."""
    tips = sorted(branches_here(repository), key=lambda tip: tip.where.startswith(_HEADS))
    commits: set[str] = set()
    for tip in tips:
        if tip.commit in commits or is_ancestor(repository, tip.commit, base.commit):
            continue
        commits.add(tip.commit)
        yield tip.name, tip.commit


def _blind_spots(repository: Repository, base: BaseBranch) -> Iterator[Text]:
    """Yield what this clone cannot show."""
    remotes = remote_names(repository)
    fetched = [tip for tip in branches_here(repository) if not tip.where.startswith(_HEADS)]
    others = [tip for tip in fetched if tip.name != base.branch]
    if not remotes:
        yield Text(
            "This clone has no remote: only its own branches are looked at.",
            "本仓库没有远程仓库：仅查看了本地分支。",
        )
    elif not others:
        yield Text(
            f"No branch of a remote but {base.branch} is known here, so proposals that others have"
            " pushed are not listed. Run `git fetch` with all branches.",
            f"本地没有 {base.branch} 以外的远程分支，因此未列出他人已推送的申请。"
            "请运行 `git fetch` 获取全部分支。",
        )
    else:
        yield Text(
            "Branches of the remote are as of the last `git fetch`; pull requests from forks are"
            " not among them.",
            "远程分支以最近一次 `git fetch` 为准，不含来自派生仓库的合并请求。",
        )


def _unseen_branch(branch: str, problem: Text) -> Text:
    return Text(
        f"What the branch {branch} proposes could not be seen: {problem.en}",
        f"无法查看分支 {branch} 提出的申请：{problem.zh}",
    )


def _empty() -> Text:
    return Text("It cannot be read.", "文件无法读取。")


def _no_protected_branch() -> UndecidedError:
    return UndecidedError(
        Text(
            "It is not known which branch is protected: there is no branch main or master.",
            "无法确定受保护分支：没有 main 或 master 分支。",
        ),
        Text(
            "Name it with --base, for example --base origin/main.",
            "请用 --base 指定，例如 --base origin/main。",
        ),
    )
