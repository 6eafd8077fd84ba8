"""Plausible answers in place of every `TODO`, so that policies can be run on an unfilled request.

Samples only decide which policies complain of something missing; none is ever written anywhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from launchpolicy.documents.open_questions import is_unanswered, note_of
from launchpolicy.documents.schema.outline import Outline, outline_of
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.vocabulary.place import Data, Route, format_route

_PAST = timedelta(days=1)
_WINDOWS = {"start": timedelta(days=30), "end": timedelta(days=30, hours=1)}
_SOMEONE = "someone"


@dataclass(frozen=True, slots=True)
class Sampler:
    """Makes samples for the places of one schema at the moment `now`.

    `roles` are the holders of each role; the first one answers `TODO: role`.
    """

    schema: Schema
    now: datetime
    roles: Mapping[str, list[str]]

    def with_samples(self, data: Data) -> Data:
        """Return `data` with a sample in place of every `TODO`."""
        return self._with_samples(data, outline_of(self.schema), ())

    def _with_samples(self, data: Data, outline: Outline | None, route: Route) -> Data:
        if is_unanswered(data):
            return self._sample(outline, route, note_of(data))
        if isinstance(data, dict):
            return {
                key: self._with_samples(
                    value, outline.step(key) if outline else None, (*route, key)
                )
                for key, value in data.items()
            }
        if isinstance(data, list):
            inner = outline.step(0) if outline else None
            return [self._with_samples(item, inner, (*route, at)) for at, item in enumerate(data)]
        return data

    def _sample(self, outline: Outline | None, route: Route, role: str = "") -> Data:
        if outline is None:
            return format_route(route)
        if outline.is_evidence:
            return _evidence(route)
        if outline.is_list:
            return [self._sample(outline.step(0), (*route, 0))]
        if outline.is_object:
            return {
                key: self._sample(outline.step(key), (*route, key)) for key in outline.required_keys
            }
        return self._scalar(outline, route, role)

    def _scalar(self, outline: Outline, route: Route, role: str) -> Data:
        if outline.choices:
            return outline.choices[0]
        if outline.definition == "person":
            return next(iter(self.roles.get(role, ())), _SOMEONE)
        if outline.words.get("format") == "date-time":
            return self._instant(route)
        return _plain(outline, route)

    def _instant(self, route: Route) -> str:
        """Return a time in the future for a launch window, and in the past for everything else."""
        ahead = _WINDOWS.get(str(route[-1])) if route[:-1] == ("spec", "window") else None
        return (self.now + (ahead if ahead is not None else -_PAST)).isoformat(timespec="seconds")


def _evidence(route: Route) -> dict[str, str]:
    name = format_route(route)
    digest = hashlib.sha256(name.encode()).hexdigest()
    return {"path": f"{digest[:12]}.pdf", "kind": "document", "sha256": digest}


_OF_TYPE: Mapping[str, Data] = {"integer": 1, "number": 1, "boolean": False}


def _plain(outline: Outline, route: Route) -> Data:
    if outline.definition == "name":
        return format_route(route).replace("[", "-").replace("]", "")
    if outline.examples:
        return outline.examples[0]
    return _OF_TYPE.get(str(outline.words.get("type")), format_route(route))
