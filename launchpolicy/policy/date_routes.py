"""Where documents of a kind have dates, read from its schema.

A date is a string with the format `date-time`. What a file of evidence says about when it was made
is one, too: `madeAt` below the reference to the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from launchpolicy.documents.schema.outline import Outline
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.policy.order import MADE_AT

ITEM: Final = "[]"
_LONGEST = 24
"""Definitions may refer to themselves; dates are not looked for deeper than this."""


class DatePlace(NamedTuple):
    """A place of the schema that is a date, or below which there are some.

    `is_date` and `is_evidence` say what stands here; `is_planned` says of a date that it may lie
    ahead (`x-time: planned`). `below` is by key, `ITEM` for the items of a list.
    """

    pattern: str
    is_date: bool
    is_evidence: bool
    is_planned: bool
    below: dict[str, DatePlace]


def date_places(schema: Schema) -> DatePlace:
    """Return the places of dates in documents that follow `schema`, made once for each schema."""
    return schema.derive(_all_places)


def date_patterns(schema: Schema) -> dict[str, bool]:
    """Return the route of every date, lists as `[]`, and whether it may lie ahead."""
    return schema.derive(_all_patterns)


def _all_places(schema: Schema) -> DatePlace:
    root = _place(Outline(schema, schema), "", ())
    return root if root is not None else DatePlace("", False, False, False, {})  # noqa: FBT003


def _all_patterns(schema: Schema) -> dict[str, bool]:
    return dict(_patterns(date_places(schema)))


def _patterns(place: DatePlace) -> Iterator[tuple[str, bool]]:
    if place.is_date:
        yield place.pattern, place.is_planned
    if place.is_evidence:
        yield place.pattern + MADE_AT, False
    for below in place.below.values():
        yield from _patterns(below)


def _place(outline: Outline, pattern: str, seen: tuple[str, ...]) -> DatePlace | None:
    """Return the place of `outline`; None where there is no date at it or below it."""
    name = outline.definition
    if (name and name in seen) or len(seen) > _LONGEST:
        return None
    is_date = outline.words.get("format") == "date-time"
    is_planned = outline.words.get("x-time") == "planned"
    below: dict[str, DatePlace] = {}
    if not outline.is_evidence:
        steps: tuple[str | int, ...] = (*outline.keys, *((0,) if "items" in outline.words else ()))
        for step in steps:
            inner = outline.step(step)
            further = ITEM if step == 0 else f".{step}" if pattern else str(step)
            place = _place(inner, pattern + further, (*seen, name)) if inner is not None else None
            if place is not None:
                below[ITEM if step == 0 else str(step)] = place
    if not (is_date or outline.is_evidence or below):
        return None
    return DatePlace(pattern, is_date, outline.is_evidence, is_planned, below)
