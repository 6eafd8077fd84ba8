"""The dates of one request, by the place of the schema at which they stand."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from launchpolicy.documents.instants import parse_instant
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.policy.date_routes import (
    ITEM,
    DatePlace,
    date_patterns,
    date_places,
)
from launchpolicy.policy.order import EVERY, MADE_AT
from launchpolicy.vocabulary.place import Route


class DatedPlace(NamedTuple):
    """A date of a request: where it stands, as it is written, and the moment that it names."""

    route: Route
    written: str
    moment: datetime
    of_evidence: str = ""
    """The path of the file that says so of itself; "" for what the request says."""


class Dates:
    """Every date of a request. What is no point in time, such as an open question, is left out."""

    def __init__(self, schema: Schema, data: Any, evidence: Mapping[str, Any]) -> None:  # noqa: ANN401 (plain data)
        self._may_lie_ahead = date_patterns(schema)
        self._by_pattern: dict[str, list[DatedPlace]] = {}
        files = evidence.get("files", {})
        for pattern, route, written, path in _walk(date_places(schema), data, ()):
            text = files.get(path, {}).get("madeAt", "") if path else written
            moment = _moment(text)
            if moment is not None:
                dated = DatedPlace(route, text, moment, path)
                self._by_pattern.setdefault(pattern, []).append(dated)

    def at(self, pattern: str) -> list[DatedPlace]:
        """Return the dates at a pattern (lists as `[]`), in the order of the document.

        A pattern that ends in `**` means every date below that does not lie ahead by its nature.
        """
        if not pattern.endswith(EVERY):
            return self._by_pattern.get(pattern, [])
        above = pattern.removesuffix(EVERY)
        return [
            dated
            for known, places in self._by_pattern.items()
            if known.startswith(above) and not self._may_lie_ahead[known]
            for dated in places
        ]


def _walk(
    place: DatePlace,
    data: Any,  # noqa: ANN401 (plain data)
    route: Route,
) -> Iterator[tuple[str, Route, str, str]]:
    """Yield pattern, route, text and, for evidence, the path of the file."""
    if isinstance(data, dict):
        if place.is_evidence:
            path = data.get("path")
            if isinstance(path, str):
                yield place.pattern + MADE_AT, route, "", path
        for key, below in place.below.items():
            if key in data:
                yield from _walk(below, data[key], (*route, key))
    elif isinstance(data, list):
        item = place.below.get(ITEM)
        for index, value in enumerate(data if item is not None else ()):
            if item is not None:
                yield from _walk(item, value, (*route, index))
    elif place.is_date and isinstance(data, str):
        yield place.pattern, route, data, ""


@functools.lru_cache(maxsize=4096)
def _moment(text: str) -> datetime | None:
    return parse_instant(text)
