"""A launch repository in memory, of which single files can be replaced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from launchpolicy.vocabulary.snapshot import Blob, SnapshotEntry


class MemorySnapshot:
    """The files of a launch repository, by path."""

    label = "memory"

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = dict(sorted(files.items()))

    def replaced(self, path: str, data: bytes) -> MemorySnapshot:
        """Return the same repository with another file at `path`."""
        return MemorySnapshot({**self.files, path: data})

    def entries(self, folder: str = "") -> Iterable[SnapshotEntry]:
        """Return every file below `folder` ("" is the top level), in path order."""
        within = f"{folder}/" if folder else ""
        return [SnapshotEntry(path, "100644", "") for path in self.files if path.startswith(within)]

    def entry(self, path: str) -> SnapshotEntry | None:
        """Return the file at `path`, or None where there is none."""
        return SnapshotEntry(path, "100644", "") if path in self.files else None

    def read(self, entries: Iterable[SnapshotEntry], limit: int) -> Iterator[Blob]:
        """Yield the blobs of the entries, in order; without data where over `limit` bytes."""
        for entry in entries:
            data = self.files[entry.path]
            yield Blob(entry, len(data), data if len(data) <= limit else None)
