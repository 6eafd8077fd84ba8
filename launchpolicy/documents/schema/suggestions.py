"""What the requester probably meant: the nearest word allowed here, or where a key belongs."""

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

RoutesByKey = Mapping[str, list[str]]
"""The routes of the mappings that may have a key, `""` for the document itself, by key."""


def closest(word: str, allowed: Iterable[str]) -> str | None:
    """Return the allowed word that `word` probably stands for; None if none is near enough."""
    words = {_fold(candidate): candidate for candidate in allowed}
    word = _fold(word[:_LONGEST_WORD])
    close = [word] if word in words else difflib.get_close_matches(word, words, n=1)
    return words[close[0]] if close else None


def _fold(word: str) -> str:
    """Return `word` without case and separators: `data_loss` and `dataLoss` are the same."""
    return word.translate(_SEPARATORS).casefold()


def routes_with_key(key: str, routes: RoutesByKey) -> list[str]:
    """Return the routes of the mappings that may have `key`; none if there are more than 3."""
    places = routes.get(key, [])
    return places if len(places) <= _MOST_PLACES else []


def routes_by_key(root: Mapping[str, Any]) -> RoutesByKey:
    """Return the routes of every key that a schema describes, nearest to the top first.

    The walk is bounded, so of a recursive schema only the upper levels are known.
    """
    routes: dict[str, list[str]] = {}
    waiting: deque[tuple[str, object]] = deque([("", root)])
    for _ in range(_MOST_VISITS):
        if not waiting:
            break
        route, schema = waiting.popleft()
        if not isinstance(schema, dict):
            continue
        for key, inner in schema.get("properties", {}).items():
            places = routes.setdefault(key, [])
            if inner is not False and route not in places and len(places) <= _MOST_PLACES:
                places.append(route)
            waiting.append((f"{route}.{key}" if route else key, inner))
        waiting += _others(root, route, schema)
    return routes


def _others(
    root: Mapping[str, Any], route: str, schema: dict[str, Any]
) -> Iterable[tuple[str, object]]:
    if "$ref" in schema:
        yield route, resolve(root, schema["$ref"])
    for keyword in SAME_VALUE_LISTS:
        for branch in schema.get(keyword, ()):
            yield route, branch
    for keyword in ("then", "else"):
        yield route, schema.get(keyword)
    yield f"{route}[]", schema.get("items")
    yield f"{route}.*" if route else "*", schema.get("additionalProperties")
