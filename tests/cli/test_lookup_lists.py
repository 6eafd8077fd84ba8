"""Lookups of several documents: by a list of paths, or by patterns; all of them, or no verdict."""

from __future__ import annotations

import json
import os

import pytest

from tests.cli.review_repository import ReviewRepository
from tests.cli.test_lookups import place_of

ONE = "proposals/1.yaml"
REVIEW = "reviews/1.yaml"
ALL = {"name": "reviews", "kind": "Review", "files": "reviews/*.yaml"}
NAMED = {
    "name": "reviews",
    "kind": "Review",
    "paths": "['reviews/' + string(object.number) + '.yaml', 'reviews/9.yaml']",
}
REVIEWED = "lookups.reviews.exists(r, r.object.number == object.number)"


def _with_all(reviews: ReviewRepository, *validations: str) -> None:
    reviews.with_policy(*validations, lookups=[ALL])
    reviews.commit("look at all reviews")
    reviews.branch()


def test_taking_one_of_all_reviews_away_judges_the_proposal_that_nobody_touched(
    reviews: ReviewRepository,
) -> None:
    reviews.review(2)
    _with_all(reviews, REVIEWED)
    assert reviews.verdicts(ONE)[ONE] == "pass"
    reviews.remove(REVIEW)
    reviews.commit("take the review away")
    assert reviews.verdicts("--base", "main")[ONE] == "blocked"
    reviews.git("reset", "--quiet", "--soft", "main")
    assert reviews.verdicts("--staged")[ONE] == "blocked"


def test_a_new_document_that_a_pattern_matches_judges_what_rests_on_it(
    reviews: ReviewRepository,
) -> None:
    _with_all(reviews, "lookups.reviews.filter(r, r.object.number == object.number).size() == 1")
    reviews.write("reviews/1-again.yaml", "number: 1\napprover: mallory\n")
    reviews.commit("review it once more")
    assert reviews.verdicts("--base", "main")[ONE] == "blocked"


def test_a_file_that_no_pattern_matches_judges_nobody(reviews: ReviewRepository) -> None:
    _with_all(reviews, REVIEWED)
    reviews.write("notes/1.txt", "number: 1\n")
    reviews.commit("a note")
    assert ONE not in reviews.verdicts("--base", "main")


@pytest.mark.parametrize("is_link", [True, False], ids=["a link", "malformed"])
def test_one_of_a_list_that_cannot_be_read_refuses_the_request_and_is_not_left_out(
    reviews: ReviewRepository, *, is_link: bool
) -> None:
    _with_all(reviews, "lookups.reviews.all(r, r.object.approver != object.owner)")
    if is_link:
        (reviews.folder / "reviews/2.yaml").symlink_to("1.yaml")
    else:
        reviews.write("reviews/2.yaml", "approver: li.wei\n")
    reviews.commit("hide a review")
    assert reviews.verdicts("--base", "main")[ONE] == "rejected"
    assert reviews.verdicts(ONE)[ONE] == "rejected"


def test_a_link_in_place_of_the_folder_of_a_list_is_no_empty_list(
    reviews: ReviewRepository,
) -> None:
    _with_all(reviews, "!lookups.reviews.exists(r, r.object.approver == object.owner)")
    (reviews.folder / "reviews").rename(reviews.folder / "kept")
    (reviews.folder / "reviews").symlink_to("kept")
    reviews.commit("move the reviews behind a link")
    assert reviews.verdicts("--base", "main")[ONE] == "rejected"


def test_a_submodule_in_place_of_a_folder_that_a_pattern_enters_is_no_empty_list(
    reviews: ReviewRepository,
) -> None:
    reviews.edit(("reviews/*.yaml", "reviews/*/review.yaml"), path=".launchpolicy.yaml")
    reviews.with_policy("lookups.reviews == []", lookups=[{**ALL, "files": "reviews/*/*.yaml"}])
    reviews.remove(REVIEW)
    reviews.commit("a folder for each review")
    reviews.branch()
    assert reviews.verdicts(ONE)[ONE] == "pass"
    commit = reviews.git("rev-parse", "HEAD")
    reviews.git("update-index", "--add", "--cacheinfo", f"160000,{commit},reviews/sub")
    reviews.git("commit", "--quiet", "--message", "a submodule")
    assert reviews.verdicts("--base", "main")[ONE] == "rejected"


