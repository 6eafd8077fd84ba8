"""A sample is accepted by its schema, or there is none."""

from __future__ import annotations

from typing import Any

import pytest

from launchpolicy.documents.schema.acceptance import compile_schema
from launchpolicy.documents.schema.sampling import NoSampleError, sample
from launchpolicy.hosts import shipped_files


@pytest.mark.parametrize("kind", ["LaunchRequest", "Waiver", "Configuration"])
def test_of_a_shipped_kind(kind: str) -> None:
    schema = dict(shipped_files.schema(kind).data)
    assert compile_schema(schema)(sample(schema))


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "pattern": "^[0-9a-f]{40}$"},
        {"type": "string", "minLength": 20},
        {"type": "integer", "minimum": 7},
        {"type": "array", "minItems": 2, "items": {"type": "boolean"}},
        {"enum": ["b", "a"]},
        {"const": 3},
        {"type": ["null", "string"]},
        {"oneOf": [{"type": "object", "required": ["a"], "properties": {"a": {"const": 1}}}]},
        {"$ref": "#/$defs/x", "$defs": {"x": {"$ref": "#/$defs/y"}, "y": {"type": "number"}}},
    ],
    ids=", ".join,
)
def test_of_a_small_schema(schema: dict[str, Any]) -> None:
    assert compile_schema(schema)(sample(schema))


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "pattern": "^[A-Z]{3}-[0-9]{9}$"},
        {"type": "integer", "minimum": 5, "maximum": 6},
        {"$ref": "#/$defs/x", "$defs": {"x": {"$ref": "#/$defs/x"}}},
        {"type": "object", "required": ["child"], "properties": {"child": {"$ref": "#"}}},
    ],
    ids=["a pattern nobody explains", "a narrow range", "a loop", "a document without an end"],
)
def test_where_there_is_none(schema: dict[str, Any]) -> None:
    with pytest.raises(NoSampleError):
        sample(schema)


ANY_TEXT = "example"


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "object", "required": ["a"], "properties": {"a": True}}, {"a": ANY_TEXT}),
        ({"type": "array", "minItems": 1, "items": True}, [ANY_TEXT]),
        ({"anyOf": [True]}, ANY_TEXT),
        ({"$ref": "#/$defs/a", "$defs": {"a": True}}, ANY_TEXT),
        ({"type": "string", "examples": 5}, ANY_TEXT),
    ],
)
def test_a_part_that_accepts_everything_has_a_sample(schema: dict[str, Any], value: object) -> None:
    assert sample(schema) == value


@pytest.mark.parametrize(
    "schema",
    [{"type": "object", "required": ["a"], "properties": {"a": False}}, {"oneOf": [False]}],
)
def test_a_part_that_accepts_nothing_has_no_sample(schema: dict[str, Any]) -> None:
    with pytest.raises(NoSampleError):
        sample(schema)
