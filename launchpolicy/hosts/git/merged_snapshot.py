"""What merging a proposal would give: the base, with the files that the proposal changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from launchpolicy.hosts.file_names import asked_folder
from launchpolicy.vocabulary.snapshot import Blob, FileChange, Snapshot, SnapshotEntry


class MergedSnapshot:
    """The files of `base`, but for `changes`, of which the new sides count.

    A branch that is behind its base does not hold what the base has got since: launches of the
    same product or window, or a dependency that was cancelled (threat G4). What both sides
    changed is of neither; `changed_files` names it as stale.

    Args:
        base: the commit that is merged into.
        head: the proposed commit, which holds the new sides.
        changes: what head changes, with paths from the top level.
    """

    __slots__ = ("_base", "_changes", "_head", "label")

    def __init__(self, base: Snapshot, head: Snapshot, changes: Sequence[FileChange]) -> None:
        self.label = head.label
        self._base = base
        self._head = head
        self._changes = {change.path: change.new for change in changes}

    def entries(self, folder: str = "") -> Iterator[SnapshotEntry]:
        """Yield every file below `folder` in path order; for a path of a file, that file.

        Raises:
            UsageError: `folder` is no path from the top level.
            UndecidedError: git cannot read a folder.
        """
        name = "/".join(asked_folder(folder))
        prefix = f"{name}/" if name else ""
        kept = [entry for entry in self._base.entries(folder) if entry.path not in self._changes]
        new = [
            entry
            for path, entry in self._changes.items()
            if entry is not None and (path == name or path.startswith(prefix))
        ]
        yield from sorted([*kept, *new], key=lambda entry: entry.path.encode())

    def entry(self, path: str) -> SnapshotEntry | None:
        return self._changes[path] if path in self._changes else self._base.entry(path)

    def read(self, entries: Iterable[SnapshotEntry], limit: int) -> Iterator[Blob]:
        return self._head.read(entries, limit)
