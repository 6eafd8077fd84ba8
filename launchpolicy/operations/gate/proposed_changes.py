"""Find the branches of the remote that change the request, and what each of them changes.

A branch that records facts of the night is no other version of the plan: it is where the facts
are. A branch that changes anything else is a proposal that may be merged in a minute.
Branches that merely lag behind change nothing. Proposals that are no branch of this remote (of
forks) are not seen here.
"""

from __future__ import annotations

import enum
import os
from collections.abc import Iterator
from typing import NamedTuple

from launchpolicy.engine.submission import RequestVersion, data_of
from launchpolicy.facts.approvals.file_names import FOLDER as APPROVALS
from launchpolicy.facts.change import change_between
from launchpolicy.hosts.git.ancestry import commits_touching
from launchpolicy.hosts.git.branch_tips import is_ancestor
from launchpolicy.hosts.git.repository import is_oid
from launchpolicy.operations.gate.protected_branch import ProtectedBranch
from launchpolicy.operations.gate.requests import MergedRequest, version_in
from launchpolicy.requests.kinds import STAGE
from launchpolicy.vocabulary.place import Data

_RECORDING = frozenset({"requested", "launched"})
"""The stages at which facts are recorded while a launch is prepared and carried out."""

_STOPS = (("status", "cancellation"), ("status", "rollback"))


class BranchPurpose(enum.StrEnum):
    """What a branch wants of the request."""

    FACTS = "facts"
    PLAN = "plan"
    STOP = "stop"
    APPROVALS = "approvals"
    UNREADABLE = "unreadable"


class BranchChange(NamedTuple):
    """A branch that changes the request or its folder; `version` is None where it deletes it."""

    branch: str
    commit: str
    purpose: BranchPurpose
    version: RequestVersion | None = None


def proposed_changes(branch: ProtectedBranch, request: MergedRequest) -> list[BranchChange]:
    """Return the branches of the remote that change the request, in the order of their names.

    Raises:
        UndecidedError: git cannot read a commit.
    """
    return list(_changes(branch, request))


def _changes(branch: ProtectedBranch, request: MergedRequest) -> Iterator[BranchChange]:
    merged_folder = _folder_id(branch, branch.commit, request)
    for name, commit in sorted(branch.others.items()):
        if not branch.remote.bring(commit):
            yield BranchChange(name, commit, BranchPurpose.UNREADABLE)
            continue
        folder = _folder_id(branch, commit, request)
        if folder == merged_folder:
            continue
        before = _merge_base(branch, commit)
        if folder is None and (before is None or _folder_id(branch, before, request) is None):
            continue  # it never had the launch
        if before is not None and folder in _merged_since(branch, before, request):
            continue
        purpose = purpose_of(branch, request, commit, before)
        if purpose is not None:
            version = version_in(branch.files_at(commit), request.path)
            yield BranchChange(name, commit, purpose, version)


def purpose_of(
    branch: ProtectedBranch, request: MergedRequest, commit: str, before: str | None
) -> BranchPurpose | None:
    """Return what a commit wants of the request; None where it only brings evidence.

    `before` is the commit at which it left the protected branch, None where it never did.
    """
    new = version_in(branch.files_at(commit), request.path)
    old = version_in(branch.files_at(before), request.path) if before is not None else None
    if new is None:
        return BranchPurpose.PLAN
    is_changed = old is None or new.source != old.source
    purpose = _purpose_of_version(request, new, old) if is_changed else None
    if purpose in {BranchPurpose.PLAN, BranchPurpose.STOP}:
        return purpose
    # Facts and evidence may come; approvals that come or go beside them change what is approved.
    changed = branch.repository.trees.compare(
        _folder_id(branch, before or "", request) if before else None,
        _folder_id(branch, commit, request),
    )
    is_approval = any(path.split(b"/")[0] == APPROVALS.encode() for path in changed)
    return BranchPurpose.APPROVALS if is_approval else purpose


def _purpose_of_version(
    request: MergedRequest, new: RequestVersion, old: RequestVersion | None
) -> BranchPurpose | None:
    data, before = data_of(new), data_of(old)
    if not isinstance(data, dict) or not isinstance(request.data, dict):
        return BranchPurpose.PLAN
    own = change_between(before if before is not None else {}, data)
    if any(edit.route[:1] != STAGE[:1] for edit in own.edits):
        return BranchPurpose.PLAN
    if own.stage_to not in _RECORDING or any(edit.route[:2] in _STOPS for edit in own.edits):
        return BranchPurpose.STOP
    is_of_this_plan = not _differs_beside_status(request.data, data)
    return BranchPurpose.FACTS if is_of_this_plan else None


def takes_nothing_back(before: Data, version: RequestVersion) -> bool:
    """Return whether a version only adds facts to what the request said before."""
    data = data_of(version)
    if not isinstance(data, dict) or _differs_beside_status(before, data):
        return False
    edits = change_between(before, data).edits
    return all(not edit.old or edit.route == STAGE for edit in edits)


def other_files(branch: ProtectedBranch, request: MergedRequest, commit: str) -> Iterator[str]:
    """Yield the files that a commit changes besides the request, and that are not merged.

    Evidence that comes new into the request's folder is none of them.
    """
    trees = branch.repository.trees
    new, merged = trees.of_commit(commit), trees.of_commit(branch.commit)
    before = _merge_base(branch, commit)
    own = trees.compare(trees.of_commit(before) if before is not None else None, new)
    waiting = trees.compare(merged, new)
    prefix = branch.place.prefix
    for path in sorted(own.keys() & waiting.keys()):
        name = os.fsdecode(path)
        is_request = name == f"{prefix}{request.path}"
        is_new = trees.find(merged, name.split("/")) is None
        if not is_request and not (is_new and name.startswith(f"{prefix}{request.folder}/")):
            yield name


def _differs_beside_status(merged: Data, data: Data) -> bool:
    edits = change_between(merged, data).edits
    return any(edit.route[:1] != STAGE[:1] for edit in edits)


def _folder_id(branch: ProtectedBranch, commit: str, request: MergedRequest) -> str | None:
    trees = branch.repository.trees
    path = f"{branch.place.prefix}{request.folder}".split("/")
    node = trees.find(trees.of_commit(commit), path)
    return node.oid if node is not None and node.is_folder else None


def _merged_since(branch: ProtectedBranch, before: str, request: MergedRequest) -> set[str | None]:
    """Return what the folder was on the protected branch at a commit, and ever since.

    A branch that was merged by squashing is not an ancestor, but what it brought has landed.
    """
    path = f"{branch.place.prefix}{request.folder}"
    commits = [before]
    for commit, _ in commits_touching(branch.repository, branch.commit, path):
        if is_ancestor(branch.repository, commit, before):
            break
        commits.append(commit)
    return {_folder_id(branch, commit, request) for commit in commits}


def _merge_base(branch: ProtectedBranch, commit: str) -> str | None:
    answer = branch.repository.git.run("merge-base", branch.commit, commit)
    oid = answer.output.decode("ascii", "replace").strip()
    return oid if answer.code == 0 and is_oid(oid) else None
