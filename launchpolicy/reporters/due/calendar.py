"""The due list as a calendar (RFC 5545): an event at each moment, a to-do without one."""

from __future__ import annotations

import hashlib
from datetime import UTC
from typing import Any

from launchpolicy.engine.launches.due_list import DueList, LaunchDuty
from launchpolicy.papers.calendar_library import calendar_library
from launchpolicy.reporters.due.words import launch_line, persons, when
from launchpolicy.vocabulary.text import Language, Text

_TITLE = Text("Duties of open launches", "上线待办事项")


def render(due: DueList, language: Language) -> bytes:
    """Return the calendar. A duty keeps its identity from one list to the next.

    Raises:
        UndecidedError: the library that writes calendars is not installed.
    """
    library = calendar_library()
    calendar = library.Calendar()
    calendar.add("prodid", "-//launchpolicy//due//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _TITLE.in_language(language))
    for one in due.duties:
        calendar.add_component(_component(library, due, one, language))
    written: bytes = calendar.to_ical()
    return written


def _component(library: Any, due: DueList, one: LaunchDuty, language: Language) -> Any:  # noqa: ANN401 (of a library that loads late)
    moment = one.duty.by
    component = library.Event() if moment is not None else library.Todo()
    component.add("uid", f"{_identity(due, one)}@launchpolicy.invalid")
    component.add("dtstamp", due.now.astimezone(UTC))
    if moment is not None:
        component.add("dtstart", moment.astimezone(UTC))
    who = persons(due, one.duty.people, language)
    what = one.duty.what.in_language(language)
    colon = ": " if language == "en" else "："
    component.add("summary", f"{who}{colon}{what}")
    component.add("description", f"{launch_line(one, language)}\n{when(due, one, language)}")
    component.add("categories", [one.launch.name])
    component.add("transp", "TRANSPARENT")
    return component


def _identity(due: DueList, one: LaunchDuty) -> str:
    place = f"{due.repository}\n{one.launch.path}\n{one.launch.branch}\n{one.duty.key}"
    return hashlib.sha256(place.encode()).hexdigest()[:32]
