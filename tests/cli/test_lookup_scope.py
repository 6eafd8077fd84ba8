"""Only policies that apply to a document look something up for it."""

from __future__ import annotations

import json

import pytest

from tests.cli.review_repository import PROPOSAL_SCHEMA, ReviewRepository, lookup

STATUS = {"type": "object", "properties": {"stage": {"type": "string"}}}


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
