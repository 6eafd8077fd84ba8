"""Which entries are void: entered by accident, from another branch, and voided by a later entry.

The ledger only grows, so an entry that should not be there is not taken out: a later entry with
the event `voided` says which numbers do not count. What is void stays in the tree and in its
proofs, and takes no part in launches, measures and views.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from launchpolicy.ledger.entry import Entry

EVENT: Final = "voided"
"""The event of an entry that voids others."""


class Void(NamedTuple):
    """One entry that voids others: its number, itself, and the numbers that it voids."""

    number: int
    entry: Entry
    numbers: range


def voided_numbers(entries: Iterable[Entry]) -> frozenset[int]:
    """Return the numbers of the entries that are void, of entries in the ledger's order.

    An entry can void only what comes before it, and an entry that voids others is never void: so
    what is void today is void for ever. The voiding entries themselves are not in the result.
    """
    voids = tuple(voids_among(entries))
    voiding = {void.number for void in voids}
    return frozenset(number for void in voids for number in void.numbers) - voiding


def voids_among(entries: Iterable[Entry]) -> Iterator[Void]:
    """Yield the entries that void others, of entries in the ledger's order."""
    for number, entry in enumerate(entries):
        if entry.event == EVENT:
            yield void_of(number, entry)


def void_of(number: int, entry: Entry) -> Void:
    """Return what an entry voids; its number is `number`."""
    return Void(number, entry, _numbers(number, entry))


def last_standing_number(size: int, entry_at: Callable[[int], Entry]) -> int | None:
    """Return the number of the last entry that is about the branch; None where there is none.

    That is the last one that is neither void nor voids others. Only the end of the ledger is read,
    as only a later entry can void one.
    """
    ranges: list[range] = []
    for number in range(size - 1, -1, -1):
        if any(number in numbers for numbers in ranges):
            continue
        entry = entry_at(number)
        if entry.event != EVENT:
            return number
        ranges.append(_numbers(number, entry))
    return None


def wrong_voids(
    voids: Iterable[Void],
    commit_of: Callable[[int], str],
    place_of: Callable[[str], int | None],
) -> Mapping[int, str]:
    """Return which entries are voided wrongly: number → commit.

    Wrong is what voids an entry of the branch, as it was at the commit of the entry that voids it,
    or what is about a commit that is not on the branch. `place_of` says which commit of the branch
    a commit is, None where it is none.
    """
    wrong: dict[int, str] = {}
    for void in voids:
        end = place_of(void.entry.commit)
        if end is None:
            wrong[void.number] = void.entry.commit
            continue
        for number in void.numbers:
            place = place_of(commit_of(number))
            if place is not None and place <= end:
                wrong[number] = commit_of(number)
    return wrong


def _numbers(number: int, entry: Entry) -> range:
    """Return the numbers that the entry with a number voids: only of entries before it."""
    if entry.voids is None:
        return range(0)
    return range(max(0, entry.voids.first), min(entry.voids.last + 1, number))
