"""Characters that act or do not show, instead of standing for themselves: the same for every sink.

Requests, paths and policies hold whatever their authors wrote (threats O1, O5, Y11, Y12). How such
a character is written instead is the business of each sink's own escaping function.
"""

from __future__ import annotations

from collections.abc import Callable

_SPACES = frozenset("\u00a0\u1680\u202f\u205f\u3000").union(map(chr, range(0x2000, 0x200B)))


def is_visible(text: str) -> bool:
    """Whether every character of `text` stands for itself; quick for ordinary text."""
    return text.isprintable() or all(map(_shows, text))


def reveal(text: str, written: Callable[[str], str]) -> list[str]:
    """One string per character of `text`: itself, or what `written` gives for a hidden one."""
    return [character if _shows(character) else written(character) for character in text]


def _shows(character: str) -> bool:
    # `isprintable` refuses controls, formats (bidi, zero width), surrogates, line separators,
    # private and unassigned characters; of the spaces only U+0020 pleases it.
    return character.isprintable() or character in _SPACES
