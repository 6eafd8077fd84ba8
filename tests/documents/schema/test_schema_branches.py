"""Explanations where several forms were possible, and of files with very many mistakes."""

from __future__ import annotations

import json

import pytest

from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.schema import explanation
from launchpolicy.documents.schema.explanation import explain
from launchpolicy.documents.schema.schema import Schema
from tests.documents.schema.explaining import REQUEST, SchemaData, explained, start, the


def test_of_two_forms_the_one_that_was_meant_is_explained() -> None:
    finding = the("spec: {suspension: {businesses: []}}")
    assert finding.message.en == "`spec.suspension.until` is missing."
    rules = [each.rule for each in explained("spec: {suspension: {nona: x}}")]
    assert rules == ["schema/missing-key", "schema/unknown-key"]
    assert the("spec: {summary: {fr: x}}").message.en == "`fr` is not a key of `spec.summary`."
    assert the("spec: {summary: ''}").message.en == "`spec.summary` is empty."


def test_of_several_forms_the_one_with_the_same_kind_is_explained() -> None:
    def form(kind: str, key: str) -> SchemaData:
        return {"required": [key], "properties": {"kind": {"const": kind}, key: {"type": "string"}}}

    schema = {"oneOf": [form("code", "commit"), form("database", "migration")]}
    assert the("{kind: database, commit: x}", schema).message.en == "`migration` is missing."
    assert (
        "`code`, `database`"
        in the(
            "kind: files",
            {
                "oneOf": [
                    {"properties": {"kind": {"const": "code"}}, "required": ["kind"]},
                    {"properties": {"kind": {"enum": ["database"]}}, "required": ["kind"]},
                ]
            },
        ).fix.en
    )


def test_choices_in_several_branches_are_one_choice() -> None:
    schema: SchemaData = {
        "anyOf": [{"const": "none"}, {"enum": ["some", "all"]}, {"type": "integer"}]
    }
    finding = the("non", schema)
    assert finding.fix.en == ("Did you mean `none`? Values allowed here: `none`, `some`, `all`.")


def test_one_key_of_several_is_asked_for() -> None:
    schema: SchemaData = {"anyOf": [{"required": ["start"]}, {"required": ["end"]}]}
    finding = the("a: 1", schema)
    assert finding.rule == "schema/missing-key"
    assert finding.message.en == "The document needs `start` or `end`."


def test_keys_that_exclude_each_other_are_named() -> None:
    finding = the("{at: 1, atExpression: 2}", {"not": {"required": ["at", "atExpression"]}})
    assert finding.rule == "schema/other"
    assert finding.message.en == "`at`, `atExpression` cannot stand together in the document."


def test_what_fits_two_forms_of_one_is_told_so() -> None:
    finding = the("1", {"oneOf": [{"type": "number"}, {"type": "integer"}]})
    assert finding.rule == "schema/other"
    assert "in several ways" in finding.message.en


def test_a_bad_key_of_a_map_stands_at_the_key() -> None:
    finding = the("spec:\n  labels:\n    team: a\n    Team: b\n")
    assert finding.rule == "schema/unknown-key"
    assert start(finding) == (4, 5)
    assert "Did you mean `lowest`?" in the("spec: {limits: {lowst: 1}}").fix.en


def test_findings_come_in_the_order_of_the_file() -> None:
    source = "zzz: 1\nspec:\n  users: 0\n  acceptance:\n    approved: 1\n  risk: x\nkind: x\n"
    assert [each.place.span.start.line for each in explained(source)] == [1, 3, 5, 6, 7]


def test_ten_different_mistakes_are_ten_findings() -> None:
    source = (
        "kind: LaunchRequst\nspec:\n  acceptance: {aproved: true}\n  version: 3.2\n  users: 11\n"
        "  risk: high\n  at: 2026-12-01\n  window: {}\n  steps: [{name: a}, {name: a}]\n"
        "  code: x\n  owner: ''\n"
    )
    findings = explained(source)
    assert len(findings) == 10
    assert {each.rule for each in findings} == {
        "schema/not-allowed",
        "schema/unknown-key",
        "schema/wrong-type",
        "schema/out-of-range",
        "schema/bad-format",
        "schema/missing-key",
        "schema/duplicate-name",
    }


