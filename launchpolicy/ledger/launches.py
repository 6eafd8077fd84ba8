"""Entries folded into launches: one per request, however often it was renamed (D2.8, D4.10).

A launch is identified by the number of its first entry, not by its name: a name that is used again
once its request is gone is another launch. What is void takes no part.
"""

from __future__ import annotations

import enum
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from launchpolicy.documents.instants import parse_instant
from launchpolicy.ledger.entry import RULES, Entry
from launchpolicy.ledger.launch_approval import LaunchApproval, approval_of
from launchpolicy.ledger.launch_identity import FINAL_STAGES, group_by_launch
from launchpolicy.ledger.records import InvolvedPerson, WaiverUse
from launchpolicy.ledger.voids import EVENT as VOIDED
from launchpolicy.ledger.voids import voided_numbers


class NumberedEntry(NamedTuple):
    """An entry with its number in the ledger: the index of its leaf, the first is 0."""

    number: int
    entry: Entry


class LaunchState(enum.StrEnum):
    """Where a launch stands, as the log counts it.

    D4.10: what nobody announced counts as not launched, whatever its stage says. What was merged
    without a passing verdict is not approved until a later landing makes that good; of one that
    went into service all the same, `Launch.is_approved` says it besides.
    """

    APPROVED = "approved"
    UNAPPROVED = "unapproved"
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
    of the request repeats what still holds. `is_name_reused` says that an earlier launch has the
    same name.
    """

    events: tuple[NumberedEntry, ...]
    is_name_reused: bool = False

    @property
    def number(self) -> int:
        """Return the number of the first entry, which identifies the launch for ever."""
        return self.events[0].number

    @property
    def first(self) -> Entry:
        return self.events[0].entry

    @property
    def latest(self) -> Entry:
        return self.events[-1].entry

    @property
    def latest_change(self) -> NumberedEntry:
        """Return the latest entry, but that by which a finished request was archived."""
        return self.events[-2 if self.is_archived else -1]

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
        """Return the latest name; a version that could not be read is called by its path."""
        names = (event.entry.name for event in reversed(self.events) if _is_named(event.entry))
        return next(names, self.latest.name)

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
    def approval(self) -> LaunchApproval:
        return approval_of(event.entry for event in self.events)

    @property
    def is_approved(self) -> bool:
        """Return whether the version that stands was approved, be it after its merge."""
        return self.approval.is_approved

    @property
    def approved_after_the_fact(self) -> datetime | None:
        """Return when what was merged without approval was approved; None where it was not."""
        return _moment(self.approval.after_the_fact)

    @property
    def is_archived(self) -> bool:
        """Return whether the request was deleted after its end, which changes no figure."""
        is_gone = self.latest.became == "withdrawn" and len(self.events) > 1
        return is_gone and self.facts.stage in FINAL_STAGES

    @property
    def standing(self) -> LaunchState:
        if self.latest.became == "withdrawn" and not self.is_archived:
            return LaunchState.WITHDRAWN
        stage = self.facts.stage
        is_unstaged = (
            not stage
        )  # a kind of the repository's own: it has no announcement to wait for
        if is_unstaged and any(event.entry.became == "launched" for event in self.events):
            return LaunchState.LAUNCHED
        if stage in {"cancelled", "rolled-back"}:
            return LaunchState(stage)
        if stage in _IN_SERVICE:
            return (
                LaunchState.LAUNCHED if self.announced_at is not None else LaunchState.UNANNOUNCED
            )
        return LaunchState.APPROVED if self.is_approved else LaunchState.UNAPPROVED

    @property
    def waivers(self) -> tuple[tuple[int, WaiverUse], ...]:
        """Return every use of a waiver, with the number of its entry."""
        return tuple(
            (event.number, waiver) for event in self.events for waiver in event.entry.waivers
        )

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


@dataclass(frozen=True, slots=True)
class Launches:
    """What entries say, folded: `all` launches, and the entries about `rules` and people.

    `all` is in the order of the latest event of each, the newest first, where to archive a request
    is none.
    """

    all: tuple[Launch, ...] = ()
    rules: tuple[NumberedEntry, ...] = ()

    def with_name(self, name: str) -> tuple[Launch, ...]:
        """Return the launches with this name, the one that began last first."""
        launches = (launch for launch in self.all if launch.name == name)
        return tuple(sorted(launches, key=lambda launch: launch.number, reverse=True))


def launches_of(entries: Iterable[Entry]) -> Launches:
    """Return the fold over entries in the ledger's order, from the first one on."""
    numbered = list(map(NumberedEntry, itertools.count(), entries))
    void = voided_numbers(event.entry for event in numbered)
    return launches_among(event for event in numbered if event.number not in void)


def launches_among(numbered: Iterable[NumberedEntry]) -> Launches:
    """Return the fold over some entries in the ledger's order, none of which is void."""
    events = tuple(numbered)
    requests = (event for event in events if not _is_of_rules(event.entry))
    rules = (event for event in events if _is_of_rules(event.entry))
    return Launches(_in_order(group_by_launch(requests)), tuple(rules))


def _in_order(launches: Sequence[Sequence[NumberedEntry]]) -> tuple[Launch, ...]:
    names: set[tuple[str, str]] = set()
    ordered: list[Launch] = []
    for launch in map(Launch, map(tuple, launches)):
        key = (launch.kind, launch.name)
        ordered.append(replace(launch, is_name_reused=True) if key in names else launch)
        names.add(key)
    ordered.sort(key=lambda launch: launch.latest_change.number, reverse=True)
    return tuple(ordered)


def _is_of_rules(entry: Entry) -> bool:
    return entry.kind == RULES or entry.event == VOIDED


def _is_named(entry: Entry) -> bool:
    return entry.name != entry.path


def _between(start: datetime | None, end: datetime | None) -> timedelta | None:
    """Return how long; what ends before it begins was written down wrongly, and is not known."""
    if start is None or end is None or end < start:
        return None
    return end - start


def _moment(written: str | None) -> datetime | None:
    return parse_instant(written) if written is not None else None
