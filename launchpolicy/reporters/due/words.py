"""The words of the due list: moments, stages, persons, launches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Final

from launchpolicy.engine.launches.due_list import DueList, LaunchDuty
from launchpolicy.vocabulary.text import Language, Text

BEFORE: Final = {
    "requested": Text("before it is merged", "合并前"),
    "launched": Text("before the launch", "上线前"),
    "verified": Text("before it is verified", "验证前"),
    "closed": Text("before it is closed", "办结前"),
}
"""When a duty without a moment is due, by the stage that it must precede."""

_SOME_TIME: Final = Text("at no known time", "时间未定")
_NOBODY: Final = Text("Nobody is named for it", "未指定责任人")
_OR: Final = Text(" or ", "或")
_PROPOSED: Final = Text("proposed on {}", "由分支 {} 提出")
_SETTLED: Final = Text("{} would settle it", "分支 {} 合并后即完成")


def clock(moment: datetime, zone: tzinfo | None, language: Language) -> str:
    """Return a moment to the minute as a clock in `zone` shows it; without one as it is written."""
    local = moment.astimezone(zone) if zone is not None else moment
    if language == "zh":
        return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
    return f"{local:%Y-%m-%d %H:%M}"


def when(due: DueList, one: LaunchDuty, language: Language) -> str:
    """Return by when a duty is due: a moment, or the stage that it must precede."""
    if one.duty.by is not None:
        return clock(one.duty.by, due.zone, language)
    return BEFORE.get(one.duty.stage, _SOME_TIME).in_language(language)


def persons(due: DueList, people: Sequence[str], language: Language) -> str:
    """Return the names of those of whom each can do it."""
    if not people:
        return _NOBODY.in_language(language)
    names = [due.names.name_of("people", person).in_language(language) for person in people]
    return _OR.in_language(language).join(names)


def launch_line(one: LaunchDuty, language: Language) -> str:
    """Return which launch a duty is for, and on which branch it stands."""
    launch = one.launch
    title = launch.title.in_language(language)
    parts = [launch.name if title == launch.name else f"{launch.name} {title}"]
    if launch.branch:
        parts.append(_PROPOSED.in_language(language).format(launch.branch))
    if one.proposed_on:
        parts.append(_SETTLED.in_language(language).format(one.proposed_on))
    return (", " if language == "en" else "，").join(parts)
