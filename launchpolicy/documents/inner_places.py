"""Where the characters of a scalar stand in its file, however the scalar is written."""

from __future__ import annotations

from collections.abc import Sequence

from launchpolicy.documents.decoding import LINE_BREAK
from launchpolicy.documents.positions import NodePosition, index
from launchpolicy.documents.reading import Document
from launchpolicy.vocabulary.place import Position, Route, Span

_BLOCK = frozenset({"|", ">"})
_QUOTES = frozenset({"'", '"'})
_SPACE = frozenset(" \t\n")


class InnerPlaces:
    """The places of parts of the scalars of one document, found at first use."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._lines: list[str] = LINE_BREAK.split(document.text)
        self._nodes: dict[Route, NodePosition] = index(document.text)
        self._positions: dict[Route, list[Position] | None] = {}

    def span(self, route: Route, value: str, start: int, end: int) -> Span:
        """Return where the characters of `value`, the scalar at `route`, stand in the file.

        `start` is the first of them, `end` the first that is no longer one. Where the text is
        written with escapes that stand for something else, it is the place of the whole scalar.
        """
        if route not in self._positions:
            self._positions[route] = _positions(self._lines, self._nodes[route], value)
        positions = self._positions[route]
        if positions is None or not start < end:
            return self._document.place(route).span
        last = positions[end - 1]
        return Span(positions[start], Position(last.line, last.column + 1))


def _positions(lines: Sequence[str], node: NodePosition, value: str) -> list[Position] | None:
    """Return the place of each character of a scalar; None where it is not written as it is."""
    line, column = node.value.start.line - 1, node.value.start.column - 1
    if node.style in _BLOCK:
        line, column = line + 1, 0
    elif node.style in _QUOTES:
        column += 1
    positions: list[Position] = []
    for character in value:
        if character in _SPACE:
            positions.append(Position(line + 1, column + 1))
            continue
        while line < len(lines) and not lines[line][column:].lstrip(" \t"):
            line, column = line + 1, 0
        if line >= len(lines):
            return None
        column += len(lines[line][column:]) - len(lines[line][column:].lstrip(" \t"))
        positions.append(Position(line + 1, column + 1))
        width = _width(lines[line], column, character, node.style)
        if not width:
            return None
        column += width
    return positions


def _width(line: str, column: int, character: str, style: str | None) -> int:
    """Return how many characters of a line stand for one of the value; 0 if they do not."""
    written = line[column : column + 2]
    if style == "'" and character == "'":
        return 2 if written == "''" else 0
    if style == '"' and written[:1] == "\\":
        return 2 if written[1:] == character and character in {'"', "\\"} else 0
    return 1 if written[:1] == character else 0
