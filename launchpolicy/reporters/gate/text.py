"""Write the answer of the gate for a terminal or the log of a job."""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.engine.launches.start_conditions import (
    CONDITIONS,
    Condition,
    GateResult,
    Shortcoming,
)
from launchpolicy.reporters.gate import words
from launchpolicy.reporters.instants import as_written
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.reporters.text.cells import cells
from launchpolicy.reporters.text.wording import FIX, VERDICTS
from launchpolicy.reporters.text.writer import StyledText, TextWriter
from launchpolicy.vocabulary.names import Names

_INDENT = 4
_SHORT = 12


def render(result: GateResult, names: Names, view: ReaderView) -> Iterator[str]:
    """Yield the answer, then each condition on a line with what is missing below it."""
    writer = TextWriter(view)
    mark = VERDICTS[result.verdict]
    answer = writer.say(words.answer_of(result))
    lead = StyledText(f"{mark.symbol} {result.name}  ", mark.style)
    yield from writer.styled_lines(StyledText(answer, mark.style), 0, lead)
    yield from writer.paragraph(writer.say(result.title), 2)
    commit = result.commit[:_SHORT]
    moment = writer.say(words.AS_OF).format(as_written(result.now), result.branch, commit)
    yield from writer.styled_lines(StyledText(moment, "faint"), 2)
    if result.facts_from:
        facts = writer.say(words.FACTS_FROM).format(result.facts_from)
        yield from writer.styled_lines(StyledText(facts, "faint"), 2)
    yield "\n"
    width = max(cells(writer.say(title)) for title in CONDITIONS.values())
    for condition in result.conditions:
        yield from _condition(writer, condition, names, width)
    if result.is_trial:
        yield "\n"
        yield from writer.styled_lines(StyledText(writer.say(words.TRIAL), "warn"), 0)


def _condition(writer: TextWriter, condition: Condition, names: Names, width: int) -> Iterator[str]:
    state = words.mark_of(condition)
    title = writer.say(CONDITIONS[condition.id])
    padded = title + " " * (width - cells(title))
    lead = StyledText(f"{state.symbol} {padded}  ", state.style)
    yield from writer.paragraph(writer.say(condition.says), 0, lead)
    for number, shortcoming in enumerate(condition.shortcomings):
        following = condition.shortcomings[number + 1 : number + 2]
        is_last = not following or words.differ_in_fix(shortcoming, following[0])
        yield from _shortcoming(writer, condition, shortcoming, names, shows_fix=is_last)


def _shortcoming(
    writer: TextWriter,
    condition: Condition,
    shortcoming: Shortcoming,
    names: Names,
    *,
    shows_fix: bool,
) -> Iterator[str]:
    people = writer.say(words.who(shortcoming, names))
    message = writer.say(shortcoming.message)
    if shortcoming.policy:
        message = writer.say(words.CITED).format(message, shortcoming.policy)
    led = writer.say(words.LED)
    if shortcoming.message != condition.says:
        text = led.format(people, message) if people else message
        yield from writer.paragraph(text, _INDENT, StyledText("· "))
        people = ""
    if not shows_fix:
        return
    if place := words.where(shortcoming):
        yield from writer.styled_lines(StyledText(place, "faint"), _INDENT + 2)
    fix = writer.say(shortcoming.fix)
    text = led.format(people, fix) if people else fix
    yield from writer.paragraph(text, _INDENT, StyledText(f"{FIX} ", "hint"))
