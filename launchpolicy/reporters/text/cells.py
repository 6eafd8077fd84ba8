"""Measure text in a terminal: Chinese characters take two cells, combining marks none."""

from __future__ import annotations

import functools
import unicodedata

_WIDE = frozenset("WF")
_MARKS = frozenset(("Mn", "Me"))


def cells(text: str) -> int:
    """Return the number of terminal cells that visible `text` takes (UAX #11; ambiguous: 1)."""
    return len(text) if text.isascii() else sum(map(cells_of, text))


@functools.lru_cache(maxsize=4096)
def cells_of(character: str) -> int:
    """Return 0 for a mark that joins the character before it, 2 for a wide one, else 1."""
    if unicodedata.category(character) in _MARKS or _joins_syllable(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in _WIDE else 1


def _joins_syllable(character: str) -> bool:
    """Return whether it is a medial or final Hangul letter, drawn into the syllable before."""
    return "\u1160" <= character <= "\u11ff" or "\ud7b0" <= character <= "\ud7ff"


def cut(text: str, width: int) -> tuple[str, str]:
    """Return `text` in two: what fits `width` cells, but at least one character, and the rest."""
    if text.isascii():
        at = max(width, 1)
        return text[:at], text[at:]
    used = 0
    for at, character in enumerate(text):
        used += cells_of(character)
        if used > width and at > 0:
            return text[:at], text[at:]
    return text, ""
