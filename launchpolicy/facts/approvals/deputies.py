"""Deputies: who stands for whom at a time, and the places of a quorum that they may fill.

A deputy gives the vote of the person stood for, and only that one: not beside that person's own
approval, not where that person may not approve, and only one deputy for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from launchpolicy.facts.approvals.exclusion import Barred
from launchpolicy.facts.approvals.roster import Roster
from launchpolicy.facts.approvals.slots import ApproverSlot, Way
from launchpolicy.facts.approvals.turns import GivenApproval

_NEVER = datetime.max.replace(tzinfo=UTC)


def with_deputies(
    ways: Sequence[Way],
    roster: Roster,
    given: Sequence[GivenApproval],
    barred: Barred,
    now: datetime,
) -> tuple[Way, ...]:
    """Return the ways with the deputies among the holders of each place that is held by role.

    Args:
        ways: how the quorum can be fulfilled.
        roster: says who is deputy, and when.
        given: the approvals that could count.
        barred: who may not approve.
        now: the one time of the run; a deputy has to be one now, and when approving.
    """
    pairs = tuple(_pairs(roster, given, barred, now))
    if not pairs:
        return tuple(ways)
    return tuple(tuple(_slot(slot, pairs) for slot in way) for way in ways)


def _slot(slot: ApproverSlot, pairs: Sequence[tuple[str, str]]) -> ApproverSlot:
    if not slot.role:
        return slot
    deputies = tuple(
        (deputy, stood_for)
        for deputy, stood_for in pairs
        if stood_for in slot.holders and deputy not in slot.holders
    )
    holders = slot.holders | {deputy for deputy, _ in deputies}
    return slot._replace(holders=holders, deputies=deputies)


def _pairs(
    roster: Roster, given: Sequence[GivenApproval], barred: Barred, now: datetime
) -> Iterator[tuple[str, str]]:
    """Yield (deputy, person stood for); of several deputies who approve, the first one only."""
    first_approval = {approval.person: approval.at for approval in reversed(given)}
    taken: set[str] = set()
    active = [deputy for deputy in roster.deputies if deputy.is_deputy_at(now)]
    # Those who approve come first, so that who has not approved yet is asked only without them.
    for deputy in sorted(active, key=lambda one: (first_approval.get(one.by) or _NEVER, one.by)):
        at = first_approval.get(deputy.by)
        is_out = deputy.stood_for in taken or deputy.stood_for in barred
        if is_out or deputy.stood_for in first_approval:
            continue
        if at is not None and not deputy.is_deputy_at(at):
            continue
        if at is not None:
            taken.add(deputy.stood_for)
        yield deputy.by, deputy.stood_for
