"""A quorum for one request: which places there are to fill, and who may fill each.

`when` inside `any` and `atLeast` removes the part it stands on: a group of parts none of which is
asked for asks for nothing itself, and one that then has too few parts is impossible.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from launchpolicy.facts.approvals.roster import Roster
from launchpolicy.policy.quorum import Demand, Node
from launchpolicy.vocabulary.names import Names
from launchpolicy.vocabulary.text import Text

MAX_WAYS = 2000
"""More ways to fulfil one quorum than this are not weighed; nobody could explain them either."""

MAX_SLOTS = 200


class ApproverSlot(NamedTuple):
    """One approval that is asked for.

    `role` is "" where a person is asked by name, `department` "" where none matters. `holders` are
    those who may fill it. Slots of one `demand` (by its number), which asks for several of a role,
    must be filled by different people even where one person may count twice otherwise. Those of an
    earlier `turn` are asked for first; without an order all have turn 0. `deputies` are those of
    the holders who stand for another one, each with that person.
    """

    role: str
    department: str
    holders: frozenset[str]
    demand: int
    turn: int = 0
    deputies: tuple[tuple[str, str], ...] = ()


Way = tuple[ApproverSlot, ...]
"""Slots that together fulfil a quorum."""

Answer = Callable[[str], Any]
"""The value of an expression over the request."""


class QuorumError(Exception):
    """A quorum that cannot be judged.

    `fix` says what to do; None where its policy or the directory must be corrected.
    """

    def __init__(self, problem: Text, fix: Text | None = None) -> None:
        super().__init__(problem.en)
        self.problem = problem
        self.fix = fix


@dataclass(slots=True)
class _Numbers:
    """Numbers the demands of one quorum."""

    last: int = 0

    def next(self) -> int:
        self.last += 1
        return self.last


def ways_of(root: Node, roster: Roster, answer: Answer) -> tuple[Way, ...]:
    """Return every way in which the quorum can be fulfilled, in the order of the policy.

    A way without slots asks for nobody.

    Raises:
        QuorumError: a role that nobody could ever hold, a threshold above the role's size, too
            many ways.
    """
    return _ways(root, roster, answer, _Numbers()) or ((),)


def _ways(node: Node, roster: Roster, answer: Answer, numbers: _Numbers) -> tuple[Way, ...] | None:
    """Return the ways to fulfil a node; None where its `when` does not hold."""
    if node.when and answer(node.when) is not True:
        return None
    if isinstance(node, Demand):
        return (tuple(_slots(node, roster, answer, numbers)),)
    branches = [_ways(part, roster, answer, numbers) for part in node.parts]
    if node.in_order:
        branches = [_at_turn(turn, ways) for turn, ways in enumerate(branches)]
    parts = [ways for ways in branches if ways is not None]
    if not parts:
        return None
    needed = len(parts) if node.needed is None else node.needed
    if needed > len(parts):
        raise QuorumError(_too_few_parts(needed, len(parts)))
    ways: list[Way] = []
    for chosen in itertools.combinations(parts, needed):
        for combined in itertools.product(*chosen):
            ways.append(tuple(itertools.chain.from_iterable(combined)))
            if len(ways) > MAX_WAYS:
                raise QuorumError(_too_many())
    return tuple(dict.fromkeys(ways))


def _at_turn(turn: int, ways: tuple[Way, ...] | None) -> tuple[Way, ...] | None:
    if ways is None:
        return None
    return tuple(tuple(slot._replace(turn=turn) for slot in way) for way in ways)


def _slots(
    demand: Demand, roster: Roster, answer: Answer, numbers: _Numbers
) -> Iterator[ApproverSlot]:
    if demand.people:
        for person in dict.fromkeys(strings(answer(demand.people))):
            if person not in roster.names:
                raise QuorumError(_unknown_person(person))
            yield ApproverSlot("", "", frozenset({person}), numbers.next())
        return
    roles = demand.roles or tuple(strings(answer(demand.roles_from)))
    if not roles:
        raise QuorumError(Text("it names no role", "审批要求没有写明角色"))
    role = "/".join(roles)
    if demand.for_each:
        for department in dict.fromkeys(strings(answer(demand.for_each))):
            yield _slot(roster, roles, role, department, numbers.next())
        return
    holders = frozenset[str]().union(*(roster.holders(one_role) for one_role in roles))
    if len(holders) < demand.number:
        title = roster.naming.role_names(role)
        raise QuorumError(_role_too_small(title, len(holders), demand.number))
    if demand.number > MAX_SLOTS:
        raise QuorumError(_too_many())
    yield from itertools.repeat(ApproverSlot(role, "", holders, numbers.next()), demand.number)


def _slot(
    roster: Roster, roles: tuple[str, ...], role: str, department: str, number: int
) -> ApproverSlot:
    holders = frozenset[str]().union(*(roster.holders(one_role, department) for one_role in roles))
    if not holders:
        raise QuorumError(_nobody(roster.naming, role, department))
    return ApproverSlot(role, department, holders, number)


def strings(value: Any) -> list[str]:  # noqa: ANN401 (what an expression gave)
    """Return the texts that an expression must have given.

    Raises:
        QuorumError: it gave something else, or more than any quorum asks for.
    """
    if not isinstance(value, list) or not all(isinstance(element, str) for element in value):
        raise QuorumError(Text("an expression gives no list of texts", "表达式的结果不是文本列表"))
    if len(value) > MAX_SLOTS:
        raise QuorumError(_too_many())
    return value


def _too_few_parts(needed: int, there: int) -> Text:
    return Text(
        f"it asks for {needed} of {there} parts that apply",
        f"适用的部分只有 {there} 项，却要求满足 {needed} 项",
    )


def _too_many() -> Text:
    return Text(
        f"it can be fulfilled in more than {MAX_WAYS} ways; split it into several policies",
        f"满足方式超过 {MAX_WAYS} 种；请拆分为多条策略",
    )


def _role_too_small(role: Text, there: int, needed: int) -> Text:
    return Text(
        f"it asks for {needed} of the role {role.en}, which {there} hold in the directory",
        f"要求 {needed} 名{role.zh}，而人员名录中只有 {there} 人担任",
    )


def _nobody(names: Names, role: str, department: str) -> Text:
    title, of = names.role_names(role), names.name_of("departments", department)
    return Text(
        f"nobody holds the role {title.en} for the department {of.en} in the directory",
        f"人员名录中，部门 {of.zh} 的角色 {title.zh} 无人担任",
    )


def _unknown_person(person: str) -> Text:
    return Text(
        f"it asks for {person}, who is not in the directory",
        f"要求 {person} 审批，但人员名录中没有此人",
    )
