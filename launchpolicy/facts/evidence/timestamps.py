"""When a report says that it was made; one without a time zone is given every benefit of it.

Most runners write local time without an offset (googletest, Surefire, Gradle, Jest, CTest). Such a
stamp may mean any of 26 hours; it is taken for the latest of them, so that a report is stale only
where it is stale in every zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from launchpolicy.documents.instants import parse_instant
from launchpolicy.vocabulary.named_tuple import NamedTuple

_LAST_ZONE: Final = "-12:00"
"""Where a date begins and ends last."""

_ISO: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:[Tt ]([0-9]{2}:[0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9})[0-9]{0,9})?)?"
    r" ?([Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?(?: ?\[?[A-Za-z_/]{1,40}\]?)?)?"
)
_UNIVERSAL: Final = re.compile(r"\b(?:UTC|GMT)\Z")
_OFFSET: Final = re.compile(r"(?:UTC|GMT|[+-][0-9]{4})\b")
_EPOCH: Final = re.compile(r"[0-9]{1,14}(?:\.[0-9]{1,9})?")
_MILLISECONDS: Final = 100_000_000_000
"""A number above this counts milliseconds: as seconds it would lie beyond the year 5000."""
_LONGEST: Final = 80


class Timestamp(NamedTuple):
    """When a file was made, at the latest, in RFC 3339; whether it leaves the zone open."""

    written: str
    is_without_zone: bool = False


NEVER: Final = Timestamp("")


def _oldest(timestamps: Iterable[Timestamp]) -> Timestamp:
    dated = [
        (moment, not timestamp.is_without_zone, timestamp)
        for timestamp in timestamps
        if (moment := parse_instant(timestamp.written)) is not None
    ]
    return min(dated)[-1] if dated else NEVER


def date_of(parts: Iterable[Iterable[str]]) -> tuple[Timestamp, bool]:
    """Return when the oldest part of a report was made, and whether a part does not say when.

    Args:
        parts: the stamps of each part, of which the oldest counts; "" is none. A stamp that is no
            time leaves its part undated.
    """
    listed = [frozenset(stamp for stamp in part if stamp) for part in parts]
    known = {stamp: timestamp_of(stamp) for stamp in frozenset[str]().union(*listed)}
    is_undated = any(not part or any(known[stamp] == NEVER for stamp in part) for part in listed)
    return _oldest(known.values()), is_undated


def timestamp_of(stamp: str) -> Timestamp:
    """Return the latest instant that a stamp can mean; `NEVER` where it is no time.

    Read are ISO 8601 with and without an offset or seconds, the dates of mail, and numbers of
    seconds or milliseconds since 1970.
    """
    stamp = stamp.strip()
    if len(stamp) > _LONGEST or not stamp.isascii():
        return NEVER
    match = _ISO.fullmatch(stamp)
    if match is not None:
        return _of_iso(match, is_universal=_UNIVERSAL.search(stamp) is not None)
    if _EPOCH.fullmatch(stamp):
        return _of_epoch(float(stamp))
    return _of_mail(stamp)


def _of_iso(match: re.Match[str], *, is_universal: bool) -> Timestamp:
    day, minute, second, fraction, zone = match.groups()
    # What is left out may have been as late as it can be.
    time = f"{minute or '23:59'}:{second or '59'}{f'.{fraction}' if fraction else ''}"
    if not zone and not is_universal:
        return _strict(f"{day}T{time}{_LAST_ZONE}", is_without_zone=True)
    zone = "Z" if not zone or zone in "Zz" else zone
    if zone != "Z" and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:] or '00'}"
    return _strict(f"{day}T{time}{zone}")


def _of_epoch(seconds: float) -> Timestamp:
    if seconds > _MILLISECONDS:
        seconds //= 1000
    try:
        return _strict(datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    except (ValueError, OverflowError, OSError):
        return NEVER


def _of_mail(stamp: str) -> Timestamp:
    """Return the time of a date as mail and TestNG write it, `1 Jan 2019 00:00:00 GMT`."""
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 (hardly any runner writes it)

    try:
        moment = parsedate_to_datetime(stamp)
    except (ValueError, TypeError, IndexError, OverflowError):
        return NEVER
    written = moment.strftime("%Y-%m-%dT%H:%M:%S")
    if moment.tzinfo is None or not _OFFSET.search(stamp):  # CST is Chinese, American or Cuban
        return _strict(f"{written}{_LAST_ZONE}", is_without_zone=True)
    return _strict(f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z")


def _strict(written: str, *, is_without_zone: bool = False) -> Timestamp:
    return Timestamp(written, is_without_zone) if parse_instant(written) else NEVER
