"""Only policies that apply to a document look something up for it."""

from __future__ import annotations

import json

import pytest

from tests.cli.review_repository import PROPOSAL_SCHEMA, ReviewRepository, lookup

STATUS = {"type": "object", "properties": {"stage": {"type": "string"}}}


def with_folders(reviews: ReviewRepository) -> None:
    reviews.write("folders.yaml", "review: reviews/\n")
    reviews.edit(
        ("kind: Configuration\n", "kind: Configuration\ndata: [{name: at, file: folders.yaml}]\n"),
        path=".launchpolicy.yaml",
    )
    path = "data.at.review + string(object.number) + '.yaml'"
    reviews.with_policy(
        "lookups.review.exists && files.exists(data.at.review + '1.yaml')", lookups=[lookup(path)]
    )
    reviews.commit("a data document says where reviews are")


def test_a_path_may_rest_on_a_data_document(reviews: ReviewRepository) -> None:
    with_folders(reviews)
    reviews.branch()
    reviews.propose(2)
    reviews.commit()
    assert reviews.verdicts("--base", "main") == {"proposals/2.yaml": "blocked"}
    reviews.review(2)
    reviews.commit()
    assert reviews.verdicts("--base", "main")["proposals/2.yaml"] == "pass"
    (reviews.folder / "reviews/1.yaml").unlink()
    reviews.commit()
    assert reviews.verdicts("--base", "main")["proposals/1.yaml"] == "blocked"


def test_a_proposal_that_is_moved_looks_up_for_policies_about_changes_too(
    reviews: ReviewRepository,
) -> None:
    reviews.edit(
        ("    packs: [proposals]\n", "    packs: [proposals]\n    deletions: allow\n"),
        path=".launchpolicy.yaml",
    )
    reviews.with_policy(
        "lookups.review.exists",
        match={"kinds": ["Proposal"], "operations": ["update"]},
        lookups=[lookup()],
    )
    reviews.commit("changed proposals need a review")
    reviews.branch()
    reviews.git("mv", "proposals/1.yaml", "proposals/first.yaml")
    reviews.commit()
    moved = reviews.report("--base", "main")["proposals/first.yaml"]
    assert moved["results"][0]["outcome"] == "passed"
    (reviews.folder / "reviews/1.yaml").unlink()
    reviews.commit()
    moved = reviews.report("--base", "main")["proposals/first.yaml"]
    assert moved["results"][0]["outcome"] == "failed"


def test_a_deletion_that_is_allowed_needs_no_review(reviews: ReviewRepository) -> None:
    reviews.edit(
        ("    packs: [proposals]\n", "    packs: [proposals]\n    deletions: allow\n"),
        path=".launchpolicy.yaml",
    )
    reviews.write("reviews/1.yaml", "number: [1]\n")
    reviews.commit("a malformed review")
    reviews.branch()
    (reviews.folder / "proposals/1.yaml").unlink()
    reviews.commit()
    assert reviews.verdicts("--base", "main") == {"proposals/1.yaml": "pass"}


def test_a_case_supposes_the_data_document_of_a_path(reviews: ReviewRepository) -> None:
    with_folders(reviews)
    reviews.write("policies/proposals/cases/one.yaml", "number: 1\nowner: li.wei\n")
    cases = {
        "object": "cases/one.yaml",
        "path": "proposals/1.yaml",
        "files": {"reviews/x1.yaml": "number: 1\napprover: sun.yu\n"},
        "facts": {"data": {"at": {"review": "reviews/x"}}},
        "cases": [
            {"name": "there", "expect": "passed"},
            {
                "name": "not there",
                "facts": {"data": {"at": {"review": "reviews/y"}}},
                "expect": "failed",
            },
        ],
    }
    test = {"apiVersion": "launchpolicy/v1", "kind": "PolicyTest", "metadata": {"name": "reviewed"}}
    reviews.write("policies/proposals/reviewed.test.yaml", json.dumps({**test, "spec": cases}))
    tested = reviews.run("policy", "test", "policies/proposals")
    assert (tested.code, tested.output) == (0, "1 policy, 2 cases: 2 as expected, 0 not\n")


@pytest.mark.parametrize("match", [{"operations": ["create"]}, {"stages": ["launched"]}])
def test_a_policy_that_does_not_apply_looks_nothing_up(
    reviews: ReviewRepository, match: dict[str, list[str]]
) -> None:
    schema = {**PROPOSAL_SCHEMA, "properties": {**PROPOSAL_SCHEMA["properties"], "status": STATUS}}
    reviews.write("schemas/proposal.schema.json", json.dumps(schema))
    reviews.with_policy(
        "lookups.review.exists", match={"kinds": ["Proposal"], **match}, lookups=[lookup()]
    )
    reviews.commit("some proposals need a review")
    reviews.branch()
    reviews.write("reviews/1.yaml", "number: [1]\napprover: sun.yu\n")
    reviews.commit()
    assert reviews.verdicts("--base", "main") == {"reviews/1.yaml": "rejected"}
