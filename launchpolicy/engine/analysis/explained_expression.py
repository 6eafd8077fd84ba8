"""One expression with the values that its parts took, and where they stand in the request."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from launchpolicy.documents.reading import Document
from launchpolicy.policy.cel.decisions import decisions_of
from launchpolicy.policy.cel.functions import NAMESPACES
from launchpolicy.policy.cel.parsing import parse_expression
from launchpolicy.policy.cel.runtime import VARIABLES, Bindings, EvaluationError
from launchpolicy.policy.cel.tracing import NumberedPart, Tracing, marked_expression
from launchpolicy.policy.cel.tree import ExpressionSyntaxError, Node, NodeKind
from launchpolicy.policy.policy import Policy
from launchpolicy.policy.scoping import scoped_expression
from launchpolicy.vocabulary.place import Place, Route

_OPTIONAL_ENDS = frozenset({"hasValue", "orValue", "value"})
"""Methods of an optional whose value is none any more."""

_OPTIONAL_RESULTS = frozenset({"optMap", "optFlatMap", "or", "first", "last"})
_UNSHOWN_NAMES = (frozenset(VARIABLES) - {"each", "index", "key", "now"}) | NAMESPACES

_KEPT = 100
"""Values of a part that are kept: a loop within a loop makes very many."""

Origin = tuple[Document, Route]
"""Where a value stands: in which version of the request, and at which route."""


class ExplainedPart(NamedTuple):
    """A part of an expression: its source, and every value that it took, in order.

    `value_count` is how many they were, of which `values` are the first. No value means that it
    was not evaluated, or that it had none; where `is_noted` is false, its values cannot be noted
    (an optional). `place` is where the request says it, where it is read from there; `start` and
    `end` are its offsets in the expression.
    """

    text: str
    start: int
    end: int
    values: tuple[Any, ...] = ()
    value_count: int = 0
    is_noted: bool = False
    place: Place | None = None
    parts: tuple[ExplainedPart, ...] = ()


class ExplainedExpression(NamedTuple):
    """An expression at `route` of the policy's file; `problem` says why it has no value."""

    route: Route
    text: str
    value: Any
    problem: str
    root: ExplainedPart


class ExpressionBindings(NamedTuple):
    """The same values twice: as the policies are judged, and so that parts are noted."""

    plain: Bindings
    traced: Bindings


class Explainer:
    """Explains the expressions of one policy over one request."""

    def __init__(self, policy: Policy) -> None:
        self.tracing = Tracing(self._note)
        self._policy = policy
        self._noted: dict[int, list[Any]] = {}
        self._counts: Counter[int] = Counter()

    def expression(
        self,
        route: Route,
        expression: str,
        bindings: ExpressionBindings,
        origins: Mapping[str, Origin],
    ) -> ExplainedExpression:
        """Return an expression with its value and those of its parts.

        Args:
            route: where it stands in the policy's file.
            expression: its source.
            bindings: the values of its variables.
            origins: where `object`, `each` and `variables.NAME` stand, as far as they are read
                from a version of the request.
        """
        value, problem = self._answer(bindings.plain, expression)
        try:
            tree = parse_expression(expression)
        except ExpressionSyntaxError:
            whole = len(expression)
            root = ExplainedPart(_one_line(expression), 0, whole)
            return ExplainedExpression(route, expression, value, problem, root)
        for numbers in (_all_numbers(tree), _decision_numbers(tree), {}):
            self._noted = {}
            self._counts.clear()
            parts = [NumberedPart(node, number) for node, number in numbers.items()]
            marked = marked_expression(expression, parts)
            # Marks may change what has no value: an optional has no place in a call.
            if self._answer(bindings.traced, marked)[0] == value or not numbers:
                break
        root = self._part(tree, expression, numbers, origins)
        if not problem and not root.values:
            root = root._replace(values=(value,), value_count=1, is_noted=True)
        return ExplainedExpression(route, expression, value, problem, root)

    def _answer(self, bindings: Bindings, expression: str) -> tuple[Any, str]:
        try:
            return bindings.evaluate(scoped_expression(self._policy, expression)), ""
        except EvaluationError as error:
            return None, str(error)

    def _note(self, number: int, value: Any) -> None:  # noqa: ANN401 (a CEL value)
        self._counts[number] += 1
        if self._counts[number] <= _KEPT:
            self._noted.setdefault(number, []).append(value)

    def _part(
        self,
        node: Node,
        expression: str,
        numbers: Mapping[Node, int],
        origins: Mapping[str, Origin],
    ) -> ExplainedPart:
        number = numbers.get(node, -1)
        origin = origin_of(_read_part(node), origins)
        return ExplainedPart(
            _one_line(node.text(expression)),
            node.start,
            node.end,
            tuple(self._noted.get(number, ())),
            self._counts[number],
            node in numbers,
            origin[0].place(origin[1]) if origin is not None else None,
            tuple(self._part(child, expression, numbers, origins) for child in _shown_below(node)),
        )


