"""Make every line of the text report: escaped, wrapped, coloured, and inert.

Nothing else in this folder puts text into a line, so nothing reaches a terminal unescaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, Literal

from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.reporters.text.cells import cells
from launchpolicy.reporters.text.escaping import escape, inert
from launchpolicy.reporters.text.wrapping import wrap
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.text import Text

Style = Literal["plain", "strong", "faint", "good", "bad", "warn", "hint"]

_SGR: dict[Style, str] = {  # ECMA-48 section 8.3.117
    "strong": "1",
    "faint": "2",
    "good": "1;32",
    "bad": "1;31",
    "warn": "1;33",
    "hint": "36",
}
NO_NAMES: Final[Mapping[str, Text]] = MappingProxyType({})

_LONGEST = 2000
_NARROWEST = 16
_GAP = "  "


class StyledText(NamedTuple):
    """A stretch of a line in one style."""

    text: str
    style: Style = "plain"


class TextWriter(NamedTuple):
    """Writes lines, with their line breaks, for one view; it knows people by their names."""

    view: ReaderView
    people: Mapping[str, Text] = NO_NAMES

    def say(self, text: Text) -> str:
        """Return the half of `text` that the reader reads."""
        return text.in_language(self.view.language)

    def line(self, *pieces: StyledText) -> str:
        """Return one line, never wrapped; for what is laid out already."""
        return inert("".join(map(self._paint, pieces)).rstrip()) + "\n"

    def paragraph(self, text: str, indent: int, lead: StyledText | None = None) -> Iterator[str]:
        """Yield wrapped text that hangs below its first line, to the right of `lead`."""
        yield from self.styled_lines(StyledText(text), indent, lead)

    def styled_lines(
        self, piece: StyledText, indent: int, lead: StyledText | None = None
    ) -> Iterator[str]:
        """Yield wrapped text in a style, hanging like a paragraph."""
        lead = lead or StyledText("")
        margin = indent + cells(lead.text)
        room = max(self.view.width - margin, _NARROWEST)
        first, *others = wrap(_shorten(escape(piece.text)), room)
        yield self.line(StyledText(" " * indent), lead, StyledText(first, piece.style))
        for other in others:
            yield self.line(StyledText(" " * margin), StyledText(other, piece.style))

    def flow(
        self, pieces: list[StyledText], indent: int, lead: StyledText | None = None
    ) -> Iterator[str]:
        """Yield pieces side by side, each whole; what does not fit goes to the next line."""
        row = [lead] if lead is not None else []
        used = cells(lead.text) if lead is not None else 0
        first = True
        for text, style in pieces:
            piece = StyledText(escape(text), style)
            size = cells(piece.text)
            if not first and used + len(_GAP) + size > self.view.width:
                yield self.line(*row)
                row, used = [StyledText(" " * indent)], indent
            elif not first:
                row.append(StyledText(_GAP))
                used += len(_GAP)
            row.append(piece)
            used += size
            first = False
        yield self.line(*row)

    def _paint(self, piece: StyledText) -> str:
        text = escape(piece.text)
        code = _SGR.get(piece.style)
        return f"\x1b[{code}m{text}\x1b[0m" if code and text and self.view.colour else text


def _shorten(text: str) -> str:
    """Return a very long message cut, so that it does not push the rest away."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
