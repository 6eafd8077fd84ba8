"""Lookups as users meet them: attacks first, then what has to pass."""

from __future__ import annotations

import json

import pytest

from tests.cli.review_repository import ReviewRepository, lookup, policy

ONE, TWO = "proposals/1.yaml", "proposals/2.yaml"
REVIEW = "reviews/1.yaml"


def place_of(repository: ReviewRepository, path: str, *arguments: str) -> tuple[str, str]:
    """Return rule and file of the first finding about a document."""
    request = repository.report(*arguments)[path]
    finding = (request["refusals"] or request["results"][0]["findings"])[0]
    return finding["rule"], finding["place"]["path"]


def test_a_review_that_is_taken_away_in_the_same_change_is_none(reviews: ReviewRepository) -> None:
    reviews.branch()
    reviews.propose(1, owner="wu.ting")
    reviews.remove(REVIEW)
    reviews.commit()
    assert reviews.verdicts("--base", "main")[ONE] == "blocked"


def test_changing_only_what_is_looked_up_judges_what_rests_on_it(reviews: ReviewRepository) -> None:
    reviews.propose(2)
    reviews.review(2)
    reviews.commit()
    reviews.branch()
    reviews.review(1, approver="li.wei")
    assert reviews.verdicts("--base", "main", "--head", "main") == {}
    reviews.git("add", "--all")
    assert reviews.verdicts("--staged") == {ONE: "blocked", REVIEW: "pass"}
    reviews.commit()
    assert reviews.verdicts("--base", "main") == {ONE: "blocked", REVIEW: "pass"}


def test_taking_a_review_away_judges_the_proposal_that_nobody_touched(
    reviews: ReviewRepository,
) -> None:
    reviews.branch()
    reviews.remove(REVIEW)
    reviews.git("add", "--all")
    note = f"Judged again because a file that it rests on is changed: {ONE}."
    assert reviews.verdicts("--staged")[ONE] == "blocked"
    assert note in reviews.check("--staged").output
    reviews.commit()
    assert reviews.verdicts("--base", "main")[ONE] == "blocked"
    assert note in reviews.check("--base", "main").output


def test_the_review_of_another_proposal_cannot_be_used_again(reviews: ReviewRepository) -> None:
    reviews.branch()
    reviews.propose(2)
    reviews.write("reviews/2.yaml", "number: 1\napprover: sun.yu\n")
    reviews.commit()
    request = reviews.report("--base", "main")[TWO]
    assert request["verdict"] == "blocked"
    assert (
        request["results"][0]["findings"][0]["message"]["en"]
        == "The review is of another proposal."
    )


def test_a_link_in_place_of_a_review_is_neither_there_nor_absent(reviews: ReviewRepository) -> None:
    reviews.branch()
    reviews.write("elsewhere.yaml", "number: 1\napprover: sun.yu\n")
    reviews.remove(REVIEW)
    (reviews.folder / REVIEW).symlink_to("../elsewhere.yaml")
    reviews.commit()
    assert reviews.verdicts("--base", "main")[ONE] == "rejected"
    assert place_of(reviews, ONE, "--base", "main") == ("lookup/not-a-file", REVIEW)


def test_a_link_in_place_of_the_folder_of_reviews_is_no_absence(reviews: ReviewRepository) -> None:
    reviews.branch()
    reviews.with_policy("!lookups.review.exists", lookups=[lookup()])
    reviews.commit("a proposal must not be reviewed")
    reviews.branch("more")
    reviews.git("mv", "reviews", "real")
    (reviews.folder / "reviews").symlink_to("real")
    reviews.commit()
    assert reviews.verdicts("--base", "change")[ONE] == "rejected"


