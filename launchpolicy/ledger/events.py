"""Which launch event a change of a request is (requirements: the arrows between stages)."""

from __future__ import annotations

from typing import cast

from launchpolicy.facts.approvals.digest import approved_part, beside_spec
from launchpolicy.ledger.entry import Event
from launchpolicy.ledger.landing import LandedRequest
from launchpolicy.requests.kinds import stage_of
from launchpolicy.vocabulary.finding import Operation, Verdict

_STAGES: dict[str, Event] = {
    "requested": "approved",
    "launched": "launched",
    "verified": "verified",
    "closed": "closed",
    "cancelled": "cancelled",
    "rolled-back": "rolled-back",
}


def event_of(landed: LandedRequest) -> Event:
    """Return what the change is, whether it was allowed or not.

    A request that reaches a stage is an event of that name; reaching `requested`, for the first
    time or again after a rollback, is its approval (merging approves, D2.2). Within a stage a
    change of what was approved amends it, any other records what happened.
    """
    if landed.judgement.operation is Operation.DELETE:
        return "withdrawn"
    stage, before = stage_of(landed.new), stage_of(landed.old)
    if landed.staged and stage != before and stage in _STAGES:
        return _STAGES[stage]
    if landed.renamed_from is not None:
        return "renamed"
    if landed.old is None:
        return "approved"
    return "amended" if _changes_approved_part(landed) else "recorded"


def entry_event(landed: LandedRequest) -> tuple[Event, str]:
    """Return the event of the entry, and what was attempted where that is a bypass."""
    event = event_of(landed)
    if landed.judgement.verdict is Verdict.PASS:
        return event, ""
    return "bypassed", cast("str", event)


def _changes_approved_part(landed: LandedRequest) -> bool:
    """Return whether the part that approvals bind to has changed."""
    new, old = landed.new, landed.old
    return bool(approved_part(new) != approved_part(old) or beside_spec(new) != beside_spec(old))
