"""Whether a value that is kept as text can stand at a route of a schema."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from typing import Any

from launchpolicy.documents.reading_rules import ANY_KEY
from launchpolicy.documents.schema.outline import Outline, outline_of
from launchpolicy.documents.schema.schema import Schema

_BRANCHES = ("anyOf", "oneOf", "allOf", "if", "patternProperties", "$dynamicRef", "prefixItems")
"""Keywords by which more may stand at a place than its outline knows."""


class TextRouteProblem(enum.Enum):
    """Why text cannot be kept at a route."""

    NOWHERE = "nowhere"
    NOT_TEXT = "not text"


def text_route_problem(schema: Schema, steps: Sequence[str]) -> TextRouteProblem | None:
    """Return why no text can stand at a route; None where one can, or where nobody knows."""
    place: Outline | None = outline_of(schema)
    for step in steps:
        place = _item_of(place)
        if place is None or _is_unknown(place.words):
            return None
        below = _below(place, step)
        if below is None:
            return TextRouteProblem.NOWHERE if _is_closed(place.words) else None
        place = below
    place = _item_of(place)
    if place is None or _is_unknown(place.words):
        return None
    types = place.words.get("type", "string")
    allowed = types if isinstance(types, list) else [types]
    return None if "string" in allowed else TextRouteProblem.NOT_TEXT


def _item_of(place: Outline | None) -> Outline | None:
    """Return the place of the items of a list, which routes enter; any other place itself."""
    while place is not None and place.is_list:
        place = place.step(0)
    return place


def _below(place: Outline, step: str) -> Outline | None:
    if step != ANY_KEY:
        return place.step(step)
    keys = place.keys
    return place.step(keys[0]) if keys else place.step(ANY_KEY)


def _is_unknown(words: Mapping[str, Any]) -> bool:
    return any(keyword in words for keyword in _BRANCHES) or "type" not in words


def _is_closed(words: Mapping[str, Any]) -> bool:
    """Return whether a key that is not listed is a mistake: an object lists its keys."""
    return "properties" in words or words.get("type") != "object"
