"""List the landings of the branch that a replay judges again; nothing is judged here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from launchpolicy.hosts.subfolder import changes_below
from launchpolicy.ledger.entry import RULES
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.packs_over_time import PacksOverTime
from launchpolicy.operations.ledger.branch.state import LedgerState
from launchpolicy.operations.ledger.derivation.derive_entries import Deriver
from launchpolicy.operations.ledger.derivation.group_landings import LandingSteps
from launchpolicy.operations.ledger.derivation.landing_facts import time_of
from launchpolicy.operations.ledger.history.landings import rules_along, since, walk_landings
from launchpolicy.operations.replay.judge_chunk import PastLanding
from launchpolicy.operations.submissions.read import requests_among
from launchpolicy.policy.edition import FIRST_EDITION
from launchpolicy.policy.pack_set import PackSet


class ReplayPeriod(NamedTuple):
    """Which landings are judged: not before `since`, and before `until`; None for no end.

    With `latest` only so many of them, the last ones.
    """

    since: datetime | None = None
    until: datetime | None = None
    latest: int | None = None

    def holds(self, moment: datetime) -> bool:
        """Return whether a moment is in the period."""
        is_late_enough = self.since is None or moment >= self.since
        return is_late_enough and (self.until is None or moment < self.until)


def past_landings(
    place: LedgerLocation, state: LedgerState, instead: Sequence[PackSet], period: ReplayPeriod
) -> list[PastLanding]:
    """Return the landings of a period that change requests, oldest first.

    Requests are what the rules of the time, or those that judge in their place, read as such.

    Raises:
        UndecidedError: the clone is shallow, or git cannot read something.
        MalformedLedgerError: what is recorded is not right.
    """
    chosen = [landing for landing in _landings(place, state, instead) if period.holds(landing.at)]
    return chosen if period.latest is None else chosen[max(0, len(chosen) - period.latest) :]


def _landings(
    place: LedgerLocation, state: LedgerState, instead: Sequence[PackSet]
) -> Iterator[PastLanding]:
    records = state.files.record
    timeline = PacksOverTime(state.files, state.last_commit)
    rules = rules_along(place, timeline, None, records)
    deriver = Deriver(place.repository, place.prefix, rules)
    latest: datetime | None = None
    history = since(place, None)
    for group in walk_landings(place, history, (None, records), timeline, deriver):
        has_rules = deriver.is_adopted  # before it: nothing is a request of the first rules
        keys = deriver.outline(group)
        earliest = latest if timeline.now.edition > FIRST_EDITION else None
        at, _ = time_of(group, earliest)
        is_read = any(key.kind != RULES for key in keys)
        if is_read or (has_rules and _are_requests(deriver, group, instead)):
            yield PastLanding(group, timeline.now.digest, at, latest)
        if keys:
            latest = at


def _are_requests(deriver: Deriver, group: LandingSteps, instead: Sequence[PackSet]) -> bool:
    """Return whether other rules read something as a request that those of the time do not."""
    if group.parent is None or not group.changes:
        return False
    old, new = deriver.sides(group)
    changes = changes_below(group.changes, deriver.prefix)
    return any(requests_among(changes, rules, new, old) for rules in instead)
