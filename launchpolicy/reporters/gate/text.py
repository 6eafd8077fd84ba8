"""Write the answer of the gate for a terminal or the log of a job."""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.engine.start_conditions import CONDITIONS, Condition, GateResult, Shortcoming
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
    state = words.STATES[condition.state]
    title = writer.say(CONDITIONS[condition.id])
    padded = title + " " * (width - cells(title))
    lead = StyledText(f"{state.symbol} {padded}  ", state.style)
    yield from writer.paragraph(writer.say(condition.says), 0, lead)
    for shortcoming in condition.shortcomings:
        yield from _shortcoming(writer, condition, shortcoming, names)


def _shortcoming(
    writer: TextWriter, condition: Condition, shortcoming: Shortcoming, names: Names
) -> Iterator[str]:
    if shortcoming.message != condition.says:
        policy = f" ({shortcoming.policy})" if shortcoming.policy else ""
        text = f"{writer.say(shortcoming.message)}{policy}"
        yield from writer.paragraph(text, _INDENT, StyledText("· "))
    if place := words.where(shortcoming):
        yield from writer.styled_lines(StyledText(place, "faint"), _INDENT + 2)
    people = writer.say(words.who(shortcoming, names))
    fix = writer.say(shortcoming.fix)
    yield from writer.paragraph(
        f"{people}: {fix}" if people else fix, _INDENT, StyledText(f"{FIX} ", "hint")
    )