def test_a_link_that_no_pattern_can_mean_hinders_nobody(reviews: ReviewRepository) -> None:
    _with_all(reviews, REVIEWED)
    (reviews.folder / "reviews/README.md").symlink_to("../README.md")
    reviews.commit("a link beside the reviews")
    assert reviews.verdicts(ONE)[ONE] == "pass"


def test_a_review_that_the_base_changed_as_well_leaves_the_list_undecided(
    reviews: ReviewRepository,
) -> None:
    _with_all(reviews, "lookups.reviews.all(r, r.object.approver != object.owner)")
    reviews.review(1, "wang.fang")
    reviews.propose(1, stage="final")
    reviews.commit()
    reviews.git("switch", "--quiet", "main")
    reviews.review(1, "zhou.kai")
    reviews.commit()
    arguments = ("--base", "main", "--head", "change")
    assert reviews.verdicts(*arguments)[ONE] == "undecided"
    assert place_of(reviews, ONE, *arguments) == ("lookup/stale", REVIEW)


def test_a_review_that_landed_meanwhile_is_in_the_list(reviews: ReviewRepository) -> None:
    _with_all(reviews, "lookups.reviews.all(r, r.object.approver != object.owner)")
    reviews.propose(1, stage="final")
    reviews.commit()
    reviews.git("switch", "--quiet", "main")
    reviews.write("reviews/2.yaml", "number: 2\napprover: li.wei\n")
    reviews.commit()
    assert reviews.verdicts("--base", "main", "--head", "change")[ONE] == "blocked"


def test_a_list_of_paths_keeps_their_order_and_says_which_are_not_there(
    reviews: ReviewRepository,
) -> None:
    reviews.with_policy(
        "lookups.reviews.map(r, r.path) == ['reviews/1.yaml', 'reviews/9.yaml']",
        "lookups.reviews.map(r, r.exists) == [true, false]",
        "lookups.reviews.all(r, !r.exists || r.object.approver == 'sun.yu')",
        lookups=[NAMED],
    )
    assert reviews.verdicts(ONE)[ONE] == "pass"


def test_a_review_that_is_named_twice_is_not_two(reviews: ReviewRepository) -> None:
    twice = "[object.review, object.review].map(r, 'reviews/' + r + '.yaml')"
    reviews.with_policy(
        "lookups.reviews.filter(r, r.exists).size() >= 2", lookups=[{**NAMED, "paths": twice}]
    )
    reviews.propose(1, review="1")
    assert reviews.verdicts(ONE)[ONE] == "blocked"


def test_a_document_of_a_list_that_is_not_there_gives_no_answer(reviews: ReviewRepository) -> None:
    reviews.with_policy("lookups.reviews.all(r, r.object.approver != '')", lookups=[NAMED])
    assert reviews.verdicts(ONE)[ONE] == "undecided"
    assert "there is no reviews/9.yaml" in reviews.check(ONE).output


@pytest.mark.parametrize(
    ("written", "verdict"),
    [
        ("../1", "rejected"),
        ("1.yaml/../../secrets", "rejected"),
        ("*", "blocked"),
        ("**", "blocked"),
    ],
)
def test_a_path_of_a_list_that_a_stranger_wrote_is_a_path_and_no_pattern(
    reviews: ReviewRepository, written: str, verdict: str
) -> None:
    reviews.with_policy(
        "lookups.reviews.exists(r, r.exists)",
        lookups=[{**NAMED, "paths": "['reviews/' + object.review + '.yaml']"}],
    )
    reviews.propose(1, review=written)
    assert reviews.verdicts(ONE)[ONE] == verdict


def test_each_document_of_a_list_says_whether_this_change_touches_it(
    reviews: ReviewRepository,
) -> None:
    reviews.review(2)
    _with_all(
        reviews,
        "lookups.reviews.filter(r, r.changed).map(r, r.path) == ['reviews/1.yaml']",
        "lookups.reviews[0].?oldObject.approver.orValue('') == 'sun.yu'",
        "lookups.reviews[0].object.approver == 'wang.fang'",
    )
    reviews.review(1, "wang.fang")
    reviews.commit()
    assert reviews.verdicts("--base", "main")[ONE] == "pass"


def test_more_documents_than_fit_into_an_evaluation_leave_it_undecided(
    reviews: ReviewRepository,
) -> None:
    _with_all(reviews, REVIEWED)
    for number in range(2, 1002):
        reviews.review(number)
    assert reviews.verdicts(ONE)[ONE] == "undecided"
    os.remove(reviews.folder / "reviews/1001.yaml")  # noqa: PTH107 (one fewer)
    assert reviews.verdicts(ONE)[ONE] == "pass"


