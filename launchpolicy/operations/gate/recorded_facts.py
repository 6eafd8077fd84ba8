"""Find what was recorded of the launch so far: on the protected branch, and on a branch of its own.

Backups and checks are recorded in the night, when nobody merges (`launchpolicy record`). So the
facts may stand on a branch that differs from the approved request below `status` alone, and takes
nothing back that is merged. Until then, like every recorded fact that is not merged, they are
claims of the one who pushed them; the result says where they come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from launchpolicy.engine.submission import RequestVersion, data_of
from launchpolicy.hosts.git.branch_tips import is_ancestor
from launchpolicy.operations.gate import problems
from launchpolicy.operations.gate.proposed_changes import (
    BranchChange,
    BranchPurpose,
    other_files,
    takes_nothing_back,
)
from launchpolicy.operations.gate.protected_branch import ProtectedBranch
from launchpolicy.operations.gate.requests import MergedRequest, version_in


class RecordedFacts(NamedTuple):
    """The version of the request that holds all facts, its commit, and the branch it is on.

    `where` is "" for the protected branch. `takes_back` says that the version changes or removes
    what is merged, so that its facts cannot count; nor do they where the branch changes anything
    else but to bring evidence (`other_files`).
    """

    version: RequestVersion
    commit: str
    where: str = ""
    takes_back: bool = False
    other_files: tuple[str, ...] = ()


def recorded_facts(
    branch: ProtectedBranch,
    request: MergedRequest,
    changes: Sequence[BranchChange],
    reference: str,
) -> RecordedFacts | None:
    """Return the recorded facts: at `reference`, or on the only branch that adds some ("").

    None where the request is not on the protected branch.

    Raises:
        UsageError: the reference is no branch of the remote.
        UndecidedError: several branches add others.
    """
    if request.version is None:
        return None
    if reference:
        return _at_reference(branch, request, reference)
    adding = [change for change in changes if change.purpose is BranchPurpose.FACTS]
    chosen = _latest(branch, adding)
    if chosen is None or chosen.version is None:
        return RecordedFacts(request.version, branch.commit)
    return _facts_of(branch, request, chosen.version, chosen.commit, chosen.branch)


def _facts_of(
    branch: ProtectedBranch,
    request: MergedRequest,
    version: RequestVersion,
    commit: str,
    where: str,
) -> RecordedFacts:
    takes_back = not takes_nothing_back(request.data, version)
    others = tuple(other_files(branch, request, commit))
    return RecordedFacts(version, commit, where, takes_back, others)


def _at_reference(
    branch: ProtectedBranch, request: MergedRequest, reference: str
) -> RecordedFacts | None:
    name = reference.removeprefix(f"{branch.remote.name}/")
    commit = branch.others.get(reference) or branch.others.get(name)
    if commit is None:
        raise problems.no_branch_of_facts(reference, branch.remote.name)
    if not branch.remote.bring(commit):
        raise problems.not_fetched(reference, branch.remote.name)
    version = version_in(branch.files_at(commit), request.path)
    if version is None:
        raise problems.no_request(request.path, reference)
    return _facts_of(branch, request, version, commit, reference)


def _latest(branch: ProtectedBranch, adding: Sequence[BranchChange]) -> BranchChange | None:
    """Return the change that holds all the others; None where there is none.

    Raises:
        UndecidedError: none of them does.
    """
    sources = {change.version.source for change in adding if change.version is not None}
    if len(sources) <= 1:
        return adding[-1] if adding else None
    for change in adding:
        if all(_holds(branch, change, other) for other in adding):
            return change
    raise problems.several_facts([change.branch for change in adding])


def _holds(branch: ProtectedBranch, change: BranchChange, other: BranchChange) -> bool:
    """Return whether a change was made upon another one, and takes nothing of it back."""
    if change.version is None or not is_ancestor(branch.repository, other.commit, change.commit):
        return False
    return takes_nothing_back(data_of(other.version), change.version)
