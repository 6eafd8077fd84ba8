"""Read the two ends of a period: instants, or days of the launch repository's calendar."""

from __future__ import annotations

import zoneinfo
from datetime import date, datetime, timedelta

from launchpolicy.documents.instants import parse_instant
from launchpolicy.facts.wall_clock import instant_at
from launchpolicy.operations.ledger.branch.head_files import head_snapshot
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.rules.people_and_calendar import load_calendar
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text

_DAY = timedelta(days=1)


def period_of(
    place: LedgerLocation, since: str | None, until: str | None
) -> tuple[datetime | None, datetime | None]:
    """Return from when until just before when; a day that ends a period belongs to it.

    Days are those of the time zone of the calendar, or in UTC where there is none.

    Raises:
        UsageError: one is neither a date nor an instant, or the period ends before it begins.
    """
    start = _start_of(place, since, "--since") if since is not None else None
    end = _end_of(place, until) if until is not None else None
    if start is not None and end is not None and end <= start:
        raise _ends_first(str(since), str(until))
    return start, end


def _start_of(place: LedgerLocation, text: str, option: str) -> datetime:
    moment = parse_instant(text)
    if moment is not None:
        return moment
    return _midnight(place, _day(text, option))


def _end_of(place: LedgerLocation, text: str) -> datetime:
    moment = parse_instant(text)
    if moment is not None:
        return moment
    return _midnight(place, _day(text, "--until") + _DAY)


def _midnight(place: LedgerLocation, day: date) -> datetime:
    """Return when a day begins, in the zone of the calendar."""
    zone = _zone(place)
    return instant_at(zone, day, 0).astimezone(zone)


def _day(text: str, option: str) -> date:
    """Return the day that a text names; `2026-11-05`, and no other form that Python reads."""
    midnight = parse_instant(f"{text}T00:00:00Z")
    if midnight is None:
        raise UsageError(
            Text(
                f"{option}: {text} is neither a date nor an instant.",
                f"{option}：{text} 既不是日期，也不是时间点。",
            ),
            Text(
                "Write a day (2026-11-05), or an instant with its offset "
                "(2026-11-05T18:00:00+08:00).",
                "请写日期（2026-11-05），或带时区的时间点（2026-11-05T18:00:00+08:00）。",
            ),
        )
    return midnight.date()


def _zone(place: LedgerLocation) -> zoneinfo.ZoneInfo:
    calendar = load_calendar(head_snapshot(place), place.configuration.paths)
    return calendar.zone if calendar is not None else zoneinfo.ZoneInfo("UTC")


def _ends_first(since: str, until: str) -> UsageError:
    return UsageError(
        Text(
            f"The period ends before it begins: {since} to {until}.",
            f"时段的结束早于开始：{since} 至 {until}。",
        ),
        Text("Give --since the earlier of the two.", "请将较早的时间写在 --since。"),
    )
