"""What someone probably meant: the nearest word allowed here, or where a key belongs."""

from __future__ import annotations

import difflib
from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any

from launchpolicy.documents.schema.dialect import SAME_VALUE_LISTS, resolve

_LONGEST_WORD = 80
_MOST_VISITS = 20_000
_MOST_PLACES = 3
_SEPARATORS = str.maketrans("", "", "-_ .")

Whereabouts = Mapping[str, list[str]]
"""The routes of the mappings that may have a key, `""` for the document itself, by key."""


def closest(word: str, allowed: Iterable[str]) -> str | None:
    """The allowed word that `word` is a slip of, if one is near enough."""
    folded = {_fold(each): each for each in allowed}
    word = _fold(word[:_LONGEST_WORD])
    close = [word] if word in folded else difflib.get_close_matches(word, folded, n=1)
    return folded[close[0]] if close else None


def _fold(word: str) -> str:
    """Without case and separators: `data_loss` is `dataLoss`."""
    return word.translate(_SEPARATORS).casefold()


def places_of(key: str, whereabouts: Whereabouts) -> list[str]:
    """Where a key would be right; nothing if that is in too many places to be of help."""
    places = whereabouts.get(key, [])
    return places if len(places) <= _MOST_PLACES else []


def whereabouts(root: Mapping[str, Any]) -> Whereabouts:
    """Every key of every mapping that a schema describes, nearest to the top first.

    The walk is bounded, so of a recursive schema only the upper levels are known.
    """
    found: dict[str, list[str]] = {}
    waiting: deque[tuple[str, object]] = deque([("", root)])
    for _ in range(_MOST_VISITS):
        if not waiting:
            break
        route, schema = waiting.popleft()
        if not isinstance(schema, dict):
            continue
        for key, inner in schema.get("properties", {}).items():
            places = found.setdefault(key, [])
            if inner is not False and route not in places and len(places) <= _MOST_PLACES:
                places.append(route)
            waiting.append((f"{route}.{key}" if route else key, inner))
        waiting += _others(root, route, schema)
    return found


def _others(
    root: Mapping[str, Any], route: str, schema: dict[str, Any]
) -> Iterable[tuple[str, object]]:
    if "$ref" in schema:
        yield route, resolve(root, schema["$ref"])
    for keyword in SAME_VALUE_LISTS:
        for each in schema.get(keyword, ()):
            yield route, each
    for keyword in ("then", "else"):
        yield route, schema.get(keyword)
    yield f"{route}[]", schema.get("items")
    yield f"{route}.*" if route else "*", schema.get("additionalProperties")
