"""The fact `texts.placeholders`: texts that a rule relies on, and that say nothing.

Only what a text says counts, so width, case, punctuation and characters without a shape are taken
off first. A short text that says something ("pg_restore", "重启") is no placeholder.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import Any

from launchpolicy.documents.schema.schema import Schema
from launchpolicy.facts.marked_places import marked_values, text_places
from launchpolicy.facts.placeholder_words import BEGINNINGS, LATER, NOTHING
from launchpolicy.vocabulary.place import format_route

Data = Any
"""Plain data, as YAML and JSON know it."""

_FREE = "free"
_RELIED = "relied"
_LONGEST = 40
"""Characters of content; a longer text is not looked up, and says something."""
_FEW = 12
"""So many characters behind "待定" are still no content."""
_SHAPELESS = "\u115f\u1160\u3164\uffa0"
"""Letters that are shown as nothing: Hangul fillers."""
_REPEATED = re.compile(r"(.{1,2}?)\1{2,}|(.)\2*")


def placeholders(
    schema: Schema, data: Data, old: Data, own_words: Collection[str] = ()
) -> list[dict[str, str]]:
    """Return `{at, text, kind}` for each placeholder that `data` newly has, in document order.

    Args:
        schema: marks the places of texts.
        data: the request.
        old: its version before, None without one.
        own_words: further placeholders, from the configuration.
    """
    own = frozenset(_content(word) for word in own_words)
    blanks: list[dict[str, str]] = []
    for text in marked_values(schema.derive(text_places), data, old):
        kind = kind_of_placeholder(text.value, own, is_relied=text.mark == _RELIED)
        if kind and text.mark != _FREE:
            blanks.append({"at": format_route(text.route), "text": text.value, "kind": kind})
    return blanks


def kind_of_placeholder(
    text: str, own: Collection[str] = frozenset(), *, is_relied: bool = True
) -> str:
    """Return `blank`, `later` or `nothing`; "" for a text that says something.

    Args:
        text: as it was written.
        own: further placeholders, normalised.
        is_relied: whether a short answer or "none" says nothing here.
    """
    content = _content(text)
    if not content:
        return "blank"
    if len(content) > _LONGEST:
        return ""
    if content in own or _consists_of(content, LATER) or _begins_so(content):
        return "later"
    if not is_relied:
        return ""
    words = [word for word in map(_content, re.split(r"[\W_]+", text)) if word]
    is_said = not _consists_of(content, LATER | NOTHING) and not _REPEATED.fullmatch(content)
    if is_said and not all(_REPEATED.fullmatch(word) or word in NOTHING for word in words):
        return ""
    return "nothing"


def _content(text: str) -> str:
    """Return the letters and digits of `text`, in one width and one case."""
    composed = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in composed if _is_letter_or_digit(character))


def _is_letter_or_digit(character: str) -> bool:
    return unicodedata.category(character)[0] in "LN" and character not in _SHAPELESS


def _begins_so(content: str) -> bool:
    return any(content.startswith(word) and len(content) - len(word) <= _FEW for word in BEGINNINGS)


def _consists_of(content: str, words: Collection[str]) -> bool:
    """Whether `content` is words of the list, one behind the other."""
    reached = {0}
    for end in range(1, len(content) + 1):
        if any(content[start:end] in words for start in reached if end > start):
            reached.add(end)
    return len(content) in reached
