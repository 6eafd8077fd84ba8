"""Times as people write them, in either language; the offset stays the one that was written."""

from __future__ import annotations

import re

from launchpolicy.documents.instants import parse_instant
from launchpolicy.vocabulary.text import Language

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_UNITS = {
    "en": {"h": ("hour", "hours"), "m": ("minute", "minutes"), "s": ("second", "seconds")},
    "zh": {"h": ("小时", "小时"), "m": ("分钟", "分钟"), "s": ("秒", "秒")},
}


def moment(written: str, language: Language) -> str:
    """Return `2026-12-01T22:00:00+08:00` as `1 December 2026, 22:00 (UTC+8)`.

    Other text is returned as it is.
    """
    instant = parse_instant(written)
    if instant is None:
        return written
    clock = f"{instant:%H:%M}"
    zone = _zone(written)
    if language == "zh":
        return f"{instant.year}年{instant.month}月{instant.day}日 {clock}（{zone}）"
    return f"{instant.day} {_MONTHS[instant.month - 1]} {instant.year}, {clock} ({zone})"


def _zone(written: str) -> str:
    offset = written[-6:]
    if written.endswith("Z") or offset[1:] == "00:00":
        return "UTC"
    hours, minutes = int(offset[1:3]), offset[4:]
    return f"UTC{offset[0]}{hours}" + (f":{minutes}" if minutes != "00" else "")


def duration(written: str, language: Language) -> str:
    """Return `1h30m` as `1 hour 30 minutes`; other text as it is."""
    parts = re.findall(r"([0-9]+)([hms])", written)
    if not parts or "".join(f"{number}{unit}" for number, unit in parts) != written:
        return written
    units = _UNITS[language]
    if language == "zh":
        return "".join(f"{number}{units[unit][0]}" for number, unit in parts)
    return " ".join(f"{number} {units[unit][number != '1']}" for number, unit in parts)
