"""Quorums against brute force: no order, repetition or addition of approvals changes the truth."""

from __future__ import annotations

import itertools
from typing import Any

from hypothesis import given, reject, settings
from hypothesis import strategies as st

from launchpolicy.facts.approvals.assignment import assign, best, may_fill, who_could
from launchpolicy.facts.approvals.counting import CountingRule, QuorumCount, count_quorum
from launchpolicy.facts.approvals.slots import QuorumError, ways_of
from launchpolicy.policy.quorum import quorum_of
from tests.extent import examples_of
from tests.facts.approvals.electorate import NOW, approvals, opinion, roster

PEOPLE = ("ann", "bob", "cai", "dan", "eve")
ROLES = ("product", "rd", "qa")
Tree = dict[str, Any]

_holders = st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=5, unique=True)
_rosters = st.fixed_dictionaries(dict.fromkeys(ROLES, _holders))
_leaves = st.builds(lambda role: {"role": role}, st.sampled_from(ROLES))
_trees = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        st.builds(lambda parts: {"all": parts}, st.lists(inner, min_size=1, max_size=2)),
        st.builds(lambda parts: {"any": parts}, st.lists(inner, min_size=1, max_size=2)),
        st.builds(
            lambda parts: {"atLeast": len(parts) - 1, "of": parts},
            st.lists(inner, min_size=2, max_size=3),
        ),
    ),
    max_leaves=4,
)
_approvers = st.lists(st.sampled_from(PEOPLE), max_size=6)


def _needs(tree: Tree) -> list[list[str]]:
    """Every list of roles that fulfils the tree, found without the product's code."""
    if "role" in tree:
        return [[tree["role"]]]
    parts = tree.get("all") or tree.get("any") or tree["of"]
    needed = len(parts) if "all" in tree else tree.get("atLeast", 1)
    found = []
    for chosen in itertools.combinations(parts, needed):
        every = itertools.product(*map(_needs, chosen))
        found += [[*itertools.chain.from_iterable(combined)] for combined in every]
    return found


def _fewest_missing(tree: Tree, roles: dict[str, list[str]], people: set[str]) -> int:
    """Tries every way to seat every approver, or nobody, on every seat that can be filled."""
    fewest = 99
    for seats in _needs(tree):
        if not _can_be_filled(seats, roles):
            continue
        pool = [*people, *([None] * len(seats))]
        for seating in set(itertools.permutations(pool, len(seats))):
            seated = sum(
                person is not None and person in roles[seat]
                for person, seat in zip(seating, seats, strict=True)
            )
            fewest = min(fewest, len(seats) - seated)
    return fewest


def _can_be_filled(seats: list[str], roles: dict[str, list[str]]) -> bool:
    return any(
        all(person in roles[seat] for person, seat in zip(seating, seats, strict=True))
        for seating in itertools.permutations(PEOPLE, len(seats))
    )


def _count(tree: Tree, roles: dict[str, list[str]], people: list[str]) -> QuorumCount:
    """Return the count; what nobody could fulfil is no example here, but in the brute force."""
    company = roster({**roles, "nobody-asks": PEOPLE})
    quorum = quorum_of(tree)
    ways = ways_of(quorum.root, company, lambda _: None)
    given = approvals(company, *(opinion(p, hours_ago=n + 1) for n, p in enumerate(people)))
    try:
        return count_quorum(given, company, ways, {}, NOW, CountingRule())
    except QuorumError:
        reject()


def _lacks(found: QuorumCount) -> int:
    return sum(missing.count for missing in found.missing)


@given(_trees, _rosters, _approvers)
@settings(max_examples=examples_of(150), deadline=None)
def test_as_many_are_missing_as_brute_force_finds(
    tree: Tree, roles: dict[str, list[str]], people: list[str]
) -> None:
    assert _lacks(_count(tree, roles, people)) == _fewest_missing(tree, roles, set(people))


@given(_trees, _rosters, _approvers, st.randoms())
@settings(max_examples=examples_of(100), deadline=None)
def test_duplicating_and_reordering_approvals_changes_nothing(
    tree: Tree,
    roles: dict[str, list[str]],
    people: list[str],
    random: Any,
) -> None:
    shuffled = [*people, *people]
    random.shuffle(shuffled)
    one, other = _count(tree, roles, people), _count(tree, roles, shuffled)
    assert one.missing == other.missing
    counted = {story.by for story in one.stories if story.counted}
    assert counted == {story.by for story in other.stories if story.counted}
    assert sum(story.counted for story in other.stories) == len(counted)


@given(_trees, _rosters, _approvers, st.sampled_from(PEOPLE))
@settings(max_examples=examples_of(100), deadline=None)
def test_one_more_approval_never_raises_and_lowers_by_at_most_one_what_is_missing(
    tree: Tree, roles: dict[str, list[str]], people: list[str], more: str
) -> None:
    before, after = (
        _lacks(_count(tree, roles, people)),
        _lacks(_count(tree, roles, [*people, more])),
    )
    assert before - 1 <= after <= before


@given(_trees, _rosters, _approvers)
@settings(max_examples=examples_of(100), deadline=None)
def test_those_who_can_still_give_it_are_exactly_those_whose_approval_would_help_that_way(
    tree: Tree, roles: dict[str, list[str]], people: list[str]
) -> None:
    company = roster(roles)
    ways = ways_of(quorum_of(tree).root, company, lambda _: None)
    offers: dict[str, frozenset[str] | None] = dict.fromkeys(people)
    found = best(ways, offers, distinct=True)
    for index in found.missing:
        told = set(who_could(found, index, offers, distinct=True))
        rest = [each for each in found.missing if each != index]
        way = tuple(slot for number, slot in enumerate(found.way) if number not in rest)
        helps = {
            person
            for person in PEOPLE
            if person not in offers
            and not assign(way, {**offers, person: None}, distinct=True).missing
        }
        assert told == helps


@given(_trees, _rosters, _approvers)
@settings(max_examples=examples_of(50), deadline=None)
def test_nobody_fills_a_slot_without_the_role_and_nobody_fills_two(
    tree: Tree, roles: dict[str, list[str]], people: list[str]
) -> None:
    ways = ways_of(quorum_of(tree).root, roster(roles), lambda _: None)
    offers: dict[str, frozenset[str] | None] = dict.fromkeys(people)
    found = best(ways, offers, distinct=True)
    assert len(set(found.filled.values())) == len(found.filled)
    assert all(may_fill(found.way[slot], person, offers) for slot, person in found.filled.items())
