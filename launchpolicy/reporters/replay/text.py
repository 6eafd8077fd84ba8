"""Write a replay for the terminal: each landing that is decided otherwise, and by which policy."""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.engine.analysis.decision_changes import (
    DecisionChange,
    OutcomeChange,
    Replay,
    ReplayedLanding,
)
from launchpolicy.reporters.instants import as_written
from launchpolicy.reporters.replay import wording
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.reporters.text.writer import StyledText, TextWriter
from launchpolicy.vocabulary.text import Text

_SHORT_ID = 10
_MARGIN = 2
_DEEPER = 4


def render(replay: Replay, view: ReaderView) -> Iterator[str]:
    """Yield what was compared, each landing that differs, and the numbers.

    Landings whose verdicts are equal although a policy differs are listed only if `verbose`.
    """
    writer = TextWriter(view)
    yield from writer.paragraph(writer.say(wording.basis(replay)), 0)
    for landing in replay.landings:
        yield from _landing(writer, landing)
    numbers = writer.say(wording.summary(replay))
    yield from writer.styled_lines(StyledText(numbers, "good" if replay.is_decided else "warn"), 0)
    for note in wording.notes(replay):
        yield from writer.paragraph(writer.say(note), 0, StyledText("! ", "warn"))


def _landing(writer: TextWriter, landing: ReplayedLanding) -> Iterator[str]:
    where = f"{landing.commit[:_SHORT_ID]}  {as_written(landing.at)}"
    if landing.problem is not None:
        problem, remedy = landing.problem
        words = f"{where}  {writer.say(wording.UNJUDGED)}: {writer.say(problem)}"
        yield from writer.paragraph(words, 0, StyledText("? ", "bad"))
        yield from writer.paragraph(writer.say(remedy), _MARGIN)
        return
    for decision in landing.decisions:
        if decision.is_otherwise or writer.view.verbose:
            yield from _decision(writer, where, decision)


def _decision(writer: TextWriter, where: str, decision: DecisionChange) -> Iterator[str]:
    lead = StyledText("· ", "faint")
    if decision.is_blocked_now:
        lead = StyledText("✗ ", "bad")
    elif decision.is_let_pass:
        lead = StyledText("✓ ", "good")
    elif decision.is_otherwise:
        lead = StyledText("~ ", "warn")
    before, after = map(wording.verdict_words, (decision.before, decision.after))
    verdicts = f"{writer.say(before)} → {writer.say(after)}"
    yield from writer.paragraph(f"{where}  {decision.name}: {verdicts}", 0, lead)
    yield from writer.paragraph(decision.path, _MARGIN)
    for change in decision.changes:
        yield from writer.paragraph(_change(writer, change), _DEEPER)


def _change(writer: TextWriter, change: OutcomeChange) -> str:
    before, after = map(wording.outcome_words, (change.before, change.after))
    words = f"{change.policy}: {writer.say(before)} → {writer.say(after)}"
    if change.place is not None:
        words += f"  {change.place}"
    return f"{words}  {writer.say(change.message or Text('', ''))}".rstrip()
