"""Read a time without an offset as one of the time zone that the calendar names.

People at a terminal write `2026-12-10 20:00`. What a request, a policy or a record of a machine
says is read by `documents.instants`, and stays strict.
"""

from __future__ import annotations

import re
from datetime import datetime, timezone, tzinfo
from pathlib import Path

from launchpolicy.documents.instants import parse_instant
from launchpolicy.hosts.launch_root import launch_root
from launchpolicy.hosts.work_tree import work_tree
from launchpolicy.operations.rules.load import load_configuration
from launchpolicy.operations.rules.people_and_calendar import load_calendar
from launchpolicy.vocabulary.errors import LaunchpolicyError
from launchpolicy.vocabulary.text import Text

_TIME = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2})(:[0-9]{2})?( ?[Z+-].*)?")
EXAMPLE = "2026-12-01T22:00:00+08:00"


def local_moment(text: str, folder: Path) -> datetime | Text:
    """Return the moment that a time names in the time zone of the calendar, or what is wrong.

    Args:
        text: `2026-12-10 20:00`, with or without `T`, seconds and an offset.
        folder: in the launch repository whose calendar counts.
    """
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return Text(
            f"{text!r} is no time; write 2026-12-01 22:00, or {EXAMPLE} with its offset",
            f"{text!r} 不是时间；请写成 2026-12-01 22:00，或带时区偏移的 {EXAMPLE}",
        )
    plain = f"{match[1]}T{match[2]}{match[3] or ':00'}"
    if match[4]:
        return parse_instant(f"{plain}{match[4].strip()}") or _no_such_time(text)
    wall = parse_instant(f"{plain}Z")
    if wall is None:
        return _no_such_time(text)
    zone = _zone_of_calendar(folder)
    if zone is None:
        return Text(
            f"{text!r} does not say its time zone, and no calendar here does; add the offset, "
            f"as in {plain}+08:00",
            f"{text!r} 未写明时区，此处也没有日历说明时区；请补上时区偏移，例如 {plain}+08:00",
        )
    return _in_zone(text, wall.replace(tzinfo=None), zone)


def is_time(text: str) -> bool:
    """Return whether a text is formed like a time, with or without an offset."""
    return _TIME.fullmatch(text.strip()) is not None


def _in_zone(text: str, wall: datetime, zone: tzinfo) -> datetime | Text:
    """Return the moment at which the clocks of a zone show a time, where they show it once."""
    first, second = wall.replace(tzinfo=zone, fold=0), wall.replace(tzinfo=zone, fold=1)
    offset, other = first.utcoffset(), second.utcoffset()
    if offset is None or offset == other:
        return first.astimezone(timezone(offset)) if offset is not None else _no_such_time(text)
    return Text(
        f"the clocks of {zone} are changed at {text!r}; write which time is meant: "
        f"{first.isoformat()} or {second.isoformat()}",
        f"{text!r} 正值 {zone} 调整时钟；请写明是哪一个时间：{first.isoformat()} 或 "
        f"{second.isoformat()}",
    )


def _zone_of_calendar(folder: Path) -> tzinfo | None:
    """Return the time zone of the calendar; None where none can be read."""
    root = launch_root(folder)
    if root is None:
        return None
    files = work_tree(root)
    try:
        _, configuration = load_configuration(files)
        calendar = load_calendar(files, configuration.paths)
    except LaunchpolicyError:
        return None
    return calendar.zone if calendar is not None else None


def _no_such_time(text: str) -> Text:
    return Text(
        f"{text!r} is no time that there is; write {EXAMPLE}",
        f"{text!r} 不是存在的时间；请写成 {EXAMPLE}",
    )
