"""The types of what is looked up: the shapes of other kinds beside that of the kind itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from launchpolicy.documents.schema.schema import Schema
from launchpolicy.policy.cel.descriptors import KindTypes, kind_types
from launchpolicy.policy.fact_shapes import FACTS, FILES
from launchpolicy.requests.kinds import Kind
from launchpolicy.requests.lookups import Lookup

_DEFINITIONS = "x-looked-up"
_NO_NAME = re.compile(r"[^A-Za-z0-9]+")


def types_of(kind: Kind, lookups: Sequence[Lookup], kinds: Mapping[str, Kind]) -> KindTypes:
    """Return the types of a kind's fields, of the facts, and of the kind's and other `lookups`.

    The document of a lookup whose kind is not among `kinds` may be anything.
    """
    if not kind.lookups and not lookups:
        return kind.schema.derive(_types_without_lookups)
    return _types_with_lookups(kind, (*kind.lookups, *lookups), kinds)


def _types_without_lookups(schema: Schema) -> KindTypes:
    nothing = {"type": "object", "properties": {}}
    return kind_types(schema, {**FACTS, "files": FILES, "lookups": nothing})


def _types_with_lookups(
    kind: Kind, lookups: Iterable[Lookup], kinds: Mapping[str, Kind]
) -> KindTypes:
    definitions: dict[str, Any] = {}
    shapes: dict[str, Any] = {}
    for lookup in lookups:
        document: Any = {}
        if lookup.kind in kinds:
            document = _moved(
                {"$ref": "#"}, dict(kinds[lookup.kind].schema), lookup.kind, definitions
            )
        shapes[lookup.name] = {
            "type": "object",
            "properties": {
                "path": {"type": "string"},
                "exists": {"type": "boolean"},
                "changed": {"type": "boolean"},
                "object": document,
                "oldObject": document,
            },
        }
    whole = {**kind.schema, _DEFINITIONS: definitions}
    fact = {"type": "object", "properties": shapes}
    return kind_types(whole, {**FACTS, "files": FILES, "lookups": fact})


def _moved(node: Any, root: Any, kind: str, definitions: dict[str, Any]) -> Any:  # noqa: ANN401
    """Return a part of another kind's schema whose references lead to `definitions`.

    Each definition has a name of its own there, since types are called after the end of a
    reference.
    """
    if isinstance(node, list):
        return [_moved(item, root, kind, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    reference = node.get("$ref")
    if isinstance(reference, str) and reference.startswith("#"):
        name = f"{kind}_{_NO_NAME.sub('_', reference)}"
        if name not in definitions:
            definitions[name] = {}  # entered before: a definition may refer to itself
            definitions[name] = _moved(_target(root, reference), root, kind, definitions)
        return {**node, "$ref": f"#/{_DEFINITIONS}/{name}"}
    return {key: _moved(value, root, kind, definitions) for key, value in node.items()}


def _target(root: Any, reference: str) -> Any:  # noqa: ANN401 (a part of a JSON Schema)
    """Return what a reference within a schema leads to; anything at all where that is nothing."""
    target = root
    for step in reference.removeprefix("#").split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        if not isinstance(target, dict) or key not in target:
            return {}
        target = target[key]
    return target
