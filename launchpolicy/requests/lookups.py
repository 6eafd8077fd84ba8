"""Lookups: documents that a policy or a kind names by an expression, to be judged beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from launchpolicy.vocabulary.named_tuple import NamedTuple


class Lookup(NamedTuple):
    """One lookup: expressions read it as `lookups.NAME`.

    `kind` is the name of a document kind, `path` a CEL expression that gives the path of a document
    of that kind, from the top of the launch repository.
    """

    name: str
    kind: str
    path: str


def lookups_of(data: Iterable[Mapping[str, Any]]) -> tuple[Lookup, ...]:
    """Return the lookups of a validated list in a policy or a configuration."""
    return tuple(Lookup(item["name"], item["kind"], item["path"]) for item in data)
