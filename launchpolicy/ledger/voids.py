"""Which entries are void: entered by accident, from another branch, and voided by a later entry.

The ledger only grows, so an entry that should not be there is not taken out: a later entry with
the event `voided` says which numbers do not count. What is void stays in the tree and in its
proofs, and takes no part in launches, measures and views.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from launchpolicy.ledger.entry import Entry

EVENT = "voided"
"""The event of an entry that voids others."""


def voided_numbers(entries: Iterable[Entry]) -> frozenset[int]:
    """Return the numbers of the entries that are void, of entries in the ledger's order.

    An entry can void only what comes before it, and an entry that voids others is never void: so
    what is void today is void for ever. The voiding entries themselves are not in the result.
    """
    numbers: set[int] = set()
    voiding: set[int] = set()
    for number, entry in enumerate(entries):
        if entry.event != EVENT:
            continue
        voiding.add(number)
        if entry.voids is not None:
            numbers.update(range(max(0, entry.voids.first), min(entry.voids.last + 1, number)))
    return frozenset(numbers - voiding)


def last_standing(entries: Sequence[Entry]) -> Entry | None:
    """Return the last entry that is about the branch; None where there is none.

    That is the last one that is neither void nor voids others.
    """
    numbers = voided_numbers(entries)
    standing = (
        entry
        for number, entry in zip(range(len(entries) - 1, -1, -1), reversed(entries), strict=True)
        if entry.event != EVENT and number not in numbers
    )
    return next(standing, None)
