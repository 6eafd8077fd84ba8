"""`launchpolicy policy blind-spots`: in a launch repository, with and without a ledger."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.launch_repository import LaunchRepository, clean_environment

PACK = """\
apiVersion: launchpolicy/v1
kind: Pack
metadata: {name: own, title: Own}
spec: {version: 1, bindings: [{policy: noted, action: deny}]}
"""
POLICY = """\
apiVersion: launchpolicy/v1
kind: Policy
metadata: {name: noted, title: Noted}
spec:
  match: {kinds: [Note]}
  params: {longest: 10, unused: 3}
  validations:
    - expression: object.note.size() < params.longest // object.author
      at: note
      message: It is too long.
  fix: Shorten it.
"""
SCHEMA = {
    "type": "object",
    "properties": {
        "name": {"type": "string"},
        "note": {"type": "string"},
        "author": {"type": "string"},
    },
}
KINDS = "kinds: [{name: Note, files: notes/*.yaml, schema: note.json, id: path.stem, packs: [own]}]"


@pytest.fixture
def own_kind(repository: LaunchRepository) -> LaunchRepository:
    """The example with a kind of its own, whose one policy reads one field."""
    own = repository.folder / "policies/own"
    own.mkdir(parents=True)
    (own / "pack.yaml").write_text(PACK, "utf-8")
    (own / "noted.yaml").write_text(POLICY, "utf-8")
    (repository.folder / "note.json").write_text(json.dumps(SCHEMA), "utf-8")
    repository.edit(("kind: Configuration\n", f"kind: Configuration\n{KINDS}\n"), path=CONFIGURED)
    repository.commit("judge notes")
    return repository


CONFIGURED = ".launchpolicy.yaml"


def _json(repository: LaunchRepository, *arguments: str) -> dict[str, Any]:
    finished = repository.run("policy", "blind-spots", "--format", "json", *arguments)
    assert (finished.code, finished.complaint) == (0, "")
    answer: dict[str, Any] = json.loads(finished.output)
    return answer


def test_fields_and_names_that_nothing_reads_are_listed(own_kind: LaunchRepository) -> None:
    answer = _json(own_kind)
    note = next(kind for kind in answer["kinds"] if kind["kind"] == "Note")
    assert [field["field"] for field in note["unread"]] == ["name", "author"]
    assert note["fields"][1] == {"field": "note", "policies": ["noted"], "facts": []}
    assert answer["unusedNames"] == [{"owner": "noted", "name": "unused", "kind": "parameter"}]
    assert answer["ledger"] is None


def test_without_a_ledger_it_says_so_in_both_languages(own_kind: LaunchRepository) -> None:
    english = own_kind.run("policy", "blind-spots")
    assert "There is no ledger here" in english.output
    assert "  author\n" in english.output
    chinese = own_kind.run("policy", "blind-spots", "--lang", "zh")
    assert "此处没有上线日志" in chinese.output
    assert "没有任何策略读取的字段" in chinese.output


def test_with_a_ledger_it_says_which_policies_never_stood_in_the_way(
    own_kind: LaunchRepository,
) -> None:
    own_kind.edit(("  risk: standard\n", "  risk: standard\n  dependsOn: [LR-2026-0001]\n"))
    own_kind.commit("past the check")
    assert own_kind.run("ledger", "append", "--now", "2028-01-01T00:00:00Z").code == 0
    ledger = _json(own_kind)["ledger"]
    assert ledger["landings"] == 1
    never = set(ledger["neverInTheWay"])
    assert never.isdisjoint({"dependencies-launched-first", "both-leads-approve"})
    assert {"launch-window-fixed", "noted"} <= never
    assert ledger["alwaysWaived"] == []
    assert _json(own_kind, "--no-ledger")["ledger"] is None


def test_a_folder_without_git_has_no_ledger(bare_folder: LaunchRepository) -> None:
    assert _json(bare_folder)["ledger"] is None


def test_a_branch_that_does_not_exist_is_a_mistake_and_no_missing_ledger(
    repository: LaunchRepository,
) -> None:
    finished = repository.run("policy", "blind-spots", "--of", "nowhere")
    assert finished.code == 3
    assert "nowhere" in finished.complaint


def test_outside_of_a_launch_repository_the_shipped_packs_are_looked_at(tmp_path: Path) -> None:
    answer = _json(LaunchRepository(tmp_path, clean_environment(tmp_path)))
    request = next(kind for kind in answer["kinds"] if kind["kind"] == "LaunchRequest")
    fields = {field["field"]: field for field in request["fields"]}
    assert "rollback-planned" in fields["spec.rollback"]["policies"]
    assert "calendar" in fields["spec.window.start"]["facts"]
    unread = [field["field"] for field in request["unread"]]
    assert "spec.market.promotion[].budget" in unread
    assert not any(field.startswith("spec.window") for field in unread)
    assert answer["unusedNames"] == []


def test_rules_that_nobody_has_committed_yet_have_no_ledger(own_kind: LaunchRepository) -> None:
    own_kind.git("update-ref", "-d", "HEAD")
    finished = own_kind.run("policy", "blind-spots")
    assert finished.code == 0, finished.complaint
    assert "There is no ledger here" in finished.output
    assert own_kind.run("policy", "blind-spots", "--of", "main").code == 3