@pytest.mark.parametrize(
    "text",
    [
        "number: 1\napprover: [a, b]\n",
        "number: 1\napprover: sun.yu\napprover: li.wei\n",
        "number: 1\n",
        "{",
        "number: 1\napprover: sun.yu\n# " + "x" * 300_000 + "\n",
    ],
)
def test_a_malformed_review_refuses_the_proposal_at_its_place_in_the_review(
    reviews: ReviewRepository, text: str
) -> None:
    reviews.with_policy("!lookups.review.exists || true", lookups=[lookup()])
    reviews.commit("whatever it says")
    reviews.branch()
    reviews.write(REVIEW, text)
    reviews.commit()
    request = reviews.report("--base", "main")[ONE]
    assert request["verdict"] == "rejected"
    assert request["refusals"][0]["place"]["path"] == REVIEW
    assert request["refusals"][0]["message"]["en"].startswith("Looked up as `review`: ")


@pytest.mark.parametrize(
    "value",
    [
        "/etc/passwd",
        "../outside.yaml",
        "reviews/../proposals/1.yaml",
        ".git/config",
        "reviews/.git/x.yaml",
        "reviews//1.yaml",
        "reviews/./1.yaml",
        "--upload-pack=x",
        "proposals/1.yaml",
        "reviews/1.yml",
        "reviews/sub/1.yaml",
        "README.md",
        "",
        "reviews/\\n1.yaml",
        "x" * 2000,
    ],
)
def test_a_path_that_a_stranger_wrote_leads_to_reviews_only(
    reviews: ReviewRepository, value: str
) -> None:
    reviews.with_policy("!lookups.review.exists", lookups=[lookup("object.review")])
    reviews.commit("the request names what must not be there")
    reviews.branch()
    reviews.write(TWO, f'number: 2\nowner: li.wei\nreview: "{value}"\n')
    reviews.commit()
    request = reviews.report("--base", "main")[TWO]
    assert request["verdict"] == "rejected"
    assert request["refusals"][0]["rule"] in {"lookup/path", "lookup/kind"}


def test_a_lookup_is_of_the_exact_name_and_of_no_twin(reviews: ReviewRepository) -> None:
    reviews.with_policy("lookups.review.exists", lookups=[lookup("object.review")])
    reviews.commit("the request names the review")
    reviews.branch()
    decomposed, composed = "reviews/e\u0301.yaml", "reviews/\u00e9.yaml"
    reviews.write(decomposed, "number: 2\napprover: sun.yu\n")
    reviews.write("reviews/Case.yaml", "number: 3\napprover: sun.yu\n")
    reviews.propose(2, review=composed)
    reviews.propose(3, review="reviews/case.yaml")
    reviews.propose(4, review=decomposed)
    reviews.commit()
    verdicts = reviews.verdicts("--base", "main")
    assert [verdicts[f"proposals/{number}.yaml"] for number in (2, 3, 4)] == [
        "blocked",
        "blocked",
        "pass",
    ]


def test_an_author_who_edits_the_review_in_the_same_change_is_noticed(
    reviews: ReviewRepository,
) -> None:
    reviews.with_policy(
        "lookups.review.exists && (!lookups.review.changed || !('owner' in change.paths))",
        "!has(lookups.review.oldObject) || !lookups.review.exists"
        " || lookups.review.oldObject.approver == lookups.review.object.approver",
        lookups=[lookup()],
    )
    reviews.commit("reviews are not rewritten")
    reviews.branch()
    reviews.propose(1, owner="wu.ting")
    reviews.commit()
    assert reviews.verdicts("--base", "main") == {ONE: "pass"}
    reviews.review(1, approver="chen.jie")
    reviews.commit()
    request = reviews.report("--base", "main")[ONE]
    assert [finding["message"]["en"][:24] for finding in request["results"][0]["findings"]] == [
        "Not so: lookups.review.e",
        "Not so: !has(lookups.rev",
    ]


def test_a_document_that_is_not_there_gives_no_answer_and_says_which(
    reviews: ReviewRepository,
) -> None:
    reviews.with_policy(
        "variables.approver != object.owner",
        lookups=[lookup()],
        variables=[{"name": "approver", "expression": "lookups.review.object.approver"}],
    )
    reviews.commit("takes the review for granted")
    reviews.branch()
    reviews.propose(2)
    reviews.commit()
    result = reviews.report("--base", "main")[TWO]["results"][0]
    assert result["outcome"] == "error"
    assert "there is no reviews/2.yaml" in result["reason"]["en"]


