"""What a requester reads when a document does not have the form of its kind, and where."""

from __future__ import annotations

import json
from typing import Any

import pytest

from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.schema import explanation
from launchpolicy.documents.schema.acceptance import compile_schema
from launchpolicy.documents.schema.explanation import explain
from launchpolicy.vocabulary.finding import Finding

Schema = dict[str, Any]

STEP: Schema = {
    "type": "object",
    "additionalProperties": False,
    "required": ["name"],
    "properties": {
        "name": {"type": "string"},
        "takes": {
            "title": "Duration",
            "x-title-zh": "时长",
            "description": "How long the step takes",
            "x-description-zh": "该步骤所需的时间",
            "type": "string",
            "pattern": "^([0-9]+[hms])+$",
            "examples": ["30m"],
        },
        "action": {"enum": ["restore-backup", "revert-code"]},
    },
}
REQUEST: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "additionalProperties": False,
    "required": ["spec"],
    "properties": {
        "kind": {"const": "LaunchRequest"},
        "spec": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "acceptance": {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {"approved": {"type": "boolean"}, "dataLoss": {"type": "string"}},
                },
                "version": {"type": "string", "examples": ["3.2.0"]},
                "users": {"type": "integer", "minimum": 1, "maximum": 10},
                "risk": {"type": "string", "enum": ["standard", "major", "emergency"]},
                "at": {"type": "string", "format": "date-time", "pattern": "^2026"},
                "window": {
                    "type": "object",
                    "required": ["start"],
                    "properties": {
                        "start": {"$ref": "#/$defs/instant", "description": "When it begins."}
                    },
                },
                "summary": {"$ref": "#/$defs/text"},
                "steps": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": 3,
                    "x-unique-by": "name",
                    "items": {"$ref": "#/$defs/step"},
                },
                "departments": {
                    "title": "Departments",
                    "x-title-zh": "部门",
                    "description": "Ids of departments.",
                    "x-description-zh": "部门标识。",
                    "examples": [["finance", "customer-service"]],
                    "type": "array",
                    "uniqueItems": True,
                    "items": {"type": "string", "pattern": "^[a-z-]+$"},
                },
                "code": {"type": "string", "pattern": "^[A-Z]{2}$"},
                "owner": {"type": "string", "minLength": 2, "maxLength": 5},
                "suspension": {
                    "anyOf": [
                        {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["none"],
                            "properties": {"none": {"type": "string"}},
                        },
                        {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["businesses", "until"],
                            "properties": {
                                "businesses": {"type": "array"},
                                "until": {"type": "string"},
                            },
                        },
                    ]
                },
                "labels": {"type": "object", "propertyNames": {"pattern": "^[a-z]+$"}},
                "limits": {"propertyNames": {"enum": ["lowest", "highest"]}},
                "none": False,
            },
        },
        "status": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"backups": {"type": "array"}, "name": {"type": "string"}},
        },
    },
    "$defs": {
        "instant": {"type": "string", "format": "date-time", "description": "A point in time."},
        "step": STEP,
        "text": {
            "anyOf": [
                {"type": "string", "minLength": 1},
                {
                    "type": "object",
                    "additionalProperties": False,
                    "minProperties": 1,
                    "properties": {"en": {"type": "string"}, "zh": {"type": "string"}},
                },
            ]
        },
    },
}


def explained(source: str, schema: Schema = REQUEST) -> tuple[Finding, ...]:
    document = read("request.yaml", source.encode())
    assert isinstance(document, Document), document
    assert compile_schema(schema)(document.data) is False
    return explain(schema, document)


def the(source: str, schema: Schema = REQUEST) -> Finding:
    (finding,) = explained(source, schema)
    return finding


def start(finding: Finding) -> tuple[int, int]:
    return finding.place.span.start.line, finding.place.span.start.column


def test_a_good_request_is_accepted() -> None:
    source = "spec: {summary: x, steps: [{name: a}], suspension: {none: no}}"
    document = read("request.yaml", source.encode())
    assert isinstance(document, Document)
    assert compile_schema(REQUEST)(document.data) is True


