"""By how much something came after its due time, and how that is said."""

from __future__ import annotations

from datetime import datetime, timedelta

from launchpolicy.documents.instants import parse_instant
from launchpolicy.vocabulary.text import Text, quantity

_DAY, _HOUR, _MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


def lateness(due: str, moment: datetime | None) -> timedelta | None:
    """Return by how much a moment lies after a due time; None where it does not."""
    until = parse_instant(due) if due else None
    if until is None or moment is None or moment <= until:
        return None
    return moment - until


def span_in_words(span: timedelta) -> Text:
    """Return a span in its largest unit, rounded up: days, hours or minutes."""
    for unit, en, zh in ((_DAY, "day", "天"), (_HOUR, "hour", "小时")):
        if span >= unit:
            count = -(-span // unit)
            return Text(quantity(count, en), f"{count} {zh}")
    count = -(-span // _MINUTE)
    return Text(quantity(count, "minute"), f"{count} 分钟")
