"""Quorums against brute force: random companies, quorums, exclusions and approvals, one seed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any, NamedTuple

from launchpolicy.facts.approvals.counting import CountingRule, count_quorum
from launchpolicy.facts.approvals.slots import QuorumError, ways_of
from launchpolicy.policy.quorum import quorum_of
from launchpolicy.vocabulary.text import Text
from tests.extent import share_of
from tests.facts.approvals.electorate import NOW, approvals, opinion, roster

PEOPLE = ("ann", "bob", "cai", "dan", "eve")
ROLES = ("product", "rd", "qa", "dba")
PROBLEMS = 20_000
SHARE = 400
SEED = 14
UNDECIDED = -1
Tree = dict[str, Any]


class Seat(NamedTuple):
    """One approval that is asked for; seats of one `demand` need different people."""

    role: str
    demand: int


class Problem(NamedTuple):
    """A quorum over a company, who may not approve, and who does."""

    tree: Tree
    roles: Mapping[str, Sequence[str]]
    barred: frozenset[str]
    approvers: frozenset[str]
    distinct: bool


def problem_of(number: int) -> Problem:
    random = Random(SEED * PROBLEMS + number)  # noqa: S311 (no secret)
    some = [random.sample(PEOPLE, random.randint(0, len(PEOPLE))) for _ in range(2)]
    return Problem(
        tree=tree_of(random, 2),
        roles={role: random.sample(PEOPLE, random.randint(0, 3)) for role in ROLES},
        barred=frozenset(some[0][: random.randint(0, 2)]),
        approvers=frozenset(some[1]),
        distinct=random.random() < 0.8,
    )


def tree_of(random: Random, depth: int) -> Tree:
    if depth == 0 or random.random() < 0.3:
        return {"role": random.choice(ROLES), "count": random.choice((1, 1, 1, 2))}
    parts = [tree_of(random, depth - 1) for _ in range(random.randint(1, 3))]
    group = random.choice(("all", "any", "of"))
    if group == "of":
        return {"atLeast": random.randint(1, len(parts)), "of": parts}
    return {group: parts}


def alternatives(tree: Tree, counter: Iterator[int]) -> list[list[Seat]]:
    """Return every list of seats that fulfils the tree, without the product's code."""
    if "role" in tree:
        demand = next(counter)
        return [[Seat(tree["role"], demand)] * tree["count"]]
    parts = tree.get("all") or tree.get("any") or tree["of"]
    needed = len(parts) if "all" in tree else tree.get("atLeast", 1)
    branches = [alternatives(part, counter) for part in parts]
    return [
        [*itertools.chain.from_iterable(combined)]
        for chosen in itertools.combinations(branches, needed)
        for combined in itertools.product(*chosen)
    ]


def most_filled(problem: Problem, seats: Sequence[Seat], people: frozenset[str]) -> int:
    """Return how many seats can be filled, by trying everybody, or nobody, on each in turn."""

    def most(index: int, used: frozenset[tuple[str, int]]) -> int:
        if index == len(seats):
            return 0
        seat = seats[index]
        result = most(index + 1, used)
        for person in people.intersection(problem.roles[seat.role]):
            taken = (person, 0 if problem.distinct else seat.demand)
            if taken not in used:
                result = max(result, 1 + most(index + 1, used | {taken}))
        return result

    return most(0, frozenset())


def expected(problem: Problem) -> int:
    """Return how many approvals are missing, `UNDECIDED` where nothing could be fulfilled.

    What only the persons excluded could fulfil is left out where something else remains.
    """
    every = frozenset(PEOPLE)
    able = every - problem.barred
    ways = alternatives(problem.tree, itertools.count(1))
    remaining = [way for way in ways if most_filled(problem, way, every) == len(way)]
    if not remaining:
        return UNDECIDED
    open_ways = [way for way in remaining if most_filled(problem, way, able) == len(way)]
    counted = problem.approvers - problem.barred
    return min(len(way) - most_filled(problem, way, counted) for way in open_ways or remaining)


def actual(problem: Problem) -> int:
    company = roster({**problem.roles, "of-all": PEOPLE})
    reasons = {person: Text("is out", "不得审批") for person in problem.barred}
    given = approvals(company, *(opinion(person) for person in sorted(problem.approvers)))
    try:
        ways = ways_of(quorum_of(problem.tree).root, company, lambda _: None)
        count = count_quorum(given, company, ways, reasons, NOW, CountingRule(problem.distinct))
    except QuorumError:
        return UNDECIDED
    return sum(missing.count for missing in count.missing)


def test_an_alternative_that_nobody_can_fulfil_decides_nothing() -> None:
    numbers = share_of(range(PROBLEMS), SHARE)
    differences = [
        (problem, expected(problem), actual(problem))
        for problem in map(problem_of, numbers)
        if expected(problem) != actual(problem)
    ]
    assert differences == []