def test_a_misspelt_key_is_named_with_the_right_one_and_stands_at_the_key() -> None:
    finding = the("spec:\n  acceptance:\n    aproved: true\n")
    assert finding.rule == "schema/unknown-key"
    assert start(finding) == (3, 5)
    assert finding.place.route == ("spec", "acceptance", "aproved")
    assert finding.message.en == "`aproved` is not a key of `spec.acceptance`."
    assert finding.message.zh == "`spec.acceptance` 中没有 `aproved` 这个键。"
    assert finding.fix.en == "Did you mean `approved`? Keys allowed here: `approved`, `dataLoss`."
    assert finding.fix.zh == "是否想写 `approved`？此处可用的键：`approved`、`dataLoss`。"


@pytest.mark.parametrize("written", ["data_loss", "data-loss", "DataLoss", "dataloss"])
def test_another_way_of_writing_a_key_is_recognised(written: str) -> None:
    assert "Did you mean `dataLoss`?" in the(f"spec: {{acceptance: {{{written}: x}}}}").fix.en


def test_every_unknown_key_is_a_finding_of_its_own() -> None:
    findings = explained("spec:\n  acceptance: {aproved: true, xyz: 1}\n  foo: 1\nbar: 2\n")
    assert [(each.rule, each.place.route[-1]) for each in findings] == [
        ("schema/unknown-key", "aproved"),
        ("schema/unknown-key", "xyz"),
        ("schema/unknown-key", "foo"),
        ("schema/unknown-key", "bar"),
    ]


def test_a_key_in_the_wrong_place_is_told_where_it_belongs() -> None:
    assert "`backups` belongs under `status`." in the("spec:\n  backups: []\n").fix.en
    assert "`backups` 应写在 `status` 之下。" in the("spec:\n  backups: []\n").fix.zh
    assert "`takes` belongs under `spec.steps[]`." in the("spec: {}\ntakes: 5m\n").fix.en
    misplaced = the("spec:\n  status: {}\n")
    assert "`status` belongs at the top of the document." in misplaced.fix.en
    assert "`status` 应写在文档最外层。" in misplaced.fix.zh


def test_a_key_in_two_places_is_told_both() -> None:
    assert "`name` belongs under `status` or `spec.steps[]`." in the("spec: {}\nname: x\n").fix.en


def test_a_key_that_stands_everywhere_is_sent_nowhere() -> None:
    parts = {f"part{number}": {"properties": {"by": True}} for number in range(4)}
    finding = the("by: x", {"properties": parts, "additionalProperties": False})
    assert "belongs" not in finding.fix.en


def test_a_key_that_is_excluded_here_is_not_offered() -> None:
    finding = the("spec:\n  none: x\n")
    assert finding.message.en == "`spec.none` is not allowed here."
    assert start(finding) == (2, 3)
    assert "`none`" not in the("spec:\n  acceptance: {}\n  nono: x\n").fix.en


def test_a_missing_key_stands_at_its_parent_with_what_it_is_for() -> None:
    finding = the("spec:\n  window:\n    end: x\n")
    assert finding.rule == "schema/missing-key"
    assert (finding.place.route, finding.place.missing) == (("spec", "window"), ("start",))
    assert start(finding) == (2, 3)
    assert finding.message.en == "`spec.window.start` is missing."
    assert finding.fix.en == "Add `start`. When it begins."
    assert the("kind: LaunchRequest\n").message.zh == "缺少 `spec`。"


@pytest.mark.parametrize(
    ("written", "fix"),
    [("3.10", '"3.10"'), ("1e3", '"1e3"'), ("42", '"42"'), ("true", '"true"')],
)
def test_a_version_that_reads_as_a_number_is_to_be_quoted_as_it_was_written(
    written: str, fix: str
) -> None:
    finding = the(f"spec:\n  version: {written}\n")
    assert finding.rule == "schema/wrong-type"
    assert start(finding) == (2, 12)
    assert finding.message.en.startswith(f"`spec.version` must be text; `{written}`")
    assert finding.fix.en == f"Put it in quotes: `{fix}`. For example: `3.2.0`."
    assert finding.fix.zh == f"请加引号：`{fix}`。例如：`3.2.0`。"


