"""Read time zone and country of this machine, as far as it says: defaults, never decisions."""

from __future__ import annotations

import os
import re
import zoneinfo
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

_LOCAL_TIME = Path("/etc/localtime")
_ZONE = re.compile(r"UTC|[A-Z][A-Za-z_]*(?:/[A-Z][A-Za-z0-9_+-]*)+")
_TERRITORY = re.compile(r"[a-z]{2,3}_([A-Z]{2})\b")


def time_zone(environ: Mapping[str, str] = os.environ, local_time: Path = _LOCAL_TIME) -> str:
    """Return the IANA name of the local time zone; UTC where the machine has no such name."""
    zone_of_variable = environ.get("TZ", "").removeprefix(":")
    try:
        zone_of_link = local_time.resolve().as_posix().rpartition("zoneinfo/")[2]
    except (OSError, RuntimeError):
        zone_of_link = ""
    name = next((zone for zone in (zone_of_variable, zone_of_link) if is_zone(zone)), "UTC")
    return "UTC" if name in {"Etc/UTC", "Etc/UCT", "Etc/Universal", "Etc/Zulu"} else name


def country(zone: str, environ: Mapping[str, str] = os.environ) -> str:
    """Return the country of the time zone, else of the locale (ISO 3166); "" if unknown."""
    return _country_of_zone(zone) or _country_of_locale(environ)


def zone_of(country: str, zone: str) -> str:
    """Return the local time zone, or where that is UTC the first one of `country`, if any."""
    if zone != "UTC":
        return zone
    return next((name for code, name in _table() if code == country and is_zone(name)), zone)


def year_end(zone: str, year: int) -> tuple[str, str]:
    """Return 25 December of `year` and 5 January after it, in the local time of `zone`."""
    local = zoneinfo.ZoneInfo(zone)
    begins = datetime(year, 12, 25, tzinfo=local)
    ends = datetime(year + 1, 1, 5, tzinfo=local)
    return begins.isoformat(), ends.isoformat()


def is_zone(name: str) -> bool:
    """Return whether this is the IANA name of a time zone that is known here."""
    if not _ZONE.fullmatch(name):
        return False
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def _country_of_zone(zone: str) -> str:
    """Return the country by the time zone database; "" where the machine has no table."""
    return next((code for code, name in _table() if name == zone), "")


def _table() -> Iterator[tuple[str, str]]:
    """Yield country and zone of every row of `zone.tab`, the most populous zone first."""
    for folder in zoneinfo.TZPATH:
        try:
            table = Path(folder, "zone.tab").read_text("utf-8", "replace")
        except OSError:
            continue
        for line in table.splitlines():
            code, *rest = line.split("\t")
            if len(rest) > 1 and not code.startswith("#"):
                yield code, rest[1]


def _country_of_locale(environ: Mapping[str, str]) -> str:
    for variable in ("LC_ALL", "LC_TIME", "LANG"):
        match = _TERRITORY.match(environ.get(variable, ""))
        if match is not None:
            return match.group(1)
    return ""
