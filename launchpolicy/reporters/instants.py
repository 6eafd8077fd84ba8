"""Times as RFC 3339 writes them."""

from __future__ import annotations

from datetime import UTC, datetime


def in_utc(moment: datetime) -> str:
    """RFC 3339 in UTC."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def as_written(moment: datetime) -> str:
    """RFC 3339 to the second, in the offset that it came with."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
