"""Approvers to slots, so that as few as possible stay empty: maximum bipartite matching.

Kuhn's algorithm (H. W. Kuhn, "The Hungarian method for the assignment problem", 1955; as usual for
unweighted graphs: one augmenting path per slot). The filled slots are those that the policy writes
first, whatever the order of the approvals: a slot once filled stays filled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from launchpolicy.facts.approvals.slots import ApproverSlot, Way

Offers = Mapping[str, frozenset[str] | None]
"""Who approves → the roles they approve as; None is every role they hold."""


class Assignment(NamedTuple):
    """One way with its slots filled as well as they can be.

    `filled` maps the index of a slot to the person in it; `missing` are the indices of the others.
    """

    way: Way
    filled: Mapping[int, str]
    missing: tuple[int, ...]


def best(ways: Sequence[Way], offers: Offers, *, distinct: bool) -> Assignment:
    """Return the way that lacks the fewest approvals; of several the one written first."""
    assignments = (assign(way, offers, distinct=distinct) for way in ways)
    return min(assignments, key=lambda assignment: len(assignment.missing))


def assign(way: Way, offers: Offers, *, distinct: bool) -> Assignment:
    """Return an assignment that fills as many slots as possible.

    Without `distinct` one person may serve several demands.
    """
    filled: dict[int, str] = {}
    for group in _groups(way, distinct=distinct):
        filled |= _matching(way, group, offers)
    missing = tuple(index for index in range(len(way)) if index not in filled)
    return Assignment(way, filled, missing)


def who_could(
    assignment: Assignment, index: int, offers: Offers, *, distinct: bool
) -> tuple[str, ...]:
    """Return who could, by approving too, let the empty slot be filled; direct holders first.

    Besides the slot's own holders these are holders of slots whose occupants could move on: an
    alternating path, as in the matching itself.
    """
    way = assignment.way
    group = next(slots for slots in _groups(way, distinct=distinct) if index in slots)
    occupied = {person: slot for slot, person in assignment.filled.items() if slot in group}
    reached, waiting, people = {index}, [index], dict[str, None]()
    while waiting:
        slot = waiting.pop(0)
        for person in sorted(way[slot].holders):
            if person not in occupied:
                people.setdefault(person)
            elif occupied[person] not in reached and may_fill(way[slot], person, offers):
                reached.add(occupied[person])
                waiting.append(occupied[person])
    return tuple(people)


def may_fill(slot: ApproverSlot, person: str, offers: Offers) -> bool:
    """Return whether a person who approves does so as what the slot asks for."""
    if person not in slot.holders or person not in offers:
        return False
    roles = offers[person]
    return roles is None or not slot.role or bool(roles & set(slot.role.split("/")))


def _groups(way: Way, *, distinct: bool) -> Iterator[list[int]]:
    """Yield slots in which every person may be only once."""
    if distinct:
        yield list(range(len(way)))
        return
    demands = dict.fromkeys(slot.demand for slot in way)
    for demand in demands:
        yield [index for index, slot in enumerate(way) if slot.demand == demand]


def _matching(way: Way, group: Sequence[int], offers: Offers) -> dict[int, str]:
    occupant: dict[str, int] = {}
    approvers = sorted(offers)

    def settle(slot: int, tried: set[str]) -> bool:
        for person in approvers:
            if person in tried or not may_fill(way[slot], person, offers):
                continue
            tried.add(person)
            if person not in occupant or settle(occupant[person], tried):
                occupant[person] = slot
                return True
        return False

    for slot in group:
        settle(slot, set())
    return {slot: person for person, slot in occupant.items()}
