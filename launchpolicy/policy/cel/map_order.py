"""Lists that an expression makes of the entries of a map, whose order differs from run to run.

What depends on that order, such as a message of the ledger, would not be the same when it is
judged again. So such a list must go into something that does not depend on it, or be sorted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from launchpolicy.policy.cel.parsing import parse_expression
from launchpolicy.policy.cel.problems import ExpressionProblem, no_order
from launchpolicy.policy.cel.tree import ExpressionSyntaxError, Node, NodeKind, line_and_column

MAKE_A_LIST: Final = frozenset({"transformList", "map", "filter"})
"""The macros that make a list of what they go through."""

_METHODS: Final = frozenset(
    {"sort", "size", "all", "exists", "exists_one", "existsOne", "min", "max"}
)
"""What gives the same for every order of the list before its dot (a sum of fractions does not)."""

_FUNCTIONS: Final = frozenset({"size", "contains", "equivalent", "intersects"})
"""The same of functions: `size(…)`, `sets.…(…)`."""

ONLY_MAPS: Final = "only_a_map"
ONLY_LISTS: Final = "only_a_list"

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
            *line_and_column(expression, node.start), no_order(), "sort", of_function=True
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
    """Yield the calls of the macro that no function around them makes independent of order."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if node.kind is NodeKind.CALL and node.operator in MAKE_A_LIST:
            yield node
        for number, child in enumerate(node.children):
            if child.operator in MAKE_A_LIST and _hides_order(node, number):
                waiting.extend(child.children)
            else:
                waiting.append(child)


def _hides_order(node: Node, number: int) -> bool:
    """Return whether the child of a number may have any order."""
    if node.kind is NodeKind.BINARY:
        return node.operator == "in" and number == 1
    if node.kind is not NodeKind.CALL:
        return False
    is_receiver = node.is_method and number == 0
    return node.operator in (_METHODS if is_receiver else _FUNCTIONS)
