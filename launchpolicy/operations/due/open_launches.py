"""The launches that are not over yet: merged ones that are not final, and proposed ones.

Merged requests are those on the protected branch. Proposed are those that another branch adds or
changes, whatever their stage (`proposing_branches`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from launchpolicy.hosts.git.branch_tips import is_ancestor
from launchpolicy.hosts.git.changes import changed_files
from launchpolicy.hosts.git.merged_versions import blobs_merged_since
from launchpolicy.hosts.git.repository import Repository, prefix_of
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.launch_root import launch_root
from launchpolicy.hosts.subfolder import below, changes_below
from launchpolicy.operations.check.base_branch import BaseBranch, base_of
from launchpolicy.operations.due.proposing_branches import LaunchesQuestion, proposing_branches
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


def open_launches(repository: Repository, question: LaunchesQuestion) -> OpenLaunches:
    """Return the open launches of a launch repository, merged ones first.

    Args:
        repository: the git repository, which stays open as long as the result is used.
        question: which launch repository, against which branch, and with which forge.

    Raises:
        UndecidedError: there is no protected branch, git cannot read it, or the forge does not
            answer.
        LaunchpolicyError: the rules on the protected branch are not right.
    """
    base = base_of(repository, question.base)
    if base is None:
        raise _no_protected_branch()
    root = launch_root(question.start)
    prefix = prefix_of(repository.top, root) if root is not None else ""
    trusted = below(CommitSnapshot(repository, base.commit), prefix)
    rules = load_rules(trusted)
    reading = _Reading([], [])
    _read(_merged_requests(trusted, rules), ("", base.commit), reading)
    entries = trusted.entries(rules.configuration.paths.launches)
    changes = [FileChange(entry.path, None, entry) for entry in entries]
    _read_strays(changes, rules, trusted, ("", reading))
    branches = proposing_branches(repository, base, question)
    notes, is_whole = list(branches.notes), branches.is_whole
    for branch, commit in branches.tips:
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
        if stray.kind == LAUNCH_KIND and stray.unjudged is not None:
            reading.unreadable.append(UnreadableRequest(stray.path, branch, stray.unjudged.message))


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
        if submission.unjudged is not None or version is None:
            problem = submission.unjudged.message if submission.unjudged else _empty()
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
