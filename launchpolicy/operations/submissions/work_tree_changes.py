"""Find which files of a work tree differ from the last commit: for policies that ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from launchpolicy.hosts.file_names import checked_name
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.git.objects import blob_id
from launchpolicy.hosts.git.work_tree_files import WorkTreeFiles
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot, SnapshotEntry

_LARGEST = 64 << 20
"""Bytes of the largest file that is compared by content; a larger one counts as changed."""


def work_tree_changes(
    files: WorkTreeSnapshot,
    listing: WorkTreeFiles,
    old: Snapshot | None,
    counts: Callable[[str], bool] = lambda _: True,
) -> list[str]:
    """Return the paths that `files` add, edit or delete relative to `old`, sorted.

    Only paths that count are compared.

    What git ignores, and what a sparse checkout leaves out, is no change.

    Raises:
        UndecidedError: a file cannot be read.
    """
    before = {entry.path: entry for entry in old.entries()} if old is not None else {}
    left_out = {checked_name(name, "", "").path for name in listing.left_out}
    names = {checked_name(name, "", "").path for name in listing.names}
    changed: set[str] = set()
    unsure: list[SnapshotEntry] = []
    with files.lookup() as entry_at:
        for path in filter(counts, (names | before.keys()) - left_out):
            new, earlier = entry_at(path), before.get(path)
            if new is None or earlier is None:
                changed |= {path} if new is not earlier else set()
            elif new.mode != earlier.mode:
                changed.add(path)
            elif new.mode in REGULAR_MODES:
                unsure.append(new)
    for blob in files.read(sorted(unsure), _LARGEST):
        path = blob.entry.path
        stored = before[path].blob
        if blob.data is None or blob_id(blob.data, len(stored)) != stored:
            changed.add(path)
    return sorted(changed)


def edited_files(files: WorkTreeSnapshot, old: Snapshot, paths: Iterable[str]) -> list[str]:
    """Return those of some paths at which `files` holds other content than `old`, sorted.

    A file that one of them does not have is not compared.

    Raises:
        UndecidedError: a file cannot be read.
    """
    stored = {path: entry.blob for path in paths if (entry := old.entry(path)) is not None}
    with files.lookup() as entry_at:
        entries = [entry for path in sorted(stored) if (entry := entry_at(path)) is not None]
    regular = [entry for entry in entries if entry.mode in REGULAR_MODES]
    return [
        blob.entry.path
        for blob in files.read(regular, _LARGEST)
        if blob.data is None
        or blob_id(blob.data, len(stored[blob.entry.path])) != stored[blob.entry.path]
    ]
