"""Lists of a launch request: tuples once read, without twins where twins would be ambiguous."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from launchpolicy.requests.launch_request.fields import RequestSection


@dataclass(frozen=True, slots=True)
class ListOf:
    """Which items of a list must differ.

    `key` is the key of the items whose values must be unique (`x-unique-by`); with `distinct` the
    items themselves must be (`uniqueItems`).
    """

    key: str = ""
    distinct: bool = False

    def keywords(self) -> dict[str, Any]:
        """Return the rule as JSON Schema keywords."""
        keywords: dict[str, Any] = {}
        if self.key:
            keywords["x-unique-by"] = self.key
        if self.distinct:
            keywords["uniqueItems"] = True
        return keywords


_T = TypeVar("_T")
_S = TypeVar("_S", bound=RequestSection)

Several = Annotated[tuple[_T, ...], ListOf()]
"""Items in order, alike or not."""

Distinct = Annotated[tuple[_T, ...], ListOf(distinct=True)]
"""Identifiers, each once."""

Named = Annotated[tuple[_S, ...], ListOf(key="name")]
"""Objects, each with a `name` of its own."""
