"""Read tree objects: what a path leads to, and how two trees differ.

Read from the objects themselves, not with `ls-tree` and `diff-tree`: that costs no process per
question, no configuration or attribute takes part in it, and one strict reading serves both
looking up and comparing. Format: gitformat-pack(5) leaves it out; "Git Objects" of the Git book.
"""

from __future__ import annotations

import functools
import re
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from launchpolicy.hosts.file_names import checked_name
from launchpolicy.hosts.git import problems
from launchpolicy.hosts.git.objects import ObjectReader
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.snapshot import FileChange, SnapshotEntry

_PATTERNS = {
    40: rb"(?s)([0-7]{5,6}) ([^\0/]+)\0(.{20})",
    64: rb"(?s)([0-7]{5,6}) ([^\0/]+)\0(.{32})",
}
_NO_NAMES = frozenset({b".", b"..", b".git"})
_FOLDER = "040000"

# A tree may hold itself ten times over, ten levels deep: bounds for what is unfolded of it.
_KEPT = 50_000
"""So many names are kept, of trees that were looked into."""

_KEPT_ANSWERS = 1_024
"""So many trees of commits and comparisons are kept: a walk asks for each of them a few times."""

_FEW = 64
"""Paths of a difference that is kept at most."""

_MAX_DEPTH = 128
_MAX_TREE = 32 * 1024 * 1024
_MAX_PATHS = 64 * 1024 * 1024


class TreeNode(NamedTuple):
    """What a name in a tree stands for: its mode as six digits, and an object id."""

    mode: str
    oid: str

    @property
    def is_folder(self) -> bool:
        return self.mode == _FOLDER


Tree = dict[bytes, tuple[bytes, bytes]]
"""Names with mode and id as the object writes them: a folder may have ten thousand."""


class TreeDifference(NamedTuple):
    """What stands at one path in two trees; None where there is no file."""

    old: TreeNode | None
    new: TreeNode | None


TreeDifferences = Mapping[bytes, TreeDifference]
"""What differs between two trees, by path."""


class _Folder(NamedTuple):
    """A folder that differs: its path with a slash, and its tree ids on both sides."""

    path: bytes
    old: str | None
    new: str | None


class TreeReader:
    """Reads trees by id, and keeps those that lookups went through, and the latest answers."""

    __slots__ = ("_differences", "_known", "_names", "_objects", "_of_commits")

    def __init__(self, objects: ObjectReader) -> None:
        self._objects = objects
        self._known: dict[str, Tree] = {}
        self._names = 0
        self._of_commits: dict[str, str] = {}
        self._differences: dict[tuple[str | None, str | None, bytes], TreeDifferences] = {}

    def of_commit(self, commit: str) -> str:
        """Return the id of a commit's top tree."""
        if commit not in self._of_commits:
            _keep_answer(self._of_commits, commit, self._read_commit(commit))
        return self._of_commits[commit]

    def read_commits(self, commits: Sequence[str]) -> None:
        """Read many commits and their top trees at once, so that each is known when asked for."""
        self._objects.read(commits, _MAX_TREE)
        tops = dict.fromkeys(map(self.of_commit, commits))
        for oid, tree in self._read(tuple(tops)).items():
            self._keep(oid, tree)

    def _read_commit(self, commit: str) -> str:
        commit_object = self._objects.read([commit], _MAX_TREE)[0]
        header, _, oid = (commit_object.data or b"").partition(b"\n")[0].partition(b" ")
        if commit_object.kind != "commit" or header != b"tree":
            raise problems.corrupt_object(commit)
        return oid.decode("ascii", "replace")

    def find(self, tree: str, steps: Sequence[str]) -> TreeNode | None:
        """Return what `steps` lead to from `tree`; symbolic links are not followed."""
        node: TreeNode | None = TreeNode(_FOLDER, tree)
        for step in steps:
            if node is None or not node.is_folder:
                return None
            if node.oid not in self._known:
                self._keep(node.oid, self._read([node.oid])[node.oid])
            node = _node(self._known[node.oid].get(step.encode()))
        return node

    def read_folders(self, places: Iterable[tuple[str, str]]) -> int:
        """Read the folders on the way from top trees to paths, those of one depth at once.

        Returns:
            How many names the folders have that were not known.
        """
        count = 0
        waiting = {(top, tuple(path.split("/"))) for top, path in places}
        while waiting:
            unread = {oid for oid, _ in waiting} - self._known.keys()
            trees = self._read(list({oid for oid, _ in waiting}))
            for oid in unread:
                count += len(trees[oid])
                self._keep(oid, trees[oid])
            nodes = ((_node(trees[oid].get(way[0].encode())), way[1:]) for oid, way in waiting)
            waiting = {(node.oid, rest) for node, rest in nodes if node and node.is_folder and rest}
        return count

    def _keep(self, oid: str, tree: Tree) -> None:
        self._names += len(tree)
        if self._names > _KEPT:  # a walk through history meets every tree there was
            self._known.clear()
            self._names = len(tree)
        self._known[oid] = tree

    def compare(self, old: str | None, new: str | None, prefix: bytes = b"") -> TreeDifferences:
        """Return every path that differs below two trees; None is a tree without files.

        Raises:
            UndecidedError: a tree is missing, damaged, or unfolds without end.
        """
        question = (old, new, prefix)
        differences = self._differences.get(question)
        if differences is None:
            differences = self._compare(old, new, prefix)
            if len(differences) <= _FEW:
                _keep_answer(self._differences, question, differences)
        return differences

    def _compare(self, old: str | None, new: str | None, prefix: bytes) -> TreeDifferences:
        differences: dict[bytes, TreeDifference] = {}
        level = [_Folder(prefix, old, new)] if old != new else []
        size = 0
        for _ in range(_MAX_DEPTH):
            if not level:
                return differences
            oids = {oid for folder in level for oid in (folder.old, folder.new) if oid}
            trees = self._read(sorted(oids), keep=old is not None and new is not None)
            deeper: list[_Folder] = []
            for folder in level:
                for path, difference in _unfold(folder, trees):
                    size += len(path)
                    _sort(path, difference, differences, deeper)
                if size > _MAX_PATHS:
                    raise problems.tree_too_large(checked_name(folder.path, "", "").path)
            level = deeper
        raise problems.tree_too_large(checked_name(level[0].path, "", "").path)

    def _read(self, oids: Sequence[str], *, keep: bool = False) -> dict[str, Tree]:
        """Return the trees of these ids; those that two commits are compared by are kept."""
        known = {oid: self._known[oid] for oid in oids if oid in self._known}
        objects = self._objects.read([oid for oid in oids if oid not in known], _MAX_TREE)
        read = {
            tree_object.oid: _parse(tree_object.oid, tree_object.kind, tree_object.data)
            for tree_object in objects
        }
        for oid, tree in read.items() if keep else ():
            self._keep(oid, tree)
        return known | read


