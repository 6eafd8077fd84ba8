"""Write whether each approval counted, and the waiver that lets a complaint pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from launchpolicy.reporters.instants import as_written
from launchpolicy.reporters.text import wording
from launchpolicy.reporters.text.writer import StyledText, TextWriter
from launchpolicy.vocabulary.finding import Judgement

if TYPE_CHECKING:  # loaded only where approvals are counted, or a waiver applies
    from launchpolicy.vocabulary.approval import AppliedWaiver, ApprovalOutcome

_STEP = 2


def stories(writer: TextWriter, outcomes: Sequence[ApprovalOutcome], indent: int) -> Iterator[str]:
    """Yield who approved, from where and when; below it, counted or why not."""
    if outcomes:
        yield from writer.paragraph(writer.say(wording.STORIES), indent)
    inner = indent + _STEP
    for story in outcomes:
        mark = wording.COUNTED_IN if story.counted else wording.NOT_COUNTED
        pieces = [
            StyledText(f"{' ' * inner}{mark.symbol} {_person(writer, story.by)}", mark.style),
            *(
                StyledText(word, "faint")
                for word in (story.source, story.where, as_written(story.at))
            ),
        ]
        yield from writer.flow(pieces, inner + _STEP)
        yield from writer.paragraph(writer.say(story.reason), inner + _STEP)


def approvers(writer: TextWriter, judgement: Judgement, indent: int) -> Iterator[str]:
    """Yield whose approvals a request rests on, each person once with their roles."""
    roles_by_person: dict[str, dict[str, None]] = {}
    for result in judgement.results:
        for story in result.stories:
            if story.counted:
                roles_by_person.setdefault(story.by, {}).update(
                    dict.fromkeys(filter(None, [writer.say(story.capacity)]))
                )
    people = [_person(writer, by, *roles) for by, roles in roles_by_person.items()]
    if people:
        lead = StyledText(f"{' ' * indent}{writer.say(wording.APPROVED_BY)}", "faint")
        text = writer.say(wording.PARTED).join(people)
        yield from writer.styled_lines(StyledText(text), 0, lead)


def _person(writer: TextWriter, identifier: str, *roles: str) -> str:
    """Return a person's name as people write it, then the id and any roles."""
    name, details = writer.people.get(identifier), [identifier, *roles]
    shown = writer.say(name) if name is not None else details.pop(0)
    if not details:
        return shown
    return writer.say(wording.CITED).format(shown, writer.say(wording.PARTED).join(details))


def waiver(writer: TextWriter, applied: AppliedWaiver, indent: int) -> Iterator[str]:
    """Yield which waiver, until when, who answers for it and why."""
    words = writer.say(wording.UNDER).format(
        name=applied.name,
        path=applied.path,
        expires=as_written(applied.expires),
        owner=_person(writer, applied.owner),
        reason=writer.say(applied.reason),
    )
    yield from writer.paragraph(words, indent)
