"""Schemas that somebody else wrote: what would be a silent pass is refused when they are loaded."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from launchpolicy.documents.schema.acceptance import check_schema, compile_schema
from launchpolicy.documents.schema.dialect import UnsupportedSchemaError
from launchpolicy.documents.schema.translation import in_our_dialect

ROOT = Path(__file__).parents[3]
SHIPPED = sorted((ROOT / "launchpolicy" / "shipped" / "schemas").glob("*.json"))
EXAMPLES = sorted((ROOT / "examples").glob("*/schemas/*.json"))


def problem(schema: Any) -> tuple[str, str]:
    (found,) = check_schema(schema)
    assert found.message.zh != found.message.en
    return found.pointer, found.message.en


@pytest.mark.parametrize("path", [*SHIPPED, *EXAMPLES], ids=lambda path: str(path.name))
def test_our_own_schemas_can_be_trusted(path: Path) -> None:
    assert check_schema(json.loads(path.read_text(encoding="utf-8"))) == ()


@pytest.mark.parametrize(
    ("keyword", "meant"),
    [
        ("requierd", "required"),
        ("additionalProprties", "additionalProperties"),
        ("propertie", "properties"),
        ("patern", "pattern"),
        ("Type", "type"),
        ("aditionalPropertys", "additionalProperties"),
        ("additionalProperty", "additionalProperties"),
        ("patternProperty", "patternProperties"),
        ("property", "properties"),
        ("propreties", "properties"),
        ("maxLen", "maxLength"),
        ("required_", "required"),
        ("min_length", "minLength"),
        ("additional-properties", "additionalProperties"),
        ("anyof", "anyOf"),
        ("tpye", "type"),
        ("item", "items"),
        ("ref", "$ref"),
        ("unevaluatedPropertes", "unevaluatedProperties"),
        ("dependantRequired", "dependentRequired"),
        ("x-uniqe-by", "x-unique-by"),
        ("x-unique-By", "x-unique-by"),
        ("x-uniqueBy", "x-unique-by"),
    ],
)
def test_a_misspelt_keyword_is_refused_with_the_right_one(keyword: str, meant: str) -> None:
    schema = {"properties": {"a/b": {"items": {keyword: ["x"]}}}}
    pointer, message = problem(schema)
    assert pointer == f"#/properties/a~1b/items/{keyword}"
    assert f"did you mean `{meant}`?" in message


@pytest.mark.parametrize(
    "keyword", ["dependencies", "additionalItems", "divisibleBy", "disallow", "extends"]
)
def test_a_keyword_of_another_draft_is_refused_wherever_it_stands(keyword: str) -> None:
    schemas: list[dict[str, Any]] = [
        {keyword: {}},
        {"$defs": {"unused": {keyword: {}}}},
        {"not": {"anyOf": [{"if": {keyword: {}}, "then": True}]}},
        {"additionalProperties": {"propertyNames": {keyword: {}}}},
        {"prefixItems": [{"patternProperties": {"^a$": {keyword: {}}}}]},
        {"contains": {"unevaluatedProperties": {"dependentSchemas": {"a": {keyword: {}}}}}},
    ]
    for schema in schemas:
        pointer, message = problem(schema)
        assert pointer.endswith(f"/{keyword}")
        assert "means nothing in 2020-12" in message


@pytest.mark.parametrize(
    "keyword",
    [
        *("markdownDescription", "defaultSnippets", "deprecationMessage", "example", "nullable"),
        *("discriminator", "$vocabulary", "id", "ignoreCase", "firstProperty", "fileMatch"),
        *("when", "name", "note", "pipelines", "minimal", "order"),
    ],
)
def test_a_word_that_is_no_keyword_is_ignored(keyword: str) -> None:
    schema = {"properties": {"a": {keyword: {"requird": 1}, "type": "string"}}}
    assert check_schema(schema) == ()
    accepts = compile_schema(in_our_dialect(schema))
    assert (accepts({"a": "x"}), accepts({"a": 1})) == (True, False)


@pytest.mark.parametrize(
    "schema",
    [
        {"required": True},
        {"required": ["a", 1]},
        {"required": "name"},
        {"type": "any"},
        {"type": []},
        {"type": ["string", "text"]},
        {"properties": []},
        {"properties": {"a": "string"}},
        {"items": [{"type": "string"}]},
        {"additionalProperties": None},
        {"additionalProperties": "false"},
        {"enum": []},
        {"enum": "a"},
        {"minLength": -1},
        {"minLength": "1"},
        {"minItems": True},
        {"maxItems": 1.5},
        {"minimum": "0"},
        {"exclusiveMinimum": True},
        {"maximum": float("nan")},
        {"multipleOf": 0},
        {"multipleOf": -1},
        {"uniqueItems": "yes"},
        {"x-unique-by": ["name"]},
        {"x-unique-by": ""},
        {"anyOf": []},
        {"allOf": {}},
        {"not": None},
        {"pattern": 1},
        {"patternProperties": {"^a": 1}},
        {"format": "dat-time"},
        {"format": 1},
        {"$ref": 1},
        {"$defs": {"a": 1}},
        {"if": {}},
        {"then": {}},
        {"else": False},
        {"$schema": "http://json-schema.org/draft-03/schema#"},
        {"$schema": 4},
        {"properties": {"a": {"$schema": "http://json-schema.org/draft-07/schema#"}}},
        {"contains": []},
        {"minContains": -1},
        {"dependentRequired": {"a": "b"}},
        {"dependentSchemas": {"a": ["b"]}},
        {"unevaluatedProperties": None},
        {"unevaluatedItems": "no"},
    ],
    ids=repr,
)
def test_a_misshapen_keyword_is_refused(schema: Any) -> None:
    pointer, message = problem(schema)
    assert f"(at {pointer})" in message


@pytest.mark.parametrize("schema", [None, [], "object", 1])
def test_what_is_no_schema_is_refused(schema: Any) -> None:
    assert problem(schema)[0] == "#"


@pytest.mark.parametrize(
    "reference",
    [
        "#/$defs/nowhere",
        "#nowhere",
        "other.json",
        "https://example.com/s.json#/$defs/a",
        "/$defs/a",
        "#/$defs/a%2Fb",
        "#/enum/0",
        "#/$defs/a/default",
        "#/$defs",
        "#/",
        "#/enum/-1",
        "#/enum/99",
        "#/enum/x",
        "#/enum/²",
    ],
)
def test_a_reference_to_what_is_no_schema_of_this_file_is_refused(reference: str) -> None:
    schema: dict[str, Any] = {
        "properties": {"a": {"$ref": reference}},
        "enum": [{"type": "string"}],
        "$defs": {"a": {"default": {"type": "string"}}},
    }
    pointer, message = problem(schema)
    assert pointer == "#/properties/a/$ref"
    assert reference in message


@pytest.mark.parametrize("reference", ["#", "#/$defs/a", "#/definitions/b", "#/$defs/a/items"])
def test_a_reference_within_the_file_is_followed(reference: str) -> None:
    schema = {
        "items": {"$ref": reference},
        "$defs": {"a": {"items": {"type": "string"}}},
        "definitions": {"b": False},
    }
    assert check_schema(schema) == ()


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#"},
        {"allOf": [{"$ref": "#"}]},
        {"$ref": "#/$defs/a", "$defs": {"a": {"anyOf": [{"$ref": "#/$defs/a"}]}}},
        {
            "$ref": "#/$defs/a",
            "$defs": {"a": {"not": {"$ref": "#/$defs/b"}}, "b": {"$ref": "#/$defs/a"}},
        },
        {"if": {"$ref": "#"}, "then": True},
    ],
    ids=repr,
)
def test_a_reference_back_to_itself_on_the_same_value_would_never_end(schema: Any) -> None:
    assert "ring" in problem(schema)[1]
    with pytest.raises(UnsupportedSchemaError):
        compile_schema(schema)


@pytest.mark.parametrize(
    "schema",
    [
        {"anyOf": [{"items": {"$ref": "#"}}, {"items": {"$ref": "#"}}]},
        {"allOf": [{"items": {"$ref": "#"}}, {"prefixItems": [{"$ref": "#"}]}]},
        {"properties": {"a": {"$ref": "#"}}, "patternProperties": {"^a": {"$ref": "#"}}},
        {"patternProperties": {"a": {"$ref": "#"}, "b": {"$ref": "#"}}},
        {
            "anyOf": [
                {"properties": {"a": {"$ref": "#"}}},
                {"additionalProperties": {"$ref": "#"}},
            ]
        },
        {
            "oneOf": [{"$ref": "#/$defs/t"}, {"$ref": "#/$defs/t"}],
            "$defs": {"t": {"items": {"$ref": "#"}}},
        },
        {
            "properties": {
                "x": {
                    "anyOf": [
                        {"properties": {"y": {"$ref": "#"}}},
                        {"properties": {"y": {"$ref": "#"}}},
                    ]
                }
            }
        },
    ],
    ids=repr,
)
def test_a_recursive_schema_that_doubled_its_work_with_every_level_was_refused(
    schema: Any,
) -> None:
    """Up to the seventh edition; since then its answers are remembered."""
    (doubling,) = check_schema(schema, remembers_answers=False)
    assert "doubles" in doubling.message.en
    assert check_schema(schema) == ()


@pytest.mark.parametrize(
    "schema",
    [
        {"properties": {"left": {"$ref": "#"}, "right": {"$ref": "#"}}},
        {"anyOf": [{"type": "string"}, {"type": "array", "items": {"$ref": "#"}}]},
        {"anyOf": [{"items": {"$ref": "#"}}, {"additionalProperties": {"$ref": "#"}}]},
        {"prefixItems": [{"$ref": "#"}], "items": {"$ref": "#"}},
        {"properties": {"a": {"$ref": "#"}}, "additionalProperties": {"$ref": "#"}},
        {"properties": {"a": {"$ref": "#"}}, "patternProperties": {"^b": {"$ref": "#"}}},
        {"patternProperties": {"^b": {"$ref": "#"}}, "additionalProperties": {"$ref": "#"}},
        {"anyOf": [{"properties": {"a": {"$ref": "#"}}}, {"properties": {"b": {"$ref": "#"}}}]},
        {
            "allOf": [{"$ref": "#/$defs/t"}, {"$ref": "#/$defs/t"}],
            "$defs": {"t": {"items": {"type": "null"}}},
        },
    ],
    ids=repr,
)
def test_a_recursive_schema_that_tests_each_value_once_is_fine(schema: Any) -> None:
    assert check_schema(schema) == ()


def test_definitions_that_multiply_each_other_are_refused() -> None:
    definitions: dict[str, Any] = {
        f"d{level}": {"allOf": [{"$ref": f"#/$defs/d{level + 1}"}] * 10} for level in range(9)
    }
    schema = {"$ref": "#/$defs/d0", "$defs": definitions | {"d9": {"type": "string"}}}
    assert "apply to the same value" in problem(schema)[1]


def test_every_problem_is_told_in_the_order_of_the_file() -> None:
    schema = {
        "requierd": [],
        "properties": {"a": {"requird": 1}, "b": {"pattern": "("}, "c": {"$ref": "#/x"}},
    }
    assert [each.pointer for each in check_schema(schema)] == [
        "#/requierd",
        "#/properties/a/requird",
        "#/properties/b/pattern",
        "#/properties/c/$ref",
    ]


def test_names_of_properties_are_not_taken_for_keywords() -> None:
    properties = {name: {"type": "string"} for name in ("requierd", "pattern", "$ref", "not", "if")}
    assert check_schema({"properties": properties, "$defs": {"contains": True}}) == ()


def test_values_that_are_data_are_not_taken_for_schemas() -> None:
    schema = {
        "const": {"requierd": 1},
        "enum": [{"$ref": "nowhere"}],
        "default": {"pattern": "("},
        "examples": [{"items": [1]}],
        "x-note": {"not": 1},
    }
    assert check_schema(schema) == ()


def test_a_schema_nested_without_end_does_not_exhaust_the_stack() -> None:
    schema: dict[str, Any] = {}
    for _ in range(2_000):
        schema = {"items": schema}
    assert check_schema(schema) == ()
