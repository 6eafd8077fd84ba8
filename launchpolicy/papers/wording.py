"""Times as people write them, in either language.

Reports name the zone that was written (`moment`); papers are all in one zone and do not name it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, tzinfo

from launchpolicy.documents.instants import parse_instant
from launchpolicy.vocabulary.text import Language

_STOPS = " .;。；"
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


def date(written: str, language: Language, zone: tzinfo | None = None) -> str:
    """Return `2026-12-01T22:00:00+08:00` as `1 December 2026`; other text as it is."""
    instant = _instant(written, zone)
    return written if instant is None else _date(instant, language)


def time_of_day(written: str, language: Language, zone: tzinfo | None = None) -> str:
    """Return `2026-12-01T22:00:00+08:00` as `1 December 2026, 22:00`; other text as it is.

    `zone` is that of the paper; without it the time stays in the zone in which it was written. The
    paper does not name it: its readers sit in one.
    """
    instant = _instant(written, zone)
    if instant is None:
        return written
    between = " " if language == "zh" else ", "
    return f"{_date(instant, language)}{between}{instant:%H:%M}"


def span(start: str, end: str, language: Language, zone: tzinfo | None = None) -> str:
    """Return two moments as `1 December 2026, 22:00–23:30`: a day that is the same once."""
    first, last = _instant(start, zone), _instant(end, zone)
    if first is None or last is None:
        written = [time_of_day(one, language, zone) for one in (start, end) if one]
        return ("—" if language == "zh" else " – ").join(written)
    begin = time_of_day(start, language, zone)
    last = last.astimezone(first.tzinfo)
    if first.date() == last.date():
        return f"{begin}{'—' if language == 'zh' else '–'}{last:%H:%M}"
    if language == "zh":
        year = "" if first.year == last.year else f"{last.year}年"
        return f"{begin}—{year}{last.month}月{last.day}日 {last:%H:%M}"
    return f"{begin} – {_date(last, language)}, {last:%H:%M}"


def sentence(parts: Sequence[tuple[str, str]], language: Language) -> str:
    """Return parts, each a title and a text, as one sentence with a single full stop.

    A part without a text is left out; without any the sentence says that nothing is settled yet.
    """
    stated = [
        f"{title}{clause}" for title, text in parts if (clause := text.strip().rstrip(_STOPS))
    ]
    if not stated:
        return "待定。" if language == "zh" else "Not settled yet."
    return "；".join(stated) + "。" if language == "zh" else "; ".join(stated) + "."


def elapsed_time(start: str, end: str, language: Language) -> str:
    """Return the time from one moment to another in minutes, `1 hour 5 minutes`; "" for none."""
    first, last = parse_instant(start), parse_instant(end)
    if first is None or last is None or last < first:
        return ""
    hours, minutes = divmod(round((last - first).total_seconds() / 60), 60)
    return duration(
        f"{hours}h" * (hours > 0) + f"{minutes}m" * (minutes > 0 or not hours), language
    )


def _instant(written: str, zone: tzinfo | None) -> datetime | None:
    instant = parse_instant(written)
    if instant is None or zone is None:
        return instant
    return instant.astimezone(zone)


def _date(instant: datetime, language: Language) -> str:
    if language == "zh":
        return f"{instant.year}年{instant.month}月{instant.day}日"
    return f"{instant.day} {_MONTHS[instant.month - 1]} {instant.year}"


def duration(written: str, language: Language) -> str:
    """Return `1h30m` as `1 hour 30 minutes`; other text as it is."""
    parts = re.findall(r"([0-9]+)([hms])", written)
    if not parts or "".join(f"{number}{unit}" for number, unit in parts) != written:
        return written
    units = _UNITS[language]
    if language == "zh":
        return " ".join(f"{number} {units[unit][0]}" for number, unit in parts)
    return " ".join(f"{number} {units[unit][number != '1']}" for number, unit in parts)
