"""Find the files that a pull request or the index changes, each with its old version."""

from __future__ import annotations

from typing import NamedTuple

from launchpolicy.hosts.file_names import checked_name
from launchpolicy.hosts.git import index, problems
from launchpolicy.hosts.git.repository import Repository, is_oid
from launchpolicy.hosts.git.revisions import head as head_of
from launchpolicy.hosts.git.trees import TreeDifference, changes
from launchpolicy.vocabulary.snapshot import FileChange


class Changes(NamedTuple):
    """What head changes relative to base.

    `files` are in path order; the old side of each is what stands in base now. The paths in
    `stale` were changed by base as well since head branched off: what will be merged there is
    neither side's content, so nothing that was judged holds for them. Merging base into head
    makes this set empty. `is_behind` says that base holds changes that head does not have.
    """

    files: tuple[FileChange, ...]
    stale: frozenset[str]
    is_behind: bool


def changed_files(repository: Repository, base: str, head: str) -> Changes:
    """Return the files that merging commit `head` into commit `base` changes (threat G4).

    What counts is the difference between each merge base and head; a path at which base already
    holds what head holds is no change.

    Raises:
        UndecidedError: the clone is shallow, there is no merge base, an object cannot be read, or
            a file that one side deleted or moved was changed by the other.
    """
    trees = repository.trees
    base_tree, head_tree = trees.of_commit(base), trees.of_commit(head)
    differences: dict[bytes, TreeDifference] = {}
    stale: set[bytes] = set()
    is_behind = False
    for ancestor in merge_bases(repository, base, head):
        tree = trees.of_commit(ancestor)
        ours, theirs = trees.compare(tree, head_tree), trees.compare(tree, base_tree)
        for path, (before, after) in ours.items():
            now = theirs[path].new if path in theirs else before
            if now != after:
                differences[path] = TreeDifference(now, after)
        stale |= theirs.keys()
        is_behind = is_behind or bool(theirs)
    stale &= differences.keys()
    for path in sorted(stale):
        # git may have paired the deleted file with one of another name, and merged into that.
        if None in differences[path] and any(differences[path]):
            raise problems.moved_and_changed(checked_name(path, "", "").path)
    return Changes(
        changes(differences),
        frozenset(checked_name(path, "", "").path for path in stale),
        is_behind,
    )


def staged_files(repository: Repository) -> tuple[FileChange, ...]:
    """Return the files that the index changes relative to HEAD; before the first commit, all.

    Raises:
        UndecidedError: HEAD or the index cannot be read, or there are unmerged files.
    """
    commit = head_of(repository)
    tree = repository.trees.of_commit(commit) if commit else repository.empty_tree
    return changes(index.compare(repository, tree))


def merge_bases(repository: Repository, base: str, head: str) -> list[str]:
    """Return the best common ancestors of two commits, one or more.

    Raises:
        UndecidedError: the clone is shallow, there is none, or git fails.
    """
    if ancestors := common_ancestors(repository, base, head):
        return ancestors
    raise problems.no_merge_base(base, head)


def common_ancestors(repository: Repository, base: str, head: str) -> list[str]:
    """Return the best common ancestors of two commits, none where their histories share nothing.

    Raises:
        UndecidedError: the clone is shallow, or git fails.
    """
    if repository.is_shallow:
        raise problems.shallow_clone()
    answer = repository.git.run("merge-base", "--all", base, head)
    ancestors = answer.output.decode("ascii", "replace").split()
    if answer.code == 1 and not ancestors and not answer.complaint:
        return []
    if answer.code != 0 or not ancestors or not all(map(is_oid, ancestors)):
        raise problems.git_failed("merge-base", answer.code, answer.complaint)
    return ancestors
