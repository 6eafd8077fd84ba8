"""A schema that is `true` or `false`, at every keyword: refused documents are explained."""

from __future__ import annotations

import json
from typing import Any

import pytest

from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.schema.acceptance import check_schema
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.documents.validation import check
from tests.documents.schema.explaining import the

SchemaData = dict[str, Any]

REFUSED: list[tuple[SchemaData, object]] = [
    ({"contains": True}, []),
    ({"contains": True, "minContains": 2}, [1]),
    ({"contains": True, "maxContains": 1}, [1, 2]),
    ({"contains": False}, [1]),
    ({"contains": {"$ref": "#/$defs/all"}, "$defs": {"all": True}}, []),
    ({"contains": {"$ref": "#/$defs/none"}, "$defs": {"none": False}}, [1]),
    ({"not": True}, 1),
    ({"not": {"$ref": "#/$defs/all"}, "$defs": {"all": True}}, 1),
    ({"if": True, "then": False}, 1),
    ({"if": False, "else": False}, 1),
    ({"if": {"$ref": "#/$defs/all"}, "then": False, "$defs": {"all": True}}, 1),
    ({"items": False}, [1]),
    ({"prefixItems": [True, False]}, [1, 2]),
    ({"prefixItems": [True], "items": False}, [1, 2]),
    ({"properties": {"a": False}}, {"a": 1}),
    ({"patternProperties": {"^a": False}}, {"a": 1}),
    ({"additionalProperties": False}, {"a": 1}),
    ({"properties": {"a": True}, "additionalProperties": False}, {"b": 1}),
    ({"additionalProperties": False, "allOf": [{"properties": {"a": True}}]}, {"a": 1}),
    ({"unevaluatedProperties": False, "allOf": [True]}, {"a": 1}),
    ({"unevaluatedItems": False, "anyOf": [True]}, [1]),
    ({"propertyNames": False}, {"a": 1}),
    ({"propertyNames": {"anyOf": [False, False]}}, {"a": 1}),
    ({"dependentSchemas": {"a": False}}, {"a": 1}),
    ({"$ref": "#/$defs/none", "$defs": {"none": False}}, 1),
    ({"properties": {"a": {"$ref": "#/additionalProperties"}}, "additionalProperties": False},
     {"a": 1}),
    ({"allOf": [True, False]}, 1),
    ({"anyOf": [False, False]}, 1),
    ({"oneOf": [True, True]}, 1),
    ({"oneOf": [False, False]}, 1),
    ({"required": ["a"], "properties": {"a": True}}, {}),
    ({"required": ["a"], "properties": {"a": False}}, {}),
    ({"type": "object", "properties": {"a": True}}, 1),
    ({"type": "array", "items": True}, 1),
]  # fmt: skip


def _messages(schema: SchemaData, data: object) -> list[str]:
    assert check_schema(schema) == ()
    document = read("request.yaml", json.dumps(data).encode())
    assert isinstance(document, Document)
    findings = check(Schema(schema), document)
    assert findings != ()
    return [
        text
        for one in findings
        for text in (one.message.en, one.message.zh, one.fix.en, one.fix.zh)
    ]


@pytest.mark.parametrize(("schema", "data"), REFUSED, ids=json.dumps)
def test_a_boolean_schema_never_stops_the_explanation(schema: SchemaData, data: object) -> None:
    inside = {"properties": {"x": schema}, "$defs": schema.get("$defs", {})}
    moved = json.loads(json.dumps(inside).replace('"#/add', '"#/properties/x/add'))
    messages = _messages(schema, data) + _messages(moved, {"x": data})
    assert "" not in messages
    assert not any("cannot say where" in text or '"false"' in text for text in messages)


@pytest.mark.parametrize("examples", [True, 5, None, "text", {"a": 1}, []], ids=json.dumps)
def test_examples_that_are_no_list_never_stop_the_explanation(examples: object) -> None:
    schema = {"type": "array", "examples": examples, "items": {"pattern": "^b"}}
    assert "" not in _messages(schema, ["a"])


def test_a_list_that_must_hold_anything_is_told_how_many() -> None:
    finding = the("[]", {"contains": True, "minContains": 2})
    assert (finding.rule, finding.fix.en) == ("schema/other", "Entries: at least 2.")
