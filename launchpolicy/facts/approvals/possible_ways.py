"""Which ways to fulfil a quorum are possible: the others decide nothing.

A way that nobody can fulfil must neither make a quorum undecided that another way fulfils, nor be
shown as the one that lacks the fewest approvals.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from launchpolicy.facts.approvals.assignment import assign
from launchpolicy.facts.approvals.exclusion import Barred
from launchpolicy.facts.approvals.roster import Roster
from launchpolicy.facts.approvals.slots import ApproverSlot, QuorumError, Way
from launchpolicy.vocabulary.text import Text

_MOST = 3
"""So many reasons for ways that are left out are given."""


class PossibleWays(NamedTuple):
    """The ways that are counted; `note` says which others are left out, and why, if any are."""

    ways: tuple[Way, ...]
    note: Text | None


def possible_ways(
    ways: Sequence[Way], barred: Barred, roster: Roster, *, distinct: bool
) -> PossibleWays:
    """Return the ways that persons who may approve could fulfil.

    Where only those who are excluded could fulfil any, all that the directory allows are returned:
    what is missing then names them, and another request could be approved.

    Raises:
        QuorumError: nobody could fulfil any of them, even with nobody excluded.
    """
    obstacles = {way: _obstacle(way, frozenset(), roster, distinct=distinct) for way in ways}
    allowed = [way for way, obstacle in obstacles.items() if obstacle is None]
    if not allowed:
        raise QuorumError(next(filter(None, obstacles.values())))
    if len(ways) == 1:
        return PossibleWays(tuple(allowed), None)
    excluded = frozenset(barred)
    obstacles |= {way: _obstacle(way, excluded, roster, distinct=distinct) for way in allowed}
    remaining = [way for way in allowed if obstacles[way] is None]
    if not remaining:
        remaining = allowed
    reasons = (obstacles[way] for way in ways if way not in remaining)
    return PossibleWays(tuple(remaining), _note(filter(None, reasons)))


def require_possible(ways: Sequence[Way]) -> None:
    """Require that no part of any way is impossible, as the first edition did.

    Raises:
        QuorumError: one is.
    """
    for slot in (slot for way in ways for slot in way):
        if slot.obstacle is not None:
            raise QuorumError(slot.obstacle)


def _obstacle(
    way: Way, excluded: AbstractSet[str], roster: Roster, *, distinct: bool
) -> Text | None:
    """Return why those who are not excluded cannot fulfil a way; None where they can."""
    for slot in way:
        if slot.obstacle is not None:
            return slot.obstacle
    able = frozenset[str]().union(*(slot.holders for slot in way)) - excluded
    missing = assign(way, dict.fromkeys(able), distinct=distinct).missing
    if not missing:
        return None
    slot = way[missing[0]]
    return _nobody_left(_name(slot, roster), is_excluded=not slot.holders - excluded)


def _name(slot: ApproverSlot, roster: Roster) -> Text:
    if slot.role:
        return roster.naming.slot_name(slot.role, slot.department)
    return roster.display_name(min(slot.holders))


def _nobody_left(name: Text, *, is_excluded: bool) -> Text:
    if is_excluded:
        return Text(
            f"everybody who could approve as {name.en} is excluded here",
            f"能以{name.zh}身份审批的人员在此均须回避",
        )
    return Text(
        f"too few people are left for {name.en}, because one person counts once",
        f"每人只计一次，{name.zh}已没有足够的人选",
    )


def _note(reasons: Iterable[Text]) -> Text | None:
    """Return the sentence about what is left out; None where nothing is."""
    once = list(dict.fromkeys(reasons))
    if not once:
        return None
    shown = once[:_MOST]
    return Text(
        "Alternatives that nobody can fulfil are left out: "
        + "; ".join(reason.en for reason in shown)
        + ("; …" if len(once) > _MOST else "."),
        "无人能够满足的替代审批方式不予考虑："
        + "；".join(reason.zh for reason in shown)
        + ("；…" if len(once) > _MOST else "。"),
    )
