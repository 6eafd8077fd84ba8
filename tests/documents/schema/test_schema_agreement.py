"""The fast yes and the explaining validator give one verdict, whatever the schema and the data."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.schema.acceptance import check_schema, compile_schema
from launchpolicy.documents.schema.explanation import explain
from launchpolicy.documents.schema.validator import validator_of

Schema = dict[str, Any]

KEYS = st.sampled_from(["a", "b", "aa", "name"])
SCALARS = st.sampled_from(
    [None, True, False, 0, 1, 1.0, 2, -1, 0.3, 1.5, 10**18, "", "a", "ab", "结算", "😀", "1", "a\n"]
    + ["2026-12-01T22:00:00+08:00", "2026-02-30T22:00:00Z", "2026-12-01"]
)
DATA = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
TYPES = st.sampled_from(["string", "number", "integer", "boolean", "null", "object", "array"])
COUNTS = st.integers(0, 3)
NUMBERS = st.sampled_from([-1, 0, 1, 1.0, 0.5, 2])
PATTERNS = st.sampled_from(["^a", "a$", "^a+$", "", "^[a-z]*$", "[^a]", r"^\p{Han}+$", r"\d"])
PLAIN: dict[str, st.SearchStrategy[Any]] = {
    "type": TYPES | st.lists(TYPES, min_size=1, max_size=3, unique=True),
    "enum": st.lists(DATA, min_size=1, max_size=4),
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
    "$ref": st.sampled_from(["#", "#/$defs/one", "#/$defs/two"]),
}
OWN: dict[str, st.SearchStrategy[Any]] = {
    **PLAIN,
    "pattern": PATTERNS,
    "format": st.sampled_from(["date-time", "date", "uuid"]),
    "multipleOf": st.sampled_from([1, 0.1, 0.5]),
    "uniqueItems": st.booleans(),
    "x-unique-by": st.sampled_from(["a", "name"]),
}


def _schemas(leaves: dict[str, st.SearchStrategy[Any]], patterned: bool) -> Any:  # noqa: FBT001 (a switch of two strategies)
    def inside(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Schema]:
        several = st.lists(inner, min_size=1, max_size=3)
        nested: dict[str, Any] = {
            **leaves,
            "properties": st.dictionaries(KEYS, inner, max_size=3),
            "additionalProperties": inner,
            "propertyNames": inner,
            "items": inner,
            "prefixItems": several,
            "allOf": several,
            "anyOf": several,
            "oneOf": several,
            "not": inner,
            "if": inner,
            "then": inner,
            "else": inner,
        }
        if patterned:
            nested["patternProperties"] = st.dictionaries(PATTERNS, inner, max_size=2)
        return st.fixed_dictionaries({}, optional=nested).map(_few).map(_whole_condition)

    flat = st.fixed_dictionaries({}, optional=leaves).map(_few)
    schema = st.recursive(st.booleans() | flat, inside, max_leaves=8)
    return st.builds(
        lambda top, one, two: {**(top if isinstance(top, dict) else {}), "$defs": one | two},
        schema,
        st.fixed_dictionaries({"one": schema}),
        st.fixed_dictionaries({"two": schema}),
    )


def _few(schema: Schema) -> Schema:
    """Four keywords at most: more refuse nearly everything."""
    return dict(list(schema.items())[:: max(1, len(schema) // 4)])


def _whole_condition(schema: Schema) -> Schema:
    if ("if" in schema) == ("then" in schema or "else" in schema):
        return schema
    return {key: value for key, value in schema.items() if key not in ("if", "then", "else")}


@settings(max_examples=400)
@given(_schemas(OWN, patterned=True), DATA)
def test_the_two_validators_agree(schema: Schema, data: Any) -> None:
    assume(check_schema(schema) == ())
    assert compile_schema(schema)(data) == validator_of(schema).is_valid(data)


@settings(max_examples=300)
@given(_schemas(PLAIN, patterned=False), DATA)
def test_without_own_keywords_the_library_as_it_comes_agrees(schema: Schema, data: Any) -> None:
    assume(check_schema(schema) == ())
    assert compile_schema(schema)(data) == Draft202012Validator(schema).is_valid(data)


@settings(max_examples=200)
@given(_schemas(OWN, patterned=True), DATA)
def test_what_is_not_accepted_is_explained_and_each_place_is_told_once(
    schema: Schema, data: Any
) -> None:
    assume(check_schema(schema) == ())
    document = read("request.yaml", json.dumps(data, ensure_ascii=False).encode())
    assert isinstance(document, Document)
    assume(not compile_schema(schema)(document.data))
    findings = explain(schema, document)
    assert findings != ()
    assert not any("cannot say where" in finding.message.en for finding in findings)
    starts = [finding.place.span.start for finding in findings]
    assert starts == sorted(starts)
    assert len(set(findings)) == len(findings)
    for finding in findings:
        assert "" not in (finding.message.en, finding.message.zh, finding.fix.en, finding.fix.zh)
        assert finding.rule.startswith("schema/")
