"""What a requester reads when a document does not have the form of its kind, and where."""

from __future__ import annotations

import pytest

from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.schema.acceptance import compile_schema
from tests.documents.schema.explaining import REQUEST, SchemaData, explained, start, the


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


def test_the_rest_of_a_text_behind_a_comma_is_told_to_be_quoted() -> None:
    hint = "put that text in quotes: within { } a comma ends it."
    (cut,) = explained("spec: {acceptance: {dataLoss: none, or little, approved: true}}\n")[:1]
    assert (cut.place.route[-1], hint in cut.fix.en, "加引号" in cut.fix.zh) == (
        "or little",
        True,
        True,
    )
    for written in ("{dataLoss: none, or: little}", "{or little, dataLoss: none}"):
        assert hint not in explained(f"spec: {{acceptance: {written}}}\n")[0].fix.en
    assert hint not in explained("spec:\n  acceptance:\n    xyz:\n")[0].fix.en


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
    schema: SchemaData = {"x-unique-by": "name"}
    assert the("[{nom: a}]", schema).message.en == "`[0].name` is missing."
    assert the("[a]", schema).rule == "schema/wrong-type"