@pytest.mark.parametrize(
    ("source", "message", "fix"),
    [
        (
            "spec: {users: '3'}",
            "`spec.users` must be a whole number; `'3'` is text.",
            "without quotes",
        ),
        (
            "spec: {users: many}",
            "`spec.users` must be a whole number; `many` is text.",
            "a whole number",
        ),
        ("spec: {users: 1.5}", "`spec.users` must be a whole number; `1.5` is a number.", "whole"),
        (
            "spec: {users: }",
            "`spec.users` must be a whole number; it has no value.",
            "remove the key",
        ),
        ("spec: {acceptance: {approved: yes}}", "`yes` is text.", "true or false, without quotes"),
        ("spec: {steps: x}", "`spec.steps` must be a list; `x` is text.", "after `- `"),
        ("spec: {version: [1]}", "`spec.version` must be text; this is a list.", "Write text."),
        ("spec: {acceptance: x}", "must be a mapping of keys to values", "`approved`, `dataLoss`"),
        ("[spec]", "The document must be a mapping of keys to values; this is a list.", "`spec`"),
        ("spec: {summary: 3}", "must be text or a mapping of keys to values", "in quotes"),
    ],
)
def test_a_wrong_type_says_what_stands_there_and_what_should(
    source: str, message: str, fix: str
) -> None:
    finding = the(source)
    assert finding.rule == "schema/wrong-type"
    assert message in finding.message.en
    assert fix in finding.fix.en


def test_a_slip_in_a_choice_is_named_with_the_right_one() -> None:
    finding = the("spec:\n  risk: standrd\n")
    assert finding.rule == "schema/not-allowed"
    assert start(finding) == (2, 9)
    assert finding.message.en == "`spec.risk` cannot be `standrd`."
    assert finding.fix.en == (
        "Did you mean `standard`? Values allowed here: `standard`, `major`, `emergency`."
    )
    assert the("kind: Lunch\nspec: {}\n").fix.en == "Write `LaunchRequest`."


def test_a_number_where_a_choice_of_texts_stands_is_one_finding() -> None:
    assert the("spec: {risk: 3}").rule == "schema/wrong-type"


def test_a_form_is_explained_by_the_schema_and_not_by_its_pattern() -> None:
    finding = the("spec:\n  steps:\n    - {name: a, takes: soon}\n")
    assert finding.rule == "schema/bad-format"
    assert start(finding) == (3, 24)
    assert (
        finding.message.en == "`soon` does not have the form of `spec.steps[0].takes` (Duration)."
    )
    assert finding.message.zh == "`spec.steps[0].takes`（时长）的格式不对：`soon`。"
    assert finding.fix.en == "How long the step takes. For example: `30m`."
    assert finding.fix.zh == "该步骤所需的时间。例如：`30m`。"


def test_an_item_is_explained_by_its_list() -> None:
    finding = the("spec: {departments: [Finance]}")
    assert "(Departments)" in finding.message.en
    assert finding.fix.en == "Ids of departments. For example: `finance`."


def test_a_form_without_any_words_shows_its_pattern() -> None:
    assert the("spec: {code: x}").fix.en == "It must match the pattern `^[A-Z]{2}$`."


def test_a_date_that_fails_its_pattern_too_is_one_finding() -> None:
    finding = the("spec: {at: tomorrow}")
    assert finding.rule == "schema/bad-format"
    assert "2026-12-01T22:00:00+08:00" in finding.fix.en
    assert "带时区偏移" in finding.message.zh


