"""An expression as a tree whose nodes know where they stand in it.

It is for those who show, count or change parts of an expression; `policy.cel.parsing` makes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple


class NodeKind(StrEnum):
    """What a part of an expression is."""

    LITERAL = "literal"
    NAME = "name"
    FIELD = "field"
    """`a.b`; `operator` is the name of the field."""
    INDEX = "index"
    CALL = "call"
    """`f(x)`, `a.f(x)`, a macro; `operator` is the name, the receiver is the first child."""
    LIST = "list"
    MAP = "map"
    """A map or a message; children are keys and values in turn, for a message fields as names."""
    UNARY = "unary"
    BINARY = "binary"
    """Operands of one operator; `&&` and `||` have as many as stand beside each other."""
    CONDITIONAL = "conditional"


class Node(NamedTuple):
    """A part of an expression: from `start` up to, not including, `end`, in characters.

    Parentheses around a part do not belong to it. `bound` are the names that a macro binds in its
    arguments; they are no children. `is_method` says that the first child is a receiver, and
    `is_optional` that the step is `.?` or `[?`.
    """

    kind: NodeKind
    start: int
    end: int
    children: tuple[Node, ...] = ()
    operator: str = ""
    bound: tuple[str, ...] = ()
    is_method: bool = False
    is_optional: bool = False

    def text(self, expression: str) -> str:
        """Return the source of this part of `expression`."""
        return expression[self.start : self.end]

    def walk(self) -> Iterator[Node]:
        """Yield this node and every node below it, in the order of the text."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))


class ExpressionSyntaxError(ValueError):
    """A text is not an expression, or nests more deeply than this reads; carries the offset."""

    def __init__(self, problem: str, offset: int) -> None:
        super().__init__(f"{problem}, at offset {offset}")
        self.offset = offset


def line_and_column(expression: str, offset: int) -> tuple[int, int]:
    """Return the line and the column of an offset, both from 1."""
    before = expression[:offset].split("\n")
    return len(before), len(before[-1]) + 1