_Question = TypeVar("_Question")
_Answer = TypeVar("_Answer")


def _keep_answer(answers: dict[_Question, _Answer], question: _Question, answer: _Answer) -> None:
    """Keep an answer, instead of the oldest where there are many; ids never mean anything else."""
    if len(answers) >= _KEPT_ANSWERS:
        del answers[next(iter(answers))]
    answers[question] = answer


def changes(differences: TreeDifferences) -> tuple[FileChange, ...]:
    """Return differences by path as changes of files, in path order."""
    rows = sorted(differences.items())
    return tuple(change(path, difference) for path, difference in rows)


def change(path: bytes, difference: TreeDifference) -> FileChange:
    old, new = (node and entry(path, node) for node in difference)
    return FileChange(checked_name(path, "", "").path, old, new)


def entry(path: bytes, node: TreeNode) -> SnapshotEntry:
    return checked_name(path, node.mode, node.oid)


def _unfold(folder: _Folder, trees: dict[str, Tree]) -> Iterator[tuple[bytes, TreeDifference]]:
    """Yield the names in a folder whose two sides differ, as paths."""
    old = trees[folder.old] if folder.old else {}
    new = trees[folder.new] if folder.new else {}
    for name in {name for name, _ in old.items() ^ new.items()}:
        yield folder.path + name, TreeDifference(_node(old.get(name)), _node(new.get(name)))


def _sort(
    path: bytes,
    difference: TreeDifference,
    differences: dict[bytes, TreeDifference],
    deeper: list[_Folder],
) -> None:
    """Add the files of a difference to `differences`, its folders to those still to read."""
    old, new = difference
    old_folder = old.oid if old and old.is_folder else None
    new_folder = new.oid if new and new.is_folder else None
    if old_folder or new_folder:
        deeper.append(_Folder(path + b"/", old_folder, new_folder))
        old, new = None if old_folder else old, None if new_folder else new
    if old != new:
        differences[path] = TreeDifference(old, new)


def _parse(oid: str, kind: str, data: bytes | None) -> Tree:
    """Return the names in a tree object; anything git would not have written is refused."""
    if data is None:
        raise problems.tree_too_large(oid)
    items: list[tuple[bytes, bytes, bytes]] = re.findall(_PATTERNS[len(oid)], data)
    modes, names, nodes = zip(*items, strict=True) if items else ((), (), ())
    tree = dict(zip(names, zip(modes, nodes, strict=True), strict=True))
    read = len(b"".join(modes)) + len(b"".join(names)) + (len(oid) // 2 + 2) * len(items)
    is_whole = kind == "tree" and read == len(data) and len(tree) == len(items)
    if not is_whole or not _NO_NAMES.isdisjoint(tree):
        raise problems.corrupt_object(oid)
    return tree


def _node(mode_and_id: tuple[bytes, bytes] | None) -> TreeNode | None:
    return None if mode_and_id is None else TreeNode(_mode(mode_and_id[0]), mode_and_id[1].hex())


@functools.cache
def _mode(digits: bytes) -> str:
    """Return the mode as git shows it: of a regular file only the executable bit counts."""
    mode = int(digits, 8)
    if stat.S_ISREG(mode):
        return "100755" if mode & stat.S_IXUSR else "100644"
    return f"{mode:06o}"
