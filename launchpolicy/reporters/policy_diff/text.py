"""Write a difference of rules for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.engine.analysis.policy_differences import (
    WEAKER,
    PolicyDifference,
    RulesDifference,
)
from launchpolicy.reporters.policy_diff import wording
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.reporters.text.writer import Style, StyledText, TextWriter

_MARGIN = 2
_DEEPER = 4
_SHORT_ID = 10


def render(difference: RulesDifference, view: ReaderView) -> Iterator[str]:
    """Yield what was compared, each policy that differs, and the numbers."""
    writer = TextWriter(view)
    yield from writer.paragraph(writer.say(wording.basis(difference)), 0)
    for policy in difference.policies:
        yield from _policy(writer, policy)
    numbers = writer.say(wording.summary(difference))
    style: Style = "bad" if difference.is_weaker else "good"
    yield from writer.styled_lines(StyledText(numbers, style), 0)
    for note in difference.notes:
        yield from writer.paragraph(writer.say(note), 0, StyledText("! ", "warn"))


def _policy(writer: TextWriter, policy: PolicyDifference) -> Iterator[str]:
    sign, words = wording.DIRECTIONS[policy.direction]
    is_weaker = policy.direction in WEAKER
    lead = StyledText(f"{sign} ", "bad" if is_weaker else "strong")
    yield from writer.paragraph(f"{policy.pack}/{policy.policy}: {writer.say(words)}", 0, lead)
    for remark in wording.remarks(policy):
        yield from writer.paragraph(writer.say(remark), _MARGIN)
    for request in policy.requests:
        yield from writer.paragraph(writer.say(wording.request_line(request)), _MARGIN)
        if request.neighbour:
            yield from writer.paragraph(writer.say(wording.NEIGHBOUR), _MARGIN)
        for line in wording.request_lines(request):
            yield writer.line(StyledText(" " * _DEEPER + line, _style_of(line)))
        for sentence in request.files:
            yield from writer.paragraph(writer.say(sentence), _DEEPER)
    if policy.landings:
        yield from writer.paragraph(writer.say(wording.landings_line(policy)), _MARGIN)
        for commit, path in policy.landings[: wording.MOST_LANDINGS]:
            yield from writer.paragraph(f"{commit[:_SHORT_ID]}  {path}", _DEEPER)
        more = len(policy.landings) - wording.MOST_LANDINGS
        if more > 0:
            yield from writer.paragraph(f"+ {more}", _DEEPER)


_STYLES: dict[str, Style] = {"+": "bad", "-": "good"}


def _style_of(line: str) -> Style:
    """Return the style of a line of a request: of this one, or of the one that passes."""
    return _STYLES.get(line[:1], "plain")
