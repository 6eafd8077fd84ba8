"""Expressions as a tree of lines: each part with its value and its place in the request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from launchpolicy.documents.inner_places import InnerPlaces
from launchpolicy.engine.analysis.explained_expression import ExplainedExpression, ExplainedPart
from launchpolicy.reporters.explanation import words
from launchpolicy.reporters.explanation.values import written_values
from launchpolicy.reporters.text.cells import cells, cut
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.reporters.text.writer import Style, StyledText, TextWriter
from launchpolicy.vocabulary.place import Place, format_route

_ARROW = " → "
_NARROWEST = 20
_DEEPEST = 12
"""Levels of parts; what lies below is part of the text that is shown."""


class _LinePrefixes(NamedTuple):
    """How the lines of a part begin: the first, and those below it."""

    first: str
    others: str


class ExpressionTree:
    """Writes expressions; `places` are those of the policy's file, where it is known."""

    def __init__(self, writer: TextWriter, places: InnerPlaces | None) -> None:
        self._writer = writer
        self._places = places

    def lines(self, explained: ExplainedExpression, indent: int, *, in_full: bool) -> Iterator[str]:
        """Yield the lines of an expression, with `in_full` of its parts as well."""
        margin, writer = " " * indent, self._writer
        levels = _DEEPEST if in_full else 0
        yield from self._part(explained, explained.root, _LinePrefixes(margin, margin), levels)
        if explained.problem:
            problem = f"{writer.say(words.NO_ANSWER)}: {explained.problem}"
            yield from writer.styled_lines(StyledText(problem, "bad"), indent)

    def _part(
        self,
        explained: ExplainedExpression,
        part: ExplainedPart,
        branch: _LinePrefixes,
        levels: int,
    ) -> Iterator[str]:
        parts = part.parts if levels and _was_reached(part) else ()
        yield from self._line(explained, part, branch, has_parts=bool(parts))
        last = len(parts) - 1
        for number, child in enumerate(parts):
            own, below = ("└ ", "  ") if number == last else ("├ ", "│ ")
            deeper = _LinePrefixes(branch.others + own, branch.others + below)
            yield from self._part(explained, child, deeper, levels - 1)

    def _line(
        self,
        explained: ExplainedExpression,
        part: ExplainedPart,
        branch: _LinePrefixes,
        *,
        has_parts: bool,
    ) -> Iterator[str]:
        """Yield a part in a line: its text is cut where there is no room, its value is not."""
        writer = self._writer
        value = escape(_value(writer, part))
        arrow = _ARROW if value else ""
        text, place = escape(part.text), escape(_place(writer, part.place))
        where = self._policy_place(explained, part)
        room = writer.view.width - sum(map(cells, (branch.first, arrow, value, where)))
        fits = bool(place) and room - cells(place) - 2 >= min(cells(text), room // 2)
        if fits:
            room -= cells(place) + 2
        pieces = [
            StyledText(branch.first, "faint"),
            StyledText(_cut(text, max(room, _NARROWEST)), "strong" if has_parts else "plain"),
            StyledText(arrow, "faint"),
            StyledText(value, _style(part)),
        ]
        if fits:
            pieces += [StyledText("  "), StyledText(place, "hint")]
        yield writer.line(*pieces, StyledText(where, "faint"))
        if place and not fits:
            below = branch.others + ("│ " if has_parts else "  ")
            yield writer.line(StyledText(below, "faint"), StyledText(place, "hint"))

    def _policy_place(self, explained: ExplainedExpression, part: ExplainedPart) -> str:
        """Return line and column of a part in the policy's file, whose path stands above."""
        if self._places is None:
            return ""
        start = self._places.span(explained.route, explained.text, part.start, part.end).start
        return f"  [{start.line}:{start.column}]"


def _was_reached(part: ExplainedPart) -> bool:
    """Return whether the library evaluated a part, or something in it."""
    return bool(part.values) or any(map(_was_reached, part.parts))


def _value(writer: TextWriter, part: ExplainedPart) -> str:
    if part.values:
        return written_values(part.values, part.value_count)
    if part.place is not None and part.place.missing:
        return writer.say(words.NOT_THERE)
    return writer.say(words.NOT_EVALUATED) if part.is_noted else ""


def _style(part: ExplainedPart) -> Style:
    if not part.values:
        return "faint"
    if all(value is True for value in part.values):
        return "good"
    return "bad" if any(value is False for value in part.values) else "plain"


def _place(writer: TextWriter, place: Place | None) -> str:
    if place is None:
        return ""
    missing = format_route(place.missing)
    return f"{place}" + (f" ({writer.say(words.NOT_THERE)}: {missing})" if missing else "")


def _cut(text: str, room: int) -> str:
    return text if cells(text) <= room else f"{cut(text, room - 1)[0]}…"
