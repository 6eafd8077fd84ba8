"""Which entries are void: entered by accident, from another branch, and voided by a later entry.

The ledger only grows, so an entry that should not be there is not taken out: a later entry with
the event `voided` says which numbers do not count. What is void stays in the tree and in its
proofs, and takes no part in launches, measures and views.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
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


class WrongVoids(NamedTuple):
    """What is voided wrongly, by number → commit, and which entries void others wrongly.

    `voided` were on the branch when they were voided; `hidden` are on it now, and nothing else
    records their commits; `voiding` are of commits that are not on it, or void what is no entry
    before them.
    """

    voided: Mapping[int, str]
    hidden: Mapping[int, str]
    voiding: Mapping[int, str]


def wrong_voids(
    voids: Sequence[Void],
    commits_of: Callable[[Collection[int]], Mapping[int, str]],
    place_of: Callable[[str], int | None],
    standing: Callable[[], Collection[str]],
) -> WrongVoids:
    """Return what is voided wrongly.

    Args:
        voids: the entries that void others.
        commits_of: gives the commits of entries by their numbers; is asked once.
        place_of: says which commit of the branch a commit is, None where it is none.
        standing: gives the commits of the entries that are not void; is asked only where needed.
    """
    voiding: dict[int, str] = {}
    ends: dict[int, int] = {}
    for void in voids:
        end = place_of(void.entry.commit)
        if end is None or not _is_of_entries_before(void):
            voiding[void.number] = void.entry.commit
        else:
            ends[void.number] = end
    latest = _latest_ends([void for void in voids if void.number in ends], ends)
    commits = commits_of(latest)
    places = {number: place_of(commit) for number, commit in commits.items()}
    there = {number: place for number, place in places.items() if place is not None}
    voided = {number: commits[number] for number, place in there.items() if place <= latest[number]}
    later = [number for number in there if number not in voided]
    recorded = standing() if later else ()
    hidden = {number: commits[number] for number in later if commits[number] not in recorded}
    return WrongVoids(voided, hidden, voiding)


def _is_of_entries_before(void: Void) -> bool:
    """Return whether an entry voids only entries that come before it, and at least one."""
    stated = void.entry.voids
    return stated is not None and 0 <= stated.first <= stated.last < void.number


def _latest_ends(voids: Sequence[Void], ends: Mapping[int, int]) -> dict[int, int]:
    """Return for each number that is void the latest place at which it was voided.

    Each number is looked at once, however many voids overlap there.
    """
    latest: dict[int, int] = {}
    next_free: dict[int, int] = {}

    def free_from(number: int) -> int:
        path = []
        while number in next_free:
            path.append(number)
            number = next_free[number]
        next_free.update(dict.fromkeys(path, number))
        return number

    for void in sorted(voids, key=lambda void: ends[void.number], reverse=True):
        number = free_from(void.numbers.start)
        while number < void.numbers.stop:
            latest[number] = ends[void.number]
            next_free[number] = number + 1
            number = free_from(number)
    return latest


def _numbers(number: int, entry: Entry) -> range:
    """Return the numbers that the entry with a number voids: only of entries before it."""
    if entry.voids is None:
        return range(0)
    return range(max(0, entry.voids.first), min(entry.voids.last + 1, number))
