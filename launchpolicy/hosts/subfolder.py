"""Read a launch repository that is a folder of a larger git repository."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.snapshot import Blob, FileChange, Snapshot, SnapshotEntry

_UP = "../"


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


def entry_seen_from(snapshot: Snapshot, path: str) -> SnapshotEntry | None:
    """Return the file at `path`, which may begin with `../` as `changes_seen_from` writes it.

    Only paths that come from git itself may be asked for in this way, none that a file names.
    """
    if not is_outside(path):
        return snapshot.entry(path)
    entry = whole_of(snapshot)[0].entry(path_from_top(path))
    return entry and entry._replace(path=path)


def whole_of(snapshot: Snapshot) -> tuple[Snapshot, str]:
    """Return the snapshot of the whole git repository, and the prefix of the folder in it."""
    if isinstance(snapshot, SubfolderSnapshot):
        return snapshot.whole, snapshot.prefix
    return snapshot, ""


def is_outside(path: str) -> bool:
    """Return whether a path as `changes_seen_from` writes it leads out of the folder."""
    return path.startswith(_UP)


def path_from_top(path: str) -> str:
    """Return the path from the top of the git repository of a file outside of the folder."""
    while is_outside(path):
        path = path.removeprefix(_UP)
    return path


def below(snapshot: Snapshot, prefix: str) -> Snapshot:
    """Return `snapshot` seen from `prefix`; "" is the top level itself."""
    return SubfolderSnapshot(snapshot, prefix) if prefix else snapshot


def changes_below(changes: Iterable[FileChange], prefix: str) -> list[FileChange]:
    """Return the changes below `prefix`, with paths from there."""
    return [
        _at_path(change, change.path.removeprefix(prefix))
        for change in changes
        if change.path.startswith(prefix)
    ]


def changes_seen_from(changes: Iterable[FileChange], prefix: str) -> list[FileChange]:
    """Return all changes, also those outside of `prefix`, with paths as `path_seen_from`."""
    return [_at_path(change, path_seen_from(change.path, prefix)) for change in changes]


def outside(changes: Iterable[FileChange]) -> list[FileChange]:
    """Return those of the changes, as `changes_seen_from` returns them, that are outside."""
    return [change for change in changes if is_outside(change.path)]


def path_seen_from(path: str, prefix: str) -> str:
    """Return a path from the top of the git repository as it is seen from the folder `prefix`.

    Outside of it there are as many `../` in front as it has folders; the path from the top follows.
    """
    if path.startswith(prefix):
        return path.removeprefix(prefix)
    return _UP * prefix.count("/") + path


def _at_path(change: FileChange, path: str) -> FileChange:
    old, new = change.old, change.new
    return FileChange(path, old and old._replace(path=path), new and new._replace(path=path))
