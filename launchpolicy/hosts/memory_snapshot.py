"""Snapshots that are not on a disk: files held in memory, and changes laid over another one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from launchpolicy.hosts.file_names import asked_folder, steps
from launchpolicy.vocabulary.snapshot import Blob, Snapshot, SnapshotEntry

_MODE = "100644"


class MemorySnapshot:
    """Regular files by path."""

    __slots__ = ("_files", "label")

    def __init__(self, label: str, files: Mapping[str, bytes]) -> None:
        self.label = label
        self._files = files

    def entries(self, folder: str = "") -> Iterator[SnapshotEntry]:
        name = "/".join(asked_folder(folder))
        prefix = f"{name}/" if name else ""
        below = (path for path in self._files if path == name or path.startswith(prefix))
        return iter([SnapshotEntry(path, _MODE, "") for path in sorted(below)])

    def entry(self, path: str) -> SnapshotEntry | None:
        is_there = bool(steps(path)) and path in self._files
        return SnapshotEntry(path, _MODE, "") if is_there else None

    def read(self, entries: Iterable[SnapshotEntry], limit: int) -> Iterator[Blob]:
        for entry in entries:
            data = self._files[entry.path]
            yield Blob(entry, len(data), data if len(data) <= limit else None)


class OverlaidSnapshot:
    """Another snapshot as it would be with some files written, and some folders emptied first."""

    __slots__ = ("_below", "_emptied", "_files", "_written", "label")

    def __init__(
        self, below: Snapshot, written: Mapping[str, bytes], emptied: Iterable[str] = ()
    ) -> None:
        self.label = below.label
        self._below = below
        self._files = written
        self._written = MemorySnapshot(below.label, written)
        self._emptied = tuple(f"{folder}/" for folder in emptied)

    def entries(self, folder: str = "") -> Iterator[SnapshotEntry]:
        kept = (entry for entry in self._below.entries(folder) if self._is_kept(entry.path))
        return iter(sorted([*kept, *self._written.entries(folder)]))

    def entry(self, path: str) -> SnapshotEntry | None:
        if path in self._files or not self._is_kept(path):
            return self._written.entry(path)
        return self._below.entry(path)

    def read(self, entries: Iterable[SnapshotEntry], limit: int) -> Iterator[Blob]:
        for entry in entries:
            source = self._written if entry.path in self._files else self._below
            yield from source.read([entry], limit)

    def _is_kept(self, path: str) -> bool:
        return path not in self._files and not path.startswith(self._emptied)