def test_a_path_without_a_value_gives_no_answer_and_says_why(reviews: ReviewRepository) -> None:
    reviews.with_policy("!lookups.review.exists", lookups=[lookup("object.review")])
    reviews.commit("the request may name a review")
    reviews.branch()
    reviews.propose(2)
    reviews.commit()
    result = reviews.report("--base", "main")[TWO]["results"][0]
    assert result["outcome"] == "error"
    assert "the path of the lookup `review` has no value" in result["reason"]["en"]


def test_a_field_that_may_be_missing_is_asked_for_first(reviews: ReviewRepository) -> None:
    reviews.with_policy(
        "!has(object.review) || lookups.review.exists", lookups=[lookup("object.review")]
    )
    reviews.commit("a review that is named is there")
    reviews.branch()
    reviews.propose(2)
    reviews.propose(3, review=REVIEW)
    reviews.commit()
    assert set(reviews.verdicts("--base", "main").values()) == {"pass"}


def test_a_review_comes_with_its_proposal_and_passes(reviews: ReviewRepository) -> None:
    reviews.branch()
    reviews.propose(2)
    reviews.review(2)
    assert reviews.verdicts()[TWO] == "pass"
    reviews.git("add", "--all")
    assert reviews.verdicts("--staged") == {TWO: "pass", "reviews/2.yaml": "pass"}
    reviews.commit()
    assert reviews.verdicts("--base", "main") == {TWO: "pass", "reviews/2.yaml": "pass"}


def test_what_is_looked_up_is_of_the_same_snapshot(reviews: ReviewRepository) -> None:
    reviews.branch()
    reviews.propose(2)
    reviews.git("add", "--all")
    reviews.review(2)  # in the work tree only
    assert reviews.verdicts("--staged") == {TWO: "blocked"}
    assert reviews.verdicts()[TWO] == "pass"


def test_a_branch_behind_its_base_is_judged_beside_what_the_base_holds(
    reviews: ReviewRepository,
) -> None:
    reviews.branch()
    reviews.propose(1, owner="wu.ting")
    reviews.commit()
    reviews.git("switch", "--quiet", "main")
    reviews.remove(REVIEW)
    reviews.commit("the review is taken away meanwhile")
    verdicts = reviews.verdicts("--base", "main", "--head", "change")
    assert verdicts == {ONE: "blocked"}


def test_a_review_that_both_sides_changed_is_undecided(reviews: ReviewRepository) -> None:
    reviews.branch()
    reviews.propose(1, owner="wu.ting")
    reviews.review(1, approver="chen.jie")
    reviews.commit()
    reviews.git("switch", "--quiet", "main")
    reviews.review(1, approver="wu.ting")
    reviews.commit()
    arguments = ("--base", "main", "--head", "change")
    assert reviews.verdicts(*arguments)[ONE] == "undecided"
    assert place_of(reviews, ONE, *arguments) == ("lookup/stale", REVIEW)


def test_a_submodule_in_place_of_a_review_is_neither_there_nor_absent(
    reviews: ReviewRepository,
) -> None:
    reviews.with_policy("!lookups.review.exists", lookups=[lookup()])
    reviews.commit("a proposal must not be reviewed")
    reviews.branch()
    commit = reviews.git("rev-parse", "HEAD")
    reviews.git("update-index", "--add", "--cacheinfo", f"160000,{commit},{REVIEW}")
    reviews.git("commit", "--quiet", "--message", "a submodule")
    assert reviews.verdicts("--base", "main")[ONE] == "rejected"


def test_a_review_with_a_repository_of_its_own_in_the_work_tree_is_no_absence(
    reviews: ReviewRepository,
) -> None:
    reviews.with_policy("!lookups.review.exists", lookups=[lookup()])
    reviews.remove(REVIEW)
    (reviews.folder / REVIEW / ".git").mkdir(parents=True)
    assert reviews.verdicts(ONE)[ONE] == "rejected"


