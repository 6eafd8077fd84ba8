"""Mistakes in lookups: found when the rules load, before any request is judged."""

from __future__ import annotations

import re

import pytest

from tests.cli.review_repository import ReviewRepository, lookup

LOOKUP = "{name: review, kind: Review, path: \"'reviews/' + string(object.number) + '.yaml'\"}\n"


@pytest.mark.parametrize(
    ("replacement", "says"),
    [
        (("kind: Review", "kind: Reviev"), "Did you mean `Review`?"),
        (("string(object.number)", "string(object.nummber)"), "Did you mean `number`?"),
        (("object.approver !=", "object.aprover !="), "Did you mean `approver`?"),
        (("expression: lookups.review.exists", "expression: lookups.rewiev.exists"), "`review`"),
        (("+ string(object.number)", "+ string(now)"), "cannot rest on `now`"),
        (
            ('"!lookups.review.exists || lookups.review.object.app', '"lookups.review.object.app'),
            "Write `lookups.review.exists && …`",
        ),
        (
            ("expression: lookups.review.exists", "expression: lookupsByPolicy.size() > 0"),
            "nothing is called `lookupsByPolicy`",
        ),
        (
            ("expression: lookups.review.exists", "expression: .lookups.review.exists"),
            "write `lookups`",
        ),
        (
            ("expression: lookups.review.exists", "expression: has(lookups.review)"),
            "is always true",
        ),
    ],
)
def test_a_mistake_in_a_lookup_is_found_when_the_pack_loads(
    reviews: ReviewRepository, replacement: tuple[str, str], says: str
) -> None:
    reviews.edit(replacement, path="policies/proposals/reviewed.yaml")
    finished = reviews.check()
    assert finished.code == 2
    assert says in finished.complaint


def test_a_mistake_in_the_lookup_of_a_kind_stops_the_run(reviews: ReviewRepository) -> None:
    wrong = LOOKUP.replace("object.number", "object.numbr")
    reviews.edit(
        ("    packs: [proposals]\n", "    packs: [proposals]\n    lookups:\n      - " + wrong),
        path=".launchpolicy.yaml",
    )
    finished = reviews.check()
    assert finished.code == 2
    assert "Did you mean `number`?" in finished.complaint
    assert ".launchpolicy.yaml:12" in finished.complaint


def test_a_policy_cannot_replace_a_lookup_of_the_kind(reviews: ReviewRepository) -> None:
    reviews.edit(
        ("    packs: [proposals]\n", "    packs: [proposals]\n    lookups:\n      - " + LOOKUP),
        path=".launchpolicy.yaml",
    )
    finished = reviews.check()
    assert finished.code == 2
    assert "has a lookup `review` already" in finished.complaint


COMPUTED = "For a name that is computed put `dyn(…)` around it"


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("object.owner in lookups.review.object", "`in` cannot be applied to (string, object)"),
        ("lookups.review.object[object.owner] == 1", "`[ ]` cannot be applied to (object, string)"),
        ("object[object.owner] == 'x'", "`[ ]` cannot be applied to (object, string)"),
        ("lookups.review.object.exists(x, x == 'a')", "lists and maps, not through object"),
    ],
)
def test_a_computed_key_of_an_object_with_fields_is_refused_with_what_works(
    reviews: ReviewRepository, expression: str, says: str
) -> None:
    reviews.with_policy(f"lookups.review.exists && ({expression})", lookups=[lookup()])
    refused = reviews.check().complaint
    assert says in refused
    assert COMPUTED in refused


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("lookups.review.object + 1 == 2", "`+` cannot be applied to (object, int)"),
        ("[object] == [1]", "(list(object), list(int))"),
        ("object.owner in [1]", "(string, list(int))"),
        ("object in ['a']", "(object, list(string))"),
        ("object", "it gives object, but must give BOOL"),
        ("lookups.review == 1", "(object, int)"),
        ("calendar == 1", "(object, int)"),
    ],
)
def test_no_message_names_a_type_of_the_program(
    reviews: ReviewRepository, expression: str, says: str
) -> None:
    reviews.with_policy("lookups.review.exists", expression, lookups=[lookup()])
    for language in ("en", "zh"):
        refused = reviews.check("--lang", language)
        assert refused.code == 2
        message = next(
            line for line in refused.complaint.splitlines() if "policy/expression" in line
        )
        assert not re.search("Fact_|Object|Ref_|kind\\.", message)
        assert COMPUTED not in refused.complaint
    assert says in reviews.check().complaint


def test_a_computed_key_works_as_the_message_says(reviews: ReviewRepository) -> None:
    computed = (
        "lookups.review.exists && object.stage in dyn(lookups.review.object)"
        " && dyn(lookups.review.object)[object.stage] == 'sun.yu'"
    )
    reviews.with_policy("has(object.stage)", computed, lookups=[lookup()])
    reviews.propose(1, stage="approver")
    assert reviews.verdicts()["proposals/1.yaml"] == "pass"
    reviews.propose(1, stage="nobody")
    assert reviews.verdicts()["proposals/1.yaml"] == "blocked"
