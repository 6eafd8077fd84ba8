"""RFC 3339 date-times, read strictly (threat L4).

`datetime.fromisoformat` accepts week dates, missing seconds and missing offsets; an approval window
must not depend on such generosity, nor on the interpreter's version.
"""

from __future__ import annotations

import functools
import re
from datetime import UTC, datetime, timedelta, timezone

PATTERN = (
    r"^(19[7-9][0-9]|2[01][0-9]{2})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
    r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?"
    r"(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])$"
)
"""What a pattern can say of the grammar, RE2 and ECMA alike; that 02-30 is no day it cannot.

Years are those of people now living: sums with the year 9999 overflow in CEL, and leave undecided
whether it is a typing error.
"""

_YEARS = range(1970, 2200)

_LONGEST = len("2026-12-01T22:41:00.123456789+08:00")
"""Characters of a date-time; only such texts are remembered: a request writes each a few times."""

# One alphabet and no optional part but the fraction: linear, on whatever text arrives.
_GRAMMAR = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?"
    r"(?:Z|([+-])([01][0-9]|2[0-3]):([0-5][0-9]))"
)


def parse_instant(text: str) -> datetime | None:
    """Return the instant that `text` names, in the years 1970 to 2199; None when it names none."""
    moment = parse_date_time(text)
    return moment if moment is not None and moment.year in _YEARS else None


def parse_date_time(text: str) -> datetime | None:
    """Return the instant that `text` names (RFC 3339 section 5.6), aware; None when it names none.

    Stricter than the RFC: `T` and `Z` are upper case, the fraction has at most nine digits (cut to
    microseconds), and a leap second is refused because no clock here counts it.
    """
    return _read(text) if len(text) <= _LONGEST else None


@functools.lru_cache(maxsize=4096)
def _read(text: str) -> datetime | None:
    match = _GRAMMAR.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, sign, ahead, past = match.groups()
    microsecond = int((fraction or "0").ljust(6, "0")[:6])
    try:
        instant = datetime(
            int(year),
            int(month),
            int(day),
            int(hour),
            int(minute),
            int(second),
            microsecond,
            tzinfo=_zone(sign, ahead, past),
        )
        instant.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return instant


def instant(text: str) -> datetime:
    """Return the instant of a text that a schema has found to be one.

    Raises:
        ValueError: it is none after all.
    """
    moment = parse_instant(text)
    if moment is None:
        message = f"not an instant: {text!r}"
        raise ValueError(message)
    return moment


def _zone(sign: str | None, hours: str | None, minutes: str | None) -> timezone:
    if sign is None:
        return UTC
    offset = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return timezone(-offset if sign == "-" else offset)
