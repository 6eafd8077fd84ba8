"""The filters and functions that templates about meetings, tests and announcements use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from markupsafe import Markup

from launchpolicy.papers.meeting_times import agenda_slots
from launchpolicy.papers.report_results import report_results
from launchpolicy.papers.template_context import TemplateContext
from launchpolicy.papers.template_functions import join, plain
from launchpolicy.papers.thing_names import QUALITY_ITEMS, kind_of_test, thing_name
from launchpolicy.requests.launch_request.construction import Defect
from launchpolicy.requests.launch_request.governance import Channel
from launchpolicy.requests.launch_request.meeting import Attendee, Meeting
from launchpolicy.requests.launch_request.testing import TestReport
from launchpolicy.vocabulary.names import Names
from launchpolicy.vocabulary.role_titles import role_title
from launchpolicy.vocabulary.text import Text
from launchpolicy.vocabulary.value_names import value_name

_BLANK_DATE = "__年_月_日".replace("_", "&#12288;")
"""Room for a date in handwriting; the spaces are full-width."""


class Attendance(NamedTuple):
    """Who was at a meeting and who was not: names with departments, "" for nobody.

    `excused` said beforehand that they would not come; `absent` did not. For `unrecorded` the
    request does not say whether they came.
    """

    present: str
    observers: str
    excused: str
    absent: str
    unrecorded: str


class UnitAttendees(NamedTuple):
    """A department, and the names of those who are invited of it."""

    unit: Text
    people: str


def governance_filters(context: TemplateContext) -> dict[str, Callable[..., Any]]:
    """Return the filters: names of units, and of things that a request names by convention."""
    return {
        "units": lambda units: [unit_name(str(unit), context.names) for unit in units],
        "called": lambda name: thing_name(str(name)) if name else "",
    }


def governance_functions(context: TemplateContext) -> dict[str, Any]:
    """Return the functions: attendees and times of a meeting, channels, test reports."""
    reports = report_results(_reports(context), context.evidence)
    return {
        "blank_date": Markup(_BLANK_DATE if context.language == "zh" else ""),  # noqa: S704 (our own)
        "zh": context.language == "zh",
        "agenda_slots": agenda_slots,
        "attendance": lambda meeting: _attendance(meeting, context),
        "attendee_unit": lambda attendee: _department(attendee, context),
        "attendee_units": lambda meeting: _departments(meeting, context),
        "attendees_by_unit": lambda meeting: _attendees_by_unit(meeting, context),
        "minutes_copies": lambda meeting: _minutes_copies(meeting, context),
        "channel_name": lambda name: _channel_name(str(name), context),
        "reports": reports,
        "has_passed": bool(reports) and all(report.has_passed for report in reports),
        "defects_left": _defects_left(context),
        "quality_items": QUALITY_ITEMS,
        "kind_of_test": lambda name: kind_of_test(str(name)),
    }


def _reports(context: TemplateContext) -> tuple[TestReport, ...]:
    spec = context.request.spec
    testing = spec.testing if spec is not None else None
    return (testing.reports or ()) if testing is not None else ()


def _defects_left(context: TemplateContext) -> list[Defect]:
    """Return the defects that the request lists and that are not fixed."""
    spec = context.request.spec
    development = spec.development if spec is not None else None
    defects = (development.defects or ()) if development is not None else ()
    return [defect for defect in defects if defect.outcome != "fixed"]


def unit_name(unit: str, names: Names) -> Text:
    """Return what people call a recipient: a department, else a role, else a person."""
    for kind in ("departments", "people"):
        name = names.by_kind.get(kind, {}).get(unit)
        if name is not None:
            return name
    name = names.by_kind.get("roles", {}).get(unit)
    return role_title(unit) if name is None else name


def _department(attendee: Attendee, context: TemplateContext) -> Text:
    """Return the department that a person stands for: as the request says, else the directory."""
    own = context.departments.get(attendee.person) if attendee.person else None
    department = attendee.department or own
    return context.names.name_of("departments", department) if department else Text("", "")


def _departments(meeting: Meeting, context: TemplateContext) -> list[Text]:
    """Return the departments of the attendees, each once, in their order."""
    departments = (_department(attendee, context) for attendee in meeting.attendees or ())
    return [name for name in dict.fromkeys(departments) if name.en or name.zh]


def _attendees_by_unit(meeting: Meeting, context: TemplateContext) -> list[UnitAttendees]:
    """Return the invited by departments; who only sits in is called an observer."""
    language = context.language
    groups: dict[Text, list[str]] = {}
    for attendee in meeting.attendees or ():
        name = context.names.name_of("people", attendee.person or "").in_language(language)
        observer = Text(f"{name} (observer)", f"{name}（列席）").in_language(language)
        people = groups.setdefault(_department(attendee, context), [])
        people.append(observer if attendee.observer else name)
    return [UnitAttendees(unit, join(people, language)) for unit, people in groups.items()]


def _minutes_copies(meeting: Meeting, context: TemplateContext) -> list[Text]:
    """Return who gets the minutes: the departments of the attendees, then further ones."""
    further = (unit_name(unit, context.names) for unit in meeting.copies or ())
    return list(dict.fromkeys((*_departments(meeting, context), *further)))


def _attendance(meeting: Meeting, context: TemplateContext) -> Attendance:
    groups: dict[str, list[str]] = {field: [] for field in Attendance._fields}
    for attendee in meeting.attendees or ():
        groups[_group(attendee)].append(_attendee_text(attendee, context))
    return Attendance(**{field: join(people, context.language) for field, people in groups.items()})


def _group(attendee: Attendee) -> str:
    if attendee.attended:
        return "observers" if attendee.observer else "present"
    if attendee.reply == "declined":
        return "excused"
    return "absent" if attendee.attended is False else "unrecorded"


def _attendee_text(attendee: Attendee, context: TemplateContext) -> str:
    """Return `王芳（产品部）`, with the reason of who was not there."""
    language = context.language
    name = context.names.name_of("people", attendee.person or "").in_language(language)
    details = "，" if language == "zh" else ", "
    inside = details.join(_details(attendee, context))
    if not inside:
        return name
    return f"{name}（{inside}）" if language == "zh" else f"{name} ({inside})"


def _details(attendee: Attendee, context: TemplateContext) -> Iterator[str]:
    department = _department(attendee, context).in_language(context.language)
    if department:
        yield department
    if attendee.absence is not None and not attendee.attended:
        yield plain(attendee.absence, context.language).rstrip("。.")


def _channel_name(name: str, context: TemplateContext) -> str:
    """Return what a channel is called: its kind, and its own name where that tells them apart."""
    spec, language = context.request.spec, context.language
    plans: Iterable[Channel] = (spec.channels or ()) if spec is not None else ()
    market = spec.market.channels if spec is not None and spec.market is not None else ()
    kinds = {plan.name: plan.kind for plan in (*(market or ()), *plans) if plan.name and plan.kind}
    kind = kinds.get(name)
    if kind is None:
        return thing_name(name).in_language(language)
    word = value_name("channelKind", kind).in_language(language)
    if sum(other == kind for other in kinds.values()) == 1:
        return word
    own = thing_name(name).in_language(language)
    return f"{word}（{own}）" if language == "zh" else f"{word} ({own})"
