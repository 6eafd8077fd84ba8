"""The due list as mail drafts, one for each person who has a duty."""

from __future__ import annotations

from typing import Final, NamedTuple

from launchpolicy.engine.launches.due_list import DueList, LaunchDuty
from launchpolicy.papers.mail import MailHeaders, as_mail
from launchpolicy.reporters.due.words import clock, launch_line, when
from launchpolicy.requests.mail_addresses import Mailbox, recipients_of
from launchpolicy.vocabulary.text import Language, Text

_SUBJECT: Final = Text("[Launches] {} duties, {} overdue", "【上线待办】{} 项，其中逾期 {} 项")
_GREETING: Final = Text("Dear {},", "{}，您好：")
_INTRODUCTION: Final = Text(
    "as of {} these duties of open launches are yours:", "截至{}，以下上线事项由您负责："
)
_OVERDUE: Final = Text("overdue since {}", "已逾期，期限 {}")
_BY: Final = Text("by {}", "期限 {}")
_SHARED: Final = Text("or one of the others who can do it", "或由其他可办理人员办理")


class MailDrafts(NamedTuple):
    """The drafts by file name, and the ids of persons to whom no mail can go."""

    files: tuple[tuple[str, bytes], ...]
    without_address: tuple[str, ...]


def drafts(due: DueList, sender: Mailbox, language: Language) -> MailDrafts:
    """Return a draft for each person with a duty; persons without an address are named."""
    files: list[tuple[str, bytes]] = []
    missing: list[str] = []
    for person, duties in _by_person(due).items():
        boxes = (
            recipients_of([person], due.directory, due.names).mailboxes
            if due.directory is not None
            else ()
        )
        if not boxes:
            missing.append(person)
            continue
        overdue = sum(1 for one in duties if due.is_overdue(one))
        headers = MailHeaders(
            sender=sender,
            to=boxes[:1],
            cc=(),
            subject=_SUBJECT.in_language(language).format(len(duties), overdue),
            identity=f"due {due.repository} {person}",
            now=due.now,
        )
        text = _text(due, boxes[0], duties, language)
        files.append((f"{_file_name(person)}.eml", as_mail(headers, text, None, language)))
    return MailDrafts(tuple(files), tuple(missing))


def _by_person(due: DueList) -> dict[str, list[LaunchDuty]]:
    duties: dict[str, list[LaunchDuty]] = {}
    for one in due.duties:
        for person in one.duty.people:
            duties.setdefault(person, []).append(one)
    return duties


def _text(due: DueList, box: Mailbox, duties: list[LaunchDuty], language: Language) -> str:
    now = clock(due.now, due.zone, language)
    lines = [
        _GREETING.in_language(language).format(box.name.in_language(language)),
        "",
        _INTRODUCTION.in_language(language).format(now),
    ]
    for number, one in enumerate(duties, 1):
        lines += ["", f"{number}. {one.duty.what.in_language(language)}"]
        if len(one.duty.people) > 1:
            lines.append(f"   {_SHARED.in_language(language)}")
        lines += [f"   {_moment(due, one, language)}", f"   {launch_line(one, language)}"]
    return "\n".join(lines) + "\n"


def _moment(due: DueList, one: LaunchDuty, language: Language) -> str:
    moment = when(due, one, language)
    if due.is_overdue(one):
        return _OVERDUE.in_language(language).format(moment)
    return _BY.in_language(language).format(moment) if one.duty.by is not None else moment


def _file_name(person: str) -> str:
    """Return the id of a person as a file name: what is no letter, digit, `.`, `-` becomes `_`."""
    name = "".join(c if c.isascii() and (c.isalnum() or c in ".-") else "_" for c in person)
    return name.lstrip(".") or "_"
