"""Characters that are not seen, or that change how others are seen: found once, for every sink.

Requests, paths and policies hold whatever their authors wrote (threats O1, O5, Y11, Y12). How such
a character is written instead is the business of each sink's own escaping function.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_SPACES = frozenset("\u00a0\u1680\u202f\u205f\u3000").union(map(chr, range(0x2000, 0x200B)))
# Invisible although Python calls them printable: the rest of Unicode's Default_Ignorable_Code_Point
# (DerivedCoreProperties) but for U+FE0E and U+FE0F, which choose between a sign and its emoji.
_IGNORABLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0d\uffa0\U000e0100-\U000e01ef]"
)


def is_visible(text: str) -> bool:
    """Whether every character of `text` shows as itself; quick for ordinary text."""
    if text.isascii():
        return text.isprintable()
    return (text.isprintable() or all(map(_shows, text))) and not _IGNORABLE.search(text)


def reveal(text: str, written: Callable[[str], str]) -> list[str]:
    """One string per character of `text`: itself, or what `written` gives for a hidden one."""
    return [
        character if _shows(character) and not _IGNORABLE.match(character) else written(character)
        for character in text
    ]


def _shows(character: str) -> bool:
    # `isprintable` refuses controls, formats (bidi, zero width), surrogates, line separators,
    # private and unassigned characters; of the spaces only U+0020 pleases it.
    return character.isprintable() or character in _SPACES
