"""Wrap text into lines of a given width, in either language.

English breaks at spaces. Chinese has none and breaks between characters, except before closing and
after opening punctuation (the rule of JIS X 4051 and GB/T 15834). The backticks of code stay with
what they enclose. A word that is longer than a line is cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from launchpolicy.reporters.text.cells import cells, cells_of, cut

NEVER_FIRST = frozenset("，。、；：！？）】》〉」』”’…—～·％‰℃,.;:!?)]}%")
NEVER_LAST = frozenset("（【《〈「『“‘([{")

_WORD = r"( *)([^ ]+)"


def wrap(text: str, width: int) -> list[str]:
    """Return `text` in lines of at most `width` cells; at least one line, maybe empty."""
    text = text.strip(" ")
    if cells(text) <= width:
        return [text]
    lines: list[str] = []
    line, used = "", 0
    for gap, piece in _pieces(text):
        size = cells(piece)
        if line and used + len(gap) + size <= width:
            line += gap + piece
            used += len(gap) + size
            continue
        if line:
            lines.append(line)
        *full, line = _in_parts(piece, width)
        lines += full
        used = cells(line)
    return [*lines, line]


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield what must stay together, each with the spaces before it."""
    is_code = False
    for gap, word in re.findall(_WORD, text):
        if word.isascii():
            yield gap, word
        else:
            first, *others = _breakable(word, is_code=is_code)
            yield gap, first
            yield from (("", other) for other in others)
        is_code ^= word.count("`") % 2 == 1


def _breakable(word: str, *, is_code: bool) -> Iterator[str]:
    """Yield the word between its break opportunities; `is_code` says that it begins within code."""
    start = 0
    for at in range(1, len(word)):
        is_code ^= word[at - 1] == "`"
        is_closed = is_code and word[at] == "`"
        is_opened = is_code and word[at - 1] == "`"
        if not is_closed and not is_opened and _may_break(word[at - 1], word[at]):
            yield word[start:at]
            start = at
    yield word[start:]


def _may_break(left: str, right: str) -> bool:
    wide = cells_of(left) == 2 or cells_of(right) == 2  # noqa: PLR2004 (cells of a wide character)
    return wide and cells_of(right) > 0 and right not in NEVER_FIRST and left not in NEVER_LAST


def _in_parts(piece: str, width: int) -> list[str]:
    parts: list[str] = []
    while cells(piece) > width:
        part, piece = cut(piece, width)
        if not piece:  # a single character that is wider than the line
            return [*parts, part]
        parts.append(part)
    return [*parts, piece]
