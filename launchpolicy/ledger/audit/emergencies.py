"""Every emergency launch of a period, with its review after the launch: when, by whom, how late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from launchpolicy.documents.instants import parse_instant
from launchpolicy.ledger.audit.carried_out import was_carried_out, was_emergency
from launchpolicy.ledger.audit.facts import AuditFacts, ReviewFact
from launchpolicy.ledger.audit.lateness import lateness, span_in_words
from launchpolicy.ledger.audit.population import AuditLaunch, Population
from launchpolicy.vocabulary.text import Text


class EmergencyLaunch(NamedTuple):
    """One emergency launch: when it ended, when its review was due and held, and how it stands.

    `ended` and `due` are as the request writes them, "" where it does not. `late` is by how much
    the review came after its due time; of one that is not held, by how much it was overdue at the
    end of the period. It is None where nothing is late, or no time was set.
    `is_done` says whether it was carried out: one that never was owes no review.
    """

    launch: AuditLaunch
    ended: str
    due: str
    review: ReviewFact | None
    late: timedelta | None
    is_done: bool

    @property
    def is_odd(self) -> bool:
        """Return whether the review is missing or late."""
        return self.late is not None or (self.is_done and self.review is None)

    @property
    def result(self) -> Text:
        """Return in words how the review stands."""
        late = span_in_words(self.late) if self.late is not None else None
        if self.review is None and not self.is_done:
            return Text("not carried out", "未实施")
        if self.review is None:
            if late is not None:
                return Text(f"not reviewed, {late.en} overdue", f"未评审，已逾期 {late.zh}")
            return Text("not reviewed", "未评审")
        if late is not None:
            return Text(f"reviewed {late.en} late", f"评审逾期 {late.zh}")
        if not self.due:
            return Text("reviewed; no time was set", "已评审，未设评审期限")
        return Text("reviewed in time", "按期评审")


def emergencies_of(population: Population, facts: AuditFacts) -> tuple[EmergencyLaunch, ...]:
    """Return the emergency launches of a period, in the order of their first entries."""
    scope = population.scope
    end = scope.until or parse_instant(scope.last_at)
    return tuple(_emergencies(population, facts, end))


def _emergencies(
    population: Population, facts: AuditFacts, end: datetime | None
) -> Iterator[EmergencyLaunch]:
    for launch in population.launches:
        if not was_emergency(launch):
            continue
        actual = launch.launch.facts.actual
        ended = (actual.end or actual.start or "") if actual is not None else ""
        due, review = facts.review_dues.get(launch.id, ""), facts.reviews.get(launch.id)
        held = parse_instant(review.at) if review is not None else None
        is_done = was_carried_out(launch)
        late = lateness(due, held if review is not None else end)
        late = late if is_done or review is not None else None
        yield EmergencyLaunch(launch, ended, due, review, late, is_done)
