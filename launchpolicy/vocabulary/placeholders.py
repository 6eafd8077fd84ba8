"""Texts that stand for an answer that is still missing: TBD, 待定, x, a row of dots."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from launchpolicy.vocabulary.placeholder_words import LATER, NOTHING

_KNOWN = LATER | NOTHING
_SHAPELESS = dict.fromkeys(map(ord, "\u115f\u1160\u3164\uffa0"))
"""Letters that are shown as nothing: Hangul fillers."""
_LEAST = 2


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
        or any(core == content_of(words) for words in more)
    )


def content_of(text: str) -> str:
    """Return the letters and digits of `text` that can be seen, in one width and one case."""
    composed = unicodedata.normalize("NFKC", text).casefold()
    return "".join(filter(str.isalnum, composed)).translate(_SHAPELESS)
