"""A quorum for one request: which places there are to fill, and who may fill each.

`when` inside `any` and `atLeast` removes the part it stands on: a group of parts none of which is
asked for asks for nothing itself, and one that then has too few parts is impossible. What is
impossible stays a way, with a slot that says why, so that another way can be taken in its place.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
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
    the holders who stand for another one, each with that person. `obstacle` says why nobody can
    ever fill it.
    """

    role: str
    department: str
    holders: frozenset[str]
    demand: int
    turn: int = 0
    deputies: tuple[tuple[str, str], ...] = ()
    obstacle: Text | None = None


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

    A way without slots asks for nobody. One that nobody can fulfil has a slot with an obstacle: a
    role that nobody holds, a threshold above the role's size.

    Raises:
        QuorumError: an expression gives no list of texts, or there are too many ways.
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
        return ((_impossible_slot(_too_few_parts(needed, len(parts)), numbers),),)
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
            yield _personal_slot(person, roster, numbers)
        return
    roles = demand.roles or tuple(strings(answer(demand.roles_from)))
    if not roles:
        yield _impossible_slot(Text("it names no role", "审批要求没有写明角色"), numbers)
        return
    role = "/".join(roles)
    if demand.for_each:
        for department in dict.fromkeys(strings(answer(demand.for_each))):
            yield _slot(roster, roles, role, department, numbers.next())
        return
    named = dict.fromkeys(strings(answer(demand.holders_from))) if demand.holders_from else ()
    for person in named:
        yield _named_slot(person, roster, roles, role, numbers)
    if named:
        return
    if demand.number > MAX_SLOTS:
        raise QuorumError(_too_many())
    holders = frozenset[str]().union(*(roster.holders(one_role) for one_role in roles))
    title = roster.naming.role_names(role)
    is_small = len(holders) < demand.number
    obstacle = _role_too_small(title, len(holders), demand.number) if is_small else None
    slot = ApproverSlot(role, "", holders, numbers.next(), obstacle=obstacle)
    yield from itertools.repeat(slot, demand.number)


def _slot(
    roster: Roster, roles: tuple[str, ...], role: str, department: str, number: int
) -> ApproverSlot:
    holders = frozenset[str]().union(*(roster.holders(one_role, department) for one_role in roles))
    obstacle = None if holders else _nobody(roster.naming, role, department)
    return ApproverSlot(role, department, holders, number, obstacle=obstacle)


def _named_slot(
    person: str, roster: Roster, roles: tuple[str, ...], role: str, numbers: _Numbers
) -> ApproverSlot:
    """Return a slot for one holder of the role; as in any slot of a role, a deputy counts there."""
    if not set(roles) & set(roster.roles_of(person)):
        return _impossible_slot(_not_a_holder(roster, person, role), numbers)
    return ApproverSlot(role, "", frozenset({person}), numbers.next())


def _personal_slot(person: str, roster: Roster, numbers: _Numbers) -> ApproverSlot:
    if person not in roster.names:
        return _impossible_slot(_unknown_person(person), numbers)
    return ApproverSlot("", "", frozenset({person}), numbers.next())


def _impossible_slot(obstacle: Text, numbers: _Numbers) -> ApproverSlot:
    """Return a slot that stands for a part of a quorum which nobody can fulfil."""
    return ApproverSlot("", "", frozenset(), numbers.next(), obstacle=obstacle)


def persons_in(ways: Iterable[Way]) -> frozenset[str]:
    """Return everybody who may fill some place."""
    return frozenset[str]().union(*(slot.holders for way in ways for slot in way))


def open_to_every_holder(ways: Iterable[Way], roster: Roster) -> tuple[Way, ...]:
    """Return the places by role, open to every holder also where only certain ones are asked."""

    def of_all_holders(slot: ApproverSlot) -> ApproverSlot:
        roles = slot.role.split("/")
        holders = (roster.holders(role, slot.department) for role in roles)
        return slot._replace(holders=slot.holders.union(*holders))

    return tuple(tuple(of_all_holders(slot) for slot in way if slot.role) for way in ways)


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


def _not_a_holder(roster: Roster, person: str, role: str) -> Text:
    title, name = roster.naming.role_names(role), roster.display_name(person)
    return Text(
        f"it asks for {name.en} as {title.en}, a role which they do not hold in the directory",
        f"要求{name.zh}以{title.zh}身份审批，但人员名录中其并不担任该角色",
    )


def _unknown_person(person: str) -> Text:
    return Text(
        f"it asks for {person}, who is not in the directory",
        f"要求 {person} 审批，但人员名录中没有此人",
    )
