"""Which places of its variables an expression reads, found in its text.

The answer is about what may decide the value: a comment, a text that names a field, and a variable
that nothing uses read nothing. Where it is unclear which part of something is used (it is
compared, handed to a function, or given back), the whole of it counts as read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple, TypeAlias

from launchpolicy.policy.cel.parsing import parse_expression
from launchpolicy.policy.cel.tree import Node, NodeKind

ITEM: Final = "[]"
"""The step to an element of a list."""

ANY: Final = "*"
"""The step to an element of a list, or to the value of a key that is not known."""

Steps: TypeAlias = tuple[str, ...]


class ReadPlace(NamedTuple):
    """A place by its steps, the variable first. `is_whole` says that all below it is read, too."""

    steps: Steps
    is_whole: bool


class ExpressionReads(NamedTuple):
    """The places that expressions read, and the names of the policy's own that they use."""

    places: frozenset[ReadPlace]
    params: frozenset[str]
    variables: frozenset[str]


class ReadValue(NamedTuple):
    """Where a value may come from: it is at one of `places`, and its elements are at `items`."""

    places: frozenset[Steps] = frozenset()
    items: frozenset[Steps] = frozenset()

    def elements(self, step: str = ITEM) -> frozenset[Steps]:
        """Return where its elements may be, `step` below its places."""
        return self.items | {(*place, step) for place in self.places}

    def join(self, *others: ReadValue) -> ReadValue:
        """Return what is one of these values."""
        values = (self, *others)
        return ReadValue(
            frozenset().union(*(value.places for value in values)),
            frozenset().union(*(value.items for value in values)),
        )


_NOWHERE: Final = ReadValue()
_Scope: TypeAlias = Mapping[str, ReadValue]

_QUANTIFIERS: Final = frozenset({"all", "exists", "exists_one", "existsOne"})
_OF_PRESENCE: Final = frozenset({"has", "size", "type", "hasValue"})
_UNCHANGED: Final = frozenset({"dyn", "value", "of", "ofNonZeroValue", "or", "orValue"})
_OF_ELEMENTS: Final = frozenset({"first", "last"})
_REARRANGED: Final = frozenset({"reverse", "slice", "flatten", "sort", "distinct"})
_COMPARING: Final = frozenset({"sort", "distinct"})
_NAMESPACES: Final = frozenset(
    {"cel", "optional", "math", "sets", "lists", "regex", "strings", "base64"}
)
_PARAMS: Final = "params"
_VARIABLES: Final = "variables"
EVERY_NAME: Final = "*"
"""Stands for all parameters, or all variables, where an expression uses them as a whole."""


def reads_of(
    expressions: Iterable[str], variables: Mapping[str, str], item: ReadValue = _NOWHERE
) -> ExpressionReads:
    """Return what `expressions` read together.

    Args:
        expressions: CEL, as a policy has them.
        variables: the policy's variables, by name; one that is used reads what it reads itself.
        item: where the `each` of a `forEach` comes from.

    Raises:
        ExpressionSyntaxError: one is no expression.
    """
    reader = _Reader(variables)
    for expression in expressions:
        reader.read(expression, {"each": item, "index": _NOWHERE})
    return ExpressionReads(
        frozenset(reader.places), frozenset(reader.params), frozenset(reader.variables)
    )


