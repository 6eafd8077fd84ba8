"""Approvals that are asked for one after the other: which were given in their turn.

A turn begins when every slot of the turns before it is filled by an approval. Only what was given
later than that counts as given in turn; equal times show no order, so they do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from launchpolicy.facts.approvals.assignment import Assignment, assign
from launchpolicy.facts.approvals.slots import Way


class GivenApproval(NamedTuple):
    """One approval that could count; `roles` are those it names, empty for every role held."""

    person: str
    at: datetime
    roles: frozenset[str]


def offers_of(given: Iterable[GivenApproval]) -> dict[str, frozenset[str] | None]:
    """Return who approves → the roles they approve as; None is every role they hold."""
    offers: dict[str, frozenset[str] | None] = {}
    for approval in given:
        before = offers.get(approval.person, frozenset())
        roles = approval.roles
        offers[approval.person] = None if before is None or not roles else before | roles
    return offers


def assign_in_turn(way: Way, given: Sequence[GivenApproval], *, distinct: bool) -> Assignment:
    """Return the slots of `way` that approvals given in their turn fill.

    Each turn ends as early as it can, so that the most of what follows is in turn. With `distinct`
    a person who fills a slot of one turn fills none of a later one.
    """
    filled: dict[int, str] = {}
    remaining = list(given)
    for turn in sorted({slot.turn for slot in way}):
        indices = [index for index, slot in enumerate(way) if slot.turn == turn]
        slots = tuple(way[index] for index in indices)
        assignment, ended = _earliest(slots, remaining, distinct=distinct)
        filled |= {indices[index]: person for index, person in assignment.filled.items()}
        if assignment.missing or ended is None:
            break
        used = set(assignment.filled.values()) if distinct else set()
        remaining = [one for one in remaining if one.at > ended and one.person not in used]
    missing = tuple(index for index in range(len(way)) if index not in filled)
    return Assignment(way, filled, missing)


def _earliest(
    slots: Way, given: Sequence[GivenApproval], *, distinct: bool
) -> tuple[Assignment, datetime | None]:
    """Return how one turn is first filled, and when; None while some of its slots stay empty."""
    assignment = assign(slots, {}, distinct=distinct)
    for moment in sorted({one.at for one in given}):
        offers = offers_of(one for one in given if one.at <= moment)
        assignment = assign(slots, offers, distinct=distinct)
        if not assignment.missing:
            return assignment, moment
    return assignment, None
