"""Corner cases of the fast yes, each against the library; and what must never pass by accident."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from launchpolicy.documents.schema.acceptance import compile_schema
from launchpolicy.documents.schema.dialect import UnsupportedSchemaError
from launchpolicy.documents.schema.validator import validator_of

Schema = dict[str, Any]
TREE: Schema = {
    "$ref": "#/$defs/tree",
    "$defs": {
        "tree": {
            "type": "object",
            "required": ["name"],
            "additionalProperties": False,
            "properties": {
                "name": {"type": "string"},
                "children": {"type": "array", "items": {"$ref": "#/$defs/tree"}},
            },
        }
    },
}


def accepts(schema: Schema, data: Any) -> bool:
    verdict = compile_schema(schema)(data)
    assert verdict == (not any(validator_of(schema).iter_errors(data)))
    return verdict


@pytest.mark.parametrize(
    ("schema", "data", "verdict"),
    [
        ({"enum": [1]}, True, False),
        ({"enum": [True]}, 1, False),
        ({"enum": [0]}, False, False),
        ({"const": 1}, 1.0, True),
        ({"const": 1.0}, 1, True),
        ({"const": True}, True, True),
        ({"const": False}, 0.0, False),
        ({"const": None}, False, False),
        ({"const": [1]}, [True], False),
        ({"const": {"a": 0}}, {"a": False}, False),
        ({"const": {"a": 1, "b": 2}}, {"b": 2.0, "a": 1}, True),
        ({"enum": ["1"]}, 1, False),
        ({"enum": ["a"]}, ["a"], False),
        ({"enum": [[]]}, {}, False),
        ({"enum": [2**53]}, 2**53 + 1, False),
    ],
    ids=repr,
)
def test_equality_tells_truth_values_from_numbers(schema: Schema, data: Any, verdict: bool) -> None:  # noqa: FBT001 (a table of verdicts)
    assert accepts(schema, data) is verdict


@pytest.mark.parametrize(
    ("type_", "data", "verdict"),
    [
        ("integer", 1.0, True),
        ("integer", 1.5, False),
        ("integer", True, False),
        ("number", False, False),
        ("number", 1, True),
        ("boolean", 1, False),
        ("null", False, False),
        ("null", "", False),
        ("string", None, False),
        ("object", [], False),
        ("array", {}, False),
        (["integer", "string"], 1.5, False),
        (["number", "integer"], 1.5, True),
        (["string", "null"], None, True),
    ],
    ids=repr,
)
def test_types_are_those_of_the_specification(type_: Any, data: Any, verdict: bool) -> None:  # noqa: FBT001 (a table of verdicts)
    assert accepts({"type": type_}, data) is verdict


@pytest.mark.parametrize(
    ("schema", "data", "verdict"),
    [
        ({"minLength": 2}, "😀", False),
        ({"maxLength": 1}, "😀", True),
        ({"maxLength": 2}, "e\u0301e", False),
        ({"minLength": 3}, "结算服", True),
        ({"pattern": "^.$"}, "😀", True),
        ({"pattern": "b"}, "abc", True),
        ({"pattern": "^b"}, "abc", False),
        ({"pattern": "^[a-z]+$"}, "abc\n", False),
        ({"pattern": r"^\d$"}, "٣", False),
        ({"pattern": "^a$"}, 1, True),
        ({"format": "date-time"}, "2026-12-01T22:00:00+08:00", True),
        ({"format": "date-time"}, "2026-12-01T22:00:00", False),
        ({"format": "date-time"}, "2026-02-30T22:00:00Z", False),
        ({"format": "date-time"}, 20261201, True),
        ({"format": "date"}, "2026-02-28", True),
        ({"format": "date"}, "2026-02-30", False),
        ({"format": "date"}, "2026-02-28T00:00:00Z", False),
        ({"format": "email"}, "nobody", True),
    ],
    ids=repr,
)
def test_texts_are_counted_in_code_points_and_end_where_they_end(
    schema: Schema,
    data: Any,
    verdict: bool,  # noqa: FBT001 (a table of verdicts)
) -> None:
    assert accepts(schema, data) is verdict


@pytest.mark.parametrize(
    ("schema", "data", "verdict"),
    [
        ({"multipleOf": 0.01}, 4.35, True),
        ({"multipleOf": 0.1}, 0.3, True),
        ({"multipleOf": 0.1}, 0.35, False),
        ({"multipleOf": 2}, 4.0, True),
        ({"multipleOf": 1e-300}, 1e300, True),
        ({"multipleOf": 3}, 10**18, False),
        ({"multipleOf": 2}, float("nan"), False),
        ({"multipleOf": 2}, float("inf"), False),
        ({"multipleOf": 2}, True, True),
        ({"exclusiveMinimum": 1}, 1.0, False),
        ({"exclusiveMaximum": 1}, 0.999, True),
    ],
    ids=repr,
)
def test_numbers_are_compared_as_they_are_written(schema: Schema, data: Any, verdict: bool) -> None:  # noqa: FBT001 (a table of verdicts)
    assert accepts(schema, data) is verdict


@pytest.mark.parametrize("bound", ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"])
def test_not_a_number_is_within_no_bound(bound: str) -> None:
    assert compile_schema({bound: 0})(float("nan")) is False


@pytest.mark.parametrize(
    ("schema", "data", "verdict"),
    [
        ({}, {}, True),
        ({"required": ["a"]}, {}, False),
        ({"required": ["a"]}, [], True),
        ({"required": []}, {}, True),
        ({"required": ["keys", "__class__"]}, {}, False),
        ({"properties": {"items": False}}, {"items": None}, False),
        ({"properties": {"items": False}}, {}, True),
        ({"additionalProperties": False}, {}, True),
        ({"additionalProperties": False}, {"get": 1}, False),
        ({"properties": {"a": True}, "additionalProperties": False}, {"a": 1}, True),
        ({"patternProperties": {"^x": True}, "additionalProperties": False}, {"x1": 1}, True),
        ({"patternProperties": {"^x": True}, "additionalProperties": False}, {"y": 1}, False),
        ({"patternProperties": {"^x": False}}, {"x": 1}, False),
        (
            {"properties": {"xa": True}, "patternProperties": {"^x": {"type": "null"}}},
            {"xa": 1},
            False,
        ),
        ({"propertyNames": {"maxLength": 1}}, {"ab": 1}, False),
        ({"propertyNames": False}, {}, True),
        ({"minProperties": 1}, {}, False),
        ({"maxProperties": 0}, {"a": 1}, False),
    ],
    ids=repr,
)
def test_mappings_hold_what_is_said_of_their_keys(
    schema: Schema,
    data: Any,
    verdict: bool,  # noqa: FBT001 (a table of verdicts)
) -> None:
    assert accepts(schema, data) is verdict


@pytest.mark.parametrize(
    ("schema", "data", "verdict"),
    [
        ({"uniqueItems": True}, [1, True], True),
        ({"uniqueItems": True}, [1, 1.0], False),
        ({"uniqueItems": True}, [[1], [True], [1]], False),
        ({"uniqueItems": True}, [{"a": 1, "b": 2}, {"b": 2, "a": 1}], False),
        ({"uniqueItems": True}, ["a", ["a"]], True),
        ({"uniqueItems": False}, [1, 1], True),
        ({"items": False}, [], True),
        ({"items": False}, [1], False),
        ({"prefixItems": [{"type": "null"}], "items": False}, [None], True),
        ({"prefixItems": [{"type": "null"}], "items": False}, [None, None], False),
        ({"prefixItems": [{"type": "null"}, False]}, [None], True),
        ({"minItems": 1}, [], False),
        ({"maxItems": 1}, [1, 2], False),
        ({"minItems": 1}, {}, True),
    ],
    ids=repr,
)
def test_lists_hold_what_is_said_of_their_items(schema: Schema, data: Any, verdict: bool) -> None:  # noqa: FBT001 (a table of verdicts)
    assert accepts(schema, data) is verdict


@pytest.mark.parametrize(
    ("items", "verdict"),
    [
        ([{"name": "a"}, {"name": "b"}], True),
        ([], True),
        ([{"name": 1}, {"name": True}], True),
        ([{"name": "a"}, {"name": "a"}], False),
        ([{"name": 1}, {"name": 1.0}], False),
        ([{"name": ["a"]}, {"name": ["a"]}], False),
        ([{"name": "a"}, "a"], False),
        (["name"], False),
        ([None], False),
        ([["name"]], False),
        ([{"nom": "a"}], False),
        ([{"name": "a"}, {}], False),
    ],
    ids=repr,
)
def test_what_has_no_name_cannot_be_unique_by_it(items: Any, verdict: bool) -> None:  # noqa: FBT001 (a table of verdicts)
    assert accepts({"x-unique-by": "name"}, items) is verdict


@pytest.mark.parametrize(
    ("schema", "data", "verdict"),
    [
        ({"oneOf": [{"type": "number"}, {"type": "integer"}]}, 1, False),
        ({"oneOf": [{"type": "number"}, {"type": "integer"}]}, 1.5, True),
        ({"anyOf": [False, {"type": "null"}]}, None, True),
        ({"anyOf": [False]}, None, False),
        ({"allOf": [{"minimum": 1}, {"maximum": 2}, {"type": "integer"}]}, 3, False),
        ({"not": {}}, None, False),
        ({"not": {"required": ["a", "b"]}}, {"a": 1}, True),
        ({"if": {"type": "string"}, "then": False}, "a", False),
        ({"if": {"type": "string"}, "then": False}, 1, True),
        ({"if": {"type": "string"}, "else": False}, 1, False),
        ({"$ref": "#/$defs/a", "maxLength": 1, "$defs": {"a": {"type": "string"}}}, "ab", False),
        ({"$ref": "#/definitions/a~1b", "definitions": {"a/b": {"type": "null"}}}, 1, False),
        ({"type": "string", "$ref": "#/$defs/a", "$defs": {"a": False}}, "a", False),
    ],
    ids=repr,
)
def test_combinations_and_references_hold_beside_their_siblings(
    schema: Schema,
    data: Any,
    verdict: bool,  # noqa: FBT001 (a table of verdicts)
) -> None:
    assert accepts(schema, data) is verdict


def _chain(depth: int, last: Any) -> Any:
    data = last
    for _ in range(depth):
        data = {"name": "n", "children": [data]}
    return data


def test_a_recursive_definition_reaches_the_deepest_level() -> None:
    assert accepts(TREE, _chain(20, {"name": "leaf"})) is True
    assert accepts(TREE, _chain(20, {"nam": "leaf"})) is False


def test_the_whole_schema_may_refer_to_itself() -> None:
    schema = {"type": "array", "items": {"$ref": "#"}, "x-unique-by": "name", "maxItems": 1}
    assert accepts({**schema, "x-unique-by": "name"}, []) is True
    assert accepts({key: schema[key] for key in ("type", "items")}, [[[], [[]]]]) is True
    assert accepts({key: schema[key] for key in ("type", "items")}, [[[], [{}]]]) is False


def test_a_mark_of_the_draft_does_not_bring_back_the_keywords_of_the_library() -> None:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "properties": {"list": {"x-unique-by": "name"}, "inner": {"$ref": "#"}},
    }
    twice = [{"name": "a"}, {"name": "a"}]
    assert accepts(schema, {"inner": {"inner": {"list": twice}}}) is False


@pytest.mark.parametrize(
    "schema",
    [
        {"requierd": ["a"]},
        {"additionalItems": False},
        {"type": "strnig"},
        {"$ref": "#/$defs/nowhere"},
        {"$ref": "https://example.com/schema.json"},
        {"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/a"}}},
        {"allOf": [{"$ref": "#"}]},
        {"not": {"anyOf": [{"additionalProprties": False}]}},
        {"pattern": "(?=a)"},
    ],
    ids=repr,
)
def test_what_is_not_understood_is_an_error_even_without_a_check_before(schema: Schema) -> None:
    with pytest.raises(UnsupportedSchemaError) as caught:
        compile_schema(schema)
    assert caught.value.pointer.startswith("#")


@pytest.mark.parametrize(
    ("schema", "data"),
    [
        ({"properties": {"a": {"requierd": ["b"]}}}, {"a": {}}),
        ({"items": {"type": "txt"}}, [1]),
        ({"additionalProperties": {"$ref": "#/$defs/none"}}, {"a": 1}),
        ({"prefixItems": [{"dependencies": {}}]}, [1]),
        ({"patternProperties": {"^a": {"pattern": "(a)\\1"}}}, {"a": "aa"}),
        ({"propertyNames": {"foo": 1}}, {"a": 1}),
    ],
    ids=repr,
)
def test_what_is_reached_late_and_not_understood_is_an_error_and_no_yes(
    schema: Schema, data: Any
) -> None:
    check = compile_schema(schema)
    for _ in range(2):
        with pytest.raises(UnsupportedSchemaError):
            check(data)


def test_a_large_schema_costs_what_the_document_touches() -> None:
    broken: Schema = {"properties": {"far": {"no such keyword": 1}, "near": {"type": "string"}}}
    assert compile_schema(broken)({"near": "x"}) is True


def test_saying_yes_loads_neither_the_library_nor_the_explanations() -> None:
    program = (
        "import sys\n"
        "from launchpolicy.documents.schema.acceptance import compile_schema\n"
        "assert compile_schema({'pattern': '^a$', 'format': 'date-time'})(1)\n"
        "heavy = {'jsonschema', 'referencing', 'attrs', 'difflib', 'fractions'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert run.stdout == "[]\n"
