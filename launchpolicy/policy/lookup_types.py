"""The types of what is looked up: the shapes of other kinds beside that of the kind itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from launchpolicy.documents.schema.schema import Schema
from launchpolicy.policy.cel.descriptors import KindTypes, earlier_kind_types
from launchpolicy.policy.cel.message_types import kind_types
from launchpolicy.policy.cel.scalars import ComparedLiterals
from launchpolicy.policy.data_types import DATA, TARGETS
from launchpolicy.policy.edition import EDITION, FIFTH_EDITION, SEVENTH_EDITION, THIRD_EDITION
from launchpolicy.policy.fact_shapes import FACTS, FILES
from launchpolicy.requests.kinds import Kind
from launchpolicy.requests.lookups import Lookup

_DEFINITIONS = "x-looked-up"
_NO_NAME = re.compile(r"[^A-Za-z0-9]+")


def types_of(
    kind: Kind, lookups: Sequence[Lookup], kinds: Mapping[str, Kind], edition: int = EDITION
) -> KindTypes:
    """Return the types of a kind's fields, of facts, data, and of the kind's and other `lookups`.

    The document of a lookup whose kind is not among `kinds` may be anything.
    """
    if edition <= THIRD_EDITION:
        return kind.schema.derive(_earlier_types)
    schema = kind.data.typed if kind.data.values else kind.schema
    if not kind.lookups and not lookups:
        types = schema.derive(_types_without_lookups)
    else:
        types = _types_with_lookups(schema, (*kind.lookups, *lookups), kinds)
    if edition > SEVENTH_EDITION:
        return types
    compared = ComparedLiterals.TEXTS if edition > FIFTH_EDITION else ComparedLiterals.NONE
    return types._replace(compared=compared)


def _earlier_types(schema: Schema) -> KindTypes:
    return earlier_kind_types(schema, FACTS)


def _types_without_lookups(schema: Schema) -> KindTypes:
    return kind_types(schema, _facts(schema, {"type": "object", "properties": {}}))


def _facts(schema: Schema, lookups: Mapping[str, Any]) -> dict[str, Any]:
    """Return the shapes of the facts; `schema` holds that of the data documents, if there are.

    References within a shape lead to other parts of the same shape.
    """
    data = {"data": {**schema[DATA], TARGETS: schema[TARGETS]}} if DATA in schema else {}
    return {**FACTS, "files": FILES, "lookups": lookups, **data}


def _types_with_lookups(
    schema: Schema, lookups: Iterable[Lookup], kinds: Mapping[str, Kind]
) -> KindTypes:
    definitions: dict[str, Any] = {}
    shapes: dict[str, Any] = {}
    for lookup in lookups:
        document: Any = {}
        if lookup.kind in kinds:
            document = _with_own_references(
                {"$ref": "#"}, dict(kinds[lookup.kind].schema), lookup.kind, definitions
            )
        shape = {
            "type": "object",
            "properties": {
                "path": {"type": "string"},
                "exists": {"type": "boolean"},
                "changed": {"type": "boolean"},
                "object": document,
                "oldObject": document,
            },
        }
        shapes[lookup.name] = {"type": "array", "items": shape} if lookup.is_list else shape
    lookups_shape = {"type": "object", "properties": shapes, _DEFINITIONS: definitions}
    return kind_types(schema, _facts(schema, lookups_shape))


def _with_own_references(node: Any, root: Any, kind: str, definitions: dict[str, Any]) -> Any:  # noqa: ANN401
    """Return a part of another kind's schema whose references lead to `definitions`.

    Each definition has a name of its own there, since types are called after the end of a
    reference.
    """
    if isinstance(node, list):
        return [_with_own_references(item, root, kind, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    reference = node.get("$ref")
    if isinstance(reference, str) and reference.startswith("#"):
        name = f"{kind}_{_NO_NAME.sub('_', reference)}"
        if name not in definitions:
            definitions[name] = {}  # entered before: a definition may refer to itself
            definitions[name] = _with_own_references(
                _target(root, reference), root, kind, definitions
            )
        return {**node, "$ref": f"#/{_DEFINITIONS}/{name}"}
    return {
        key: _with_own_references(value, root, kind, definitions) for key, value in node.items()
    }


def _target(root: Any, reference: str) -> Any:  # noqa: ANN401 (a part of a JSON Schema)
    """Return what a reference within a schema leads to; anything at all where that is nothing."""
    target = root
    for step in reference.removeprefix("#").split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        if not isinstance(target, dict) or key not in target:
            return {}
        target = target[key]
    return target
