"""The text of an expression to its tree.

The library keeps its own tree to itself, with macros already expanded, so the text is parsed here
(grammar: the CEL specification, "Syntax"). What an expression means is for the library alone: parts
that are put back into the text are evaluated by it, and tests compare.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from launchpolicy.policy.cel.identifiers import token_pattern
from launchpolicy.policy.cel.tree import ExpressionSyntaxError, Node, NodeKind

_WITH_VARIABLES = frozenset(
    {
        *("all", "exists", "exists_one", "existsOne", "map", "filter", "sortBy"),
        *("optMap", "optFlatMap", "transformList", "transformMap", "transformMapEntry"),
    }
)
"""Methods whose first arguments are names that they bind in the others."""

_PAIRS = frozenset({"transformList", "transformMap", "transformMapEntry"})
_PAIRS_OF_THREE = frozenset({"all", "exists", "exists_one", "existsOne"})
"""Macros that bind two names where they have three arguments: key and value."""

_LEVELS = (
    ("||",),
    ("&&",),
    ("<", "<=", ">=", ">", "==", "!=", "in"),
    ("+", "-"),
    ("*", "/", "%"),
)
_LOGICAL = frozenset({"&&", "||"})
_SIGNS = frozenset({"&&", "||", "<=", ">=", "==", "!="})
_LITERAL_NAMES = frozenset({"true", "false", "null"})
_WITH_TWO_NAMES = 3
_DEEPEST = 100
_END = ""


def parse_expression(expression: str) -> Node:
    """Return the tree of a CEL expression.

    Raises:
        ExpressionSyntaxError: it is none, or nests more than 100 levels deep.
    """
    return _Parser(expression).whole()


class _LocatedToken(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


def _tokens(expression: str) -> Iterator[_LocatedToken]:
    """Yield the tokens of an expression without what is between them; signs of two joined."""
    at = 0
    while at < len(expression):
        match = token_pattern().match(expression, at)
        if match is None:
            problem = f"unexpected {expression[at]!r}"
            raise ExpressionSyntaxError(problem, at)
        kind, text = match.lastgroup or "", match.group()
        if kind == "sign" and expression[at : at + 2] in _SIGNS:
            text = expression[at : at + 2]
        at += len(text)
        if kind != "space":
            yield _LocatedToken(kind, text, at - len(text), at)


class _Parser:
    """Reads one expression from left to right; every method begins at the token that is next."""

    def __init__(self, expression: str) -> None:
        self._tokens = list(_tokens(expression))
        self._tokens.append(_LocatedToken("end", _END, len(expression), len(expression)))
        self._at = 0
        self._depth = 0

    def whole(self) -> Node:
        """Return the tree of all tokens."""
        node = self._expression()
        if self._next.kind != "end":
            raise self._refusal()
        return node

    @property
    def _next(self) -> _LocatedToken:
        return self._tokens[self._at]

    def _take(self) -> _LocatedToken:
        token = self._next
        self._at += 1
        return token

    def _takes(self, *signs: str) -> bool:
        """Return whether one of the signs is next, and go past it."""
        is_next = self._next.kind == "sign" and self._next.text in signs
        self._at += is_next
        return is_next

    def _demand(self, sign: str) -> None:
        if not self._takes(sign):
            raise self._refusal()

    def _refusal(self) -> ExpressionSyntaxError:
        token = self._next
        return ExpressionSyntaxError(f"unexpected {token.text or 'end'!r}", token.start)

    def _node(  # noqa: PLR0913 (one for each field that differs)
        self,
        kind: NodeKind,
        start: int,
        children: tuple[Node, ...] = (),
        operator: str = "",
        bound: tuple[str, ...] = (),
        *,
        is_method: bool = False,
        is_optional: bool = False,
    ) -> Node:
        """Return a node from `start` to the token that was read last."""
        end = self._tokens[self._at - 1].end
        return Node(kind, start, end, children, operator, bound, is_method, is_optional)

    def _expression(self) -> Node:
        self._depth += 1
        if self._depth > _DEEPEST:
            problem = f"it nests more than {_DEEPEST} levels deep"
            raise ExpressionSyntaxError(problem, self._next.start)
        start = self._next.start
        node = self._binary(0)
        if self._takes("?"):
            then = self._binary(0)
            self._demand(":")
            children = (node, then, self._expression())
            node = self._node(NodeKind.CONDITIONAL, start, children, "?:")
        self._depth -= 1
        return node

    def _binary(self, lowest: int) -> Node:
        """Return operands joined by operators of level `lowest` or of one that binds closer."""
        start = self._next.start
        node = self._unary()
        for level in range(len(_LEVELS) - 1, lowest - 1, -1):
            while self._next.text in _LEVELS[level] and self._next.kind != "text":
                operator = self._take().text
                operands = [node, self._operand(level + 1)]
                while operator in _LOGICAL and self._takes(operator):
                    operands.append(self._operand(level + 1))
                node = self._node(NodeKind.BINARY, start, tuple(operands), operator)
        return node

    def _operand(self, lowest: int) -> Node:
        return self._binary(lowest) if lowest < len(_LEVELS) else self._unary()

    def _unary(self) -> Node:
        signs = []
        while self._next.kind == "sign" and self._next.text in {"!", "-"}:
            signs.append(self._take())
        node = self._member()
        for sign in reversed(signs):
            node = self._node(NodeKind.UNARY, sign.start, (node,), sign.text)
        return node

    def _member(self) -> Node:
        """Return an operand with what stands behind it: fields, indices and calls of methods."""
        start = self._next.start
        node = self._primary()
        while True:
            if self._takes("."):
                node = self._step(node, start)
            elif self._takes("["):
                is_optional = self._takes("?")
                children = (node, self._expression())
                self._demand("]")
                node = self._node(NodeKind.INDEX, start, children, is_optional=is_optional)
            elif node.kind in {NodeKind.NAME, NodeKind.FIELD} and self._takes("{"):
                node = self._node(NodeKind.MAP, start, self._entries(), node.operator)
            else:
                return node

    def _step(self, receiver: Node, start: int) -> Node:
        """Return a field or a method of `receiver`; its dot is behind."""
        is_optional = self._takes("?")
        name = self._name()
        if is_optional or not self._takes("("):
            children = (receiver,)
            return self._node(NodeKind.FIELD, start, children, name, is_optional=is_optional)
        return self._call(start, name, receiver)

    def _call(self, start: int, name: str, receiver: Node | None = None) -> Node:
        """Return a call, whose opening parenthesis is behind."""
        arguments = self._items(")")
        bound = tuple(
            argument.operator for argument in arguments[: _bound_names(name, receiver, arguments)]
        )
        receivers = (receiver,) if receiver is not None else ()
        children = (*receivers, *arguments[len(bound) :])
        is_method = receiver is not None
        return self._node(NodeKind.CALL, start, children, name, bound, is_method=is_method)

    def _primary(self) -> Node:
        token = self._next
        if token.kind in {"number", "text"}:
            self._take()
            return self._node(NodeKind.LITERAL, token.start, operator=token.text)
        if token.kind == "name":
            return self._name_or_call(token.start)
        return self._after_sign(token.start)

    def _after_sign(self, start: int) -> Node:
        """Return what begins with a bracket, or with a dot in front of a name or a number."""
        if self._takes("("):
            node = self._expression()
            self._demand(")")
            return node
        if self._takes("["):
            return self._node(NodeKind.LIST, start, self._items("]"))
        if self._takes("{"):
            return self._node(NodeKind.MAP, start, self._entries())
        self._demand(".")
        if self._next.kind == "number":  # `.5`
            return self._node(NodeKind.LITERAL, start, operator=f".{self._take().text}")
        return self._name_or_call(start)

    def _name_or_call(self, start: int) -> Node:
        name = self._name()
        if name in _LITERAL_NAMES:
            return self._node(NodeKind.LITERAL, start, operator=name)
        if self._takes("("):
            return self._call(start, name)
        return self._node(NodeKind.NAME, start, operator=name)

    def _name(self) -> str:
        if self._next.kind != "name" or self._next.text == "in":
            raise self._refusal()
        return self._take().text

    def _items(self, end: str) -> tuple[Node, ...]:
        """Return expressions up to `end`, which is behind; a comma may stand before it."""
        items = []
        while not self._takes(end):
            self._takes("?")
            items.append(self._expression())
            if not self._takes(","):
                self._demand(end)
                break
        return tuple(items)

    def _entries(self) -> tuple[Node, ...]:
        """Return keys and values of a map, or the fields and values of a message."""
        entries = []
        while not self._takes("}"):
            self._takes("?")
            entries.append(self._expression())
            self._demand(":")
            entries.append(self._expression())
            if not self._takes(","):
                self._demand("}")
                break
        return tuple(entries)


def _bound_names(name: str, receiver: Node | None, arguments: tuple[Node, ...]) -> int:
    """Return how many of the first arguments of a call are names that it binds."""
    if receiver is None or not arguments or arguments[0].kind is not NodeKind.NAME:
        return 0
    if name == "bind" and receiver.operator == "cel":
        return 1
    if name not in _WITH_VARIABLES:
        return 0
    pairs = name in _PAIRS or (name in _PAIRS_OF_THREE and len(arguments) == _WITH_TWO_NAMES)
    return 2 if pairs else 1
