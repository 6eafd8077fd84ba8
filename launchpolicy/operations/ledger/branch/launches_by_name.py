"""Find the launches of one name without parsing every entry.

All bytes are hashed up to the root, as always. Only entries that contain the name, or the path of
such an entry, are parsed, because parsing takes most of the time. Entries are canonical (RFC 8785),
so that a text stands in their bytes in one form alone; `verify` finds any that is not.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from launchpolicy.ledger.entry import RULES, Entry
from launchpolicy.ledger.launches import Launches, NumberedEntry, launches_among
from launchpolicy.ledger.voids import EVENT as VOIDED
from launchpolicy.ledger.voids import voided_numbers
from launchpolicy.operations.ledger.branch.entries import entry_sources
from launchpolicy.operations.ledger.branch.state import LedgerState, parse_entry


def launches_by_name(state: LedgerState, names: Iterable[str]) -> Launches:
    """Return the launches of these names, each of them whole, and perhaps others.

    Raises:
        MalformedLedgerError: the bytes are not those that the checkpoint vouches for, or an entry
            that is read is none.
    """
    return launches_in(list(entry_sources(state)), names)


def launches_in(sources: Sequence[bytes], names: Iterable[str]) -> Launches:
    """Return the launches of these names among all entries of a ledger, as their bytes.

    Raises:
        MalformedLedgerError: an entry that is read is none.
    """
    marks = frozenset({_mark("event", VOIDED), *(_mark("name", name) for name in names)})
    searched: frozenset[bytes] = frozenset()
    entries: dict[int, Entry] = {}
    while marks:
        more = dict(_entries_with(sources, marks, entries.keys()))
        entries |= more
        searched |= marks
        marks = frozenset(mark for entry in more.values() for mark in _paths(entry)) - searched
    void = _void_numbers(entries, len(sources))
    standing = (number for number in sorted(entries) if number not in void)
    return launches_among(NumberedEntry(number, entries[number]) for number in standing)


def _entries_with(
    sources: Sequence[bytes], marks: AbstractSet[bytes], known: AbstractSet[int]
) -> Iterator[tuple[int, Entry]]:
    for number, source in enumerate(sources):
        if number not in known and any(mark in source for mark in marks):
            yield number, parse_entry(number, source)


def _paths(entry: Entry) -> Iterator[bytes]:
    """Yield what stands in every entry about the file of this one, also of where it came from."""
    if entry.kind == RULES or entry.event == VOIDED:
        return
    yield _mark("path", entry.path)
    if entry.renamed_from is not None:
        yield _mark("path", entry.renamed_from.path)


def _mark(key: str, text: str) -> bytes:
    """Return how an entry writes a text; half a surrogate pair stands in none."""
    written = json.dumps(text, ensure_ascii=False)
    return f'"{key}":{written}'.encode("utf-8", "replace")


def _void_numbers(entries: dict[int, Entry], size: int) -> frozenset[int]:
    """Return which entries are void; every entry that voids others is among `entries`."""
    other = next((entry for entry in entries.values() if entry.event != VOIDED), None)
    if other is None:
        return frozenset()
    return voided_numbers(entries.get(number, other) for number in range(size))
