"""Read a launch repository that is a folder of a larger git repository."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from launchpolicy.vocabulary.snapshot import Blob, FileChange, Snapshot, SnapshotEntry


class SubfolderSnapshot(NamedTuple):
    """The files of `whole` below `prefix` (which ends with a slash), as if it were the top."""

    whole: Snapshot
    prefix: str

    @property
    def label(self) -> str:
        return self.whole.label

    def entries(self, folder: str = "") -> Iterator[SnapshotEntry]:
        for entry in self.whole.entries(f"{self.prefix}{folder}".rstrip("/")):
            if entry.path.startswith(self.prefix):
                yield entry._replace(path=entry.path.removeprefix(self.prefix))

    def entry(self, path: str) -> SnapshotEntry | None:
        entry = self.whole.entry(f"{self.prefix}{path}")
        return entry and entry._replace(path=path)

    def read(self, entries: Iterable[SnapshotEntry], limit: int) -> Iterator[Blob]:
        whole = (entry._replace(path=f"{self.prefix}{entry.path}") for entry in entries)
        for blob in self.whole.read(whole, limit):
            path = blob.entry.path.removeprefix(self.prefix)
            yield blob._replace(entry=blob.entry._replace(path=path))


def below(snapshot: Snapshot, prefix: str) -> Snapshot:
    """Return `snapshot` seen from `prefix`; "" is the top level itself."""
    return SubfolderSnapshot(snapshot, prefix) if prefix else snapshot


def changes_below(changes: Iterable[FileChange], prefix: str) -> list[FileChange]:
    """Return the changes below `prefix`, with paths from there."""
    return [
        FileChange(
            change.path.removeprefix(prefix),
            change.old and change.old._replace(path=change.old.path.removeprefix(prefix)),
            change.new and change.new._replace(path=change.new.path.removeprefix(prefix)),
        )
        for change in changes
        if change.path.startswith(prefix)
    ]
