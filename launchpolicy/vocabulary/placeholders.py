"""Texts that stand for an answer that is still missing: TBD, 待定, x, a row of dots."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from launchpolicy.vocabulary.placeholder_words import LATER, NOTHING

_KNOWN = LATER | NOTHING
_SHAPELESS = dict.fromkeys(map(ord, "\u115f\u1160\u3164\uffa0\U00013441\U00013442"))
"""Letters that are shown as nothing: Hangul fillers and the blanks of Egyptian hieroglyphs."""

_WITHOUT_INK = ("C", "Z", "M")
_BLANK_SIGNS = frozenset("\u2800\U0001d159")
"""The pattern of Braille without a dot, and a note of music without a head."""
_LEAST = 2
_LATIN = str.maketrans(
    "авсԁеғԍнһіјкӏмпорԛгѕтцѵԝхуьёαβεζηικμνορτυχγᴀʙᴄᴅᴇᴏᴛ",
    "abcdefghhijklmnopqrstuvwxybeabezhikmnoptuxyabcdeot",
)
"""Letters of Cyrillic and Greek, and small capitals, that look like a letter of Latin."""


def look_of(content: str) -> str:
    """Return what `content_of` gave as it looks: with letters of Latin in place of their twins."""
    return content if content.isascii() else content.translate(_LATIN)


def is_placeholder(text: str, more: Collection[str] = ()) -> bool:
    """Return whether a text says nothing: a known placeholder, one character, or none that shows.

    Case, width, spaces and punctuation make no difference.

    Args:
        text: what was written.
        more: further placeholders, as the configuration lists them.
    """
    core = content_of(text)
    return (
        len(core) < _LEAST
        or len(set(core)) == 1
        or core in _KNOWN
        or look_of(core) in _KNOWN
        or any(core == content_of(words) for words in more)
    )


def content_of(text: str) -> str:
    """Return the letters and digits of `text` that can be seen, in one width and one case."""
    if text.isascii():  # in one width already, and every letter shows
        return "".join(filter(str.isalnum, text)).lower()
    composed = unicodedata.normalize("NFKC", text)
    # First what shows, then its case: a mark such as U+0345 has a letter as its lower case.
    shown = "".join(filter(str.isalnum, composed)).translate(_SHAPELESS)
    return "".join(filter(str.isalnum, shown.casefold()))


def shows_nothing(text: str) -> bool:
    """Return whether no character of `text` leaves a trace on a page by itself.

    Controls, format characters, spaces, marks, unassigned and private codes, fillers and blank
    signs leave none; punctuation and emoji do.
    """
    return all(
        unicodedata.category(character)[0] in _WITHOUT_INK
        or ord(character) in _SHAPELESS
        or character in _BLANK_SIGNS
        for character in text
    )
