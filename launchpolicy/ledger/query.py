"""Which launches someone asks for: by product, person, time, standing, team, process and more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from launchpolicy.documents.instants import parse_instant
from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.launches import Launch, LaunchState

_FIRST, _LAST = (datetime(year, 1, 1, tzinfo=UTC) for year in (1, 9999))


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for; "" and None ask for anything. `month` reads `2026-11`.

    A person is found by id or by the name the directory had for them, in any role, approvals
    included. A launch counts as launched once it is announced (D4.10). From `since` until just
    before `until` something happened to it: it landed, was planned or was carried out.
    """

    product: str = ""
    person: str = ""
    month: str = ""
    stage: str = ""
    standing: LaunchState | None = None
    process: str = ""
    kind: str = ""
    team: str = ""
    since: datetime | None = None
    until: datetime | None = None
    bypassed: bool = False
    emergency: bool = False
    waived: bool = False
    approved_later: bool = False

    @property
    def is_unlimited(self) -> bool:
        """Return whether everything is asked for."""
        return self == EVERYTHING

    def matches(self, launch: Launch) -> bool:
        """Return whether a launch is asked for."""
        facts = launch.facts
        conditions = (
            not self.product or launch.product.casefold() == self.product.casefold(),
            not self.stage or facts.stage == self.stage,
            self.standing is None or self._matches_standing(launch),
            not self.process or facts.process == self.process,
            not self.kind or launch.kind == self.kind,
            not self.team or facts.team.casefold() == self.team.casefold(),
            not self.bypassed or launch.is_bypassed,
            not self.emergency or launch.is_emergency,
            not self.waived or any(launch.waivers),
            not self.approved_later or launch.approved_after_the_fact is not None,
        )
        return all(conditions) and self._matches_time(launch) and self._matches_person(launch)

    def _matches_standing(self, launch: Launch) -> bool:
        """Return whether a launch stands so; `unapproved` is also what was carried out so."""
        lacks_approval = launch.was_carried_out and not launch.is_approved
        is_asked = self.standing is LaunchState.UNAPPROVED and lacks_approval
        return is_asked or launch.standing is self.standing

    def _matches_time(self, launch: Launch) -> bool:
        if self.month and self.month not in _months(launch):
            return False
        if self.since is None and self.until is None:
            return True
        since, until = self.since or _FIRST, self.until or _LAST
        return any(start < until and end >= since for start, end in _spans(launch))

    def _matches_person(self, launch: Launch) -> bool:
        return not self.person or self.person.casefold() in _people(launch)


EVERYTHING: Final = Query()
"""The query that leaves nothing out."""


def select(launches: Iterable[Launch], query: Query) -> tuple[Launch, ...]:
    """Return the launches that are asked for, in their order."""
    return tuple(launch for launch in launches if query.matches(launch))


def _months(launch: Launch) -> set[str]:
    """Return the months in which something happened to a launch, as its writers count them."""
    merged = {entry.at[:7] for entry in _counting(launch)}
    facts = launch.facts
    spans = [span for span in (facts.planned, facts.actual) if span is not None]
    written = {moment[:7] for span in spans for moment in (span.start, span.end) if moment}
    return merged | written


def _spans(launch: Launch) -> Iterator[tuple[datetime, datetime]]:
    """Yield from when until when something happened to a launch; a landing is a moment."""
    landed = ((entry.at, entry.at) for entry in _counting(launch))
    facts = launch.facts
    times = (span for span in (facts.planned, facts.actual) if span is not None)
    for first, last in (*landed, *((span.start, span.end) for span in times)):
        known = [moment for written in (first, last) if (moment := parse_instant(written or ""))]
        if known:
            yield min(known), max(known)


def _counting(launch: Launch) -> Iterator[Entry]:
    """Yield the entries of a launch but that by which it was archived."""
    last = launch.latest_change.number
    yield from (event.entry for event in launch.events if event.number <= last)


def _people(launch: Launch) -> set[str]:
    return {name.casefold() for event in launch.events for name in _names_in(event.entry)}


def _names_in(entry: Entry) -> Iterator[str]:
    for involved in entry.people:
        yield involved.person
        if involved.display is not None:
            yield from (involved.display.en, involved.display.zh)
    yield from (counted.by for counted in entry.approvals)
    makers = (*entry.authors, *([entry.merged_by] if entry.merged_by is not None else []))
    yield from (maker.person or maker.name for maker in makers)
