"""Judge whether steps that a record takes together can have landed at once (threat L4).

A rebase gives all its commits one date, to the minute. Commits of several days that are called
one push would have a request judged by approvals that came long after it landed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from launchpolicy.hosts.git.first_parent_history import HistoryStep
from launchpolicy.ledger.landing_record import LandingRecord
from launchpolicy.operations.ledger.branch.packs_over_time import PacksOverTime
from launchpolicy.operations.ledger.history.future_landings import SKEW
from launchpolicy.policy.edition import FIRST_EDITION
from launchpolicy.requests.configuration import SIGNED


@dataclass(frozen=True, slots=True)
class PushCheck:
    """The check that steps can be one landing; `approvals_at` gives the approvals' source there."""

    timeline: PacksOverTime
    approvals_at: Callable[[str | None], str]

    def are_together(self, steps: Sequence[HistoryStep], record: LandingRecord) -> bool:
        """Return whether a forge confirms it, or the commits have about one date.

        A forge is believed only where the rules ask one, as only there it is asked again.
        """
        if self.timeline.edition_at(steps[-1].listed.commit) == FIRST_EDITION:
            return True
        dates = [step.listed.at for step in steps]
        if max(dates) - min(dates) <= SKEW:
            return True
        return record.proposal is not None and self.approvals_at(steps[0].listed.parent) != SIGNED
