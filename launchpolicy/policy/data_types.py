"""The schemas of data documents beside that of a kind, so that one type check knows both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from launchpolicy.documents.schema.schema import Schema

DATA = "x-data"
"""Where the shape of the variable `data` stands in a combined schema."""

TARGETS = "x-data-targets"
"""Where the parts stand that the schemas of data documents refer to, each under its own name."""


def with_data_types(kind: Schema, names: tuple[str, ...], schemas: Mapping[str, Schema]) -> Schema:
    """Return the schema of a kind, and with it the shape of `data`; {} where it has no schema.

    A reference in a schema is to another part of it. In the combined schema each such part has a
    name of its own, for a kind and a data document may both define `text`, and mean two things.
    """
    targets: dict[str, Any] = {}
    fields = {
        name: _with_own_targets(schemas[name], name, targets) if name in schemas else {}
        for name in names
    }
    shape = {"type": "object", "properties": fields, "additionalProperties": False}
    return Schema({**kind, DATA: shape, TARGETS: targets})


def _with_own_targets(schema: Schema, name: str, targets: dict[str, Any]) -> Any:  # noqa: ANN401 (a schema)
    """Return a schema whose references lead to `targets`, and put there what they lead to."""
    names: dict[str, str] = {}

    def move(part: Any) -> Any:  # noqa: ANN401 (any part of a schema)
        if isinstance(part, list):
            return [move(item) for item in part]
        if not isinstance(part, dict):
            return part
        reference = part.get("$ref")
        if isinstance(reference, str):
            return {"$ref": f"#/{TARGETS}/{target(reference)}"}
        return {key: move(value) for key, value in part.items()}

    def target(reference: str) -> str:
        if reference not in names:
            # Entered before it is moved: a definition may refer to itself.
            own = names[reference] = f"data_{name}_{len(names)}"
            targets[own] = move(_resolve(schema, reference))
        return names[reference]

    return move(schema)


def _resolve(schema: Any, reference: str) -> Any:  # noqa: ANN401 (any part of a schema)
    """Return what a reference leads to; {}, which is any type, where it is none of this file."""
    part = schema
    for step in reference.removeprefix("#").split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        if not isinstance(part, dict) or key not in part:
            return {}
        part = part[key]
    return part if reference.startswith("#/") or reference == "#" else {}
