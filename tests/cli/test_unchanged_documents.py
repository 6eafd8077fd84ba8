"""Policies that look at other files also apply where only these files change."""

from __future__ import annotations

import pytest

from tests.cli.review_repository import ReviewRepository
from tests.cli.test_cases_with_files import with_cases

NOTE = "does not apply where the document itself stays as it is"
POLICY = "policies/proposals/reviewed.yaml"


def with_condition(repository: ReviewRepository, expression: str) -> None:
    conditions = f"  matchConditions:\n    - {{name: narrow, expression: {expression!r}}}\n"
    repository.edit(("  validations:\n", f"{conditions}  validations:\n"), path=POLICY)


@pytest.mark.parametrize(
    "condition",
    [
        'change.operation == "create" || change.edits.size() > 0',
        'change.operation == "create"',
        "!has(oldObject.number) || object != oldObject",
    ],
)
def test_a_condition_that_lets_a_review_be_taken_away_is_noted_by_the_cases(
    reviews: ReviewRepository, condition: str
) -> None:
    with_cases(reviews)
    with_condition(reviews, condition)
    finished = reviews.run("policy", "test", "policies/proposals")
    assert NOTE in finished.output
    chinese = reviews.run("policy", "test", "policies/proposals", "--lang", "zh")
    assert "文档本身未改动时并不适用" in chinese.output


def test_a_policy_that_judges_again_is_not_noted(reviews: ReviewRepository) -> None:
    with_cases(reviews)
    with_condition(reviews, "object.number > 0")
    assert NOTE not in reviews.run("policy", "test", "policies/proposals").output


def with_new_policy(repository: ReviewRepository) -> None:
    """Replace the pack about proposals by what `policy new` writes."""
    repository.remove("policies/proposals/reviewed.yaml")
    repository.remove("policies/proposals/pack.yaml")
    arguments = ("policy", "new", "stage-given", "--kind", "Proposal", "--pack", "proposals")
    drafted = repository.run(*arguments)
    assert drafted.code == 0, drafted.complaint


def test_a_new_policy_judges_a_proposal_whose_review_is_taken_away(
    reviews: ReviewRepository,
) -> None:
    with_new_policy(reviews)
    written = (reviews.folder / "policies/proposals/stage-given.yaml").read_text("utf-8")
    assert "matchConditions:" not in written
    assert "the other file pass" in written
    lookup = (
        "  lookups:\n    - {name: review, kind: Review, "
        "path: \"'reviews/' + string(object.number) + '.yaml'\"}\n  validations:\n"
        "    - {expression: lookups.review.exists, message: There is no review.}\n"
    )
    reviews.edit(("  validations:\n", lookup), path="policies/proposals/stage-given.yaml")
    reviews.propose(1, stage="beta")
    reviews.commit("add the policy")
    reviews.branch()
    reviews.remove("reviews/1.yaml")
    reviews.commit("take the review away")
    (result,) = reviews.report("--base", "main")["proposals/1.yaml"]["results"]
    assert result["outcome"] == "failed"
    assert result["findings"][0]["message"]["en"] == "There is no review."


def test_the_first_check_after_a_new_policy_has_an_answer(reviews: ReviewRepository) -> None:
    with_new_policy(reviews)
    tested = reviews.run("policy", "test", "policies/proposals")
    assert "2 cases: 2 as expected, 0 not" in tested.output
    assert reviews.verdicts()["proposals/1.yaml"] == "blocked"
