"""A kind whose schema somebody else wrote: loaded as it is, and what is wrong is said as it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.validation import check
from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.policy.digest import digest_of
from launchpolicy.policy.edition import EDITION, THIRD_EDITION
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.errors import MalformedRulesError
from launchpolicy.vocabulary.finding import Finding

DRAFT_7 = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "$id": "https://example.com/note.json",
    "type": "object",
    "required": ["text"],
    "additionalProperties": False,
    "properties": {
        "text": {"$ref": "#/definitions/text", "markdownDescription": "What it *says*."},
        "tags": {
            "type": ["array", "null"],
            "items": [{"type": "string"}],
            "additionalItems": False,
        },
        "reply-to": {"type": ["object", "null"], "properties": {"name": {"type": "string"}}},
    },
    "dependencies": {"tags": ["reply-to"]},
    "definitions": {"text": {"type": "string", "minLength": 1, "defaultSnippets": []}},
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "repository" / "schemas").mkdir(parents=True)
    return tmp_path / "repository"


def load(folder: Path, schema: str, name: str = "note.json", expression: str = "") -> PackSet:
    (folder / "schemas" / name).write_text(schema, "utf-8")
    (folder / ".launchpolicy.yaml").write_text(
        "apiVersion: launchpolicy/v1\nkind: Configuration\nmandatory: [launch]\n"
        f"kinds:\n- {{name: Note, files: 'notes/*.yaml', schema: schemas/{name},"
        f" id: {json.dumps(expression or 'path.stem')}, packs: [launch]}}\n",
        "utf-8",
    )
    return load_rules(WorkTreeSnapshot(folder))


def refused(folder: Path, schema: str, name: str = "note.json", expression: str = "") -> Finding:
    with pytest.raises(MalformedRulesError) as caught:
        load(folder, schema, name, expression)
    return caught.value.findings[0]


def findings(rules: PackSet, text: str) -> tuple[Finding, ...]:
    document = read("notes/a.yaml", text.encode())
    assert isinstance(document, Document)
    return check(rules.kinds["Note"].schema, document)


def test_a_draft_7_schema_judges_as_it_is_written(folder: Path) -> None:
    rules = load(folder, json.dumps(DRAFT_7))
    assert findings(rules, "text: hello\n") == ()
    assert findings(rules, "text: hello\ntags: [a]\nreply-to: null\n") == ()
    wrong = findings(rules, "text: ''\ntags: [a, b]\ntxt: hello\n")
    assert [(finding.rule, finding.place.span.start[0]) for finding in wrong] == [
        ("schema/missing-key", 1),
        ("schema/bad-format", 1),
        ("schema/unknown-key", 2),
        ("schema/unknown-key", 3),
    ]
    assert wrong[0].message.en == "`reply-to` is missing: it belongs to `tags`."
    assert wrong[0].message.zh == "缺少 `reply-to`：有 `tags` 时必须写明。"


def test_its_digest_is_that_of_the_file_and_not_of_what_is_made_of_it(folder: Path) -> None:
    rules = load(folder, json.dumps(DRAFT_7))
    assert rules.kinds["Note"].schema_digest == digest_of(DRAFT_7)


def test_the_same_schema_as_yaml_judges_the_same(folder: Path) -> None:
    lines = json.dumps(DRAFT_7, indent=1)  # JSON is YAML
    rules = load(folder, f"# a schema\n{lines}\n", "note.schema.yaml")
    assert findings(rules, "text: hello\n") == ()
    assert findings(rules, "txt: hello\n") != ()
    assert refused(folder, "type: [", "note.yaml").rule == "yaml/syntax"
    assert "not a JSON object" in refused(folder, "[]", "note.yml").message.en


@pytest.mark.parametrize("expression", ["object.nam", "object['reply-to'].nam", "object.reply_to"])
def test_a_misspelt_field_of_it_is_found_when_it_is_loaded(folder: Path, expression: str) -> None:
    finding = refused(folder, json.dumps(DRAFT_7), expression=expression)
    assert finding.rule == "policy/expression"


@pytest.mark.parametrize(
    "expression", ["object.text", "object['reply-to'].name", "object.`reply-to`.name"]
)
def test_a_field_of_it_may_name_a_document(folder: Path, expression: str) -> None:
    assert "Note" in load(folder, json.dumps(DRAFT_7), expression=expression).kinds


def test_a_schema_beyond_the_cap_is_refused_with_the_cap(folder: Path) -> None:
    large = json.dumps({"description": "x" * (4 << 20)})
    finding = refused(folder, large)
    assert finding.rule == "configuration/schema"
    assert finding.message.en.endswith(f"has {len(large)} bytes; at most 4 MiB are read.")
    assert "not JSON" not in finding.message.en


def test_a_schema_below_the_cap_is_read(folder: Path) -> None:
    assert "Note" in load(folder, json.dumps({"description": "x" * (3 << 20)})).kinds


def test_a_schema_that_nests_too_deeply_is_refused_and_raises_nothing(folder: Path) -> None:
    schema: dict[str, Any] = {"type": "string"}
    for _ in range(300):
        schema = {"not": schema, "nullable": True}
    assert "levels deep" in refused(folder, json.dumps(schema)).message.en


def test_an_earlier_edition_refuses_what_it_did_not_understand(folder: Path) -> None:
    assert EDITION > THIRD_EDITION
    load(folder, json.dumps(DRAFT_7))
    then = shipped_files.current()._replace(edition=THIRD_EDITION)
    for schema in (DRAFT_7, {"contains": {"const": 1}}, {"nullable": True}):
        (folder / "schemas" / "note.json").write_text(json.dumps(schema), "utf-8")
        assert "Note" in load_rules(WorkTreeSnapshot(folder)).kinds
        with pytest.raises(MalformedRulesError) as caught:
            load_rules(WorkTreeSnapshot(folder), then)
        assert "not understood at the time" in caught.value.findings[0].message.en
