"""The dates of one request, by the place of the schema at which they stand."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Final

from launchpolicy.documents.instants import parse_instant
from launchpolicy.documents.schema.outline import Outline, outline_of
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.policy.order import EVERY, ITEM, MADE_AT
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.place import Data, Route

_ALL_ZONES: Final = timedelta(hours=26)
"""From UTC+14 to UTC-12: what a time without a zone can mean."""


class DatedPlace(NamedTuple):
    """A date of a request: where it stands, as it is written, and the moment that it names."""

    route: Route
    written: str
    moment: datetime
    of_evidence: str = ""
    """The path of the file that says so of itself; "" for what the request says."""
    may_be_earlier_by: timedelta = timedelta()
    """What a time without a zone leaves open: `moment` is the latest instant that it can mean."""

    @property
    def first_moment(self) -> datetime:
        """Return the first instant that the date can mean."""
        return self.moment - self.may_be_earlier_by


class Dates:
    """Every date of a request. What is no point in time, such as an open question, is left out."""

    def __init__(self, schema: Schema, data: Data, evidence: Mapping[str, Data]) -> None:
        self._recorded: set[str] = set()
        """Patterns of dates that do not lie ahead by their nature."""
        self._by_pattern: dict[str, list[DatedPlace]] = {}
        files = evidence.get("files", {})
        for pattern, route, written, path in self._walk(outline_of(schema), "", data, ()):
            file = files.get(path, {})
            text = file.get("madeAt", "") if path else written
            moment = _moment(text)
            if moment is not None:
                leeway = _ALL_ZONES if file.get("withoutZone") else timedelta()
                dated = DatedPlace(route, text, moment, path, leeway)
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
            if known in self._recorded and known.startswith(above)
            for dated in places
        ]

    def _walk(
        self,
        outline: Outline | None,
        pattern: str,
        data: Data,
        route: Route,
    ) -> Iterator[tuple[str, Route, str, str]]:
        """Yield pattern, route, text and, for evidence, the path of the file; in schema order."""
        if outline is None:
            return
        if outline.is_evidence and isinstance(data, dict):
            if isinstance(path := data.get("path"), str):
                self._recorded.add(pattern + MADE_AT)
                yield pattern + MADE_AT, route, "", path
        elif isinstance(data, dict):
            for key in filter(data.__contains__, outline.keys):
                further = f"{pattern}.{key}" if pattern else key
                yield from self._walk(outline.step(key), further, data[key], (*route, key))
        elif isinstance(data, list):
            item = outline.step(0)
            for index, value in enumerate(data):
                yield from self._walk(item, pattern + ITEM, value, (*route, index))
        elif isinstance(data, str) and outline.words.get("format") == "date-time":
            if outline.words.get("x-time") != "planned":
                self._recorded.add(pattern)
            yield pattern, route, data, ""


@functools.lru_cache(maxsize=4096)
def _moment(text: str) -> datetime | None:
    return parse_instant(text)
