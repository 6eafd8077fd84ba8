"""The life of an approval: counted, or not and why; and quorums that cannot be judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from launchpolicy.facts.approvals.counting import CountingRule, QuorumCount, count_quorum
from launchpolicy.facts.approvals.exclusion import barred_by
from launchpolicy.facts.approvals.inputs import ApprovalInputs, Opinion
from launchpolicy.facts.approvals.record_file import approval_record_of, record_data
from launchpolicy.facts.approvals.records import (
    EMAIL,
    SSH,
    Account,
    ApprovalRecord,
    Participants,
    ReviewState,
    SubmittedReview,
)
from launchpolicy.facts.approvals.roster import Roster
from launchpolicy.facts.approvals.slots import MAX_WAYS, QuorumError, ways_of
from launchpolicy.policy.quorum import quorum_of
from launchpolicy.vocabulary.text import Text
from tests.facts.approvals.electorate import NOW, opinion, roster

COMPANY = roster(
    {"product": ["ann", "bob"], "rd": ["bob", "cai"], "dba": ["dan"]},
    {"finance": ["eve"], "service": ["eve"]},
)
BOTH = {"all": [{"role": "product"}, {"role": "rd"}]}


def counted(
    tree: dict[str, Any],
    *opinions: Opinion,
    company: Roster = COMPANY,
    barred: dict[str, Text] | None = None,
    since: dict[str, Text] | None = None,
    values: dict[str, Any] | None = None,
) -> QuorumCount:
    quorum = quorum_of(tree)
    ways = ways_of(quorum.root, company, lambda expression: (values or {})[expression])
    approvals = ApprovalInputs("sha256:now", company, opinions, since=since or {})
    return count_quorum(approvals, company, ways, barred or {}, NOW, CountingRule(quorum.distinct))


def story(found: QuorumCount) -> str:
    (only,) = found.stories
    assert not only.counted
    return only.reason.en


STORIES: dict[str, tuple[Opinion, str]] = {
    "dismissed": (opinion("ann", ReviewState.DISMISSED), "was dismissed"),
    "from a bot": (opinion("ann", void=Text("comes from a bot", "来自机器人")), "from a bot"),
    "of a stranger": (opinion("who"), "belongs to nobody"),
    "from the future": (opinion("ann", hours_ago=-1), "has not come yet"),
    "expired this second": (opinion("ann", expires=NOW), "expired"),
    "of another version": (opinion("ann", digest="sha256:then"), "another version"),
    "of nothing that is known": (opinion("ann", digest=""), "another version"),
    "as what they are not": (opinion("ann", roles=("rd",)), "does not hold"),
    "of a role that is not asked": (opinion("dan"), "is not asked for"),
}


@pytest.mark.parametrize("name", STORIES)
def test_an_approval_that_does_not_count_says_why(name: str) -> None:
    given, reason = STORIES[name]
    found = counted(BOTH, given)
    assert reason in story(found)
    assert sum(missing.count for missing in found.missing) == 2


def test_an_approval_that_has_not_expired_yet_counts() -> None:
    found = counted({"role": "product"}, opinion("ann", expires=NOW + timedelta(seconds=1)))
    assert found.is_fulfilled


def test_a_clock_that_is_minutes_ahead_is_forgiven() -> None:
    assert counted({"role": "product"}, opinion("ann", hours_ago=-0.05)).is_fulfilled


def test_the_change_that_voided_it_is_named() -> None:
    since = {"sha256:then": Text("spec.window.start (a → b)", "spec.window.start（a → b）")}
    found = counted(BOTH, opinion("ann", digest="sha256:then"), since=since)
    assert "spec.window.start (a → b)" in story(found)


def test_a_barred_approver_is_told_and_is_no_candidate() -> None:
    found = counted(BOTH, opinion("ann"), barred={"ann": Text("is the executor", "是执行人")})
    assert "is the executor" in story(found)
    assert found.missing[0].candidates == ("bob",)
    assert found.missing[0].barred == (("ann", Text("is the executor", "是执行人")),)


@pytest.mark.parametrize(
    ("states", "fulfilled", "objections"),
    [
        ((ReviewState.APPROVED, ReviewState.CHANGES_REQUESTED), False, 1),
        ((ReviewState.CHANGES_REQUESTED, ReviewState.APPROVED), True, 0),
        ((ReviewState.APPROVED, ReviewState.DISMISSED), False, 0),
        ((ReviewState.DISMISSED, ReviewState.APPROVED), True, 0),
        ((ReviewState.CHANGES_REQUESTED, ReviewState.DISMISSED), False, 0),
        ((ReviewState.APPROVED, ReviewState.CHANGES_REQUESTED, ReviewState.APPROVED), True, 0),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else str(value),
)
def test_the_latest_opinion_of_a_person_stands(
    states: tuple[ReviewState, ...], *, fulfilled: bool, objections: int
) -> None:
    given = [opinion("ann", state, hours_ago=9 - n) for n, state in enumerate(states)]
    for order in (given, given[::-1]):
        found = counted({"role": "product"}, *order)
        assert found.is_fulfilled is fulfilled
        assert len(found.objections) == objections


def numbered(state: ReviewState, number: int, person: str = "ann") -> Opinion:
    given = opinion(person, state)
    where = f"review {number} of pull request 7"
    return replace(given, review=replace(given.review, where=where, number=number))


def test_a_veto_in_the_same_second_with_a_longer_number_is_the_later_one() -> None:
    approval = numbered(ReviewState.APPROVED, 999)
    veto = numbered(ReviewState.CHANGES_REQUESTED, 1000)
    for order in ((approval, veto), (veto, approval)):
        assert len(counted({"role": "product"}, *order).objections) == 1


def test_an_approval_in_the_same_second_with_a_longer_number_answers_the_veto() -> None:
    veto = numbered(ReviewState.CHANGES_REQUESTED, 999)
    assert counted({"role": "product"}, veto, numbered(ReviewState.APPROVED, 1000)).is_fulfilled


@pytest.mark.parametrize("number", [0, 7])
def test_a_veto_that_cannot_be_told_to_be_the_earlier_one_stands(number: int) -> None:
    approval = numbered(ReviewState.APPROVED, number)
    veto = numbered(ReviewState.CHANGES_REQUESTED, number)
    for order in ((approval, veto), (veto, approval)):
        assert len(counted({"role": "product"}, *order).objections) == 1


def test_a_holder_of_a_role_that_the_base_lets_veto_stops_every_request() -> None:
    company = replace(COMPANY, veto_roles=("dba",))
    veto = opinion("dan", ReviewState.CHANGES_REQUESTED)
    found = counted({"role": "product"}, opinion("ann"), veto, company=company)
    assert [objection.review.account.key for objection in found.objections] == ["dan"]


def test_who_may_not_approve_may_veto() -> None:
    why = Text("is an author of the change", "是该变更的作者")
    veto = opinion("ann", ReviewState.CHANGES_REQUESTED)
    found = counted({"role": "product"}, opinion("bob"), veto, barred={"ann": why})
    assert len(found.objections) == 1


def test_somebody_of_no_role_that_is_asked_cannot_veto() -> None:
    found = counted(
        {"role": "product"}, opinion("ann"), opinion("dan", ReviewState.CHANGES_REQUESTED)
    )
    assert found.is_fulfilled


def test_two_approvals_of_one_person_fill_one_place_only() -> None:
    found = counted(BOTH, opinion("bob"), opinion("bob", hours_ago=2))
    assert [each.counted for each in found.stories] == [True, False]
    assert len(found.missing) == 1


def test_approvals_for_two_roles_by_one_person_count_once_unless_the_quorum_says_otherwise() -> (
    None
):
    assert not counted(BOTH, opinion("bob")).is_fulfilled
    assert counted({**BOTH, "distinct": False}, opinion("bob")).is_fulfilled


def test_one_head_of_two_departments_signs_for_both_only_where_people_may_count_twice() -> None:
    tree = {"each": "departments", "role": "department-head"}
    values = {"departments": ["finance", "service"]}
    with pytest.raises(QuorumError, match="one person counts once"):
        counted(tree, opinion("eve"), values=values)
    assert counted({**tree, "distinct": False}, opinion("eve"), values=values).is_fulfilled


def test_two_of_a_role_are_two_people_even_where_people_may_count_twice() -> None:
    tree = {"role": "product", "count": 2, "distinct": False}
    assert not counted(tree, opinion("ann")).is_fulfilled
    assert counted(tree, opinion("ann"), opinion("bob")).is_fulfilled


def test_who_is_asked_by_name_is_missed_by_name() -> None:
    found = counted({"people": "named"}, opinion("ann"), values={"named": ["ann", "dan"]})
    assert [(each.person, each.candidates) for each in found.missing] == [("dan", ("dan",))]


IMPOSSIBLE: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a role that nobody holds": ({"role": "captain"}, {}),
    "more than hold the role": ({"role": "dba", "count": 2}, {}),
    "a department without a head": (
        {"each": "departments", "role": "department-head"},
        {"departments": ["legal"]},
    ),
    "a person whom nobody knows": ({"people": "named"}, {"named": ["who"]}),
    "no roles at all": ({"rolesFrom": "roles"}, {"roles": []}),
    "no list of texts": ({"people": "named"}, {"named": "ann"}),
    "more parts than apply": (
        {"atLeast": 2, "of": [{"role": "dba"}, {"role": "rd", "when": "no"}]},
        {"no": False},
    ),
    "too many ways": (
        {"all": [{"any": [{"role": "product"}, {"role": "rd"}]} for _ in range(12)]},
        {},
    ),
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_a_quorum_that_cannot_be_judged_is_an_error_and_never_fulfilled(name: str) -> None:
    tree, values = IMPOSSIBLE[name]
    with pytest.raises(QuorumError):
        counted(tree, values=values)


def test_the_ways_of_a_quorum_are_bounded() -> None:
    tree = {"all": [{"any": [{"role": "product"}, {"role": "rd"}]} for _ in range(11)]}
    with pytest.raises(QuorumError, match=str(MAX_WAYS)):
        counted(tree)


def test_a_part_that_does_not_apply_is_not_asked_for() -> None:
    tree = {"all": [{"role": "product"}, {"role": "dba", "when": "major"}]}
    assert counted(tree, opinion("ann"), values={"major": False}).is_fulfilled
    assert not counted(tree, opinion("ann"), values={"major": True}).is_fulfilled


def test_an_answer_that_is_not_true_asks_for_nothing_but_only_true_asks() -> None:
    quorum = quorum_of({"role": "dba", "when": "major"})
    for answer in (False, None, "true", 1):
        assert ways_of(quorum.root, COMPANY, lambda _, answer=answer: answer) == ((),)  # type: ignore[misc]


def test_an_author_at_an_address_of_nobody_cannot_be_told_from_the_approvers() -> None:
    made_by = Participants(authors=(Account(EMAIL, "who@example.org", "who@example.org"),))
    quorum = quorum_of({"role": "dba", "exclude": ["authors"]})
    with pytest.raises(QuorumError, match=r"who@example\.org"):
        barred_by(quorum, {}, [], made_by, COMPANY)


def test_what_a_source_said_is_the_same_after_it_was_recorded() -> None:
    account = Account("github", "583231", "liwei")
    review = SubmittedReview(
        account, ReviewState.APPROVED, NOW, "review 1", commit="a" * 40, void=Text("a", "b")
    )
    signed = SubmittedReview(
        Account(SSH, "SHA256:x", "ann"),
        ReviewState.APPROVED,
        NOW,
        "a file",
        request="LR-1",
        digest="sha256:" + "0" * 64,
        roles=("product",),
        expires=NOW,
    )
    took_part = Participants((account,), (account,), (account,), (account,))
    collected = ApprovalRecord("github", (review, signed), took_part)
    assert approval_record_of(record_data(collected)) == collected
