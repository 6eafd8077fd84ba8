"""Recursive definitions that test an inner value twice: answered once, whatever the depth."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.schema.acceptance import compile_schema
from launchpolicy.documents.schema.dialect import RECURSIVE
from launchpolicy.documents.schema.explanation import explain
from launchpolicy.documents.schema.remembered_answers import may_refer_to_itself
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.operations.rules.usable_kinds import translate_schema
from launchpolicy.policy.edition import SEVENTH_EDITION
from launchpolicy.vocabulary.errors import MalformedRulesError
from tests.extent import examples_of
from tests.operations.test_schemas_of_others import load

SELF: dict[str, Any] = {"$ref": "#"}


def branch(operator: str, **limits: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["op", "args"],
        "properties": {
            "op": {"const": operator},
            "args": {"type": "array", "items": {"$ref": "#"}, **limits},
        },
    }


LEAF = {
    "type": "object",
    "additionalProperties": False,
    "required": ["op", "name"],
    "properties": {"op": {"const": "flag"}, "name": {"type": "string"}},
}
EXPRESSION = {"oneOf": [branch("and"), branch("or"), branch("not", maxItems=1), LEAF]}
DOUBLING: list[dict[str, Any]] = [
    {"type": ["array", "integer"], "anyOf": [{"items": SELF}, {"items": SELF, "maxItems": 1}]},
    {"type": ["array", "integer"], "allOf": [{"items": SELF}, {"prefixItems": [SELF]}]},
    {"type": ["array", "integer"], "oneOf": [{"items": SELF}, {"items": SELF, "minItems": 9}]},
    {"type": ["array", "integer"], "contains": SELF, "items": SELF},
    {
        "type": ["array", "integer"],
        "if": {"items": SELF},
        "then": {"items": SELF},
        "else": {"not": {"prefixItems": [SELF]}},
    },
    {
        "type": ["object", "integer"],
        "properties": {"a": SELF},
        "patternProperties": {"^a": SELF},
    },
    {
        "type": ["object", "integer"],
        "anyOf": [{"properties": {"a": SELF}}, {"additionalProperties": SELF, "maxProperties": 1}],
        "unevaluatedProperties": False,
    },
    {
        "type": ["object", "integer"],
        "dependentSchemas": {"a": {"properties": {"a": SELF}}},
        "properties": {"a": SELF},
    },
    {
        "type": ["object", "integer"],
        "oneOf": [{"$ref": "#/$defs/t"}, {"$ref": "#/$defs/t", "required": ["b"]}],
        "$defs": {"t": {"properties": {"a": SELF}}},
    },
]


def usable(schema: dict[str, Any]) -> Schema:
    return translate_schema(Schema(schema))


def nested(depth: int, inner: Any) -> Any:
    value = inner
    for _ in range(depth):
        value = {"op": "and", "args": [value]}
    return value


def chain(schema: dict[str, Any], depth: int, inner: Any) -> Any:
    """Lists or maps in each other, as the schema has them."""
    value = inner
    for _ in range(depth):
        value = [value] if "array" in schema["type"] else {"a": value}
    return value


def document(data: Any) -> Document:
    read_document = read("a.yaml", json.dumps(data).encode())
    assert isinstance(read_document, Document)
    return read_document


@pytest.mark.parametrize("schema", [*DOUBLING, EXPRESSION], ids=repr)
def test_a_definition_that_leads_back_to_itself_is_known(schema: dict[str, Any]) -> None:
    assert usable(schema)[RECURSIVE] is True


@pytest.mark.parametrize(
    "schema",
    [
        {"items": {"$ref": "#/$defs/a"}, "$defs": {"a": {"type": "string"}}},
        {"$defs": {"a": {"items": {"$ref": "#/$defs/b"}}, "b": {}}, "$ref": "#/$defs/a"},
        {"enum": [{"$ref": "#"}]},
    ],
)
def test_a_definition_that_does_not_is_taken_as_it_is(schema: dict[str, Any]) -> None:
    assert not may_refer_to_itself(schema)
    assert usable(schema) == schema


@pytest.mark.parametrize("inner", [1, "x"])
@pytest.mark.parametrize("depth", [1, 2, 3, 6])
@pytest.mark.parametrize("schema", DOUBLING, ids=repr)
def test_the_answer_is_that_of_the_library(schema: dict[str, Any], depth: int, inner: Any) -> None:
    data = chain(schema, depth, inner)
    assert compile_schema(usable(schema))(data) is Draft202012Validator(schema).is_valid(data)


@pytest.mark.parametrize("inner", [1, "x"])
@pytest.mark.parametrize("schema", DOUBLING, ids=repr)
def test_a_deep_document_is_answered_and_explained(schema: dict[str, Any], inner: Any) -> None:
    """At this depth the work of two branches each would take longer than anybody waits."""
    own = usable(schema)
    data = chain(schema, 44, inner)
    if not own.accepts(data):
        assert explain(own, document(data))


def expressions() -> st.SearchStrategy[Any]:
    names = st.sampled_from(["and", "or", "not", "nand", 1])
    leaves = st.one_of(
        st.just({"op": "flag", "name": "a"}),
        st.sampled_from([{"op": "flag"}, {"op": "and"}, 1, {"op": "flag", "name": 1}]),
    )
    return st.recursive(
        leaves,
        lambda inner: st.fixed_dictionaries(
            {"op": names, "args": st.lists(inner, max_size=3)}, optional={"name": st.just("x")}
        ),
        max_leaves=12,
    )


@settings(max_examples=examples_of(400), deadline=None)
@given(expressions())
def test_a_union_that_a_key_tells_apart_is_judged_as_by_the_library(data: Any) -> None:
    own = usable(EXPRESSION)
    is_valid = Draft202012Validator(EXPRESSION).is_valid(data)
    assert own.accepts(data) is is_valid
    if not is_valid:
        findings = explain(own, document(data))
        assert findings
        assert all(finding.rule != "schema/other" for finding in findings)


def test_what_is_wrong_deep_inside_a_union_is_said_at_its_place() -> None:
    data = nested(22, {"op": "flag", "nam": "a"})
    own = usable(EXPRESSION)
    assert not own.accepts(data)
    missing, unknown = explain(own, document(data))
    assert (missing.rule, unknown.rule) == ("schema/missing-key", "schema/unknown-key")
    (choice,) = explain(own, document(nested(3, {"op": "nand", "args": []})))
    assert choice.fix is not None
    assert "`and`, `or`, `not`, `flag`" in choice.fix.en


def test_answers_about_one_document_are_none_about_the_next() -> None:
    own = usable(EXPRESSION)
    data = {"op": "and", "args": [{"op": "flag", "name": "a"}]}
    assert own.accepts(data)
    data["args"] = [{"op": "flag", "name": 1}]
    assert not own.accepts(data)
    data["args"] = [{"op": "flag", "name": "b"}]
    assert own.accepts(data)


def test_a_kind_with_such_a_schema_loads_and_did_not_up_to_the_seventh_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "repository"
    (folder / "schemas").mkdir(parents=True)
    rules = load(folder, json.dumps(EXPRESSION))
    assert rules.kinds["Note"].schema.accepts({"op": "flag", "name": "a"})
    then = shipped_files.current()._replace(edition=SEVENTH_EDITION)
    with pytest.raises(MalformedRulesError) as refusal:
        load_rules(WorkTreeSnapshot(folder), then=then)
    assert "doubles with every level" in refusal.value.findings[0].message.en