def test_a_repository_in_a_folder_of_another_looks_up_below_that_folder(
    reviews: ReviewRepository,
) -> None:
    names = [path.name for path in reviews.folder.iterdir() if path.name != ".git"]
    (reviews.folder / "team").mkdir()
    reviews.git("mv", *names, "team")
    reviews.review(2)  # beside the folder
    reviews.commit("a folder of a larger repository")
    team = ReviewRepository(reviews.folder / "team", reviews.environment)
    team.branch()
    team.propose(2)
    team.remove(REVIEW)
    team.commit()
    verdicts = team.verdicts("--base", "main")
    assert (verdicts[ONE], verdicts[TWO]) == ("blocked", "blocked")
    team.review(2)
    team.commit()
    assert team.verdicts("--base", "main")[TWO] == "pass"


def test_many_requests_on_several_processes_have_their_lookups(reviews: ReviewRepository) -> None:
    for number in range(2, 202):
        reviews.propose(number)
        reviews.review(number)
    reviews.remove("reviews/77.yaml")
    verdicts = reviews.verdicts("--jobs", "2")
    assert len(verdicts) == 401
    assert [path for path, verdict in verdicts.items() if verdict != "pass"] == [
        "proposals/77.yaml"
    ]


def test_the_owner_cannot_be_the_reviewer(reviews: ReviewRepository) -> None:
    reviews.branch()
    reviews.propose(2)
    reviews.review(2, approver="li.wei")
    reviews.commit()
    (finding,) = reviews.report("--base", "main")[TWO]["results"][0]["findings"]
    assert (finding["message"]["en"], finding["place"]["line"]) == ("The owner reviewed it.", 1)


def test_a_list_and_a_quorum_read_what_is_looked_up(reviews: ReviewRepository) -> None:
    text = json.loads(policy("reviewed", "lookups.review.exists", lookups=[lookup()]))
    text["spec"]["validations"] = [
        {
            "forEach": "change.edits",
            "expression": "each.path != 'owner'"
            " || each.new == lookups.review.?object.?approver.orValue('')",
            "message": "Only the reviewer takes over.",
        }
    ]
    text["spec"]["quorum"] = {
        "role": "lead",
        "when": "lookups.review.exists && lookups.review.object.approver == 'nobody'",
    }
    reviews.write("policies/proposals/reviewed.yaml", json.dumps(text))
    reviews.commit("take over")

    def outcome(owner: str) -> str:
        reviews.propose(1, owner=owner)
        reviews.git("add", "--all")
        result: dict[str, str] = reviews.report("--staged")[ONE]["results"][0]
        return result["outcome"]

    assert outcome("sun.yu") == "passed"
    assert outcome("wu.ting") == "failed"
    reviews.review(1, approver="nobody")
    assert outcome("nobody") == "pending"


def test_policy_show_says_what_is_looked_up(reviews: ReviewRepository) -> None:
    shown = reviews.run("policy", "show", "reviewed")
    assert shown.code == 0, shown.complaint
    assert (
        "looks up\n  review = Review: 'reviews/' + string(object.number) + '.yaml'\n"
        in shown.output
    )


def test_a_kind_may_declare_the_lookup_for_all_its_policies(reviews: ReviewRepository) -> None:
    reviews.edit(
        ("    packs: [proposals]\n", "    packs: [proposals]\n    lookups:\n      - " + LOOKUP),
        path=".launchpolicy.yaml",
    )
    reviews.with_policy("lookups.review.exists")
    reviews.commit("the kind looks it up")
    reviews.branch()
    reviews.propose(2)
    reviews.remove(REVIEW)
    reviews.commit()
    verdicts = reviews.verdicts("--base", "main")
    assert (verdicts[ONE], verdicts[TWO]) == ("blocked", "blocked")


LOOKUP = "{name: review, kind: Review, path: \"'reviews/' + string(object.number) + '.yaml'\"}\n"
