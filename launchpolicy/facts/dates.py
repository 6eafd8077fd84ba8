"""The dates of one request, by the place of the schema at which they stand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from launchpolicy.documents.instants import parse_instant
from launchpolicy.documents.schema.outline import Outline, outline_of
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.policy.order import EVERY, ITEM, MADE_AT
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.place import Data, Route

_CONTAINERS: Final = (dict, list)
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
        self._files: Mapping[str, Data] = evidence.get("files", {})
        self._read(outline_of(schema), data, ())

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

    def _read(self, outline: Outline, data: Data, route: Route) -> None:
        """Keep the dates of a value, in the order of the schema."""
        if isinstance(data, dict):
            if outline.is_evidence:
                self._keep_evidence(data, route)
                return
            for key in outline.keys:
                if key not in data or (below := outline.step(key)) is None:
                    continue
                value = data[key]
                if below.is_moment or isinstance(value, _CONTAINERS):
                    self._read(below, value, (*route, key))
        elif isinstance(data, list):
            if (item := outline.step(0)) is not None:
                for index, value in enumerate(data):
                    self._read(item, value, (*route, index))
        elif isinstance(data, str) and outline.is_moment:
            is_planned = outline.words.get("x-time") == "planned"
            moment = parse_instant(data)
            dated = DatedPlace(route, data, moment) if moment is not None else None
            self._keep(_pattern(route), dated, is_recorded=not is_planned)

    def _keep_evidence(self, reference: Mapping[str, Data], route: Route) -> None:
        """Keep what a file that is referred to says of when it was made."""
        path = reference.get("path")
        if not isinstance(path, str):
            return
        file = self._files.get(path, {})
        text = file.get("madeAt", "") if path else ""
        moment = parse_instant(text)
        leeway = _ALL_ZONES if file.get("withoutZone") else timedelta()
        dated = DatedPlace(route, text, moment, path, leeway) if moment is not None else None
        self._keep(_pattern(route) + MADE_AT, dated, is_recorded=True)

    def _keep(self, pattern: str, dated: DatedPlace | None, *, is_recorded: bool) -> None:
        if is_recorded:
            self._recorded.add(pattern)
        if dated is not None:
            self._by_pattern.setdefault(pattern, []).append(dated)


def _pattern(route: Route) -> str:
    """Return a route with every list as `[]`."""
    steps = (ITEM if isinstance(step, int) else f".{step}" for step in route)
    return "".join(steps).removeprefix(".")
