"""When a request may launch: what stands in the way of a window, and where the next one opens.

Periods are half-open and in UTC; days are those of the calendar's zone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta

from launchpolicy.documents.instants import parse_instant
from launchpolicy.facts.wall_clock import day_of, instant_at
from launchpolicy.policy.edition import EDITION, SEVENTH_EDITION
from launchpolicy.requests.calendar import MIDNIGHT, YEARS, Calendar
from launchpolicy.requests.kinds import text_at
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.place import Data

AHEAD = timedelta(days=400)
"""How far the next window is looked for."""

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_INSTANT = timedelta(microseconds=1)


class Interval(NamedTuple):
    """A stretch of time from `start` up to, not including, `end`."""

    start: datetime
    end: datetime

    def meets(self, other: Interval) -> bool:
        """Return whether the two share time. One without length is its start alone."""
        return (self.start < other.end or self.start == other.start) and (
            other.start < self.end or self.start == other.start
        )

    def holds(self, other: Interval) -> bool:
        """Return whether `other` lies wholly inside."""
        return self.start <= other.start < self.end and other.end <= self.end


class BlockedPeriod(NamedTuple):
    """A period in which nothing may launch: `kind` is freeze, holiday or day-before-holiday."""

    kind: str
    name: str
    period: Interval


class Schedule(NamedTuple):
    """The calendar as it stands for one request: its process and its risk.

    `days_off` are the public holidays and the calendar's own, less the worked days. Slots that
    touch are one where `is_joined`.
    """

    calendar: Calendar
    days_off: Mapping[date, str]
    process: str
    risk: str
    is_joined: bool

    def blocks(self, window: Interval) -> Iterator[BlockedPeriod]:
        """Return the freezes and days off that `window` meets."""
        for freeze in self.calendar.freezes:
            period = Interval(freeze.start, freeze.end)
            concerned = freeze.processes is None or self.process in freeze.processes
            if concerned and self.risk not in freeze.excepted and period.meets(window):
                yield BlockedPeriod("freeze", freeze.name, period)
        for day, kind, name in self._closed_days(window):
            yield BlockedPeriod(kind, name, self._whole(day))

    def allows(self, window: Interval) -> bool:
        """Return whether `window` lies wholly inside one slot of the process, if it has slots."""
        if self.process not in self.calendar.windows:
            return True
        last = window.end if self.is_joined else window.start
        return any(slot.holds(window) for slot in self._slots(window.start, last))

    def next_window(self, earliest: datetime, length: timedelta) -> Interval | None:
        """Return the first period of `length`, from `earliest` on, that nothing is in the way of.

        None where there is none that opens within `AHEAD`.
        """
        if not within_reach(earliest):
            return None
        latest = earliest + AHEAD
        slots: Iterator[Interval] = iter((Interval(earliest, latest + length + _MINUTE),))
        if self.process in self.calendar.windows:
            slots = self._slots(earliest, latest)
        for slot in slots:
            period = self._within(slot, max(slot.start, earliest), length)
            if period is not None and period.start <= latest:
                return period
        return None

    def _within(self, slot: Interval, opens: datetime, length: timedelta) -> Interval | None:
        while opens < slot.end:
            opens = _whole_minute(opens)
            period = Interval(opens, opens + length)
            if not slot.holds(period):
                return None
            ends = [block.period.end for block in self.blocks(period)]
            if not ends:
                return period
            opens = max(ends)
        return None

    def _slots(self, first: datetime, last: datetime) -> Iterator[Interval]:
        """Yield the slots that end after `first` and begin no later than `last`, by their start."""
        slots = self._single_slots(first, last)
        return _merge_touching(slots) if self.is_joined else slots

    def _single_slots(self, first: datetime, last: datetime) -> Iterator[Interval]:
        zone = self.calendar.zone
        day, final = day_of(zone, first) - 2 * _DAY, day_of(zone, last)
        while day <= final:
            todays = [
                Interval(instant_at(zone, day, slot.opens), instant_at(zone, day, slot.closes))
                for slot in self.calendar.windows[self.process]
                if day.weekday() in slot.days
            ]
            yield from (slot for slot in sorted(todays) if first < slot.end and slot.start <= last)
            day += _DAY

    def _closed_days(self, window: Interval) -> Iterator[tuple[date, str, str]]:
        if self.risk in self.calendar.holidays_excepted:
            return
        zone = self.calendar.zone
        first = day_of(zone, window.start)
        last = day_of(zone, max(window.start, window.end - _INSTANT))
        for day, name in sorted(self.days_off.items()):
            if first <= day <= last:
                yield day, "holiday", name
            eve = day - _DAY
            if self.calendar.also_day_before and first <= eve <= last and eve not in self.days_off:
                yield eve, "day-before-holiday", name

    def _whole(self, day: date) -> Interval:
        zone = self.calendar.zone
        return Interval(instant_at(zone, day, 0), instant_at(zone, day, MIDNIGHT))


def schedule_of(
    calendar: Calendar,
    holidays: Mapping[date, str],
    process: str,
    risk: str,
    edition: int = EDITION,
) -> Schedule:
    """Return the schedule of a request; `holidays` are the country's.

    `edition` is that of the program by which the request is judged (`policy.edition`).
    """
    days = {**holidays, **calendar.extra}
    days_off = {day: name for day, name in days.items() if day not in calendar.workdays}
    return Schedule(calendar, days_off, process, risk, edition > SEVENTH_EDITION)


def _merge_touching(slots: Iterator[Interval]) -> Iterator[Interval]:
    """Yield slots, given by their start, with those that touch or overlap as one."""
    current: Interval | None = None
    for slot in slots:
        if current is None:
            current = slot
        elif slot.start <= current.end:
            current = Interval(current.start, max(current.end, slot.end))
        else:
            yield current
            current = slot
    if current is not None:
        yield current


def within_reach(instant: datetime) -> bool:
    """Return whether calendars speak for the year of `instant`, and for those beside it."""
    return YEARS[1] <= instant.astimezone(UTC).year < YEARS[-2]


def _whole_minute(instant: datetime) -> datetime:
    """Return the next whole minute, for a window that people will write down."""
    past = timedelta(seconds=instant.second, microseconds=instant.microsecond)
    return instant + (_MINUTE - past) if past else instant


def window_of(data: Data) -> Interval | None:
    """Return the launch window of a request; None where it names none that can be read.

    Of one that ends before it starts the two ends count, so that it evades nothing. Its times have
    the offset that they are written with.
    """
    start = parse_instant(text_at(data, ("spec", "window", "start")))
    end = parse_instant(text_at(data, ("spec", "window", "end")))
    if start is None or end is None:
        return None
    return Interval(min(start, end), max(start, end))
