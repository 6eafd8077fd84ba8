"""`ids: unique`: a document whose id another one of its kind has is refused."""

from __future__ import annotations

import json

import pytest

from tests.cli.review_repository import ReviewRepository, policy
from tests.cli.test_lookups import place_of

ONE, COPY = "proposals/1.yaml", "proposals/copy.yaml"
FIRST = "number: 1\nowner: li.wei\n"


@pytest.fixture
def unique(reviews: ReviewRepository) -> ReviewRepository:
    """Proposals whose numbers are unique, on a branch."""
    reviews.edit(
        ("    id: string(object.number)\n", "    id: string(object.number)\n    ids: unique\n"),
        path=".launchpolicy.yaml",
    )
    reviews.write("policies/proposals/reviewed.yaml", policy("reviewed", "object.owner != ''"))
    reviews.commit("each number is of one proposal")
    reviews.branch()
    return reviews


def test_the_id_of_a_document_that_nobody_touched_cannot_be_taken(unique: ReviewRepository) -> None:
    unique.write(COPY, FIRST)
    unique.commit()
    assert unique.verdicts("--base", "main") == {COPY: "rejected"}
    assert place_of(unique, COPY, "--base", "main") == ("request/id-taken", COPY)
    assert "The id `1` is that of proposals/1.yaml already." in unique.check(COPY).output


def test_two_new_documents_with_one_id_are_both_refused(unique: ReviewRepository) -> None:
    for name in ("a", "b"):
        unique.write(f"proposals/{name}.yaml", "number: 7\nowner: li.wei\n")
    assert unique.verdicts() == {
        ONE: "pass",
        "proposals/a.yaml": "rejected",
        "proposals/b.yaml": "rejected",
        "reviews/1.yaml": "pass",
    }


def test_an_edit_cannot_take_the_id_of_another_document(unique: ReviewRepository) -> None:
    unique.propose(2)
    unique.commit()
    unique.git("switch", "--quiet", "--create", "edit")
    unique.write("proposals/2.yaml", FIRST)
    unique.commit()
    assert unique.verdicts("--base", "change") == {"proposals/2.yaml": "rejected"}


def test_a_document_that_landed_meanwhile_has_its_id(unique: ReviewRepository) -> None:
    unique.write(COPY, "number: 7\nowner: li.wei\n")
    unique.commit()
    unique.git("switch", "--quiet", "main")
    unique.propose(7)
    unique.commit("another branch was faster")
    assert unique.verdicts("--base", "main", "--head", "change")[COPY] == "rejected"


def test_an_id_in_another_file_of_many_documents_counts(unique: ReviewRepository) -> None:
    unique.git("switch", "--quiet", "main")
    _with_many(unique)
    unique.write(COPY, "number: 8\nowner: li.wei\n---\nnumber: 1\nowner: li.wei\n")
    report = unique.check("--format", "json", COPY)
    assert report.code == 2
    assert "The id `1` is that of proposals/1.yaml already." in report.output


def _with_many(unique: ReviewRepository) -> None:
    many = ("    ids: unique\n", "    ids: unique\n    documents: many\n")
    unique.edit(many, path=".launchpolicy.yaml")
    unique.commit()


def test_a_document_that_moves_or_is_edited_keeps_its_id(unique: ReviewRepository) -> None:
    unique.propose(1, stage="final")
    unique.commit()
    assert unique.verdicts("--base", "main") == {ONE: "pass"}
    unique.git("mv", ONE, COPY)
    unique.commit()
    assert unique.verdicts("--base", "main")[COPY] == "pass"


@pytest.mark.parametrize("is_many", [False, True])
def test_a_malformed_neighbour_hinders_nobody(unique: ReviewRepository, *, is_many: bool) -> None:
    if is_many:
        _with_many(unique)
    unique.write(COPY, "number: [1\n")
    assert unique.verdicts(ONE) == {ONE: "pass"}
    unique.propose(2)
    assert unique.verdicts("proposals/2.yaml") == {"proposals/2.yaml": "pass"}


def test_without_the_setting_two_files_may_have_one_id(reviews: ReviewRepository) -> None:
    reviews.write(COPY, FIRST)
    assert reviews.verdicts(COPY) == {COPY: "pass"}


def test_the_ledger_records_a_document_with_the_id_of_another_as_bypassed(
    unique: ReviewRepository,
) -> None:
    unique.write(COPY, FIRST)
    unique.commit()
    unique.git("switch", "--quiet", "main")
    unique.git("merge", "--quiet", "--no-ff", "--no-edit", "change")
    appended = unique.run("ledger", "append")
    assert appended.code == 0, appended.complaint
    numbers = json.loads(unique.run("ledger", "query", "--format", "json").output)["entries"]
    last = unique.run("ledger", "show", f"#{numbers[-1]}", "--format", "json").output
    entry = json.loads(last)
    assert (entry["event"], entry["verdict"], entry["path"]) == ("bypassed", "rejected", COPY)
    assert unique.run("ledger", "verify").code == 0