def variables_read(expression: str) -> list[str]:
    """Return the names of the policy's variables that an expression reads."""
    try:
        tree = parse_expression(expression)
    except ExpressionSyntaxError:
        return []
    names = [
        node.operator
        for node in tree.walk()
        if node.kind is NodeKind.FIELD and node.children[0].operator == "variables"
    ]
    return list(dict.fromkeys(names))


def origin_of_expression(expression: str, origins: Mapping[str, Origin]) -> Origin | None:
    """Return what part of a request an expression is, if it is nothing else."""
    try:
        return origin_of(_read_part(parse_expression(expression)), origins)
    except ExpressionSyntaxError:
        return None


def origin_of(node: Node, origins: Mapping[str, Origin]) -> Origin | None:
    """Return where the value of a part stands; None where it is computed or not of a request."""
    steps: list[str | int] = []
    while node.kind in {NodeKind.FIELD, NodeKind.INDEX}:
        receiver = node.children[0]
        if node.kind is NodeKind.FIELD and receiver.operator == "variables":
            break
        step = node.operator.strip("`") if node.kind is NodeKind.FIELD else _key(node.children[1])
        if step is None:
            return None
        steps.append(step)
        node = receiver
    name = f"variables.{node.operator}" if node.kind is NodeKind.FIELD else node.operator
    origin = origins.get(name) if node.kind in {NodeKind.FIELD, NodeKind.NAME} else None
    return (origin[0], (*origin[1], *reversed(steps))) if origin is not None else None


def _key(node: Node) -> str | int | None:
    if node.kind is not NodeKind.LITERAL:
        return None
    if node.operator.isdigit():
        return int(node.operator)
    try:
        key = json.loads('"' + node.operator[1:-1] + '"')
    except ValueError:
        return None
    return key if isinstance(key, str) and node.operator[:1] in {"'", '"'} else None


def _read_part(node: Node) -> Node:
    """Return the part of the request that a part asks about: `x` of `!has(x)`, `x.orValue(1)`."""
    while True:
        is_denial = node.kind is NodeKind.UNARY and node.operator == "!"
        is_call = node.kind is NodeKind.CALL and not node.bound and bool(node.children)
        asks = is_call and (
            node.operator == "has" or (node.is_method and node.operator in _OPTIONAL_ENDS)
        )
        if not is_denial and not asks:
            return node
        node = node.children[0]


def _shown_below(node: Node) -> Iterator[Node]:
    """Yield the nearest parts below a part that are worth a line of their own."""
    if _is_path(_read_part(node)):
        read = _read_part(node)
        children = [child for child in read.walk() if child.kind is NodeKind.INDEX]
        waiting = [child.children[1] for child in children]
    else:
        inner = node
        while inner.kind is NodeKind.UNARY:  # `!a` says what `a` is
            inner = inner.children[0]
        waiting = list(inner.children)
    for child in waiting:
        if _is_shown(child):
            yield child
        else:
            yield from _shown_below(child)


def _is_path(node: Node) -> bool:
    """Return whether a part is a name with fields and indices behind it."""
    while node.kind in {NodeKind.FIELD, NodeKind.INDEX}:
        node = node.children[0]
    return node.kind is NodeKind.NAME


def _is_shown(node: Node) -> bool:
    if node.kind in {NodeKind.LITERAL, NodeKind.LIST, NodeKind.MAP}:
        return False
    if node.kind is NodeKind.NAME:
        return node.operator not in _UNSHOWN_NAMES
    return not (node.kind is NodeKind.UNARY and node.children[0].kind is NodeKind.LITERAL)


def _all_numbers(tree: Node) -> dict[Node, int]:
    """Return numbers for every shown part that can be marked."""
    waiting, nodes = [tree], []
    while waiting:
        node = waiting.pop()
        nodes.append(node)
        waiting.extend(_shown_below(node))
    markable = (node for node in nodes if node.kind is not NodeKind.LITERAL)
    return {node: at for at, node in enumerate(markable) if not _is_optional(node)}


def _decision_numbers(tree: Node) -> dict[Node, int]:
    return {node: at for at, node in enumerate(decisions_of(tree, is_condition=False))}


def _is_optional(node: Node) -> bool:
    """Return whether the text shows that a part is an optional, which no call takes."""
    if node.kind in {NodeKind.FIELD, NodeKind.INDEX}:
        return node.is_optional or _is_optional(node.children[0])
    if node.kind is NodeKind.CONDITIONAL:
        return any(map(_is_optional, node.children[1:]))
    if node.kind is not NodeKind.CALL or not node.is_method:
        return False
    is_made = node.children[0].operator == "optional"
    return is_made or node.operator in _OPTIONAL_RESULTS


def _one_line(text: str) -> str:
    return " ".join(text.split())
