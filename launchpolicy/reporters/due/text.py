"""The due list for a terminal: by person, what is overdue first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from launchpolicy.engine.launches.due_list import DueList, LaunchDuty
from launchpolicy.reporters.due.words import clock, launch_line, persons, when
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.reporters.text.writer import StyledText, TextWriter
from launchpolicy.vocabulary.text import Text

_HEAD: Final = Text(
    "Due on {}, over the open launches of {}", "截至 {} 的待办事项（受保护分支 {}）"
)
_OVERDUE: Final = Text("{}, overdue", "{}（已逾期）")
_ROLE: Final = Text("as {}", "{}")
_UNREADABLE: Final = Text("Requests that cannot be read:", "无法读取的申请：")
_NOTHING: Final = Text("Nothing is due.", "没有待办事项。")
_ON_BRANCH: Final = Text("{} on branch {}", "分支 {1} 上的 {0}")


def render(due: DueList, view: ReaderView) -> Iterator[str]:
    """Yield the list: a part for each person, with the most urgent duty first."""
    writer = TextWriter(view)
    moment = clock(due.now, due.zone, view.language)
    yield writer.line(StyledText(writer.say(_HEAD).format(moment, due.branch), "strong"))
    if not due.duties and not due.unreadable:
        yield writer.line(StyledText(writer.say(_NOTHING), "good" if due.is_whole else "plain"))
    for people, duties in by_people(due).items():
        yield "\n" + writer.line(StyledText(persons(due, people, view.language), "strong"))
        for one in duties:
            yield from _lines(writer, due, one)
    if due.unreadable:
        yield "\n" + writer.line(StyledText(writer.say(_UNREADABLE), "bad"))
    for request in due.unreadable:
        place = request.path
        if request.branch:
            place = writer.say(_ON_BRANCH).format(request.path, request.branch)
        yield from writer.paragraph(
            writer.say(request.problem), 2, StyledText(f"✗ {place}  ", "bad")
        )
    if due.notes:
        yield "\n"
    for note in due.notes:
        yield from writer.styled_lines(StyledText(writer.say(note), "faint"), 0)


def by_people(due: DueList) -> dict[tuple[str, ...], list[LaunchDuty]]:
    """Return the duties by those who can do them; who has the most urgent one comes first."""
    duties: dict[tuple[str, ...], list[LaunchDuty]] = {}
    for one in due.duties:
        duties.setdefault(one.duty.people, []).append(one)
    return duties


def _lines(writer: TextWriter, due: DueList, one: LaunchDuty) -> Iterator[str]:
    language = writer.view.language
    moment = when(due, one, language)
    is_overdue = due.is_overdue(one)
    lead = writer.say(_OVERDUE).format(moment) if is_overdue else moment
    what = writer.say(one.duty.what)
    if one.duty.role:
        role = due.names.name_of("roles", one.duty.role).in_language(language)
        as_role = writer.say(_ROLE).format(role)
        what = f"{what} ({as_role})" if language == "en" else f"{what}（{as_role}）"
    mark = StyledText(f"{'✗' if is_overdue else '•'} {lead}  ", "bad" if is_overdue else "warn")
    yield from writer.paragraph(what, 2, mark)
    yield from writer.styled_lines(StyledText(launch_line(one, language), "faint"), 4)
