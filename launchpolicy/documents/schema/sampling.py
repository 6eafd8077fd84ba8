"""A small value that a schema accepts: what is required, with the schema's own examples.

It is a start for people to go on from, and nothing is judged by it. A sample is a guess: check it
against the schema before it is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from launchpolicy.documents.schema.acceptance import compile_schema
from launchpolicy.documents.schema.dialect import resolve
from launchpolicy.vocabulary.place import Data

SchemaPart = Mapping[str, Any]
AnySchema = SchemaPart | bool

_DEEPEST: Final = 16
_TEXTS: Final = (
    "example",
    "an example of a text that is long enough",
    "a",
    "A1",
    "1",
    "1.0.0",
    "2026-12-01",
    "2026-12-01T22:00:00+08:00",
    "https://example.com/",
    "person@example.com",
    "organisation/example",
    "0123456789abcdef0123456789abcdef01234567",
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
)
_NUMBERS: Final = (1, 0, 10, 100, 1000)


class NoSampleError(ValueError):
    """No value is found that the schema would accept."""


def sample(root: SchemaPart, node: SchemaPart | None = None) -> Data:
    """Return a value for `node`, a part of the schema `root` (default: for all of it).

    Raises:
        NoSampleError: none is found.
    """
    return _sample(root, root if node is None else node, 0)


def resolve_references(root: SchemaPart, node: AnySchema) -> dict[str, Any]:
    """Return a part of a schema with the keywords of its references; its own take precedence.

    Raises:
        NoSampleError: the part is `false`, or a reference leads to no schema, or too far.
    """
    part = _keywords(node)
    for _ in range(_DEEPEST):
        reference = part.pop("$ref", None)
        if reference is None:
            return part
        target = resolve(root, reference)
        if not isinstance(target, dict | bool):
            raise NoSampleError(reference)
        part = {**_keywords(target), **part}
    raise NoSampleError(str(part.get("$ref")))


def _keywords(node: AnySchema) -> dict[str, Any]:
    """Return the keywords of a schema: none of `true`, which accepts everything."""
    if node is False:
        raise NoSampleError
    return {} if node is True else dict(node)


def _sample(root: SchemaPart, node: AnySchema, depth: int) -> Data:
    if depth > _DEEPEST:
        raise NoSampleError
    node = resolve_references(root, node)
    if "const" in node:
        return node["const"]
    if "enum" in node:
        return node["enum"][0]
    examples = node.get("examples")
    if isinstance(examples, list) and examples and not _has_parts(node):
        return examples[0]
    for keyword in ("oneOf", "anyOf", "allOf"):
        if keyword in node:
            rest = {key: value for key, value in node.items() if key != keyword}
            return _sample(root, {**rest, **resolve_references(root, node[keyword][0])}, depth + 1)
    return _of_type(root, node, depth)


def _has_parts(node: SchemaPart) -> bool:
    return node.get("type") == "object" and "properties" in node


def _of_type(root: SchemaPart, node: SchemaPart, depth: int) -> Data:
    types = node.get("type", "object" if "properties" in node else "string")
    type_name = types if isinstance(types, str) else types[0]
    if type_name == "object":
        properties = node.get("properties", {})
        return {
            name: _sample(root, properties.get(name, {}), depth + 1)
            for name in node.get("required", ())
        }
    if type_name == "array":
        item = node.get("items", {})
        return [_sample(root, item, depth + 1) for _ in range(node.get("minItems", 0))]
    if type_name == "boolean":
        return True
    if type_name == "null":
        return None
    candidates: tuple[Any, ...] = _TEXTS if type_name == "string" else _NUMBERS
    limits = {key: value for key, value in node.items() if key in _LIMITS}
    accepts = compile_schema({"type": type_name, **limits})
    for candidate in candidates:
        if accepts(candidate):
            return candidate
    raise NoSampleError(type_name)


_LIMITS: Final = frozenset(
    {"pattern", "format", "minLength", "maxLength", "minimum", "maximum", "multipleOf"}
)
