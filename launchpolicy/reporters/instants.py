"""Write times as RFC 3339 does."""

from __future__ import annotations

from datetime import UTC, datetime


def in_utc(moment: datetime) -> str:
    """Return the time as RFC 3339 in UTC."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def as_written(moment: datetime) -> str:
    """Return the time as RFC 3339 to the second, in the offset that it came with."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
