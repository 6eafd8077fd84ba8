"""Lists that an expression makes of the entries of a map, whose order differs from run to run.

What depends on that order, such as a message of the ledger, would not be the same when it is
judged again. So such a list must go into something that does not depend on it, or be sorted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum, auto
from typing import Any, Final

from launchpolicy.policy.cel.parsing import parse_expression
from launchpolicy.policy.cel.problems import ExpressionProblem, no_order
from launchpolicy.policy.cel.remedies import fix_of_order
from launchpolicy.policy.cel.tree import ExpressionSyntaxError, Node, NodeKind, line_and_column

MAKE_A_LIST: Final = frozenset({"transformList", "map", "filter"})
"""The macros that make a list of what they go through."""

_METHODS: Final = frozenset(
    {"sort", "size", "all", "exists", "exists_one", "existsOne", "min", "max"}
)
"""What gives the same for every order of the list before its dot (a sum of fractions does not)."""

_FUNCTIONS: Final = frozenset({"size", "contains", "equivalent", "intersects"})
"""The same of functions: `size(…)`, `sets.…(…)`."""

_KEEP_EACH: Final = frozenset({"map", "filter", "flatten"})
"""What gives, for another order of the list before its dot, another order of the same elements."""

_PAIR: Final = 2

ONLY_MAPS: Final = "only_a_map"
ONLY_LISTS: Final = "only_a_list"


class _OrderEffect(Enum):
    """What the order of a list can do to the value of the whole expression."""

    SHOWS = auto()
    HIDDEN = auto()
    COUNTS = auto()
    """Hidden, and only the number of elements counts."""


_TELLING_KINDS: Final = f"""
  - name: {ONLY_MAPS}
    overloads:
      - {{id: {ONLY_MAPS}, signature: '{ONLY_MAPS}(map<~K, ~V>)', return: 'map<~K, ~V>'}}
  - name: {ONLY_LISTS}
    overloads:
      - {{id: {ONLY_LISTS}, signature: '{ONLY_LISTS}(list<~T>)', return: 'list<~T>'}}
"""
"""Functions for an environment of this check alone: their types tell a map from a list."""


def order_problems(
    expression: str, compiler_with: Callable[[str], Callable[[str], Any]]
) -> tuple[ExpressionProblem, ...]:
    """Return a problem for every list of a map's entries whose order may show.

    Args:
        expression: one that compiles.
        compiler_with: gives what compiles a changed expression, or raises `RuntimeError`, where the
            functions of a configuration are known, too.
    """
    if not any(f"{macro}(" in expression for macro in MAKE_A_LIST):
        return ()
    try:
        exposed = list(_calls_with_order(parse_expression(expression)))
    except ExpressionSyntaxError:
        return ()
    if not exposed:
        return ()
    compiles = compiler_with(_TELLING_KINDS)
    return tuple(
        ExpressionProblem(
            *line_and_column(expression, node.start),
            no_order(),
            of_function=True,
            fix=fix_of_order(),
        )
        for node in exposed
        if _is_possible(expression, node.children[0], ONLY_MAPS, compiles)
        and not _is_possible(expression, node.children[0], ONLY_LISTS, compiles)
    )


def _is_possible(
    expression: str, node: Node, function: str, compiles: Callable[[str], Any]
) -> bool:
    """Return whether the types allow that a function takes a part of the expression."""
    before, after = expression[: node.start], expression[node.end :]
    try:
        compiles(f"{before}{function}({node.text(expression)}){after}")
    except RuntimeError:
        return False
    return True


def _calls_with_order(tree: Node) -> Iterator[Node]:
    """Yield the calls of a macro whose order may show in what the expression gives."""
    waiting = [(tree, _OrderEffect.SHOWS)]
    while waiting:
        node, order = waiting.pop()
        if (
            order is _OrderEffect.SHOWS
            and node.kind is NodeKind.CALL
            and node.operator in MAKE_A_LIST
        ):
            yield node
        waiting += [
            (child, _order_of(node, order, number)) for number, child in enumerate(node.children)
        ]


def _order_of(node: Node, order: _OrderEffect, number: int) -> _OrderEffect:
    """Return what the order of the child of a number can do, given what that of its parent can."""
    if node.kind is NodeKind.BINARY:
        return _order_of_operand(node, order, number)
    if node.kind is NodeKind.CONDITIONAL:
        return order if number else _OrderEffect.SHOWS
    is_receiver = node.is_method and number == 0
    if node.kind is not NodeKind.CALL:
        return _OrderEffect.SHOWS
    return _order_of_argument(node.operator, order, is_receiver=is_receiver)


def _order_of_argument(function: str, order: _OrderEffect, *, is_receiver: bool) -> _OrderEffect:
    if function in (_METHODS if is_receiver else _FUNCTIONS):
        return _OrderEffect.COUNTS if function == "size" else _OrderEffect.HIDDEN
    if is_receiver and function in _KEEP_EACH:
        return order
    if is_receiver and function == "distinct" and order is _OrderEffect.COUNTS:
        return order  # how many are distinct is the same; which of two equal ones is left is not
    return _OrderEffect.SHOWS


def _order_of_operand(node: Node, order: _OrderEffect, number: int) -> _OrderEffect:
    if node.operator == "in" and number == 1:
        return _OrderEffect.HIDDEN
    other = node.children[1 - number] if len(node.children) == _PAIR else None
    if node.operator in {"==", "!="} and other is not None and _is_empty_list(other):
        return _OrderEffect.COUNTS
    return order if node.operator == "+" else _OrderEffect.SHOWS


def _is_empty_list(node: Node) -> bool:
    return node.kind is NodeKind.LIST and not node.children
