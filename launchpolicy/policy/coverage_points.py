"""What cases can see of a policy, point by point: each with the outcomes that are possible there.

Parts of expressions are seen by marks in their text (`policy.cel.tracing`): the policy that is
evaluated is a copy, with the same rules, in which every part that decides something is marked.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from launchpolicy.policy.cel.decisions import decisions_of, is_truth
from launchpolicy.policy.cel.parsing import parse_expression
from launchpolicy.policy.cel.tracing import NumberedPart, marked_expression
from launchpolicy.policy.cel.tree import ExpressionSyntaxError, Node
from launchpolicy.policy.policy import NamedExpression, Policy, Validation
from launchpolicy.policy.quorum import Demand, Group, Quorum
from launchpolicy.policy.quorum import Node as QuorumNode
from launchpolicy.vocabulary.place import Route, format_route


class PointKind(StrEnum):
    """What a point is of a policy."""

    STAGES = "stages"
    STAGE = "stage"
    CONDITION = "condition"
    VALIDATION = "validation"
    OPERAND = "operand"
    MESSAGE = "message"
    LIST = "list"
    ORDER = "order"
    QUORUM = "quorum"


class SeenOutcome(StrEnum):
    """What may be seen at a point."""

    TRUE = "true"
    FALSE = "false"
    APPLIES = "applies"
    OTHER_STAGE = "other stage"
    GIVEN = "given"
    EMPTY = "empty"
    SEVERAL = "several"
    KEPT = "kept"
    REVERSED = "reversed"
    TOO_FAR = "too far"
    MET = "met"
    MISSING = "missing"


BOTH = (SeenOutcome.TRUE, SeenOutcome.FALSE)


class CoveragePoint(NamedTuple):
    """One thing that cases can see: at `route` of the policy's file, in its text from `start`.

    `end` 0 means all that stands at `route`. `text` names it.
    """

    route: Route
    kind: PointKind
    outcomes: tuple[SeenOutcome, ...]
    text: str
    start: int = 0
    end: int = 0


class UnreadExpressionError(ValueError):
    """An expression of a policy nests too deeply to be taken apart; carries where it stands."""

    def __init__(self, route: Route) -> None:
        super().__init__(format_route(route))
        self.route = route


class MarkedPolicy(NamedTuple):
    """A policy whose parts are marked with the numbers of its `points`.

    `depth` is how many marks stand within each other at most.
    """

    policy: Policy
    points: tuple[CoveragePoint, ...]
    depth: int


def marked_policy(policy: Policy, layer: int | None = None) -> MarkedPolicy:
    """Return `policy` with its points, and with every part marked that decides something.

    The library reads only so many levels of an expression, and every mark is one more. So with a
    `layer` only the parts are marked that lie within so many others; the points stay the same.

    Raises:
        UnreadExpressionError: an expression nests too deeply to be taken apart.
    """
    marking = _Marking(layer)
    _add_stages(policy, marking.points)
    conditions = tuple(
        item._replace(
            expression=marking.condition(
                ("spec", "matchConditions", number, "expression"),
                item.expression,
                PointKind.CONDITION,
            )
        )
        for number, item in enumerate(policy.conditions)
    )
    variables = tuple(_marked_variables(policy, marking))
    validations = tuple(
        _marked_validation(validation, ("spec", "validations", number), marking)
        for number, validation in enumerate(policy.validations)
    )
    _add_orders(policy, marking.points)
    quorum = _marked_quorum(policy.quorum, marking) if policy.quorum is not None else None
    changed = policy._replace(
        conditions=conditions, variables=variables, validations=validations, quorum=quorum
    )
    return MarkedPolicy(changed, tuple(marking.points), marking.depth)


class _Marking:
    """The points of one policy, as they are numbered."""

    def __init__(self, layer: int | None) -> None:
        self.points: list[CoveragePoint] = []
        self.depth = 0
        self._layer = layer

    def condition(self, route: Route, expression: str, kind: PointKind) -> str:
        """Return an expression that is true or false, marked as a whole and in its parts."""
        tree = _tree(route, expression)
        return self._mark(route, expression, tree, decisions_of(tree, is_condition=True), kind)

    def value(self, route: Route, expression: str) -> str:
        """Return an expression that gives any value, marked in those of its parts that decide."""
        tree = _tree(route, expression)
        nodes = decisions_of(tree, is_condition=is_truth(tree))
        return self._mark(route, expression, tree, nodes, PointKind.OPERAND)

    def add_list(self, route: Route, name: str) -> None:
        """Add a list that validations go through, once for all of them."""
        if not any(point.kind is PointKind.LIST and point.text == name for point in self.points):
            outcomes = (SeenOutcome.EMPTY, SeenOutcome.SEVERAL)
            self.points.append(CoveragePoint(route, PointKind.LIST, outcomes, name))

    def message(self, route: Route, expression: str) -> str:
        """Return an expression that makes a message, marked as a whole."""
        number = len(self.points)
        self.points.append(
            CoveragePoint(route, PointKind.MESSAGE, (SeenOutcome.GIVEN,), "messageExpression")
        )
        part = NumberedPart(_tree(route, expression), number)
        return marked_expression(expression, [part] if self._is_marked(0) else [])

    def _mark(
        self,
        route: Route,
        expression: str,
        tree: Node,
        nodes: Iterator[Node],
        kind: PointKind,
    ) -> str:
        parts: list[NumberedPart] = []
        around: list[Node] = []
        for node in nodes:  # an outer one comes before those within it
            while around and around[-1].end <= node.start:
                around.pop()
            if self._is_marked(len(around)):
                parts.append(NumberedPart(node, len(self.points)))
            around.append(node)
            self.depth = max(self.depth, len(around))
            text = " ".join(node.text(expression).split())
            own = kind if node is tree else PointKind.OPERAND
            self.points.append(CoveragePoint(route, own, BOTH, text, node.start, node.end))
        return marked_expression(expression, parts)

    def _is_marked(self, depth: int) -> bool:
        return self._layer is None or self._layer == depth


def _tree(route: Route, expression: str) -> Node:
    try:
        return parse_expression(expression)
    except ExpressionSyntaxError as error:
        raise UnreadExpressionError(route) from error


def _add_stages(policy: Policy, points: list[CoveragePoint]) -> None:
    stages = policy.match.stages
    if not stages:
        return
    route: Route = ("spec", "match", "stages")
    points.append(CoveragePoint(route, PointKind.STAGES, (SeenOutcome.OTHER_STAGE,), "stages"))
    points += [
        CoveragePoint((*route, number), PointKind.STAGE, (SeenOutcome.APPLIES,), stage)
        for number, stage in enumerate(stages)
    ]


def _marked_variables(policy: Policy, marking: _Marking) -> Iterator[NamedExpression]:
    for number, variable in enumerate(policy.variables):
        route: Route = ("spec", "variables", number, "expression")
        yield variable._replace(expression=marking.value(route, variable.expression))


def _marked_validation(validation: Validation, route: Route, marking: _Marking) -> Validation:
    if validation.for_each:
        marking.add_list((*route, "forEach"), validation.for_each)
    expression = marking.condition(
        (*route, "expression"), validation.expression, PointKind.VALIDATION
    )
    messages = {
        language: marking.message((*route, "messageExpression", language), text)
        for language, text in validation.message_expressions.items()
    }
    return validation._replace(expression=expression, message_expressions=messages)


def _add_orders(policy: Policy, points: list[CoveragePoint]) -> None:
    for number, order in enumerate(policy.order):
        outcomes = [SeenOutcome.KEPT, SeenOutcome.REVERSED]
        outcomes += [SeenOutcome.TOO_FAR] if order.within else []
        points.append(
            CoveragePoint(
                ("spec", "order", number),
                PointKind.ORDER,
                tuple(outcomes),
                f"{order.earlier} → {order.later}",
            )
        )


def _marked_quorum(quorum: Quorum, marking: _Marking) -> Quorum:
    root = _marked_node(quorum.root, marking)
    at: Route = ("spec", "quorum")
    people, out_of_turn = quorum.exclude_people, quorum.out_of_turn_counts
    if people:
        people = marking.value((*at, "excludePeople"), people)
    if out_of_turn:
        route = (*at, "outOfTurnCounts")
        out_of_turn = marking.condition(route, out_of_turn, PointKind.CONDITION)
    return quorum._replace(root=root, exclude_people=people, out_of_turn_counts=out_of_turn)


def _marked_node(node: QuorumNode, marking: _Marking) -> QuorumNode:
    outcomes = (SeenOutcome.MET, SeenOutcome.MISSING)
    marking.points.append(CoveragePoint(node.route, PointKind.QUORUM, outcomes, _name_of(node)))
    when = node.when
    if when:
        when = marking.condition((*node.route, "when"), when, PointKind.CONDITION)
    if isinstance(node, Group):
        parts = tuple(_marked_node(part, marking) for part in node.parts)
        return node._replace(when=when, parts=parts)
    texts = {
        "rolesFrom": node.roles_from,
        "people": node.people,
        "each": node.for_each,
        "holdersFrom": node.holders_from,
    }
    marked = {
        key: marking.value((*node.route, key), text) if text else "" for key, text in texts.items()
    }
    return node._replace(
        when=when,
        roles_from=marked["rolesFrom"],
        people=marked["people"],
        for_each=marked["each"],
        holders_from=marked["holdersFrom"],
    )


def _name_of(node: QuorumNode) -> str:
    """Return a few words for a part of a quorum, as its file writes them."""
    if isinstance(node, Demand):
        words = " or ".join(node.roles) or node.roles_from or node.people
        return " ".join(words.split())
    if node.in_order:
        return "inOrder"
    return {None: "all", 1: "any"}.get(node.needed, f"atLeast {node.needed}")
