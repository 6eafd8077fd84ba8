"""`launchpolicy policy clauses`: every clause of the source documents is served by something."""

from __future__ import annotations

import json

import pytest

from tests.cli.launch_repository import LaunchRepository


def test_no_clause_is_a_gap(repository: LaunchRepository) -> None:
    finished = repository.run("policy", "clauses", "--format", "json")

    assert finished.code == 0, finished.output
    found = json.loads(finished.output)
    assert found["gaps"] == []
    assert found["misquoted"] == []
    assert all(row["policies"] or row["papers"] or row["ledger"] for row in found["clauses"])
    assert {document["id"] for document in found["documents"]} == {f"D{n}" for n in range(1, 10)}


def test_every_clause_has_a_policy_that_blocks(repository: LaunchRepository) -> None:
    found = json.loads(repository.run("policy", "clauses", "--format", "json").output)

    assert [row["id"] for row in found["clauses"] if not row["denying"]] == []


@pytest.mark.parametrize(("language", "counted"), [("en", " 0 gaps"), ("zh", "0 条缺口")])
def test_the_table_counts_in_both_languages(
    repository: LaunchRepository, language: str, counted: str
) -> None:
    finished = repository.run("policy", "clauses", "--lang", language)

    assert counted in finished.output.splitlines()[-1]
    assert max(map(len, finished.output.splitlines())) <= 120


def test_a_policy_of_the_repository_that_cites_what_is_not_there_fails(
    repository: LaunchRepository,
) -> None:
    own = repository.folder / "policies/own"
    own.mkdir(parents=True)
    (own / "pack.yaml").write_text(
        "apiVersion: launchpolicy/v1\nkind: Pack\nmetadata: {name: own, title: Own}\n"
        "spec: {version: 1, bindings: [{policy: watched, action: deny}]}\n",
        "utf-8",
    )
    (own / "watched.yaml").write_text(
        "apiVersion: launchpolicy/v1\nkind: Policy\nmetadata: {name: watched, title: Watched}\n"
        "spec:\n  clauses: [D2.77]\n  match: {kinds: [LaunchRequest]}\n  validations:\n"
        "    - {expression: has(object.spec.people), at: spec.people, message: Nobody.}\n"
        "  fix: Name somebody.\n",
        "utf-8",
    )
    repository.edit(
        ("product-launch: [launch]", "product-launch: [launch, own]"), path=".launchpolicy.yaml"
    )

    finished = repository.run("policy", "clauses", "--lang", "en")

    assert finished.code == 1
    assert "watched cites D2.77, which does not exist" in finished.output
