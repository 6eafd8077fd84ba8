"""The fast yes and the explaining validator give one verdict, whatever the schema and the data."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.schema.acceptance import check_schema, compile_schema
from launchpolicy.documents.schema.explanation import explain
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.documents.schema.validator import validator_of
from tests.extent import examples_of

SchemaData = dict[str, Any]
Strategy = st.SearchStrategy[Any]

KEYS = st.sampled_from(["a", "b", "aa", "name"])
SCALARS = st.sampled_from(
    [
        *(None, True, False, 0, 1, 1.0, 2, -1, 0.3, 1.5, 10**18),
        *("", "a", "ab", "结算", "😀", "1", "a\n"),
        *("2026-12-01T22:00:00+08:00", "2026-02-30T22:00:00Z", "2026-12-01"),
    ]
)
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
TYPES = st.sampled_from(["string", "number", "integer", "boolean", "null", "object", "array"])
COUNTS = st.integers(0, 3)
NUMBERS = st.sampled_from([-1, 0, 1, 1.0, 0.5, 2])
PATTERNS = st.sampled_from(["^a", "a$", "^a+$", "^[a-z]*$", "[^a]", r"^\p{Han}+$", r"\d"])

PLAIN: dict[str, Strategy] = {
    "type": TYPES | st.lists(TYPES, min_size=1, max_size=3, unique=True),
    "enum": st.lists(DATA, min_size=1, max_size=3),
    "const": DATA,
    "minLength": COUNTS,
    "maxLength": COUNTS,
    "minimum": NUMBERS,
    "maximum": NUMBERS,
    "exclusiveMinimum": NUMBERS,
    "exclusiveMaximum": NUMBERS,
    "multipleOf": st.sampled_from([1, 2, 3]),
    "required": st.lists(KEYS, max_size=2),
    "minProperties": COUNTS,
    "maxProperties": COUNTS,
    "minItems": COUNTS,
    "maxItems": COUNTS,
    "minContains": COUNTS,
    "maxContains": COUNTS,
    "dependentRequired": st.dictionaries(KEYS, st.lists(KEYS, max_size=2), max_size=2),
    "$ref": st.sampled_from(["#", "#/$defs/one", "#/$defs/two"]),
}
OWN: dict[str, Strategy] = {
    **PLAIN,
    "pattern": PATTERNS,
    "format": st.sampled_from(["date-time", "date", "uuid"]),
    "multipleOf": st.sampled_from([1, 0.1, 0.5]),
    "uniqueItems": st.booleans(),
    "x-unique-by": st.sampled_from(["a", "name"]),
}


def _several(inner: Strategy) -> Strategy:
    return st.lists(inner, min_size=1, max_size=3)


NESTED: dict[str, Callable[[Strategy], Strategy]] = {
    "properties": lambda inner: st.dictionaries(KEYS, inner, max_size=3),
    "additionalProperties": lambda inner: inner,
    "propertyNames": lambda inner: inner,
    "items": lambda inner: inner,
    "prefixItems": _several,
    "contains": lambda inner: inner,
    "unevaluatedItems": lambda inner: inner,
    "unevaluatedProperties": lambda inner: inner,
    "dependentSchemas": lambda inner: st.dictionaries(KEYS, inner, max_size=2),
    "allOf": _several,
    "anyOf": _several,
    "oneOf": _several,
    "not": lambda inner: inner,
    "if": lambda inner: inner,
    "then": lambda inner: inner,
    "else": lambda inner: inner,
}
PATTERNED: dict[str, Callable[[Strategy], Strategy]] = {
    **NESTED,
    "patternProperties": lambda inner: st.dictionaries(PATTERNS, inner, max_size=2),
}


def _of(keywords: dict[str, Strategy], most: int) -> Strategy:
    """Schemas of a few of the keywords; more of them refuse nearly everything."""
    said = [st.tuples(st.just(keyword), value) for keyword, value in keywords.items()]
    return st.lists(st.one_of(said), max_size=most).map(dict).map(_with_whole_conditions)


def _with_whole_conditions(schema: SchemaData) -> SchemaData:
    if ("if" in schema) == ("then" in schema or "else" in schema):
        return schema
    return {key: value for key, value in schema.items() if key not in ("if", "then", "else")}


def _schemas(
    leaves: dict[str, Strategy], nested: dict[str, Callable[[Strategy], Strategy]]
) -> Strategy:
    """Three levels, and two definitions that all of them, themselves too, may refer to."""
    level: Strategy = st.booleans() | _of(leaves, 2)
    for _ in range(2):
        inner = level
        level = _of(leaves | {key: make(inner) for key, make in nested.items()}, 3)
    return st.builds(
        lambda top, one, two: {**top, "$defs": {"one": one, "two": two}}, level, level, level
    )


@settings(max_examples=examples_of(150), deadline=None)
@given(_schemas(OWN, PATTERNED), DATA)
def test_the_two_validators_agree(schema: SchemaData, data: Any) -> None:
    assume(check_schema(schema) == ())
    assert compile_schema(schema)(data) == (not any(validator_of(schema).iter_errors(data)))


@settings(max_examples=examples_of(100), deadline=None)
@given(_schemas(PLAIN, NESTED), DATA)
def test_without_own_keywords_the_library_as_it_comes_agrees(schema: SchemaData, data: Any) -> None:
    assume(check_schema(schema) == ())
    assert compile_schema(schema)(data) == Draft202012Validator(schema).is_valid(data)


# Most random pairs agree by accident; those are not the ones that are looked for.
@settings(
    max_examples=examples_of(100),
    deadline=None,
    suppress_health_check=[HealthCheck.filter_too_much],
)
@given(_schemas(OWN, PATTERNED), DATA)
def test_what_is_not_accepted_is_explained_and_each_complaint_made_once(
    schema: SchemaData, data: Any
) -> None:
    assume(check_schema(schema) == ())
    document = read("request.yaml", json.dumps(data, ensure_ascii=False).encode())
    assert isinstance(document, Document)
    assume(not compile_schema(schema)(document.data))
    findings = explain(Schema(schema), document)
    assert findings != ()
    assert not any("cannot say where" in finding.message.en for finding in findings)
    starts = [finding.place.span.start for finding in findings]
    assert starts == sorted(starts)
    assert len(set(findings)) == len(findings)
    for finding in findings:
        assert "" not in (finding.message.en, finding.message.zh, finding.fix.en, finding.fix.zh)
        assert finding.rule.startswith("schema/")


BOOLEANS = _of(
    {
        **{keyword: make(st.booleans()) for keyword, make in PATTERNED.items()},
        "minContains": COUNTS,
        "$ref": PLAIN["$ref"],
    },
    3,
).flatmap(lambda top: st.booleans().map(lambda one: {**top, "$defs": {"one": one, "two": not one}}))


@settings(max_examples=examples_of(300), deadline=None)
@given(BOOLEANS, DATA)
def test_boolean_subschemas_at_every_keyword_give_one_verdict_and_an_explanation(
    schema: SchemaData, data: Any
) -> None:
    assume(check_schema(schema) == ())
    document = read("request.yaml", json.dumps(data, ensure_ascii=False).encode())
    assert isinstance(document, Document)
    accepts = compile_schema(schema)(document.data)
    assert accepts == (not any(validator_of(schema).iter_errors(document.data)))
    if (
        "\\\\p" not in json.dumps(schema).lower()
    ):  # properties of characters, which Python's `re` lacks
        assert accepts == Draft202012Validator(schema).is_valid(document.data)
    if not accepts:
        findings = explain(Schema(schema), document)
        assert findings != ()
        assert not any("cannot say where" in finding.message.en for finding in findings)