def test_two_rules_with_the_same_words_are_one_finding() -> None:
    several: SchemaData = {"oneOf": [True, True]}
    assert the("a: 1", {"allOf": [several], "oneOf": [True, {}]}).rule == "schema/other"


def test_after_fifty_findings_the_rest_is_counted() -> None:
    items = "\n".join(f"- {number}" for number in range(75))
    findings = explained(items, {"items": {"type": "string"}})
    assert len(findings) == 51
    assert findings[-1].message.en == "At least 25 more mistakes follow from here on."
    assert "25" in findings[-1].message.zh
    assert findings[-1].place.span.start.line == 51
    assert (
        len(explained("\n".join("1" * 50).replace("1", "- 1"), {"items": {"type": "string"}})) == 50
    )


def test_a_file_made_of_mistakes_is_not_explained_to_the_end() -> None:
    findings = explained(json.dumps([1] * 30_000), {"items": {"type": "string"}})
    assert len(findings) == 51
    assert "950 more" in findings[-1].message.en


@pytest.mark.parametrize(
    ("source", "schema"),
    [
        ("risk: {}", {"properties": {"risk": {"enum": ["a"]}}}),
        ("risk: {}", {"properties": {"risk": {"pattern": "^a$"}}}),
        ("risk: {}", {"properties": {"risk": {"type": "integer"}}}),
        ("risk: {}", {"properties": {"risk": {"format": "date-time"}}}),
        ("risk: [{}, {}]", {"properties": {"risk": {"uniqueItems": True}}}),
        ("risk: [{{name: {0}}}, {{name: {0}}}]", {"properties": {"risk": {"x-unique-by": "name"}}}),
        ("{}: 1", {"additionalProperties": False}),
        ("{}: 1", {"propertyNames": {"pattern": "^a$"}}),
        ("{}: 1", {"additionalProperties": {"type": "string"}}),
    ],
    ids=repr,
)
def test_never_more_than_eighty_characters_of_a_value_are_shown(
    source: str, schema: SchemaData
) -> None:
    text = "x" + "结y" * 500
    for finding in explained(source.format(text, text), schema):
        for written in (finding.message.en, finding.message.zh, finding.fix.en, finding.fix.zh):
            assert text[:79] in written or "结" not in written
            assert text[:81] not in written


def test_a_text_of_several_lines_stays_on_one_line_of_a_message() -> None:
    finding = the('code: "a\\nb\\rc"', {"properties": {"code": {"enum": ["x"]}}})
    assert finding.message.en == "`code` cannot be `a b c`."


def test_a_refusal_that_cannot_be_explained_is_still_a_finding(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(explanation, "violations", lambda _schema, _data: iter(()))
    (finding,) = explained("spec: 1")
    assert finding.rule == "schema/other"
    assert "defect" in finding.fix.en
    assert finding.place.path == "request.yaml"


def test_a_document_that_was_accepted_is_not_passed_by_asking_for_an_explanation() -> None:
    document = read("request.yaml", b"spec: {}")
    assert isinstance(document, Document)
    (finding,) = explain(Schema(REQUEST), document)
    assert finding.rule == "schema/other"


def test_remarks_that_are_no_text_are_passed_over() -> None:
    schema: SchemaData = {"pattern": "^a$", "title": 1, "description": ["x"], "examples": "a"}
    assert the("b", schema).fix.en == "It must match the pattern `^a$`."


def test_a_recursive_schema_is_explained() -> None:
    schema: SchemaData = {"properties": {"a": {"$ref": "#"}, "n": {"type": "integer"}}}
    finding = the("a: {a: {a: {n: x}, b: 1}}", schema)
    assert finding.place.route == ("a", "a", "a", "n")
    closed = {**schema, "additionalProperties": False}
    assert "belongs" not in the(json.dumps({"a": {"a": {"b": 1}}}), closed).fix.en