def test_all_documents_of_a_file_that_holds_many_are_in_the_list(reviews: ReviewRepository) -> None:
    reviews.edit(
        ("    packs: [reviews]\n", "    packs: [reviews]\n    documents: many\n"),
        path=".launchpolicy.yaml",
    )
    _with_all(
        reviews,
        "lookups.reviews.map(r, r.object.number) == [1, 2]",
        "!has(lookups.reviews[0].changed) || lookups.reviews.map(r, r.changed) == [false, true]",
    )
    reviews.write(REVIEW, "number: 1\napprover: sun.yu\n---\nnumber: 2\napprover: sun.yu\n")
    reviews.commit()
    assert reviews.verdicts("--base", "main")[ONE] == "pass"
    reviews.write(REVIEW, "number: 1\napprover: li.wei\n---\nnumber: 2\napprover: sun.yu\n")
    reviews.commit()
    assert reviews.verdicts("--base", "main")[ONE] == "blocked"


@pytest.mark.parametrize(
    ("lookup", "expression", "says"),
    [
        ({**ALL, "files": "proposals/*.yaml"}, "true", "matches no file of the kind Review"),
        ({**ALL, "path": "'reviews/1.yaml'"}, "true", "lookups[0]"),
        ({"name": "reviews", "kind": "Review"}, "true", "lookups[0]"),
        ({**NAMED, "paths": "[string(now)]"}, "true", "cannot rest on `now`"),
        ({**NAMED, "paths": "'reviews/1.yaml'"}, "true", "must give"),
        (ALL, "lookups.reviews.exists", "lookups.reviews"),
        (ALL, "lookups.reviews.all(r, r.object.aprover != '')", "Did you mean `approver`?"),
    ],
)
def test_a_mistake_in_a_lookup_of_several_documents_is_found_when_the_pack_loads(
    reviews: ReviewRepository, lookup: dict[str, str], expression: str, says: str
) -> None:
    reviews.with_policy(expression, lookups=[lookup])
    finished = reviews.check()
    assert finished.code == 2
    assert says in finished.complaint


def test_a_kind_may_declare_a_list_and_show_names_its_files(reviews: ReviewRepository) -> None:
    reviews.edit(
        ("    packs: [proposals]\n", f"    packs: [proposals]\n    lookups: [{json.dumps(ALL)}]\n"),
        path=".launchpolicy.yaml",
    )
    reviews.with_policy(REVIEWED)
    assert reviews.verdicts(ONE)[ONE] == "pass"
    reviews.with_policy(REVIEWED, lookups=[{**ALL, "name": "others"}])
    assert "Review: reviews/*.yaml" in reviews.run("policy", "show", "reviewed").output


def test_a_case_supposes_the_files_of_a_list(reviews: ReviewRepository) -> None:
    reviews.with_policy(REVIEWED, lookups=[ALL])
    case = {"object": "cases/one.yaml", "path": ONE}
    reviews.write("policies/proposals/cases/one.yaml", "number: 1\nowner: li.wei\n")
    there = {"reviews/x.yaml": "number: 1\napprover: sun.yu\n"}
    cases = [
        {"name": "one of them", "files": there, "expect": "passed"},
        {"name": "none", "expect": "failed"},
    ]
    test = {"apiVersion": "launchpolicy/v1", "kind": "PolicyTest", "metadata": {"name": "reviewed"}}
    written = {**test, "spec": {**case, "cases": cases}}
    reviews.write("policies/proposals/reviewed.test.yaml", json.dumps(written))
    finished = reviews.run("policy", "test", "policies/proposals")
    assert "2 cases: 2 as expected" in finished.output + finished.complaint
    listed = json.loads(reviews.run("policy", "blind-spots", "--format", "json").output)
    assert listed


def test_the_status_of_a_document_is_not_that_of_what_looks_it_up(
    reviews: ReviewRepository,
) -> None:
    reviews.propose(2)
    reviews.with_policy(
        "lookups.all.size() == 2",
        lookups=[{"name": "all", "kind": "Proposal", "files": "proposals/*.yaml"}],
    )
    reviews.commit("two proposals, and each looks at both")
    status = reviews.run("status", ONE)
    assert (status.code, "proposals/2.yaml" in status.output) == (0, False)
    explained = reviews.run("policy", "explain", "reviewed", ONE)
    assert explained.code == 0, explained.complaint
    assert "proposals/2.yaml" not in reviews.run("status", REVIEW).output
