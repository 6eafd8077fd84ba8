"""Months of a calendar: weeks of days, each with the windows and freezes on it."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from launchpolicy.ledger.launches import Launch
from launchpolicy.reporters.ledger.view import FreezePeriod

_LATEST = 12


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


def months_of(launches: Iterable[Launch], closed: Sequence[FreezePeriod]) -> tuple[Month, ...]:
    """Return the latest months with a window, newest first; days are as written."""
    by_day: dict[date, list[Launch]] = {}
    for launch in launches:
        start, end = launch.planned_times
        for day in _days(start, end):
            by_day.setdefault(day, []).append(launch)
    names = sorted({(day.year, day.month) for day in by_day}, reverse=True)[:_LATEST]
    return tuple(_month(year, month, by_day, closed) for year, month in names)


def _month(
    year: int, month: int, by_day: dict[date, list[Launch]], closed: Sequence[FreezePeriod]
) -> Month:
    weeks = calendar.Calendar().monthdatescalendar(year, month)
    return Month(
        f"{year}-{month:02d}",
        tuple(
            tuple(
                Day(day, day.month == month, tuple(by_day.get(day, ())), _freezes_on(day, closed))
                for day in week
            )
            for week in weeks
        ),
    )


def _days(start: datetime | None, end: datetime | None) -> list[date]:
    if start is None:
        return []
    last = end.date() if end is not None and end > start else start.date()
    count = min((last - start.date()).days, 31)
    return [start.date() + timedelta(days=number) for number in range(count + 1)]


def _freezes_on(day: date, closed: Sequence[FreezePeriod]) -> tuple[str, ...]:
    return tuple(
        freeze.name for freeze in closed if freeze.start.date() <= day <= freeze.end.date()
    )
