"""The coming launches of some weeks, with what stands in each other's way (D4.12.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from itertools import combinations
from typing import NamedTuple

from launchpolicy.engine.launches.open_launch import (
    OpenLaunch,
    UnreadableRequest,
    has_same_plan,
)
from launchpolicy.facts.launch_windows import BlockedPeriod, Interval, schedule_of
from launchpolicy.facts.wall_clock import day_of, instant_at
from launchpolicy.requests.calendar import Calendar
from launchpolicy.requests.kinds import text_at, value_at
from launchpolicy.vocabulary.finding import Verdict
from launchpolicy.vocabulary.names import NamedKind, Names
from launchpolicy.vocabulary.text import Text

_WEEK = timedelta(days=7)
_COMING = "requested"


class Collision(NamedTuple):
    """Two launches whose windows share time, and what they share: kind and ids of things."""

    first: OpenLaunch
    second: OpenLaunch
    kind: NamedKind
    shared: tuple[str, ...]


class Obstacle(NamedTuple):
    """A period of the calendar in which a launch may not happen although its window meets it."""

    launch: OpenLaunch
    block: BlockedPeriod


class Agenda(NamedTuple):
    """The list of coming launches for one office meeting.

    `period` is what the list is about, `meeting` the next office meeting in it, None without one.
    `undated` are launches without a window, `missed` those whose window has passed although they
    were not launched, `later` those after the period. `freezes` are the freezes in the period.
    """

    period: Interval
    meeting: datetime | None
    now: datetime
    zone: tzinfo | None
    names: Names
    office: str
    launches: tuple[OpenLaunch, ...]
    undated: tuple[OpenLaunch, ...]
    missed: tuple[OpenLaunch, ...]
    later: tuple[OpenLaunch, ...]
    collisions: tuple[Collision, ...]
    obstacles: tuple[Obstacle, ...]
    freezes: tuple[BlockedPeriod, ...]
    unreadable: tuple[UnreadableRequest, ...]
    notes: tuple[Text, ...]
    is_whole: bool
    versions: tuple[OpenLaunch, ...] = ()
    """Every version of the launches, also those that are no line of their own."""

    @property
    def verdict(self) -> Verdict:
        """Return a pass only if all branches could be looked at and all requests can be read."""
        if not self.is_whole:
            return Verdict.UNDECIDED
        return Verdict.REJECTED if self.unreadable else Verdict.PASS


class SortedLaunches(NamedTuple):
    """Launches by when their windows open, seen from a period."""

    coming: tuple[OpenLaunch, ...]
    undated: tuple[OpenLaunch, ...]
    missed: tuple[OpenLaunch, ...]
    later: tuple[OpenLaunch, ...]


def sort_launches(
    launches: Sequence[OpenLaunch], period: Interval, now: datetime
) -> SortedLaunches:
    """Return which launches come in the period; what was not launched in time is not lost."""
    coming, undated, missed, later = [], [], [], []
    for launch in launches:
        if launch.window is None:
            undated.append(launch)
        elif launch.window.meets(period):
            coming.append(launch)
        elif launch.window.start >= period.end:
            later.append(launch)
        elif launch.stage == _COMING and launch.window.end <= now:
            missed.append(launch)
    return SortedLaunches(
        tuple(sorted(coming, key=_begin)),
        tuple(undated),
        tuple(sorted(missed, key=_begin)),
        tuple(sorted(later, key=_begin)),
    )


def weeks_from(day: date, weeks: int, zone: tzinfo) -> Interval:
    """Return the period of so many whole weeks, from the Monday of the week of `day` on."""
    monday = day - timedelta(days=day.weekday())
    last = monday + weeks * _WEEK
    return Interval(
        datetime.combine(monday, datetime.min.time(), zone),
        datetime.combine(last, datetime.min.time(), zone),
    )


def next_meeting(calendar: Calendar | None, period: Interval, now: datetime) -> datetime | None:
    """Return the first office meeting of a period that is not over; None without one."""
    if calendar is None or calendar.office_meetings is None:
        return None
    day = day_of(calendar.zone, period.start)
    while (moment := instant_at(calendar.zone, day, calendar.office_meetings.at)) < period.end:
        if day.weekday() in calendar.office_meetings.days and moment >= now:
            return moment
        day += timedelta(days=1)
    return None


def once_each(launches: Sequence[OpenLaunch]) -> list[OpenLaunch]:
    """Return the launches without proposals of a plan that stands in the list already.

    Several branches may record facts of one launch; only another plan is another line.
    """
    kept: list[OpenLaunch] = []
    for launch in sorted(launches, key=lambda one: bool(one.branch)):  # merged ones first
        if not any(has_same_plan(launch, other) for other in kept):
            kept.append(launch)
    return [launch for launch in launches if launch in kept]


def collisions_of(launches: Sequence[OpenLaunch]) -> Iterator[Collision]:
    """Yield each pair whose windows share time and which share a system, department or person.

    Versions of one request on several branches do not collide.
    """
    for first, second in combinations(launches, 2):
        if first.path == second.path or first.window is None or second.window is None:
            continue
        if not first.window.meets(second.window):
            continue
        is_same_product = bool(first.product) and first.product == second.product
        if is_same_product:
            yield Collision(first, second, "products", (first.product,))
        if systems := (_systems(first) & _systems(second)) - {
            first.product if is_same_product else ""
        }:
            yield Collision(first, second, "systems", tuple(sorted(systems)))
        if departments := _departments(first) & _departments(second):
            yield Collision(first, second, "departments", tuple(sorted(departments)))
        if people := _busy_people(first) & _busy_people(second):
            yield Collision(first, second, "people", tuple(sorted(people)))


def obstacles_of(
    launches: Sequence[OpenLaunch], calendar: Calendar, holidays: Mapping[date, str]
) -> Iterator[Obstacle]:
    """Yield each freeze and each day off that the window of a launch meets."""
    for launch in launches:
        risk = text_at(launch.data, ("spec", "risk"))
        schedule = schedule_of(calendar, holidays, launch.process, risk)
        if launch.window is not None:
            yield from (Obstacle(launch, block) for block in schedule.blocks(launch.window))


def freezes_in(calendar: Calendar, period: Interval) -> Iterator[BlockedPeriod]:
    """Yield the freezes that meet a period."""
    for freeze in calendar.freezes:
        interval = Interval(freeze.start, freeze.end)
        if interval.meets(period):
            yield BlockedPeriod("freeze", freeze.name, interval)


def _systems(launch: OpenLaunch) -> set[str]:
    systems = value_at(launch.data, ("spec", "impact", "systems"))
    names = [
        system["name"]
        for system in (systems if isinstance(systems, list) else [])
        if isinstance(system, dict) and isinstance(system.get("name"), str)
    ]
    return {*names, *([launch.product] if launch.product else [])}


def _departments(launch: OpenLaunch) -> set[str]:
    departments = value_at(launch.data, ("spec", "impact", "departments"))
    listed = departments if isinstance(departments, list) else []
    return {department for department in listed if isinstance(department, str)}


def _busy_people(launch: OpenLaunch) -> set[str]:
    """Return who is at work for the whole of a launch: who carries it out, and who watches."""
    people = (text_at(launch.data, ("spec", "people", duty)) for duty in ("executor", "watcher"))
    return {person for person in people if person}


def _begin(launch: OpenLaunch) -> tuple[float, str]:
    start = launch.window.start.timestamp() if launch.window is not None else 0.0
    return start, launch.name
