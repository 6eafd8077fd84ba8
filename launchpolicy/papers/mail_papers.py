"""Which papers go out by mail: where the request names their recipients, copies and sender."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from launchpolicy.documents.instants import parse_instant
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.place import Data, Route
from launchpolicy.vocabulary.text import Language, Text

_MONTHS = "January February March April May June July August September October November December"
_ATTENDEES: Final[Route] = ("spec", "meeting", "attendees")
_REQUESTER: Final[Route] = ("spec", "people", "requester")
_DEPARTMENTS: Final[Route] = ("spec", "impact", "departments")
_ANNOUNCEMENT: Final[Route] = ("status", "announcement")
_FIRST_NOTICE: Final[Route] = ("status", "notice")
_CALLED_OFF: Final[Route] = ("status", "cancellation", "notice", "to")


class MailPaper(NamedTuple):
    """A paper that goes out by mail.

    Of the routes in `to` and `sender`, the first that names a person counts; of those in `cc` all
    do. `day` is the moment that the subject names.
    """

    to: tuple[Route, ...]
    sender: tuple[Route, ...]
    cc: tuple[Route, ...]
    day: tuple[Route, ...]


def _notice(record: Route, *more: Route, day: Route = ("spec", "window", "start")) -> MailPaper:
    """Return a paper whose recipients and sender stand in `record`."""
    to = ((*record, "to"), *more)
    return MailPaper(to, ((*record, "by"), _REQUESTER), ((*record, "cc"),), (day,))


MAIL_PAPERS: Final[Mapping[str, MailPaper]] = {
    "announcement": _notice(_ANNOUNCEMENT, day=("status", "execution", "finishedAt")),
    "notice": _notice(_FIRST_NOTICE, ("spec", "notice", "to"), _DEPARTMENTS),
    "postponement": _notice(_FIRST_NOTICE),
    "cancellation": _notice(_FIRST_NOTICE, _CALLED_OFF, ("spec", "notice", "to"), _DEPARTMENTS),
    "rollback-notice": _notice(_FIRST_NOTICE, _CALLED_OFF, ("spec", "notice", "to"), _DEPARTMENTS),
    "suspension": _notice(
        ("status", "suspension", "announced"),
        ("spec", "impact", "suspension", "announced", "to"),
        _DEPARTMENTS,
    ),
    "resumption": _notice(
        ("status", "resumption"),
        ("status", "suspension", "announced", "to"),
        _DEPARTMENTS,
        day=("status", "resumption", "at"),
    ),
    "meeting-notice": MailPaper(
        (_ATTENDEES,),
        (("spec", "meeting", "invitation", "by"), ("spec", "meeting", "recorder"), _REQUESTER),
        (("spec", "meeting", "copies"),),
        (("spec", "meeting", "start"),),
    ),
    "agenda": MailPaper(
        (_ATTENDEES,),
        (("spec", "meeting", "recorder"), _REQUESTER),
        (("spec", "meeting", "copies"),),
        (("spec", "meeting", "start"),),
    ),
    "minutes": MailPaper(
        (_ATTENDEES,),
        (("spec", "meeting", "recorder"), _REQUESTER),
        (("spec", "meeting", "copies"),),
        (("spec", "meeting", "start"),),
    ),
}
"""Id of the paper → whom the mail goes to. The paper's own text names the same recipients."""

INVITATION: Final = "meeting-notice"
"""The paper that is also an invitation for calendars."""


def first_named(data: Data, routes: tuple[Route, ...]) -> tuple[str, ...]:
    """Return whom the request names at the first of the routes that names a person."""
    return next((named for route in routes if (named := _people_at(data, route))), ())


def all_named(data: Data, routes: tuple[Route, ...]) -> tuple[str, ...]:
    """Return whom the request names at any of the routes, in their order."""
    return tuple(one for route in routes for one in _people_at(data, route))


def subject_of(
    kind: str,
    title: Text,
    subject: Text,
    data: Data,
    language: Language,
) -> str:
    """Return the subject of the mail: 【上线通告】产品 版本 于 11月3日 上线.

    Args:
        kind: the id of the paper.
        title: of the paper.
        subject: the product and its version, or the topic of the meeting.
        data: the request.
        language: of the mail.
    """
    written = (value_at(data, route) for route in MAIL_PAPERS[kind].day)
    moments = (parse_instant(text) for text in written if isinstance(text, str))
    moment = next((moment for moment in moments if moment is not None), None)
    words = subject.in_language(language)
    head = f"【{title.zh}】{words}" if language == "zh" else f"[{title.en}] {words}"
    if moment is None:
        return head
    if language == "zh":
        day = f"{moment.month}月{moment.day}日"
        return f"{head} 于 {day} 上线" if kind == "announcement" else f"{head}（{day}）"
    day = f"{moment.day} {_MONTHS.split()[moment.month - 1]}"
    return f"{head}, live since {day}" if kind == "announcement" else f"{head}, {day}"


def _people_at(data: Data, route: Route) -> tuple[str, ...]:
    value = value_at(data, route)
    return tuple(_identifiers(value if isinstance(value, list) else [value]))


def _identifiers(items: list[Any]) -> Iterator[str]:
    for item in items:
        person = item.get("person") if isinstance(item, dict) else item
        if isinstance(person, str):
            yield person
