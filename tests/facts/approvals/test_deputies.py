"""Deputies: one vote for the person stood for, in their time, and none beside that person's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from launchpolicy.facts.approvals.counting import CountingRule, QuorumCount, count_quorum
from launchpolicy.facts.approvals.inputs import ApprovalInputs, Opinion
from launchpolicy.facts.approvals.records import ReviewState
from launchpolicy.facts.approvals.slots import QuorumError, ways_of
from launchpolicy.policy.quorum import quorum_of
from launchpolicy.requests.directory import Deputy
from launchpolicy.vocabulary.text import Text
from tests.facts.approvals.electorate import DIGEST, NOW, opinion, roster

BOTH: dict[str, Any] = {"all": [{"role": "product"}, {"role": "rd"}]}
TWO_OF_RD: dict[str, Any] = {"role": "rd", "count": 2}
COMPANY = roster({"product": ["ann"], "rd": ["bob", "cai"], "dba": ["dan", "eve"]})
HOUR = timedelta(hours=1)


def deputy(
    by: str, stood_for: str, start: datetime = NOW - 5 * HOUR, end: datetime = NOW + HOUR
) -> Deputy:
    return Deputy(stood_for, by, start, end)


def counted(
    tree: dict[str, Any],
    deputies: tuple[Deputy, ...],
    *opinions: Opinion,
    barred: tuple[str, ...] = (),
) -> QuorumCount:
    company = replace(COMPANY, deputies=deputies)
    quorum = quorum_of(tree)
    ways = ways_of(quorum.root, company, lambda _: True)
    refused = dict.fromkeys(barred, Text("is the requester", "是申请人"))
    given = ApprovalInputs(DIGEST, company, opinions)
    return count_quorum(given, company, ways, refused, NOW, CountingRule(quorum.distinct))


def test_a_deputy_counts_for_the_role_and_is_shown_as_deputy() -> None:
    found = counted(BOTH, (deputy("dan", "ann"),), opinion("dan"), opinion("bob"))
    assert found.is_fulfilled
    by_dan = next(story for story in found.stories if story.by == "dan")
    assert (by_dan.counted, by_dan.role) == (True, "product")
    assert by_dan.reason.en == "counted as product, as deputy of ann"
    assert "代理 ann" in by_dan.reason.zh


def test_who_could_approve_includes_the_deputy() -> None:
    (missing, _) = counted(BOTH, (deputy("dan", "ann"),)).missing
    assert missing.candidates == ("ann", "dan")


def test_a_deputy_may_approve_as_the_role() -> None:
    assert counted(
        BOTH, (deputy("dan", "ann"),), opinion("dan", roles=("product",)), opinion("bob")
    ).is_fulfilled


TOO_LATE_OR_EARLY = {
    "time has not begun": deputy("dan", "ann", start=NOW + HOUR, end=NOW + 2 * HOUR),
    "time is over": deputy("dan", "ann", end=NOW),
    "approved before it began": deputy("dan", "ann", start=NOW - HOUR / 2),
    "deputy of another": deputy("dan", "cai"),
}


@pytest.mark.parametrize("name", TOO_LATE_OR_EARLY)
def test_outside_the_time_a_deputy_is_nobody(name: str) -> None:
    found = counted(BOTH, (TOO_LATE_OR_EARLY[name],), opinion("dan"), opinion("bob"))
    assert [missing.role for missing in found.missing] == ["product"]


@pytest.mark.parametrize(
    ("one", "fulfilled"), [(deputy("dan", "ann", start=NOW - HOUR), True)], ids=["just begun"]
)
def test_the_first_moment_is_within_the_time(one: Deputy, *, fulfilled: bool) -> None:
    assert counted(BOTH, (one,), opinion("dan"), opinion("bob")).is_fulfilled is fulfilled


def test_a_deputy_never_counts_beside_the_person_stood_for() -> None:
    found = counted(TWO_OF_RD, (deputy("dan", "bob"),), opinion("bob"), opinion("dan"))
    assert [missing.count for missing in found.missing] == [1]


def test_two_deputies_of_one_person_are_one_vote() -> None:
    deputies = (deputy("dan", "bob"), deputy("eve", "bob"))
    found = counted(TWO_OF_RD, deputies, opinion("dan"), opinion("eve"))
    assert [missing.count for missing in found.missing] == [1]


def test_a_deputy_of_two_is_one_vote() -> None:
    deputies = (deputy("dan", "ann"), deputy("dan", "bob"))
    assert len(counted(BOTH, deputies, opinion("dan")).missing) == 1


def test_a_deputy_of_a_deputy_stands_for_nobody_else() -> None:
    deputies = (deputy("dan", "ann"), deputy("eve", "dan"))
    found = counted(BOTH, deputies, opinion("eve"), opinion("bob"))
    assert [missing.role for missing in found.missing] == ["product"]


def test_who_may_not_approve_has_no_deputy_either() -> None:
    found = counted(BOTH, (deputy("dan", "ann"),), opinion("dan"), opinion("bob"), barred=("ann",))
    assert [missing.role for missing in found.missing] == ["product"]


def test_who_may_not_approve_is_no_deputy() -> None:
    found = counted(BOTH, (deputy("dan", "ann"),), opinion("dan"), opinion("bob"), barred=("dan",))
    assert [missing.role for missing in found.missing] == ["product"]


def test_who_is_asked_by_name_has_no_deputy() -> None:
    company = replace(COMPANY, deputies=(deputy("dan", "ann"),))
    quorum = quorum_of({"people": "x"})
    ways = ways_of(quorum.root, company, lambda _: ["ann"])
    given = ApprovalInputs(DIGEST, company, (opinion("dan"),))
    found = count_quorum(given, company, ways, {}, NOW, CountingRule(quorum.distinct))
    assert [missing.person for missing in found.missing] == ["ann"]


NAMED: dict[str, Any] = {"role": "rd", "holdersFrom": "acceptors"}


def asked(acceptors: list[str], deputies: tuple[Deputy, ...], *opinions: Opinion) -> QuorumCount:
    company = replace(COMPANY, deputies=deputies)
    ways = ways_of(quorum_of(NAMED).root, company, lambda _: acceptors)
    given = ApprovalInputs(DIGEST, company, opinions)
    return count_quorum(given, company, ways, {}, NOW, CountingRule())


def test_another_holder_does_not_approve_for_the_one_who_accepted() -> None:
    count = asked(["bob"], (), opinion("cai"))
    assert [missing.candidates for missing in count.missing] == [("bob",)]


def test_every_holder_who_accepted_has_to_approve() -> None:
    assert len(asked(["bob", "cai"], (), opinion("cai")).missing) == 1
    assert asked(["bob", "cai"], (), opinion("cai"), opinion("bob")).is_fulfilled


@pytest.mark.parametrize("by", ["dan", "cai"], ids=["without the role", "who holds it too"])
def test_the_deputy_of_who_accepted_approves(by: str) -> None:
    assert asked(["bob"], (deputy(by, "bob"),), opinion(by)).is_fulfilled


def test_the_deputy_of_a_holder_who_did_not_accept_does_not_count() -> None:
    assert asked(["bob"], (deputy("dan", "cai"),), opinion("dan")).missing


def test_where_nobody_accepted_any_holder_is_asked() -> None:
    assert asked([], (), opinion("cai")).is_fulfilled
    assert asked([], ()).missing


def test_an_objection_of_a_holder_who_did_not_accept_is_heard() -> None:
    objection = opinion("cai", ReviewState.CHANGES_REQUESTED)
    assert not asked(["bob"], (), opinion("bob"), objection).is_fulfilled
    by_deputy = opinion("dan", ReviewState.CHANGES_REQUESTED)
    assert not asked(["bob"], (deputy("dan", "cai"),), opinion("bob"), by_deputy).is_fulfilled


def test_who_accepted_without_the_role_can_never_approve() -> None:
    with pytest.raises(QuorumError, match="eve as rd"):
        asked(["eve"], (), opinion("eve"))
