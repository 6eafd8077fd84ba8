"""The parts of an expression that decide something by being true or false."""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.policy.cel.tree import Node, NodeKind

_PREDICATED = frozenset({"all", "exists", "exists_one", "existsOne", "filter"})
"""Macros whose last argument is true or false of each element."""

_COMPARISONS = frozenset({"<", "<=", ">", ">=", "==", "!=", "in", "&&", "||"})
_TESTS = frozenset(
    {
        *("has", "all", "exists", "exists_one", "existsOne", "hasValue"),
        *("contains", "startsWith", "endsWith", "matches"),
    }
)
_CONSTANTS = frozenset({"true", "false"})


def is_truth(node: Node) -> bool:
    """Return whether the text alone shows that a part is true or false, and not some value."""
    if node.kind is NodeKind.BINARY:
        return node.operator in _COMPARISONS
    return _is_denial(node) or (node.kind is NodeKind.CALL and node.operator in _TESTS)


def decisions_of(tree: Node, *, is_condition: bool) -> Iterator[Node]:
    """Yield every part that is true or false and on which something depends, outer ones first.

    These are the operands of `&&`, `||` and `!`, the condition of `?:`, what `all`, `exists`,
    `exists_one` and `filter` ask of each element, and, with `is_condition`, the whole. Of `!a`
    the whole is yielded and not `a`, which is the same seen from the other side; of a conditional
    that stands for true or false, both results as well. Constants decide nothing.
    """
    waiting = [(tree, is_condition)]
    while waiting:
        node, decides = waiting.pop()
        decides = decides or _is_junction(node) or _is_denial(node)
        if decides and not _is_constant(node):
            yield node
        waiting.extend(reversed(list(_below(node, decides=decides))))


def _below(node: Node, *, decides: bool) -> Iterator[tuple[Node, bool]]:
    """Yield the parts of a part, each with whether something depends on its being true."""
    while _is_denial(node):
        node = node.children[0]
    if _is_junction(node):
        yield from ((child, True) for child in node.children)
    elif node.kind is NodeKind.CONDITIONAL:
        condition, *results = node.children
        yield condition, True
        yield from ((result, decides) for result in results)
    else:
        last = len(node.children) - 1
        for number, child in enumerate(node.children):
            yield child, number in _predicates(node, last)


def _predicates(node: Node, last: int) -> tuple[int, ...]:
    """Return the numbers of the children of a macro that are true or false of each element."""
    if node.kind is not NodeKind.CALL or not node.bound:
        return ()
    if node.operator in _PREDICATED:
        return (last,)
    filters = {"map": 2, "transformList": 2, "transformMap": 2, "transformMapEntry": 2}
    return (1,) if last == filters.get(node.operator) else ()


def _is_junction(node: Node) -> bool:
    return node.kind is NodeKind.BINARY and node.operator in {"&&", "||"}


def _is_denial(node: Node) -> bool:
    return node.kind is NodeKind.UNARY and node.operator == "!"


def _is_constant(node: Node) -> bool:
    while _is_denial(node):
        node = node.children[0]
    return node.kind is NodeKind.LITERAL and node.operator in _CONSTANTS
