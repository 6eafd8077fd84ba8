"""Entries stay within what a tile can hold, whatever a request writes, and say what was cut."""

from __future__ import annotations

import hashlib

from launchpolicy.ledger.entry import FORMAT_3, FORMAT_4, Entry
from launchpolicy.ledger.tiles import LONGEST

_MOST = 500
_HASH = 16
_LISTS = (
    "labels",
    "commits",
    "files",
    "problems",
    "evidence",
    "authors",
    "people",
    "hurdles",
    "approvals",
    "waivers",
)
"""What is shortened first is what says least: labels, then what can be looked up elsewhere."""

_LISTS_BEFORE = (
    "evidence",
    "commits",
    "files",
    "people",
    "problems",
    "hurdles",
    "approvals",
    "waivers",
)
"""The same for the first two formats, whose entries keep their bytes."""


def shorten(text: str) -> str:
    """Return a text of at most 500 characters; two that differ still do after it.

    Half a surrogate pair, which YAML can hold and UTF-8 cannot, becomes a replacement character.
    """
    clean = text if text.isascii() else text.encode("utf-8", "replace").decode()
    if len(clean) <= _MOST:
        return clean
    digest = hashlib.sha256(clean.encode()).hexdigest()[:_HASH]
    return f"{clean[: _MOST - _HASH - 2]}… {digest}"


def shorten_lists(entry: Entry) -> Entry:
    """Return the entry with lists cut in half until it fits; `shortened` counts what is left out.

    Before any list, messages go: to judge the landing again gives them back.

    Raises:
        ValueError: it does not fit even without lists, which no request can bring about.
    """
    left_out = 0
    lists = _LISTS if entry.format in {FORMAT_3, FORMAT_4} else _LISTS_BEFORE
    while len(entry.source) > LONGEST and any(hurdle.message for hurdle in entry.hurdles):
        entry, count = _with_half_of_the_messages(entry)
        left_out += count
        entry = entry.model_copy(update={"shortened": left_out})
    while len(entry.source) > LONGEST:
        name = next((field for field in lists if getattr(entry, field)), None)
        if name is None:
            message = f"an entry of {len(entry.source)} bytes"
            raise ValueError(message)
        items = getattr(entry, name)
        kept = items[: len(items) // 2]
        left_out += len(items) - len(kept)
        entry = entry.model_copy(update={name: kept, "shortened": left_out})
    return entry


def _with_half_of_the_messages(entry: Entry) -> tuple[Entry, int]:
    """Return the entry without the latter half of its messages, and how many those are."""
    numbers = [number for number, hurdle in enumerate(entry.hurdles) if hurdle.message]
    cut = frozenset(numbers[len(numbers) // 2 :])
    hurdles = tuple(
        hurdle.model_copy(update={"message": None}) if number in cut else hurdle
        for number, hurdle in enumerate(entry.hurdles)
    )
    return entry.model_copy(update={"hurdles": hurdles}), len(cut)
