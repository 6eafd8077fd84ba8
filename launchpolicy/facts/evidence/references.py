"""The references of a request to evidence, found where its kind's schema has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from launchpolicy.documents.schema.dialect import resolve
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.place import Data, Route

Steps = tuple[str, ...]

_Branches = dict[str | None, "_Branches"]

_ITEM = "[]"
_END = None
"""In place of a step: evidence stands here."""

_MARK = "x-evidence"
_NAME = "#/$defs/evidence"
_LONGEST = 24
"""Definitions may refer to themselves; evidence is not looked for deeper than this."""


class Reference(NamedTuple):
    """One `{path, kind, sha256}` of a request, and the route at which it stands."""

    route: Route
    path: str
    kind: str
    sha256: str


class EvidenceFile(NamedTuple):
    """A file as the snapshot holds it, by its git mode and blob id (may be empty).

    `data` is None where it is no regular file (threats E2, E3), and where `size` is over the limit
    of its kind.
    """

    mode: str
    size: int
    data: bytes | None
    blob: str = ""


def references(schema: Schema, data: Data) -> tuple[Reference, ...]:
    """Return every reference of a document that follows `schema`, in document order."""
    branches = schema.derive(_branches)
    return tuple(_references_in(data, branches, ())) if branches else ()


def places(schema: Schema) -> tuple[Steps, ...]:
    """Return where documents of a kind may refer to evidence: keys, and `[]` for list items.

    An object is evidence if its definition is called `evidence` or is marked `x-evidence: true`.
    """
    return schema.derive(_all_places)


def is_place_of_evidence(schema: Schema, route: Route) -> bool:
    """Return whether a reference to evidence belongs at a route of a document of this kind."""
    return tuple(_ITEM if isinstance(step, int) else str(step) for step in route) in places(schema)


def _all_places(schema: Schema) -> tuple[Steps, ...]:
    return tuple(_places(schema, schema, (), ()))


def _branches(schema: Schema) -> _Branches:
    """Return the places as a tree of steps, in which each ends in `_END`."""
    root: _Branches = {}
    for steps in places(schema):
        branch = root
        for step in (*steps, _END):
            branch = branch.setdefault(step, {})
    return root


def _places(root: Schema, schema: Any, steps: Steps, seen: Steps) -> Iterator[Steps]:  # noqa: ANN401
    if not isinstance(schema, dict) or len(steps) > _LONGEST:
        return
    reference = schema.get("$ref")
    if isinstance(reference, str):
        if reference == _NAME:
            yield steps
        elif reference not in seen:
            yield from _places(root, resolve(root, reference), steps, (*seen, reference))
        return
    if schema.get(_MARK) is True:
        yield steps
        return
    for branch in (*schema.get("anyOf", ()), *schema.get("oneOf", ()), *schema.get("allOf", ())):
        yield from _places(root, branch, steps, seen)
    for key, value in schema.get("properties", {}).items():
        yield from _places(root, value, (*steps, key), seen)
    if "items" in schema:
        yield from _places(root, schema["items"], (*steps, _ITEM), seen)


def _references_in(data: Data, branches: _Branches, at: Route) -> Iterator[Reference]:
    if isinstance(data, dict):
        if _END in branches:
            path, kind, sha256 = (data.get(key) for key in ("path", "kind", "sha256"))
            if isinstance(path, str) and isinstance(kind, str) and isinstance(sha256, str):
                yield Reference(at, path, kind, sha256)
            return
        for key, value in data.items():
            if (inner := branches.get(key)) is not None:
                yield from _references_in(value, inner, (*at, key))
    elif isinstance(data, list) and (inner := branches.get(_ITEM)) is not None:
        for index, item in enumerate(data):
            yield from _references_in(item, inner, (*at, index))
