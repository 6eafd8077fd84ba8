"""Entries folded into launches: one per request, however often it was renamed (D2.8, D4.10)."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from launchpolicy.documents.instants import parse_instant
from launchpolicy.ledger.entry import RULES, Entry
from launchpolicy.ledger.records import InvolvedPerson


class NumberedEntry(NamedTuple):
    """An entry with its number in the ledger: the index of its leaf, the first is 0."""

    number: int
    entry: Entry


class LaunchState(enum.StrEnum):
    """Where a launch stands, as the log counts it.

    D4.10: what nobody announced counts as not launched, whatever its stage says.
    """

    APPROVED = "approved"
    UNANNOUNCED = "unannounced"
    LAUNCHED = "launched"
    CANCELLED = "cancelled"
    ROLLED_BACK = "rolled-back"
    WITHDRAWN = "withdrawn"


_IN_SERVICE = frozenset({"launched", "verified", "closed"})


@dataclass(frozen=True, slots=True)
class Launch:
    """One request and everything the ledger knows of it, oldest first.

    `events` is never empty. Facts are those of the latest entry that states them: a later version
    of the request repeats what still holds.
    """

    events: tuple[NumberedEntry, ...]

    @property
    def first(self) -> Entry:
        return self.events[0].entry

    @property
    def latest(self) -> Entry:
        return self.events[-1].entry

    @property
    def facts(self) -> Entry:
        """Return the latest entry that is not about a request that is gone."""
        there = (event.entry for event in reversed(self.events) if event.entry.content)
        return next(there, self.latest)

    @property
    def kind(self) -> str:
        return self.latest.kind

    @property
    def name(self) -> str:
        return self.latest.name

    @property
    def product(self) -> str:
        return self.facts.product.name if self.facts.product is not None else ""

    @property
    def is_emergency(self) -> bool:
        return self.facts.risk == "emergency"

    @property
    def is_bypassed(self) -> bool:
        """Return whether any of its changes was merged without a passing verdict."""
        return any(event.entry.is_bypassed for event in self.events)

    @property
    def standing(self) -> LaunchState:
        if self.latest.became == "withdrawn":
            return LaunchState.WITHDRAWN
        stage = self.facts.stage
        if not stage:  # a kind of the repository's own, which has no announcement to wait for
            launched = any(event.entry.became == "launched" for event in self.events)
            return LaunchState.LAUNCHED if launched else LaunchState.APPROVED
        if stage in {"cancelled", "rolled-back"}:
            return LaunchState(stage)
        if stage in _IN_SERVICE:
            return (
                LaunchState.LAUNCHED if self.announced_at is not None else LaunchState.UNANNOUNCED
            )
        return LaunchState.APPROVED

    @property
    def people(self) -> tuple[InvolvedPerson, ...]:
        return self.facts.people

    @property
    def requested_at(self) -> datetime | None:
        """Return when the first commit of the first proposal was written, else merged."""
        return _moment(self.first.requested_at or self.first.at)

    @property
    def approved_at(self) -> datetime | None:
        """Return when it was first merged with a passing verdict."""
        approved = (event.entry.at for event in self.events if event.entry.event == "approved")
        return _moment(next(approved, None))

    @property
    def launched_at(self) -> datetime | None:
        """Return when the launch was carried out: its end, its start, or when that was merged."""
        actual = self.facts.actual
        if actual is not None and (actual.end or actual.start):
            return _moment(actual.end or actual.start)
        merged = (event.entry.at for event in self.events if event.entry.became == "launched")
        return _moment(next(merged, None))

    @property
    def announced_at(self) -> datetime | None:
        announced = self.facts.announced
        return _moment(announced.at) if announced is not None else None

    @property
    def planned_times(self) -> tuple[datetime | None, datetime | None]:
        """Return from when until when it was to be carried out."""
        span = self.facts.planned
        return (_moment(span.start), _moment(span.end)) if span is not None else (None, None)

    @property
    def was_carried_out(self) -> bool:
        """Return whether it ever went into service: also what was rolled back afterwards."""
        return any(
            event.entry.stage in _IN_SERVICE or event.entry.stage == "rolled-back"
            for event in self.events
        )

    @property
    def was_rolled_back(self) -> bool:
        return any(event.entry.stage == "rolled-back" for event in self.events)

    @property
    def broke_at(self) -> datetime | None:
        """Return when the first problem was found; without one, when the rollback was decided."""
        moments = [
            moment for problem in self.facts.problems if (moment := _moment(problem.found_at))
        ]
        back = self.facts.rollback
        if not moments and back is not None:
            return _moment(back.decided_at)
        return min(moments, default=None)

    @property
    def restored_at(self) -> datetime | None:
        """Return when service was restored: after the rollback, else when all was settled."""
        back = self.facts.rollback
        if back is not None and back.finished_at is not None:
            return _moment(back.finished_at)
        settled = [_moment(problem.settled_at) for problem in self.facts.problems]
        known = [moment for moment in settled if moment is not None]
        return max(known) if known and len(known) == len(settled) else None

    @property
    def lead_time(self) -> timedelta | None:
        """Return the time from the first commit of the request until it was carried out."""
        return _between(self.requested_at, self.launched_at if self.was_carried_out else None)

    @property
    def time_to_restore(self) -> timedelta | None:
        """Return the time from when it broke until it was restored."""
        return _between(self.broke_at, self.restored_at) if self.has_failed else None

    @property
    def has_failed(self) -> bool:
        """Return whether the change failed (DORA): rolled back, or a problem was found after it."""
        return self.was_rolled_back or bool(self.facts.problems)


@dataclass(slots=True)
class Launches:
    """The fold itself: entries go in one after the other, launches come out.

    Only events of requests are folded; those about rules and people are in `rules`.
    """

    rules: list[NumberedEntry] = field(default_factory=list)
    _events: dict[tuple[str, str], list[NumberedEntry]] = field(default_factory=dict)

    def add(self, number: int, entry: Entry) -> None:
        if entry.kind == RULES:
            self.rules.append(NumberedEntry(number, entry))
            return
        key = (entry.kind, entry.name)
        if entry.renamed_from is not None:
            before = self._events.pop((entry.kind, entry.renamed_from.name), [])
            self._events.setdefault(key, [])[:0] = before
        self._events.setdefault(key, []).append(NumberedEntry(number, entry))

    @property
    def all(self) -> tuple[Launch, ...]:
        """Return every launch, in the order of its latest event, the newest first."""
        launches = (Launch(tuple(events)) for events in self._events.values())
        return tuple(sorted(launches, key=lambda launch: launch.events[-1].number, reverse=True))

    @property
    def by_name(self) -> Mapping[tuple[str, str], Launch]:
        return {key: Launch(tuple(events)) for key, events in self._events.items()}


def launches_of(entries: Iterable[Entry]) -> Launches:
    """Return the fold over entries in the ledger's order."""
    folded = Launches()
    for number, entry in enumerate(entries):
        folded.add(number, entry)
    return folded


def _between(start: datetime | None, end: datetime | None) -> timedelta | None:
    """Return how long; what ends before it begins was written down wrongly, and is not known."""
    if start is None or end is None or end < start:
        return None
    return end - start


def _moment(written: str | None) -> datetime | None:
    return parse_instant(written) if written is not None else None
