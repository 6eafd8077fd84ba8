"""A key that stands twice in a schema of a kind's own: readers would disagree (threat R9)."""

from __future__ import annotations

from pathlib import Path

import pytest

from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.policy.edition import SIXTH_EDITION
from launchpolicy.vocabulary.errors import MalformedRulesError
from tests.operations.test_schemas_of_others import load

TWICE = {
    "in an object": '{"type": "object",\n "items": {"type": "integer",\n "type": "string"}}',
    "at the top": '{"type": "object",\n "required": ["owner"],\n "required": []}',
    "written with an escape": '{"type": "object",\n "required": ["owner"],\n "r\\u0065quired": []}',
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "repository" / "schemas").mkdir(parents=True)
    return tmp_path / "repository"


@pytest.mark.parametrize("schema", TWICE.values(), ids=TWICE)
def test_a_schema_with_a_key_twice_is_refused_at_its_place(folder: Path, schema: str) -> None:
    """Otherwise a reviewer reads the first one, and the last one judges."""
    with pytest.raises(MalformedRulesError) as refusal:
        load(folder, schema)

    (finding,) = refusal.value.findings
    assert finding.rule == "configuration/schema"
    assert "line 3, column" in finding.message.en
    assert "stands twice" in finding.message.en
    assert "出现两次" in finding.message.zh


def test_a_schema_of_data_with_a_key_twice_is_refused(folder: Path) -> None:
    (folder / "schemas" / "owners.json").write_text(TWICE["at the top"], "utf-8")
    (folder / "owners.yaml").write_text("owner: li.wei\n", "utf-8")
    (folder / ".launchpolicy.yaml").write_text(
        "apiVersion: launchpolicy/v1\nkind: Configuration\nmandatory: [launch]\n"
        "data: [{name: owners, file: owners.yaml, schema: schemas/owners.json}]\n",
        "utf-8",
    )

    with pytest.raises(MalformedRulesError) as refusal:
        load_rules(WorkTreeSnapshot(folder))

    assert "stands twice" in refusal.value.findings[0].message.en


def test_one_key_in_several_objects_of_a_schema_is_none_twice(folder: Path) -> None:
    schema = '{"type": "object", "properties": {"type": {"type": "string"}, "b": {"type": "null"}}}'

    assert "Note" in load(folder, schema).kinds


def test_what_landed_under_the_sixth_edition_is_read_as_it_was(folder: Path) -> None:
    with pytest.raises(MalformedRulesError):
        load(folder, TWICE["at the top"])

    then = shipped_files.current()._replace(edition=SIXTH_EDITION)
    rules = load_rules(WorkTreeSnapshot(folder), then=then)

    assert rules.kinds["Note"].schema["required"] == []
