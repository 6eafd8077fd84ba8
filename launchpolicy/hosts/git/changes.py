"""Which files a pull request, the index or the work tree changes, each with its old version."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.git import index, problems
from launchpolicy.hosts.git.objects import OID_LENGTHS
from launchpolicy.hosts.git.repository import Repository, is_oid
from launchpolicy.hosts.git.revisions import head as head_of
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.git.trees import Difference, changes
from launchpolicy.hosts.naming import named
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Entry, FileChange

_COMPARED = 8 * 1024 * 1024


class Changes(NamedTuple):
    """What head changes relative to base.

    `files` are in path order; the old side of each is what stands in base now. The paths in
    `stale` were changed by base as well since head branched off: what will be merged there is
    neither side's content, so nothing that was judged holds for them. Merging base into head
    makes this set empty.
    """

    files: tuple[FileChange, ...]
    stale: frozenset[str]


def changed_files(repository: Repository, base: str, head: str) -> Changes:
    """The files that merging commit `head` into commit `base` changes (threat G4).

    What counts is the difference between each merge base and head; a path at which base already
    holds what head holds is no change.

    Raises:
        UndecidedError: the clone is shallow, there is no merge base, an object cannot be read, or
            a file that one side deleted or moved was changed by the other.
    """
    trees = repository.trees
    base_tree, head_tree = trees.of_commit(base), trees.of_commit(head)
    found: dict[bytes, Difference] = {}
    stale: set[bytes] = set()
    for ancestor in _merge_bases(repository, base, head):
        tree = trees.of_commit(ancestor)
        ours, theirs = trees.compare(tree, head_tree), trees.compare(tree, base_tree)
        for path, (before, after) in ours.items():
            now = theirs[path].new if path in theirs else before
            if now != after:
                found[path] = Difference(now, after)
        stale |= theirs.keys()
    stale &= found.keys()
    for path in sorted(stale):
        # git may have paired the deleted file with one of another name, and merged into that.
        if None in found[path] and any(found[path]):
            raise problems.moved_and_changed(named(path, "", "").path)
    return Changes(changes(found), frozenset(named(path, "", "").path for path in stale))


def staged_files(repository: Repository) -> tuple[FileChange, ...]:
    """The files that the index changes relative to HEAD; before the first commit, all.

    Raises:
        UndecidedError: HEAD or the index cannot be read, or there are unmerged files.
    """
    commit = head_of(repository)
    tree = repository.trees.of_commit(commit) if commit else repository.empty_tree
    return changes(index.compare(repository, tree))


def work_tree_files(
    repository: Repository, files: WorkTreeSnapshot, folder: str = ""
) -> tuple[FileChange, ...]:
    """The files below `folder` in which the work tree differs from HEAD, tracked or not.

    Contents are compared, not what the index remembers of them: `git update-index
    --assume-unchanged` hides nothing. What cannot be compared counts as changed.

    Raises:
        UndecidedError: HEAD or a file cannot be read.
    """
    commit = head_of(repository)
    old: dict[str, Entry] = {}
    if commit is not None:
        old = {entry.path: entry for entry in CommitSnapshot(repository, commit).entries(folder)}
    new = {entry.path: entry for entry in files.entries(folder)}
    same = set(_unchanged(files, old, new))
    return tuple(
        FileChange(path, old.get(path), new.get(path))
        for path in sorted(old.keys() | new.keys())
        if path not in same
    )


def _unchanged(
    files: WorkTreeSnapshot, old: dict[str, Entry], new: dict[str, Entry]
) -> Iterator[str]:
    candidates = [
        new[path]
        for path, entry in old.items()
        if path in new and entry.mode == new[path].mode and entry.mode in REGULAR_MODES
    ]
    for blob in files.read(candidates, _COMPARED):
        wanted = old[blob.entry.path].blob
        if blob.data is not None and _blob_id(blob.data, OID_LENGTHS[len(wanted)]) == wanted:
            yield blob.entry.path


def _blob_id(data: bytes, algorithm: str) -> str:
    digest = hashlib.new(algorithm, b"blob %d\0" % len(data), usedforsecurity=False)
    digest.update(data)
    return digest.hexdigest()


def _merge_bases(repository: Repository, base: str, head: str) -> list[str]:
    if repository.is_shallow:
        raise problems.shallow()
    answer = repository.git.run("merge-base", "--all", base, head)
    found = answer.output.decode("ascii", "replace").split()
    if answer.code == 1 and not found and not answer.complaint:
        raise problems.no_merge_base(base, head)
    if answer.code != 0 or not found or not all(map(is_oid, found)):
        raise problems.git_failed("merge-base", answer.code, answer.complaint)
    return found
