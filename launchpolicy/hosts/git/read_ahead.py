"""Read what the next steps of a history will be asked for, many at once.

To ask git for one object and to wait for the answer costs as much as a hundred of them together.
Nothing is decided here: what was read is found again where it is asked for, and what could not be
read is complained about there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import Final

from launchpolicy.hosts.git.first_parent_history import HistoryStep
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, FileChange

_AHEAD: Final = 32
"""Steps whose commits are read at once: they are still kept when their turn comes."""

_NAMES: Final = 20_000
"""So many names of folders may be read ahead: together they are still kept, too."""

_LARGEST: Final = 48 * 1024
"""Bytes of a file that is read ahead; larger ones are not kept."""

_MOST_CHANGES: Final = 64
"""Changes of a step that are looked at: few landings have more."""


def read_ahead(
    repository: Repository,
    steps: Iterable[HistoryStep],
    is_wanted: Callable[[str], bool] = lambda _path: False,
) -> Iterator[HistoryStep]:
    """Yield the same steps; what will be asked about them is read for many steps at once.

    That is their commits and top trees, and of each changed file that `is_wanted` by its path from
    the top level, its bytes and the folders on the way to it.
    """
    waiting = iter(steps)
    at_once = 1
    while group := list(islice(waiting, _AHEAD)):
        listed = (step.listed for step in group)
        with suppress(UndecidedError):
            repository.trees.read_commits(
                [oid for one in listed for oid in (one.commit, *one.others)]
            )
        while group:
            now, group = group[:at_once], group[at_once:]
            at_once = _read_files(repository, now, is_wanted)
            yield from now


def _read_files(
    repository: Repository, steps: Sequence[HistoryStep], is_wanted: Callable[[str], bool]
) -> int:
    """Read the wanted files of steps; return of how many steps that may be done the next time."""
    files = [
        (step, change)
        for step in steps
        for change in step.changes[:_MOST_CHANGES]
        if is_wanted(change.path)
    ]
    if not files:
        return len(steps)
    trees, count = repository.trees, 0
    with suppress(UndecidedError):
        count = trees.read_folders(
            (trees.of_commit(oid), change.path)
            for step, change in files
            for oid in (step.listed.commit, step.listed.parent, *step.listed.others)
            if oid is not None
        )
        blobs = (blob for _, change in files for blob in _blobs(change))
        repository.objects.read(list(dict.fromkeys(blobs)), _LARGEST)
    return max(1, min(_AHEAD, _NAMES * len(steps) // max(count, 1)))


def _blobs(change: FileChange) -> Iterator[str]:
    if change.new is not None and change.new.mode in REGULAR_MODES:
        yield change.new.blob
