"""Schemas of every draft: judged as the library's validator of that draft judges them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from jsonschema import (
    Draft4Validator,
    Draft6Validator,
    Draft7Validator,
    Draft201909Validator,
    Draft202012Validator,
)

from launchpolicy.documents.schema.acceptance import check_schema, compile_schema
from launchpolicy.documents.schema.drafts import DRAFTS, SchemaDraft
from launchpolicy.documents.schema.translation import in_our_dialect
from launchpolicy.documents.schema.validator import validator_of
from tests.extent import examples_of

SchemaData = dict[str, Any]
Strategy = st.SearchStrategy[Any]
Nested = dict[str, Callable[[Strategy], Strategy]]

ORACLES: dict[str, Any] = {
    "draft-04": Draft4Validator,
    "draft-06": Draft6Validator,
    "draft-07": Draft7Validator,
    "2019-09": Draft201909Validator,
    "2020-12": Draft202012Validator,
}
KEYS = st.sampled_from(["a", "b", "c"])
# Of a number without a fraction, draft-04 alone says that 1.0 is none; see decision record 0023.
SCALARS = st.sampled_from([None, True, False, 0, 1, 2, -1, 1.5, "", "a", "ab"])
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
TYPES = st.sampled_from(["string", "number", "integer", "boolean", "null", "object", "array"])
COUNTS = st.integers(0, 2)
NUMBERS = st.sampled_from([-1, 0, 1, 0.5, 2])
REFERENCES = st.sampled_from(["#", "#/definitions/one", "#/definitions/two"])


def _several(inner: Strategy) -> Strategy:
    return st.lists(inner, min_size=1, max_size=2)


def _by_key(inner: Strategy) -> Strategy:
    return st.dictionaries(KEYS, inner, max_size=2)


def _same(inner: Strategy) -> Strategy:
    return inner


PLAIN: dict[str, Strategy] = {
    "type": TYPES | st.lists(TYPES, min_size=1, max_size=3, unique=True),
    "enum": st.lists(DATA, min_size=1, max_size=3),
    "minLength": COUNTS,
    "minimum": NUMBERS,
    "maximum": NUMBERS,
    "required": st.lists(KEYS, min_size=1, max_size=2, unique=True),
    "maxProperties": COUNTS,
    "minItems": COUNTS,
    "maxItems": COUNTS,
    "uniqueItems": st.booleans(),
    "$ref": REFERENCES,
}
NESTED: Nested = {
    "properties": _by_key,
    "patternProperties": lambda inner: st.dictionaries(
        st.sampled_from(["^a", "[bc]"]), inner, max_size=2
    ),
    "additionalProperties": _same,
    "items": _same,
    "allOf": _several,
    "anyOf": _several,
    "oneOf": _several,
    "not": _same,
}
SIXTH: Nested = {"contains": _same, "propertyNames": _same}
SEVENTH: Nested = {"if": _same, "then": _same, "else": _same}
OLDER: Nested = {
    "items": lambda inner: inner | _several(inner),
    "additionalItems": _same,
    "dependencies": lambda inner: st.dictionaries(
        KEYS, inner | st.lists(KEYS, min_size=1, max_size=2, unique=True), max_size=2
    ),
}
OF_2019: Nested = {"dependentSchemas": _by_key, "unevaluatedProperties": _same}
LIMITS = {"exclusiveMinimum": NUMBERS, "exclusiveMaximum": NUMBERS, "const": DATA}
COUNTED = {
    "minContains": COUNTS,
    "maxContains": COUNTS,
    "dependentRequired": st.dictionaries(KEYS, st.lists(KEYS, max_size=2, unique=True), max_size=2),
}
LEAVES: dict[str, dict[str, Strategy]] = {
    "draft-04": PLAIN | {"exclusiveMinimum": st.booleans(), "exclusiveMaximum": st.booleans()},
    "draft-06": PLAIN | LIMITS,
    "draft-07": PLAIN | LIMITS,
    "2019-09": PLAIN | LIMITS | COUNTED,
    "2020-12": PLAIN | LIMITS | COUNTED,
}
INNER: dict[str, Nested] = {
    "draft-04": NESTED | OLDER,
    "draft-06": NESTED | OLDER | SIXTH,
    "draft-07": NESTED | OLDER | SIXTH | SEVENTH,
    "2019-09": NESTED
    | {key: OLDER[key] for key in ("items", "additionalItems")}
    | SIXTH
    | SEVENTH
    | OF_2019,
    "2020-12": NESTED
    | {"prefixItems": _several, "unevaluatedItems": _same}
    | SIXTH
    | SEVENTH
    | OF_2019,
}


def _of(keywords: dict[str, Strategy], most: int) -> Strategy:
    written = [st.tuples(st.just(keyword), value) for keyword, value in keywords.items()]
    return st.lists(st.one_of(written), min_size=1, max_size=most).map(dict).map(_whole)


def _whole(schema: SchemaData) -> SchemaData:
    """A schema without halves of conditions and of exclusive limits, which are refused."""
    is_whole = ("if" in schema) == ("then" in schema or "else" in schema)
    dropped = set() if is_whole else {"if", "then", "else"}
    for flag, limit in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(schema.get(flag), bool) and limit not in schema:
            dropped.add(flag)
    return {key: value for key, value in schema.items() if key not in dropped}


@functools.cache  # to make the strategy anew for each example takes longer than the example
def _schemas(draft: SchemaDraft) -> Strategy:
    leaves, nested = LEAVES[draft.name], INNER[draft.name]
    level = _of(leaves, 2) if draft.has_flags else st.booleans() | _of(leaves, 2)
    for _ in range(2):
        inner = level
        level = _of(leaves | {key: make(inner) for key, make in nested.items()}, 4)
    return st.builds(
        lambda top, one, two: {
            **top,
            "$schema": draft.address,
            "definitions": {"one": one, "two": two},
        },
        level,
        level,
        level,
    )


@pytest.mark.parametrize("draft", DRAFTS, ids=[draft.name for draft in DRAFTS])
@settings(max_examples=examples_of(80), suppress_health_check=[HealthCheck.filter_too_much])
@given(data=st.data())
def test_a_schema_of_any_draft_is_judged_as_its_draft_says(draft: SchemaDraft, data: Any) -> None:
    schema, value = data.draw(_schemas(draft)), data.draw(DATA)
    assume(check_schema(schema) == ())
    ours = in_our_dialect(schema)
    expected = ORACLES[draft.name](schema).is_valid(value)
    assert compile_schema(ours)(value) is expected
    assert (not any(validator_of(ours).iter_errors(value))) is expected


ADDRESS = {draft.name: draft.address for draft in DRAFTS}
CASES: list[tuple[str, SchemaData, Any, bool]] = [
    ("draft-04", {"minimum": 1, "exclusiveMinimum": True}, 1, False),
    ("draft-04", {"minimum": 1, "exclusiveMinimum": False}, 1, True),
    ("draft-07", {"exclusiveMinimum": 1}, 1, False),
    ("draft-07", {"items": [{"type": "string"}], "additionalItems": False}, ["a", "b"], False),
    ("draft-07", {"items": [{"type": "string"}], "additionalItems": False}, ["a"], True),
    ("draft-07", {"items": {"type": "string"}, "additionalItems": False}, ["a", "b"], True),
    ("2019-09", {"items": [True], "additionalItems": {"type": "null"}}, [1, 2], False),
    ("draft-07", {"dependencies": {"a": ["b"]}}, {"a": 1}, False),
    ("draft-07", {"dependencies": {"a": {"required": ["b"]}}}, {"a": 1}, False),
    ("draft-07", {"dependencies": {"a": False}}, {"a": 1}, False),
    ("draft-07", {"dependencies": {"a": ["b"]}}, {"b": 1}, True),
    ("2019-09", {"dependentRequired": {"a": ["b"]}}, {"a": 1}, False),
    ("2020-12", {"dependentSchemas": {"a": {"maxProperties": 1}}}, {"a": 1, "b": 2}, False),
    ("draft-06", {"contains": {"const": 1}}, [2], False),
    ("2020-12", {"contains": {"const": 1}, "minContains": 2}, [1, 2], False),
    ("2020-12", {"contains": {"const": 1}, "minContains": 0}, [], True),
    ("2020-12", {"contains": {"const": 1}, "maxContains": 1}, [1, 1], False),
    ("draft-07", {"$ref": "#/definitions/a", "maxLength": 1}, "long", True),
    ("2019-09", {"$ref": "#/definitions/a", "maxLength": 1}, "long", False),
    (
        "draft-07",
        {"properties": {"a": {"$ref": "#/properties/b"}, "b": {"minimum": 3}}},
        {"a": 1},
        False,
    ),
    ("draft-07", {"items": [{"const": 1}, {"$ref": "#/items/0"}]}, [1, 2], False),
    ("2020-12", {"properties": {"a": True}, "unevaluatedProperties": False}, {"b": 1}, False),
    (
        "2020-12",
        {"allOf": [{"properties": {"a": True}}], "unevaluatedProperties": False},
        {"a": 1},
        True,
    ),
    (
        "2020-12",
        {"anyOf": [{"properties": {"a": {"const": 1}}}, True], "unevaluatedProperties": False},
        {"a": 2},
        False,
    ),
    ("2020-12", {"prefixItems": [True], "unevaluatedItems": False}, [1, 2], False),
    ("2020-12", {"contains": {"const": 2}, "unevaluatedItems": {"const": 1}}, [1, 2], True),
    ("2020-12", {"$ref": "#named", "$defs": {"x": {"$anchor": "named", "const": 1}}}, 2, False),
    (
        "2020-12",
        {
            "$id": "https://example.com/whole.json",
            "$ref": "part.json",
            "$defs": {"x": {"$id": "part.json", "$ref": "#/$defs/y", "$defs": {"y": {"const": 1}}}},
        },
        2,
        False,
    ),
    (
        "draft-04",
        {"$ref": "#part", "definitions": {"x": {"id": "#part", "type": "string"}}},
        2,
        False,
    ),
    ("draft-07", {"$ref": "#/definitions/a%20b", "definitions": {"a b": {"const": 1}}}, 2, False),
    ("draft-07", {"$ref": "#/definitions/a%25b", "definitions": {"a%b": {"const": 1}}}, 2, False),
    ("draft-07", {"$ref": "#/shared/a", "shared": {"a": {"const": 1}}}, 2, False),
    (
        "2020-12",
        {"items": {"$dynamicRef": "#node"}, "$defs": {"n": {"$dynamicAnchor": "node", "const": 1}}},
        [2],
        False,
    ),
    ("2019-09", {"type": ["array", "null"], "items": {"$recursiveRef": "#"}}, [[1]], False),
    ("draft-07", {"type": "object", "markdownDescription": "x", "required": ["a"]}, {}, False),
]


@pytest.mark.parametrize(
    ("draft", "schema", "value", "verdict"), CASES, ids=[str(case[:2]) for case in CASES]
)
def test_what_drafts_say_differently(
    draft: str,
    schema: SchemaData,
    value: Any,
    verdict: bool,  # noqa: FBT001 (a table of verdicts)
) -> None:
    whole = {"$schema": ADDRESS[draft], **schema}
    whole.setdefault("definitions", {}).setdefault("a", {"type": "string"})
    assert check_schema(whole) == ()
    ours = in_our_dialect(whole)
    assert compile_schema(ours)(value) is verdict
    assert (not any(validator_of(ours).iter_errors(value))) is verdict
    assert ORACLES[draft](whole).is_valid(value) is verdict


@pytest.mark.parametrize(
    ("schema", "says"),
    [
        ({"$ref": "https://example.com/other.json"}, "leads out of this file"),
        ({"$ref": "other.json#/definitions/a"}, "leads out of this file"),
        ({"$ref": "http://json-schema.org/draft-07/schema#"}, "leads out of this file"),
        ({"$ref": "#nowhere"}, "is no schema in this file"),
        (
            {"$defs": {"a": {"$anchor": "x"}, "b": {"$anchor": "x"}}, "$ref": "#x"},
            "is no schema in this file",
        ),
        (
            {
                "$dynamicRef": "#x",
                "$defs": {
                    "a": {"$dynamicAnchor": "x"},
                    "b": {"$id": "b.json", "$dynamicAnchor": "x"},
                },
            },
            "depends on how it is reached",
        ),
        ({"$schema": ADDRESS["draft-07"], "dependentRequired": {}}, "means nothing in draft-07"),
        ({"$schema": ADDRESS["draft-04"], "const": 1}, "means nothing in draft-04"),
        ({"$schema": ADDRESS["draft-06"], "if": True, "then": False}, "means nothing in draft-06"),
        ({"$schema": ADDRESS["draft-04"], "exclusiveMinimum": 3}, "must be true or false"),
        ({"$schema": ADDRESS["draft-04"], "exclusiveMinimum": True}, "stands beside `minimum`"),
        ({"$schema": ADDRESS["2019-09"], "prefixItems": [True]}, "write `items`"),
        ({"items": [{"type": "string"}]}, "`items` must be a schema"),
        ({"pattern": "^(?!x)"}, "an engine that looks around"),
        ({"shared": {"a": {"requird": []}}, "$ref": "#/shared/a"}, "did you mean `required`?"),
        ({"default": {"a": {}}, "$ref": "#/default/a"}, "is no schema in this file"),
    ],
    ids=repr,
)
def test_what_would_pass_or_cannot_be_followed_is_refused(schema: SchemaData, says: str) -> None:
    problems = check_schema(schema)
    assert says in problems[0].message.en
    assert problems[0].message.zh != problems[0].message.en


@pytest.mark.parametrize(
    "schema",
    [
        {"contains": {"$ref": "#"}, "items": {"$ref": "#"}},
        {"allOf": [{"contains": {"$ref": "#"}}, {"prefixItems": [{"$ref": "#"}]}]},
        {
            "anyOf": [{"properties": {"a": {"$ref": "#"}}}, {"required": ["b"]}],
            "unevaluatedProperties": False,
        },
        {
            "dependentSchemas": {"a": {"properties": {"b": {"$ref": "#"}}}},
            "properties": {"b": {"$ref": "#"}},
        },
    ],
    ids=repr,
)
def test_new_keywords_that_double_the_work_with_every_level_were_refused(
    schema: SchemaData,
) -> None:
    assert "doubles" in check_schema(schema, remembers_answers=False)[0].message.en
    assert check_schema(schema) == ()


def test_a_schema_of_our_dialect_is_taken_as_it_is() -> None:
    schema = {"properties": {"a": {"$ref": "#/$defs/b"}}, "$defs": {"b": {"x-mine": 1}}}
    assert in_our_dialect(schema) is schema
