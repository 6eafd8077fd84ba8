"""One month of a calendar: weeks of days, each with the windows and freezes on it."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from launchpolicy.ledger.launches import Launch
from launchpolicy.reporters.ledger.view import FreezePeriod

_LONGEST = 31


@dataclass(frozen=True, slots=True)
class Day:
    """One day; `inside` says whether it belongs to the month."""

    date: date
    inside: bool
    launches: tuple[Launch, ...]
    closed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month as weeks from Monday."""

    name: str
    weeks: tuple[tuple[Day, ...], ...]


class LaunchCalendar:
    """The windows of launches by day, as written."""

    def __init__(self, launches: Iterable[Launch], closed: Sequence[FreezePeriod]) -> None:
        self._closed = closed
        self._by_day: dict[date, list[Launch]] = {}
        for launch in launches:
            for day in _days(*launch.planned_times):
                self._by_day.setdefault(day, []).append(launch)

    def month(self, name: str) -> Month:
        """Return a month by its name, `2026-11`."""
        year, month = map(int, name.split("-"))
        weeks = calendar.Calendar().monthdatescalendar(year, month)
        return Month(
            name,
            tuple(
                tuple(
                    Day(
                        day,
                        day.month == month,
                        tuple(self._by_day.get(day, ())),
                        _freezes_on(day, self._closed),
                    )
                    for day in week
                )
                for week in weeks
            ),
        )


def _days(start: datetime | None, end: datetime | None) -> list[date]:
    if start is None:
        return []
    last = end.date() if end is not None and end > start else start.date()
    count = min((last - start.date()).days, _LONGEST)
    return [start.date() + timedelta(days=number) for number in range(count + 1)]


def _freezes_on(day: date, closed: Sequence[FreezePeriod]) -> tuple[str, ...]:
    return tuple(
        freeze.name for freeze in closed if freeze.start.date() <= day <= freeze.end.date()
    )
