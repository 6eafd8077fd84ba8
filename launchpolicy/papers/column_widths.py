"""Widths of the columns of a table, by what stands in them.

First every column gets room for the longest piece that must not be broken (a number, an address, a
word), then the rest is shared by how much text each has.
"""

from __future__ import annotations

import re
import unicodedata

from launchpolicy.papers.paper_blocks import LINE_BREAK, PaperTable, text_of_runs

_SIGNATURES = (18.0, 14.0, 24.0, 17.0, 10.0, 17.0)
"""The third holds both answers on one line, in either language."""
_LONGEST_PIECE = 39.0
"""A half of a digest, which papers write on two lines."""
_WIDE_LETTERS = 1.2
"""Widths of a Latin letter in wide fonts (DejaVu Serif), in half-width characters."""
_MOST_TEXT = 70.0
_SHORT_CELLS = (24.0, 14.0, 8.0)
"""Cells no wider than this stay on one line; the first that leaves enough room counts."""

_PADDING = 2.6
_LINE = 96.0
"""Halves of a full-width character that fit in a line of a portrait page, roughly."""


def widths_of(table: PaperTable, *, line: float = _LINE) -> tuple[float, ...]:
    """Return the width of each column in percent; together they are 100.

    `line` is how many half-width characters fit beside each other on the page.
    """
    columns = max(map(len, table.rows), default=0)
    if table.style == "signatures" and columns == len(_SIGNATURES):
        return _SIGNATURES
    texts = [
        [_text_to_measure(table, number, column) for number in range(len(table.rows))]
        for column in range(columns)
    ]
    least = _least(texts, line)
    full = [_PADDING + max(map(_longest_line, column), default=0.0) for column in texts]
    full = [max(narrow, wide) for narrow, wide in zip(least, full, strict=True)]
    if sum(least) >= line:
        return _percent(least)
    if sum(full) <= line:
        return _percent(full)
    room = line - sum(least)
    more = [wide - narrow for narrow, wide in zip(least, full, strict=True)]
    shares = [room * one / sum(more) for one in more]
    return _percent([narrow + share for narrow, share in zip(least, shares, strict=True)])


def _text_to_measure(table: PaperTable, number: int, column: int) -> str:
    """Return the text of a cell; a label, whose letters are bold, a little wider than it is."""
    row = table.rows[number]
    text = text_of_runs(row[column]) if column < len(row) else ""
    is_label = column % 2 == 0 if table.style == "pairs" else number == 0
    return f"{text}mm" if is_label and text and text.isascii() else text


def _least(texts: list[list[str]], line: float) -> list[float]:
    """Return the least width of each column: short cells on one line, as far as there is room."""
    least: list[float] = []
    for whole in _SHORT_CELLS:
        least = [
            _PADDING + max((_piece(text, whole) for text in one), default=0.0) for one in texts
        ]
        if sum(least) <= line:
            break
    return least


def _piece(text: str, whole: float) -> float:
    width = _longest_line(text)
    return width if width <= whole else _longest_piece(text)


def _percent(widths: list[float]) -> tuple[float, ...]:
    whole = sum(widths) or 1.0
    return tuple(round(100 * width / whole, 1) for width in widths)


def text_width(text: str) -> float:
    """Return the width of a text in half-width characters."""
    return float(sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text))


def _longest_line(text: str) -> float:
    return min(_MOST_TEXT, max(map(_printed_width, text.split(LINE_BREAK)), default=0.0))


def _printed_width(text: str) -> float:
    """Return the width of a text in half-width characters, in a font with wide Latin letters."""
    return sum(2 if text_width(one) > 1 else _WIDE_LETTERS for one in text)


def _longest_piece(text: str) -> float:
    """Return the width of the longest piece: Latin up to a space, Chinese by four characters."""
    pieces = re.split(r"[\s\u2028]+|(?<=[^\x00-\u02ff])|(?=[^\x00-\u02ff])", text)
    latin = max(map(_printed_width, pieces), default=0.0)
    chinese = min(8.0, _longest_line(text)) if re.search("[\u3400-\u9fff]", text) else 0.0
    return min(_LONGEST_PIECE, max(latin, chinese))
