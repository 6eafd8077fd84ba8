"""The files of a launch repository at one moment: in a commit, the index or the work tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from launchpolicy.vocabulary.named_tuple import NamedTuple

REGULAR_MODES = frozenset({"100644", "100755"})
"""The only modes that are read: no symlinks (120000), no submodules (160000) — threats E2, E3."""


class SnapshotEntry(NamedTuple):
    """One file of a snapshot: path from the top level, git mode, blob id (may be empty)."""

    path: str
    mode: str
    blob: str


class Blob(NamedTuple):
    """The bytes of one entry; `data` is None when `size` is over the limit and was not read."""

    entry: SnapshotEntry
    size: int
    data: bytes | None


class Snapshot(Protocol):
    """A commit, the index or the work tree, read and never written."""

    @property
    def label(self) -> str:
        """Return its name for people: `work tree`, `index`, or the commit's object id."""

    def entries(self, folder: str = "") -> Iterable[SnapshotEntry]:
        """Return every file below `folder` ("" is the top level), in path order."""

    def entry(self, path: str) -> SnapshotEntry | None:
        """Return the file at `path`, or None where there is none."""

    def read(self, entries: Iterable[SnapshotEntry], limit: int) -> Iterator[Blob]:
        """Yield the blobs of the entries, in order; without data where over `limit` bytes."""


class FileChange(NamedTuple):
    """A path that differs between two snapshots; exactly one side may be None."""

    path: str
    old: SnapshotEntry | None
    new: SnapshotEntry | None


def read_one(snapshot: Snapshot, entry: SnapshotEntry, limit: int) -> Blob:
    """Return the blob of one entry; without data where it is over `limit` bytes."""
    return next(iter(snapshot.read([entry], limit)))


def bytes_at(snapshot: Snapshot, path: str, limit: int) -> bytes | None:
    """Return the bytes of the regular file at `path`; None without one, or over `limit` bytes."""
    entry = snapshot.entry(path)
    if entry is None or entry.mode not in REGULAR_MODES:
        return None
    return read_one(snapshot, entry, limit).data
