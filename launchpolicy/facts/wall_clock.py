"""Clock times of a place as instants, where clocks are put forward and back (threat L4).

Everything is compared in UTC; the zone only says which instant a local time means.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_SECOND = timedelta(seconds=1)


def instant_at(zone: ZoneInfo, day: date, minutes: int) -> datetime:
    """Return the first instant, in UTC, when the clock of `day` is at `minutes` or past them.

    A time that occurs twice means its first occurrence. A time that is skipped means the moment at
    which the clock is put forward over it. `minutes` may lie beyond midnight.
    """
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    instant = wall.replace(tzinfo=zone).astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) == wall:
        return instant
    return _change(zone, wall.replace(tzinfo=zone, fold=1).astimezone(UTC), instant)


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """Return the moment at which the zone's offset changes between two instants, to the second."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + (after - before) // (2 * _SECOND) * _SECOND
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def day_of(zone: ZoneInfo, instant: datetime) -> date:
    """Return the day on which `instant` falls in the zone."""
    return instant.astimezone(zone).date()


def format_instant(zone: ZoneInfo, instant: datetime) -> str:
    """Return `instant` as RFC 3339 with the zone's offset."""
    return instant.astimezone(zone).isoformat()
