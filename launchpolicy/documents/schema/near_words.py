"""Words that are probably a misspelt known one: `requird`, `patern`, `min_length`.

A keyword that nobody knows says nothing; one that was meant to be known would pass everything.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection
from typing import Final

_SEPARATORS: Final = re.compile(r"[\s_-]")
_LONGEST: Final = 80
_SHORT = 4
_OTHER_WORDS: Final = {
    "property": "properties",
    "maxlen": "maxLength",
    "minlen": "minLength",
}
"""What people write for a known word without a slip."""


@functools.lru_cache(maxsize=4096)
def near_word(name: str, known: Collection[str]) -> str | None:
    """Return the known word that `name` is a misspelt form of; None if it is none."""
    if name in known or len(name) > _LONGEST:
        return None
    plain = _plain(name)
    if _OTHER_WORDS.get(plain) in known:
        return _OTHER_WORDS[plain]
    near = [
        (_distance(plain, _plain(word)), word)
        for word in known
        if plain == _plain(word) or _is_slip(plain, _plain(word))
    ]
    return min(near)[1] if near else None


def _plain(word: str) -> str:
    return _SEPARATORS.sub("", word).lower()


def _is_slip(name: str, word: str) -> bool:
    """Return whether a word of some length differs by a letter or two, which are slips."""
    if len(word) < _SHORT:
        return False
    most = _most_slips(word)
    if abs(len(name) - len(word)) > most or len(name) < _SHORT - 1:
        return False
    distance = _distance(name, word)
    if len(word) == _SHORT and len(name) == _SHORT:  # `then` and `when` are two words
        return distance <= 1 and sorted(name) == sorted(word)
    return distance <= most


def _most_slips(word: str) -> int:
    """Return how many slips a word may hold: of eight letters two, of twenty four."""
    return max(1, (len(word) + 4) // 6)


def _distance(one: str, other: str) -> int:
    """Return how many letters must be put in, left out, changed or swapped with the next."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for index, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [index]
        for place, aim in enumerate(other, start=1):
            cost = min(before[place] + 1, row[place - 1] + 1, before[place - 1] + (letter != aim))
            is_swapped = index > 1 and place > 1 and letter == other[place - 2]
            if is_swapped and one[index - 2] == aim:
                cost = min(cost, earlier[place - 2] + 1)
            row.append(cost)
    return row[-1]
