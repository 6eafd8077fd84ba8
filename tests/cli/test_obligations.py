"""`launchpolicy policy obligations`: what each demands, what serves it, and what proves that."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from launchpolicy.documents.reading import Document, read
from launchpolicy.hosts import shipped_files
from launchpolicy.reporters.text.cells import cells
from tests.cli.launch_repository import LaunchRepository
from tests.shared_data import shared_file

ROOT = Path(__file__).parents[2]
_PACK = (
    "apiVersion: launchpolicy/v1\nkind: Pack\nmetadata: {name: own, title: Own}\n"
    "spec: {version: 1, bindings: [{policy: watched, action: deny}]}\n"
)
_POLICY = (
    "apiVersion: launchpolicy/v1\nkind: Policy\nmetadata: {name: watched, title: Watched}\n"
    "spec:\n  obligations: [OBLIGATION]\n  match: {kinds: [LaunchRequest]}\n  validations:\n"
    "    - {expression: has(object.spec.people), at: spec.people, message: No people.}\n"
    "  fix: Name them.\n"
)
_CASE = (
    "apiVersion: launchpolicy/v1\nkind: PolicyTest\nmetadata: {name: watched}\n"
    "spec:\n  cases:\n    - {name: nobody is named, expect: OUTCOME}\n"
)


def _cite(repository: LaunchRepository, obligation: str, outcome: str = "failed") -> None:
    """Add a pack whose one policy cites `obligation` and has one case."""
    own = repository.folder / "policies/own"
    own.mkdir(parents=True)
    (own / "pack.yaml").write_text(_PACK, "utf-8")
    (own / "watched.yaml").write_text(_POLICY.replace("OBLIGATION", obligation), "utf-8")
    (own / "watched.test.yaml").write_text(_CASE.replace("OUTCOME", outcome), "utf-8")
    repository.edit(
        ("product-launch: [launch]", "product-launch: [launch, own]"), path=".launchpolicy.yaml"
    )


def _row(repository: LaunchRepository, obligation: str) -> dict[str, object]:
    found = json.loads(repository.run("policy", "obligations", "--format", "json").output)
    return next(row for row in found["obligations"] if row["id"] == obligation)


@pytest.mark.parametrize(("outcome", "served"), [("failed", True), ("passed", False)])
def test_an_obligation_is_served_only_by_a_case_that_does_not_pass(
    repository: LaunchRepository, outcome: str, *, served: bool
) -> None:
    _cite(repository, "D4.10c", outcome)

    row = _row(repository, "D4.10c")

    assert row["served"] is served
    case = {"name": "nobody is named", "outcome": "failed"} if served else None
    assert row["policies"] == [{"policy": "watched", "pack": "own", "action": "deny", "case": case}]


def test_the_case_that_is_shown_is_the_one_whose_words_are_nearest_to_the_demand(
    repository: LaunchRepository,
) -> None:
    _cite(repository, "D4.10c")
    cases = repository.folder / "policies/own/watched.test.yaml"
    nearer = "    - {name: a partner is not on the settlement list, expect: failed}\n"
    cases.write_text(cases.read_text("utf-8") + nearer, "utf-8")

    policies: Any = _row(repository, "D4.10c")["policies"]

    assert policies[0]["case"]["name"] == "a partner is not on the settlement list"


def test_an_obligation_that_is_not_there_stops_the_run_with_a_suggestion(
    repository: LaunchRepository,
) -> None:
    _cite(repository, "D2.3x")

    finished = repository.run("policy", "obligations", "--lang", "en")

    assert finished.code == 2
    assert "There is no obligation `D2.3x`" in finished.complaint
    assert "`D2.3" in finished.complaint.partition("Did you mean")[2]


def test_an_obligation_of_a_document_of_their_own_is_theirs_to_name(
    repository: LaunchRepository,
) -> None:
    _cite(repository, "X7.1")

    assert repository.run("policy", "show", "watched", "--lang", "en").code == 0


def test_a_policy_shows_the_obligations_that_it_cites(repository: LaunchRepository) -> None:
    _cite(repository, "D2.8b")

    assert "obligations: D2.8b" in repository.run("policy", "show", "watched").output


@pytest.mark.parametrize(
    ("language", "counted"), [("en", " 172 obligations"), ("zh", "共 172 项义务")]
)
def test_the_list_fits_a_terminal_in_both_languages(
    repository: LaunchRepository, language: str, counted: str
) -> None:
    lines = repository.run("policy", "obligations", "--lang", language).output.splitlines()

    assert counted.strip() in lines[-1]
    assert max(map(cells, lines)) <= 120


def test_the_missing_ones_are_listed_alone(repository: LaunchRepository) -> None:
    every = json.loads(repository.run("policy", "obligations", "--format", "json").output)
    missing = json.loads(
        repository.run("policy", "obligations", "--format", "json", "--missing").output
    )

    assert missing["obligations"] == [row for row in every["obligations"] if not row["served"]]


def test_the_table_has_a_row_for_each(repository: LaunchRepository) -> None:
    table = repository.run("policy", "obligations", "--format", "markdown").output.splitlines()

    names = shipped_files.obligation_names()
    assert [line.split(" | ")[0][2:] for line in table[2:] if not line.startswith("| **")] == [
        *names
    ]


def test_each_obligation_belongs_to_a_clause_that_is_listed_in_both_languages() -> None:
    clauses = {clause.id for clause in shipped_files.clauses().clauses}

    for each in shipped_files.obligations().obligations:
        assert not each.clause or each.clause in clauses, each.id
        assert re.search("[\u4e00-\u9fff]", each.demand.zh), each.id


def test_what_serves_an_obligation_elsewhere_names_a_test_that_is_there() -> None:
    for each in shipped_files.obligations().obligations:
        for source in each.served_by:
            file, function = source.test.split("::")
            assert f"def {function}(" in (ROOT / file).read_text("utf-8"), each.id


@pytest.mark.shared
def test_the_obligations_are_those_of_the_company() -> None:
    shared = shared_file("obligations.yaml")
    document = read("obligations.yaml", shared.read_bytes())
    assert isinstance(document, Document)
    rows: Any = document.data

    def plain(text: object) -> str:
        return " ".join(str(text).split())

    theirs = [
        (
            row["id"],
            row["clause"] or "",
            row["stage"],
            plain(row["en"]),
            plain(row["zh"]),
            plain(row["demand"]),
        )
        for row in rows
    ]
    ours = [
        (each.id, each.clause, each.stage, each.text.en, each.text.zh, each.demand.en)
        for each in shipped_files.obligations().obligations
    ]
    assert ours == theirs
