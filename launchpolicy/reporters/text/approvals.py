"""What became of every approval, and the waiver that lets a complaint pass."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from launchpolicy.reporters.instants import as_written
from launchpolicy.reporters.text import wording
from launchpolicy.reporters.text.writer import StyledText, TextWriter
from launchpolicy.vocabulary.approval import AppliedWaiver, ApprovalOutcome
from launchpolicy.vocabulary.finding import Judgement

_STEP = 2


def stories(pen: TextWriter, told: Sequence[ApprovalOutcome], indent: int) -> Iterator[str]:
    """Who, from where and when; below it, counted or why not."""
    if told:
        yield from pen.paragraph(pen.say(wording.STORIES), indent)
    inner = indent + _STEP
    for story in told:
        mark = wording.COUNTED_IN if story.counted else wording.NOT_COUNTED
        pieces = [
            StyledText(f"{' ' * inner}{mark.symbol} {story.by}", mark.style),
            *(
                StyledText(word, "faint")
                for word in (story.source, story.where, as_written(story.at))
            ),
        ]
        yield from pen.flow(pieces, inner + _STEP)
        yield from pen.paragraph(pen.say(story.reason), inner + _STEP)


def approvers(pen: TextWriter, judgement: Judgement, indent: int) -> Iterator[str]:
    """Whose approvals a request rests on, each person once with what they counted as."""
    counted: dict[str, dict[str, None]] = {}
    for result in judgement.results:
        for story in result.stories:
            if story.counted:
                counted.setdefault(story.by, {}).update(dict.fromkeys(filter(None, [story.role])))
    parted = pen.say(wording.PARTED)
    named = [
        pen.say(wording.CITED).format(by, parted.join(roles)) if roles else by
        for by, roles in counted.items()
    ]
    if named:
        lead = StyledText(f"{' ' * indent}{pen.say(wording.APPROVED_BY)}", "faint")
        yield from pen.styled(StyledText(parted.join(named)), 0, lead)


def waiver(pen: TextWriter, waived: AppliedWaiver, indent: int) -> Iterator[str]:
    """Which waiver, until when, who answers for it and why."""
    words = pen.say(wording.UNDER).format(
        name=waived.name,
        path=waived.path,
        expires=as_written(waived.expires),
        owner=waived.owner,
        reason=pen.say(waived.reason),
    )
    yield from pen.paragraph(words, indent)
