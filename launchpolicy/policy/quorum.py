"""The approval expression of a policy, as its file writes it (design section 8).

A quorum is a tree: groups (`all`, `any`, `atLeast … of`) over demands for people. Which people a
demand means is found out per request, because it may name expressions over the request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.place import Route, parse_route

NAMED_IN_REQUEST: Final = (
    "requester",
    "executor",
    "watcher",
    "testers",
    "developers",
    "maintainer",
)
"""Words of `exclude` that mean what `spec.people` of the request says."""

TOOK_PART: Final = ("opener", "pusher", "authors", "committers")
"""Words of `exclude` that mean who made the change, as the source of approvals knows it."""


class Demand(NamedTuple):
    """So many people of a kind, `number` of them.

    Exactly one of these says who: `roles` (any one of them suffices), `roles_from` (an expression
    that gives such a list), `people` (an expression that gives persons, each of whom is asked).
    `for_each` (an expression that gives departments) asks for one holder of the role from each,
    `holders_from` (an expression that gives holders of the role) for every one of those.
    `when` is an expression without whose truth nothing is asked; "" always asks. `route` is where
    the demand stands in the policy file.
    """

    route: Route
    roles: tuple[str, ...] = ()
    roles_from: str = ""
    people: str = ""
    for_each: str = ""
    holders_from: str = ""
    number: int = 1
    when: str = ""


class Group(NamedTuple):
    """At least `needed` of the parts; None means all of them, with `in_order` one by one."""

    route: Route
    parts: tuple[Node, ...]
    needed: int | None = None
    when: str = ""
    in_order: bool = False


Node = Demand | Group


class Quorum(NamedTuple):
    """What approvals a policy demands.

    With `distinct` one person counts once, whatever roles they hold. `exclude` are words of
    `NAMED_IN_REQUEST` and `TOOK_PART`; `exclude_people` is an expression for further persons.
    `at` is where in the request a finding about it stands. `out_of_turn_counts` is an expression
    that says whether an approval given before its turn counts; "" always does.
    """

    root: Node
    distinct: bool = True
    exclude: tuple[str, ...] = ()
    exclude_people: str = ""
    at: Route = ()
    out_of_turn_counts: str = ""

    def expressions(self) -> Iterator[tuple[Route, str, str]]:
        """Yield every expression with its route and what it must give: `bool`, `strings`."""
        yield from _expressions(self.root)
        if self.exclude_people:
            yield ("spec", "quorum", "excludePeople"), self.exclude_people, "strings"
        if self.out_of_turn_counts:
            yield ("spec", "quorum", "outOfTurnCounts"), self.out_of_turn_counts, "bool"


def quorum_of(data: Mapping[str, Any]) -> Quorum:
    """Return the quorum of a validated policy file."""
    return Quorum(
        root=_node(data, ("spec", "quorum")),
        distinct=data.get("distinct", True),
        exclude=tuple(data.get("exclude", ())),
        exclude_people=data.get("excludePeople", ""),
        at=parse_route(data.get("at", "")),
        out_of_turn_counts=data.get("outOfTurnCounts", ""),
    )


def _node(data: Mapping[str, Any], route: Route) -> Node:
    for key in ("all", "any", "of", "inOrder"):
        if key in data:
            parts = tuple(_node(part, (*route, key, index)) for index, part in enumerate(data[key]))
            needed = {"any": 1, "of": data.get("atLeast", 1)}.get(key)
            return Group(route, parts, needed, data.get("when", ""), key == "inOrder")
    role = data.get("role", ())
    return Demand(
        route=route,
        roles=(role,) if isinstance(role, str) else tuple(role),
        roles_from=data.get("rolesFrom", ""),
        people=data.get("people", ""),
        for_each=data.get("each", ""),
        holders_from=data.get("holdersFrom", ""),
        number=data.get("count", 1),
        when=data.get("when", ""),
    )


def _expressions(node: Node) -> Iterator[tuple[Route, str, str]]:
    if node.when:
        yield (*node.route, "when"), node.when, "bool"
    if isinstance(node, Group):
        for part in node.parts:
            yield from _expressions(part)
        return
    for key, expression in (
        ("rolesFrom", node.roles_from),
        ("people", node.people),
        ("each", node.for_each),
        ("holdersFrom", node.holders_from),
    ):
        if expression:
            yield (*node.route, key), expression, "strings"


def impossible(node: Node) -> Iterator[Group]:
    """Yield groups that ask for more parts than they have; no request can fulfil them."""
    if isinstance(node, Group):
        if (node.needed or 0) > len(node.parts):
            yield node
        for part in node.parts:
            yield from impossible(part)


def asks_for_approval(node: Node, answer: Callable[[str], Any]) -> bool:
    """Return whether some demand applies, as far as `when` says; `answer` gives its value."""
    if node.when and answer(node.when) is not True:
        return False
    return isinstance(node, Demand) or any(asks_for_approval(part, answer) for part in node.parts)


def demands_in(node: Node) -> Iterator[Demand]:
    """Yield every demand for people in a quorum, in the order of the file."""
    if isinstance(node, Group):
        for part in node.parts:
            yield from demands_in(part)
    else:
        yield node
