"""Move a launch's branch, and the files of the work tree with it where it is checked out.

Before the branch moves, a reference notes at which commit the files are. A process that is killed
in between leaves that note, and the next one brings the files along (threat W2).
"""

from __future__ import annotations

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Document, read
from launchpolicy.facts.evidence.reading import limit_of
from launchpolicy.hosts.git.checked_out import (
    added_paths,
    current_branch,
    has_other_changes,
    stage_path,
    update_files,
)
from launchpolicy.hosts.git.writing import move_reference, read_reference
from launchpolicy.hosts.work_tree import work_tree
from launchpolicy.operations.record import problems
from launchpolicy.operations.record.launch_branch import LaunchBranch
from launchpolicy.operations.request_files import rewrite
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, bytes_at, read_one

_NOTES = "refs/launchpolicy/record/files/"


def is_checked_out(branch: LaunchBranch) -> bool:
    """Return whether the work tree is that of the branch."""
    return current_branch(branch.repository) == branch.name


def move_branch(branch: LaunchBranch, old: str, new: str) -> bool:
    """Move the branch from `old` to `new`, and its files; return False if another was faster."""
    if not is_checked_out(branch):
        return move_reference(branch.repository, branch.reference, old, new)
    note = _note(branch)
    branch.repository.git.demand("update-ref", note, old)
    if not move_reference(branch.repository, branch.reference, old, new):
        branch.repository.git.demand("update-ref", "-d", note)
        return False
    finish_interrupted_move(branch)
    return True


def finish_interrupted_move(branch: LaunchBranch) -> None:
    """Move the files to where the branch is, if a move of it was not brought to its end."""
    note = _note(branch)
    old, new = read_reference(branch.repository, note), branch.tip()
    if old is None:
        return
    if new is not None and is_checked_out(branch):
        _bring_files(branch, old, new)
    branch.repository.git.demand("update-ref", "-d", note)


def require_committed(branch: LaunchBranch, tip: str) -> None:
    """Require that the request in the work tree is the one that is committed.

    Raises:
        UsageError: it has changes, which a fact's commit would not hold.
    """
    if is_checked_out(branch) and _source_here(branch) != branch.source_at(tip):
        raise problems.uncommitted_request(branch.path)


def _bring_files(branch: LaunchBranch, old: str, new: str) -> None:
    here, before, after = _source_here(branch), branch.source_at(old), branch.source_at(new)
    whole_path = f"{branch.prefix}{branch.path}"
    if before is not None and after is not None and here in {before, after}:
        document, target = read(branch.path, before), read(branch.path, after)
        if here == before and isinstance(document, Document) and isinstance(target, Document):
            rewrite(branch.root / branch.path, document, target.text)
        stage_path(branch.repository, whole_path, branch.environ)
    for path in added_paths(branch.repository, old, new):
        if path.startswith(f"{branch.prefix}{branch.folder}/"):
            _stage_same(branch, new, path)
    if has_other_changes(branch.repository, old, new, whole_path):
        update_files(branch.repository, old, new, branch.environ)


def _stage_same(branch: LaunchBranch, new: str, path: str) -> None:
    """Put a file of the work tree into the index if it is the one that was committed.

    It was not tracked, so git would not overwrite it, and its index would say that it is gone.
    """
    relative = path.removeprefix(branch.prefix)
    committed = branch.snapshot(new).entry(relative)
    files = work_tree(branch.root, branch.repository)
    here = files.entry(relative)
    if committed is None or here is None or here.mode not in REGULAR_MODES:
        return
    here_data, there_data = (
        read_one(snapshot, entry, limit_of("document")).data
        for snapshot, entry in ((files, here), (branch.snapshot(new), committed))
    )
    if here_data == there_data:
        stage_path(branch.repository, path, branch.environ)


def _source_here(branch: LaunchBranch) -> bytes | None:
    """Return the request as the work tree has it, in the form in which git would store it."""
    return bytes_at(work_tree(branch.root, branch.repository), branch.path, MAX_BYTES)


def _note(branch: LaunchBranch) -> str:
    return f"{_NOTES}{branch.name}"