class _Reader:
    """Goes through expressions and notes what is used of each value."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.places: set[ReadPlace] = set()
        self.params: set[str] = set()
        self.variables: dict[str, ReadValue] = {}
        self._sources = variables

    def read(self, expression: str, scope: _Scope) -> None:
        """Note what an expression reads whose value is used."""
        self._use(self._value(parse_expression(expression), scope))

    def _use(self, *values: ReadValue) -> None:
        for value in values:
            self.places |= {ReadPlace(steps, is_whole=True) for steps in value.places | value.items}

    def _ask(self, value: ReadValue) -> None:
        """Note that something is asked about a value, such as whether it is there."""
        self.places |= {ReadPlace(steps, is_whole=False) for steps in value.places}

    def _value(self, node: Node, scope: _Scope) -> ReadValue:
        return _VISITS[node.kind](self, node, scope)

    def _values(self, nodes: Iterable[Node], scope: _Scope) -> list[ReadValue]:
        return [self._value(node, scope) for node in nodes]

    def _literal(self, _node: Node, _scope: _Scope) -> ReadValue:
        return _NOWHERE

    def _name(self, node: Node, scope: _Scope) -> ReadValue:
        name = node.operator
        if name in scope:
            return scope[name]
        if name == _PARAMS:
            self.params.add(EVERY_NAME)
        if name == _VARIABLES:
            values = [self._variable(variable) for variable in self._sources]
            return ReadValue(items=_NOWHERE.join(*values).places)
        return _NOWHERE if name in _NAMESPACES else ReadValue(frozenset({(name,)}))

    def _variable(self, name: str) -> ReadValue:
        if name not in self.variables:
            self.variables[name] = _NOWHERE  # one that names itself does not compile
            if name in self._sources:
                self.variables[name] = self._value(parse_expression(self._sources[name]), {})
        return self.variables[name]

    def _field(self, node: Node, scope: _Scope) -> ReadValue:
        return self._step(node.children[0], node.operator.strip("`"), scope)

    def _index(self, node: Node, scope: _Scope) -> ReadValue:
        receiver, key = node.children
        text = key.operator if key.kind is NodeKind.LITERAL else ""
        if text[:1] in {"'", '"'}:
            return self._step(receiver, text.strip("'\""), scope)
        self._use(self._value(key, scope))
        is_number = key.kind is NodeKind.LITERAL
        return ReadValue(self._value(receiver, scope).elements(ITEM if is_number else ANY))

    def _step(self, receiver: Node, key: str, scope: _Scope) -> ReadValue:
        own = receiver.operator if receiver.kind is NodeKind.NAME else ""
        if own == _PARAMS and own not in scope:
            self.params.add(key)
            return _NOWHERE
        if own == _VARIABLES and own not in scope:
            return self._variable(key)
        value = self._value(receiver, scope)
        # The values of a map that the expression makes itself stand among its items.
        return ReadValue(value.items | {(*place, key) for place in value.places})

    def _list(self, node: Node, scope: _Scope) -> ReadValue:
        one_of = _NOWHERE.join(*self._values(node.children, scope))
        return ReadValue(items=one_of.places | one_of.items)

    def _map(self, node: Node, scope: _Scope) -> ReadValue:
        self._use(*self._values(node.children[::2], scope))
        one_of = _NOWHERE.join(*self._values(node.children[1::2], scope))
        return ReadValue(items=one_of.places | one_of.items)

    def _operation(self, node: Node, scope: _Scope) -> ReadValue:
        values = self._values(node.children, scope)
        if node.operator in {"==", "!="} and any(
            child.kind is NodeKind.LITERAL and child.operator == "null" for child in node.children
        ):
            for value in values:
                self._ask(value)
        else:
            self._use(*values)
        return _NOWHERE

    def _conditional(self, node: Node, scope: _Scope) -> ReadValue:
        condition, *branches = node.children
        self._use(self._value(condition, scope))
        return _NOWHERE.join(*self._values(branches, scope))

    def _call(self, node: Node, scope: _Scope) -> ReadValue:
        if node.bound:
            return self._macro(node, scope)
        values = self._values(node.children, scope)
        if node.operator in _OF_PRESENCE:
            for value in values:
                self._ask(value)
            return _NOWHERE
        if node.operator in _UNCHANGED:
            return _NOWHERE.join(*values)
        if node.is_method and node.operator in _OF_ELEMENTS | _REARRANGED:
            return self._part(node, values)
        self._use(*values)
        return _NOWHERE

    def _part(self, node: Node, values: list[ReadValue]) -> ReadValue:
        receiver, *arguments = values
        self._use(*arguments)
        self._ask(receiver)
        if node.operator in _COMPARING:
            self._use(receiver)
        if node.operator in _OF_ELEMENTS:
            return ReadValue(receiver.elements())
        deeper = ReadValue(receiver.elements()).elements() if node.operator == "flatten" else ()
        return ReadValue(items=receiver.elements().union(deeper))

    def _macro(self, node: Node, scope: _Scope) -> ReadValue:
        """Return what a call gives that binds names in its arguments."""
        if node.operator == "bind":
            _, value, body = node.children
            return self._value(body, {**scope, node.bound[0]: self._value(value, scope)})
        receiver = self._value(node.children[0], scope)
        self._ask(receiver)
        *keys, name = node.bound
        is_optional = node.operator in {"optMap", "optFlatMap"}
        elements = receiver.elements(ANY if keys else ITEM)
        bound = receiver if is_optional else ReadValue(elements)
        inner = {**scope, **dict.fromkeys(keys, _NOWHERE), name: bound}
        *conditions, last = self._values(node.children[1:], inner)
        self._use(*conditions)
        if node.operator in _QUANTIFIERS:
            self._use(last)
            return _NOWHERE
        if is_optional:
            return last
        if node.operator in {"filter", "sortBy"}:
            self._use(last)
            return ReadValue(items=elements)
        return ReadValue(items=last.places | last.items)


_VISITS: Final = {
    NodeKind.LITERAL: _Reader._literal,  # noqa: SLF001 (its own table)
    NodeKind.NAME: _Reader._name,  # noqa: SLF001
    NodeKind.FIELD: _Reader._field,  # noqa: SLF001
    NodeKind.INDEX: _Reader._index,  # noqa: SLF001
    NodeKind.CALL: _Reader._call,  # noqa: SLF001
    NodeKind.LIST: _Reader._list,  # noqa: SLF001
    NodeKind.MAP: _Reader._map,  # noqa: SLF001
    NodeKind.UNARY: _Reader._operation,  # noqa: SLF001
    NodeKind.BINARY: _Reader._operation,  # noqa: SLF001
    NodeKind.CONDITIONAL: _Reader._conditional,  # noqa: SLF001
}
