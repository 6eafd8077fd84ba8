"""Find characters that act or do not show, instead of standing for themselves.

Requests, paths and policies hold whatever their authors wrote (threats O1, O5, Y11, Y12). How such
a character is written instead is the business of each sink's own escaping function.
"""

from __future__ import annotations

from collections.abc import Callable

_SPACES = frozenset("\u00a0\u1680\u202f\u205f\u3000").union(map(chr, range(0x2000, 0x200B)))
_MAYBE_IN_EMOJI = frozenset("\u200d").union(map(chr, range(0xE0020, 0xE0080)))


def is_visible(text: str) -> bool:
    """Return whether every character of `text` stands for itself; quick for ordinary text."""
    return text.isprintable() or all(map(_shows, text)) or _is_shown_with_emoji(text)


def reveal(text: str, written: Callable[[str], str]) -> list[str]:
    """Return one string per character: itself, or what `written` gives for a hidden one."""
    emoji_positions = (
        _emoji_positions(text) if _MAYBE_IN_EMOJI.intersection(text) else frozenset[int]()
    )
    return [
        character if _shows(character) or at in emoji_positions else written(character)
        for at, character in enumerate(text)
    ]


def _is_shown_with_emoji(text: str) -> bool:
    """Return whether the only characters that do not show are those inside of emoji."""
    if not _MAYBE_IN_EMOJI.intersection(text):
        return False
    emoji_positions = _emoji_positions(text)
    return all(_shows(character) or at in emoji_positions for at, character in enumerate(text))


def _emoji_positions(text: str) -> frozenset[int]:
    from launchpolicy.vocabulary.emoji import positions  # noqa: PLC0415 (few texts have any)

    return positions(text)


def _shows(character: str) -> bool:
    # `isprintable` refuses controls, formats (bidi, zero width), surrogates, line separators,
    # private and unassigned characters; of the spaces only U+0020 pleases it.
    return character.isprintable() or character in _SPACES
