"""Mistakes in lookups: found when the rules load, before any request is judged."""

from __future__ import annotations

import pytest

from tests.cli.review_repository import ReviewRepository

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
