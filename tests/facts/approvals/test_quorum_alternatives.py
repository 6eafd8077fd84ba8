"""An alternative that nobody can fulfil neither stops a quorum nor is asked for."""

from __future__ import annotations

from typing import Any

import pytest

from launchpolicy.facts.approvals.counting import CountingRule, QuorumCount, count_quorum
from launchpolicy.facts.approvals.inputs import ApprovalInputs
from launchpolicy.facts.approvals.records import ReviewState
from launchpolicy.facts.approvals.slots import QuorumError, ways_of
from launchpolicy.policy.edition import EDITION, FIRST_EDITION
from launchpolicy.policy.quorum import quorum_of
from launchpolicy.vocabulary.text import Text
from tests.facts.approvals.electorate import DIGEST, NOW, opinion, roster

COMPANY = roster({"product": ["ann", "bob"], "rd": ["cai"], "qa": ["cai"], "dba": ["dan"]})
CAPTAIN_OR_DBA = {"any": [{"role": "captain"}, {"role": "dba"}]}
OUT = {"cai": Text("is the requester", "是申请人")}


def count(
    tree: dict[str, Any],
    *people: str,
    barred: dict[str, Text] | None = None,
    edition: int = EDITION,
    objecting: str = "",
) -> QuorumCount:
    opinions = [opinion(person) for person in people]
    if objecting:
        opinions.append(opinion(objecting, ReviewState.CHANGES_REQUESTED))
    given = ApprovalInputs(DIGEST, COMPANY, tuple(opinions), edition=edition)
    ways = ways_of(quorum_of(tree).root, COMPANY, lambda _: ["zoe"])
    return count_quorum(given, COMPANY, ways, barred or {}, NOW, CountingRule())


IMPOSSIBLE: dict[str, dict[str, Any]] = {
    "a role that nobody holds": {"role": "captain"},
    "a role that too few hold": {"role": "dba", "count": 2},
    "a person whom nobody knows": {"people": "named"},
    "one person in two places": {"all": [{"role": "rd"}, {"role": "qa"}]},
    "too few parts": {"atLeast": 2, "of": [{"role": "dba"}, {"role": "rd", "when": "no"}]},
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_an_alternative_that_nobody_can_fulfil_stops_no_other(name: str) -> None:
    tree = {"any": [IMPOSSIBLE[name], {"role": "product"}]}
    fulfilled = count(tree, "ann")
    assert fulfilled.is_fulfilled
    assert fulfilled.note is not None
    assert "left out" in fulfilled.note.en
    (missing,) = count(tree).missing
    assert missing.role == "product"


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_a_quorum_without_any_possible_alternative_is_undecided(name: str) -> None:
    with pytest.raises(QuorumError):
        count({"any": [IMPOSSIBLE[name], {"role": "captain"}]}, "ann", "bob", "cai", "dan")


def test_an_alternative_whose_only_holder_is_excluded_is_not_the_one_that_lacks_the_fewest() -> (
    None
):
    tree = {"any": [{"role": "rd"}, {"role": "product", "count": 2}]}
    pending = count(tree, barred=OUT)
    assert [(missing.role, missing.count) for missing in pending.missing] == [("product", 2)]
    assert pending.note is not None
    assert "is excluded here" in pending.note.en


def test_a_quorum_that_only_the_excluded_could_fulfil_waits_and_names_them() -> None:
    (missing,) = count({"role": "rd"}, "cai", barred=OUT).missing
    assert missing.candidates == ()
    assert missing.barred == (("cai", OUT["cai"]),)


def test_an_objection_in_an_alternative_that_is_left_out_is_heard() -> None:
    tree = {"any": [{"role": "dba", "count": 2}, {"role": "product"}]}
    assert not count(tree, "ann", objecting="dan").is_fulfilled


def test_where_all_alternatives_are_possible_nothing_is_noted() -> None:
    assert count({"any": [{"role": "rd"}, {"role": "dba"}]}, "dan").note is None


def test_landings_of_the_first_edition_are_counted_as_they_were() -> None:
    with pytest.raises(QuorumError, match="captain"):
        count(CAPTAIN_OR_DBA, "dan", edition=FIRST_EDITION)
    assert count(CAPTAIN_OR_DBA, "dan").is_fulfilled
