"""Read a commit and the index as snapshots: blobs only, never files (threats E1 to E5)."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator

from launchpolicy.hosts.file_names import asked_folder, require_regular, steps
from launchpolicy.hosts.git import problems, trees
from launchpolicy.hosts.git.objects import ObjectReader
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.hosts.git.trees import TreeNode
from launchpolicy.vocabulary.snapshot import Blob, SnapshotEntry

_AT_ONCE = 64


class CommitSnapshot:
    """The files of one commit; reads only the folders that are asked for."""

    __slots__ = ("_repository", "_tree", "label")

    def __init__(self, repository: Repository, commit: str) -> None:
        self.label = commit
        self._repository = repository
        self._tree = repository.trees.of_commit(commit)

    def entries(self, folder: str = "") -> Iterator[SnapshotEntry]:
        """Yield every file below `folder` in path order; for a path of a file, that file.

        Raises:
            UsageError: `folder` is no path from the top level.
            UndecidedError: git cannot read a folder.
        """
        path = asked_folder(folder)
        node = self._repository.trees.find(self._tree, path)
        if node is None:
            return
        name = "/".join(path).encode()
        if not node.is_folder:
            yield trees.entry(name, node)
            return
        prefix = name + b"/" if name else b""
        differences = self._repository.trees.compare(None, node.oid, prefix)
        for below, difference in sorted(differences.items()):
            if difference.new is not None:
                yield trees.entry(below, difference.new)

    def entry(self, path: str) -> SnapshotEntry | None:
        node = self._node(path)
        return None if node is None or node.is_folder else SnapshotEntry(path, node.mode, node.oid)

    def read(self, entries: Iterable[SnapshotEntry], limit: int) -> Iterator[Blob]:
        return _read(self._repository.objects, entries, limit)

    def _node(self, path: str) -> TreeNode | None:
        parts = steps(path)
        return self._repository.trees.find(self._tree, parts) if parts else None


class IndexSnapshot:
    """The files of the next commit; the index is listed once, when first asked.

    Files that were only announced (`git add --intent-to-add`) are not part of it.
    """

    __slots__ = ("_listed", "_repository", "label")

    def __init__(self, repository: Repository) -> None:
        self.label = "index"
        self._repository = repository
        self._listed: dict[bytes, SnapshotEntry] | None = None

    def entries(self, folder: str = "") -> Iterator[SnapshotEntry]:
        """Return every file below `folder` in path order; for a path of a file, that file.

        Raises:
            UsageError: `folder` is no path from the top level.
            UndecidedError: git cannot read the index, or it holds unmerged files.
        """
        name = "/".join(asked_folder(folder))
        prefix = name + "/" if name else ""
        return (
            entry
            for entry in self._all().values()
            if entry.path.startswith(prefix) or entry.path == name
        )

    def entry(self, path: str) -> SnapshotEntry | None:
        return self._all().get(path.encode()) if steps(path) else None

    def read(self, entries: Iterable[SnapshotEntry], limit: int) -> Iterator[Blob]:
        return _read(self._repository.objects, entries, limit)

    def _all(self) -> dict[bytes, SnapshotEntry]:
        if self._listed is None:
            from launchpolicy.hosts.git import index  # noqa: PLC0415 (few checks are of the index)

            differences = index.compare(self._repository, self._repository.empty_tree)
            new = {path: difference.new for path, difference in differences.items()}
            self._listed = {path: trees.entry(path, node) for path, node in new.items() if node}
        return self._listed


def _read(objects: ObjectReader, entries: Iterable[SnapshotEntry], limit: int) -> Iterator[Blob]:
    """Yield the blobs of regular entries, some at a time.

    A whole group is fetched before the first of it is given out: a caller that stops in the
    middle, or asks for something else meanwhile, must not find answers to older questions.
    """
    waiting = iter(entries)
    while group := require_regular(itertools.islice(waiting, _AT_ONCE)):
        objects_of_group = objects.read([entry.blob for entry in group], limit)
        for entry, git_object in zip(group, objects_of_group, strict=True):
            if git_object.kind != "blob":
                raise problems.corrupt_object(git_object.oid)
            yield Blob(entry, git_object.size, git_object.data)
