"""The schemas of data documents: those that a kind may have, in JSON or YAML and of any draft."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.vocabulary.errors import MalformedRulesError

DRAFT_4 = {
    "$schema": "http://json-schema.org/draft-04/schema#",
    "type": "object",
    "additionalProperties": {"type": "array"},
}
SCHEMAS = {
    "aliases.yaml": "type: object\nadditionalProperties: {type: array}\n",
    "aliases.yml": "type: object\nadditionalProperties: {type: array}\n",
    "aliases.json": json.dumps(DRAFT_4),
}


@pytest.mark.parametrize(("name", "text"), SCHEMAS.items(), ids=SCHEMAS)
def test_the_schema_of_a_data_document_is_one_that_a_kind_may_have(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / name).write_text(text, "utf-8")
    (folder / "owners.yaml").write_text("leads: [li.wei]\n", "utf-8")
    (folder / ".launchpolicy.yaml").write_text(
        "apiVersion: launchpolicy/v1\nkind: Configuration\nmandatory: [launch]\n"
        f"data: [{{name: owners, file: owners.yaml, schema: {name}}}]\n",
        "utf-8",
    )
    assert load_rules(WorkTreeSnapshot(folder)).kinds["LaunchRequest"].data.values

    (folder / "owners.yaml").write_text("leads: li.wei\n", "utf-8")
    with pytest.raises(MalformedRulesError) as refusal:
        load_rules(WorkTreeSnapshot(folder))
    (finding,) = refusal.value.findings
    assert str(finding.place) == "owners.yaml:1:8"
