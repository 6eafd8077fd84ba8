"""Approvals that are asked for one after the other: shown, and where it is set, not counted."""

from __future__ import annotations

from typing import Any

import pytest

from launchpolicy.facts.approvals.counting import CountingRule, QuorumCount, count_quorum
from launchpolicy.facts.approvals.inputs import ApprovalInputs, Opinion
from launchpolicy.facts.approvals.slots import ways_of
from launchpolicy.policy.quorum import quorum_of
from tests.facts.approvals.electorate import NOW, opinion, roster

COMPANY = roster(
    {"leader": ["ann", "bob"], "technology": ["cai", "dan"]}, {"finance": ["eve"], "sales": ["fay"]}
)
IN_ORDER = {
    "inOrder": [
        {"role": "leader"},
        {"role": "technology"},
        {"all": [{"each": "departments", "role": "department-head"}]},
    ]
}
NOBODY_LATE = {"inOrder": [{"role": "leader"}, {"role": "technology", "when": "never"}]}
STRICT = CountingRule(distinct=False, out_of_turn_counts=False)
LENIENT = CountingRule(distinct=False)


def counted(
    *opinions: Opinion, rule: CountingRule = STRICT, tree: dict[str, Any] = IN_ORDER
) -> QuorumCount:
    values: dict[str, Any] = {"departments": ["finance", "sales"], "never": False}
    ways = ways_of(quorum_of(tree).root, COMPANY, values.__getitem__)
    approvals = ApprovalInputs("sha256:now", COMPANY, opinions)
    return count_quorum(approvals, COMPANY, ways, {}, NOW, rule)


def given(**hours_ago: float) -> tuple[Opinion, ...]:
    return tuple(opinion(person, hours_ago=hours) for person, hours in hours_ago.items())


def missing(found: QuorumCount) -> list[tuple[str, str, list[str]]]:
    return [(one.role, one.department, [t.en for t in one.waits_for]) for one in found.missing]


def reasons(found: QuorumCount) -> dict[str, tuple[bool, str]]:
    return {one.by: (one.counted, one.reason.en) for one in found.stories}


@pytest.mark.parametrize("rule", [STRICT, LENIENT])
def test_approvals_in_their_turn_count(rule: CountingRule) -> None:
    found = counted(*given(ann=4, cai=3, eve=2, fay=1), rule=rule)

    assert found.is_fulfilled
    assert all("out of turn" not in reason for _, reason in reasons(found).values())


def test_only_the_first_turn_is_asked_and_the_others_wait_for_it() -> None:
    assert missing(counted()) == [
        ("leader", "", []),
        ("technology", "", ["leader"]),
        ("department-head", "finance", ["leader", "technology"]),
        ("department-head", "sales", ["leader", "technology"]),
    ]


def test_the_next_turn_is_asked_once_the_one_before_is_filled() -> None:
    assert missing(counted(*given(ann=4))) == [
        ("technology", "", []),
        ("department-head", "finance", ["technology"]),
        ("department-head", "sales", ["technology"]),
    ]


def test_an_approval_out_of_turn_counts_and_is_shown() -> None:
    found = counted(*given(cai=4, ann=3, eve=2, fay=1), rule=LENIENT)

    assert found.is_fulfilled
    assert reasons(found)["cai"] == (
        True,
        "counted as technology, out of turn: not shown to follow what comes before it",
    )
    assert "out of turn" not in reasons(found)["ann"][1]


def test_an_approval_out_of_turn_does_not_count_where_that_is_set() -> None:
    found = counted(*given(cai=4, ann=3, eve=2, fay=1))

    assert [(role, department) for role, department, _ in missing(found)] == [
        ("technology", ""),
        ("department-head", "finance"),
        ("department-head", "sales"),
    ]
    assert reasons(found)["cai"][0] is False
    assert "is out of turn" in reasons(found)["cai"][1]
    assert reasons(found)["ann"] == (True, "counted as leader")


@pytest.mark.parametrize("rule", [STRICT, LENIENT])
def test_equal_times_show_no_order(rule: CountingRule) -> None:
    found = counted(*given(ann=3, cai=3, eve=2, fay=1), rule=rule)

    assert found.is_fulfilled is rule.out_of_turn_counts
    assert "out of turn" in reasons(found)["cai"][1]


def test_an_approval_that_is_given_again_in_its_turn_counts() -> None:
    assert counted(*given(cai=4, ann=3), *given(cai=2, eve=1, fay=1)).is_fulfilled


def test_whoever_approves_first_ends_a_turn() -> None:
    assert counted(*given(ann=4, cai=3, eve=2, fay=2, bob=1)).is_fulfilled


def test_a_turn_that_asks_for_nobody_keeps_nobody_waiting() -> None:
    assert counted(*given(ann=1), tree=NOBODY_LATE).is_fulfilled


def test_with_distinct_whoever_filled_a_turn_fills_no_later_one() -> None:
    tree = {"inOrder": [{"role": "leader"}, {"role": "leader"}]}
    twice = (opinion("ann", hours_ago=3), opinion("ann", hours_ago=2))

    assert not counted(
        *twice, tree=tree, rule=CountingRule(distinct=True, out_of_turn_counts=False)
    ).is_fulfilled
    assert counted(*twice, tree=tree).is_fulfilled
    both = (*twice, opinion("bob", hours_ago=1))
    assert counted(
        *both, tree=tree, rule=CountingRule(distinct=True, out_of_turn_counts=False)
    ).is_fulfilled