@pytest.mark.parametrize(
    ("source", "rule", "message", "fix"),
    [
        ("{owner: x}", "bad-format", "`spec.owner` has 1 character.", "at least 2"),
        ("{owner: ''}", "bad-format", "`spec.owner` is empty.", "at least 2"),
        ("{owner: xxxxxx}", "bad-format", "`spec.owner` has 6 characters.", "at most 5"),
        ("{users: 0}", "out-of-range", "`spec.users` is 0.", "Write 1 or more."),
        ("{users: 11}", "out-of-range", "`spec.users` is 11.", "Write 10 or less."),
        ("{steps: []}", "out-of-range", "`spec.steps` is empty.", "Entries: at least 1."),
        (
            "{steps: [{name: a}, {name: b}, {name: c}, {name: d}]}",
            "out-of-range",
            "`spec.steps` has 4 entries.",
            "Entries: at most 3.",
        ),
        ("{summary: {}}", "out-of-range", "`spec.summary` is empty.", "Keys: at least 1."),
    ],
)
def test_limits_say_what_is_there_and_what_is_allowed(
    source: str, rule: str, message: str, fix: str
) -> None:
    finding = the(f"spec: {source}")
    assert finding.rule == f"schema/{rule}"
    assert finding.message.en == message
    assert fix in finding.fix.en


def test_a_name_that_stands_twice_is_told_at_the_second() -> None:
    finding = the("spec:\n  steps:\n    - name: a\n    - name: b\n    - name: a\n")
    assert finding.rule == "schema/duplicate-name"
    assert start(finding) == (5, 13)
    assert finding.message.en == "`a` is already the `name` of `spec.steps[0]`."
    assert finding.message.zh == "`a` 与 `spec.steps[0]` 的 `name` 重复。"


def test_a_value_that_stands_twice_is_told_at_the_second() -> None:
    finding = the("spec: {departments: [a, b, a]}")
    assert finding.rule == "schema/duplicate-name"
    assert finding.message.en == "`a` repeats `spec.departments[0]`."


def test_an_item_without_the_unique_name_is_one_finding() -> None:
    assert the("spec: {steps: [{takes: 5m}]}").rule == "schema/missing-key"
    assert the("spec: {steps: [a]}").rule == "schema/wrong-type"


def test_an_item_without_the_unique_name_is_a_finding_even_if_nothing_else_demands_it() -> None:
    schema: Schema = {"x-unique-by": "name"}
    assert the("[{nom: a}]", schema).message.en == "`[0].name` is missing."
    assert the("[a]", schema).rule == "schema/wrong-type"


def test_of_two_forms_the_one_that_was_meant_is_explained() -> None:
    finding = the("spec: {suspension: {businesses: []}}")
    assert finding.message.en == "`spec.suspension.until` is missing."
    rules = [each.rule for each in explained("spec: {suspension: {nona: x}}")]
    assert rules == ["schema/missing-key", "schema/unknown-key"]
    assert the("spec: {summary: {fr: x}}").message.en == "`fr` is not a key of `spec.summary`."
    assert the("spec: {summary: ''}").message.en == "`spec.summary` is empty."


def test_of_several_forms_the_one_with_the_same_kind_is_explained() -> None:
    def form(kind: str, key: str) -> Schema:
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
    schema: Schema = {"anyOf": [{"const": "none"}, {"enum": ["some", "all"]}, {"type": "integer"}]}
    finding = the("non", schema)
    assert finding.fix.en == ("Did you mean `none`? Values allowed here: `none`, `some`, `all`.")


def test_one_key_of_several_is_asked_for() -> None:
    schema: Schema = {"anyOf": [{"required": ["start"]}, {"required": ["end"]}]}
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
    source: str, schema: Schema
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
    (finding,) = explain(REQUEST, document)
    assert finding.rule == "schema/other"


def test_remarks_that_are_no_text_are_passed_over() -> None:
    schema: Schema = {"pattern": "^a$", "title": 1, "description": ["x"], "examples": "a"}
    assert the("b", schema).fix.en == "It must match the pattern `^a$`."


def test_a_recursive_schema_is_explained() -> None:
    schema: Schema = {"properties": {"a": {"$ref": "#"}, "n": {"type": "integer"}}}
    finding = the("a: {a: {a: {n: x}, b: 1}}", schema)
    assert finding.place.route == ("a", "a", "a", "n")
    closed = {**schema, "additionalProperties": False}
    assert "belongs" not in the(json.dumps({"a": {"a": {"b": 1}}}), closed).fix.en
