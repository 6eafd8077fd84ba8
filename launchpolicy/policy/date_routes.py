"""Where documents of a kind may have dates, read from its schema.

A date is a string with the format `date-time`. What a file of evidence says about when it was made
is one, too: `madeAt` below the reference to the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.documents.schema.outline import Outline, outline_of
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.policy.order import ITEM, MADE_AT

_LONGEST = 24
"""Definitions may refer to themselves; dates are not looked for deeper than this."""


def date_patterns(schema: Schema) -> tuple[str, ...]:
    """Return the route of every date, lists as `[]`; made once for each schema."""
    return schema.derive(_all_patterns)


def _all_patterns(schema: Schema) -> tuple[str, ...]:
    return tuple(_patterns(outline_of(schema), "", ()))


def _patterns(outline: Outline, pattern: str, seen: tuple[str, ...]) -> Iterator[str]:
    name = outline.definition
    if (name and name in seen) or len(seen) > _LONGEST:
        return
    if outline.words.get("format") == "date-time":
        yield pattern
    if outline.is_evidence:
        yield pattern + MADE_AT
        return
    steps: tuple[str | int, ...] = (*outline.keys, *((0,) if "items" in outline.words else ()))
    for step in steps:
        if (inner := outline.step(step)) is not None:
            further = ITEM if step == 0 else f".{step}" if pattern else str(step)
            yield from _patterns(inner, pattern + further, (*seen, name))
