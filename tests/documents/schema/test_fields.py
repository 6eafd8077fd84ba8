"""The fields of a schema: each once, with its route, whatever the schema is made of."""

from __future__ import annotations

from typing import Any

from launchpolicy.documents.schema.fields import schema_fields
from launchpolicy.documents.schema.schema import Schema


def _routes(**properties: Any) -> list[str]:
    schema = Schema({"type": "object", "properties": properties, "$defs": DEFINITIONS})
    return [field.route for field in schema_fields(schema)]


DEFINITIONS: dict[str, Any] = {
    "step": {"type": "object", "properties": {"by": {"type": "string"}}},
    "tree": {
        "type": "object",
        "properties": {"name": {}, "inner": {"$ref": "#/$defs/tree"}},
    },
    "words": {
        "anyOf": [
            {"type": "string"},
            {"type": "object", "properties": {"en": {}, "zh": {}}},
        ]
    },
}


def test_fields_of_items_stand_below_their_list() -> None:
    steps = {"type": "array", "items": {"$ref": "#/$defs/step"}}
    assert _routes(steps=steps) == ["steps", "steps[].by"]


def test_values_of_free_keys_are_one_field() -> None:
    labels = {"type": "object", "additionalProperties": {"$ref": "#/$defs/step"}}
    assert _routes(labels=labels) == ["labels", "labels.<name>", "labels.<name>.by"]


def test_keys_that_follow_patterns_are_free_keys() -> None:
    ports = {
        "patternProperties": {
            "^tcp-": {"type": "object", "properties": {"port": {}}},
            "^udp-": {"type": "object", "properties": {"port": {}, "rate": {}}},
        }
    }
    assert _routes(ports=ports)[1:] == [*("ports.<name>", "ports.<name>.port", "ports.<name>.rate")]


def test_a_definition_that_refers_to_itself_is_entered_once() -> None:
    tree = {"$ref": "#/$defs/tree"}
    assert _routes(tree=tree) == ["tree", "tree.name", "tree.inner"]


def test_a_text_in_several_languages_is_one_field() -> None:
    assert _routes(title={"$ref": "#/$defs/words"}) == ["title"]


def test_forms_that_a_schema_combines_add_up_and_name_each_field_once() -> None:
    both: dict[str, Any] = {
        "allOf": [{"properties": {"a": {}}}, {"properties": {"a": {}, "b": {}}}]
    }
    assert _routes(both=both) == ["both", "both.a", "both.b"]


def test_a_key_that_tells_items_apart_is_known_as_one() -> None:
    steps = {
        "type": "array",
        "x-unique-by": "name",
        "items": {"type": "object", "properties": {"name": {}, "by": {}}},
    }
    fields = schema_fields(Schema({"type": "object", "properties": {"steps": steps}}))
    assert [(field.route, field.parent, field.is_leaf, field.is_key) for field in fields] == [
        ("steps", -1, False, False),
        ("steps[].name", 0, True, True),
        ("steps[].by", 0, True, False),
    ]
