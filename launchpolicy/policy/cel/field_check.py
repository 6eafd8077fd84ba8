"""The check of field names against all schemas that a value may follow.

The library's own check knows one type for each field, so it takes what may be of several forms for
anything. This one follows values through an expression by their shapes (`policy.cel.shapes`), as
far as they come from documents; what an expression makes itself is left to the library.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final, NamedTuple

from launchpolicy.documents.schema.patterns import PatternError, compile_pattern
from launchpolicy.policy.cel.field_problem import FieldProblem
from launchpolicy.policy.cel.key_access import text_of
from launchpolicy.policy.cel.scalars import TEXT, ComparedLiterals, Scalar, scalar_of
from launchpolicy.policy.cel.shapes import NoSuchField, SchemaShapes, Shape
from launchpolicy.policy.cel.tree import Node, NodeKind
from launchpolicy.policy.policy import ANY_KEY

_PASSING: Final = frozenset({"optional.of", "optional.ofNonZeroValue", "value", "or", "orValue"})
"""Functions that give one of the values that they take."""

_OF_LISTS: Final = frozenset({"reverse", "distinct", "slice", "sort"})
"""Functions that give the list that they take, or a part of it."""

_OF_ELEMENTS: Final = frozenset({"first", "last"})
_OF_PATTERNS: Final = frozenset({"matches", "regex.extract", "regex.extractAll", "regex.replace"})
"""Functions whose second value is a regular expression."""

_NAMESPACES: Final = frozenset({"optional", "regex"})
_OF_OPTIONAL: Final = frozenset({"optMap", "optFlatMap"})
_TO_LISTS: Final = frozenset({"map", "transformList"})
"""Macros that give a list of what their last argument is for each element."""

_OF_BIND: Final = 2
_EQUALITIES: Final = frozenset({"==", "!="})
_IDENTIFIER: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class Value(NamedTuple):
    """What is known of a value: its shape, or the elements of a list that the expression made.

    Neither of them: it may be anything, or it is plain, without fields (a text, null).
    """

    shape: Shape | None = None
    elements: Value | None = None
    shapes: SchemaShapes | None = None
    """The schema that `shape` belongs to."""

    is_plain: bool = False
    is_exact: bool = True
    """Whether it can be nothing but what the shape says: not what an expression takes instead."""


ANYTHING: Final = Value()
_PLAIN: Final = Value(is_plain=True)


class FieldCheck:
    """The check of one expression; `problems` are what it has met, in the order of the walk."""

    def __init__(
        self, values: Mapping[str, Value], compared: ComparedLiterals = ComparedLiterals.ALL
    ) -> None:
        """Take the values of variables by name: `object`, `each`, `variables.plan`.

        With others than those `compared` every value may be compared.
        """
        self._values = values
        self._compared = compared
        self.problems: dict[FieldProblem, None] = {}

    def value(self, node: Node, scope: Mapping[str, Value]) -> Value:
        """Return what is known of the value of a node; `scope` are the variables of macros."""
        if node.kind is NodeKind.NAME:
            name = node.operator
            return scope[name] if name in scope else self._values.get(name, ANYTHING)
        if node.kind is NodeKind.FIELD:
            return self._field(node, scope)
        if node.kind is NodeKind.CALL and node.bound:
            return self._macro(node, scope)
        children = node.children[1:] if _in_namespace(node, scope) else node.children
        values = [self.value(child, scope) for child in children]
        is_call = node.kind is NodeKind.CALL
        return self._call(node, values) if is_call else self._from_parts(node, values)

    def _field(self, node: Node, scope: Mapping[str, Value]) -> Value:
        (operand,) = node.children
        key = node.operator.strip("`")
        is_name = operand.kind is NodeKind.NAME and operand.operator not in scope
        if is_name and not node.is_optional:
            declared = self._values.get(f"{operand.operator}.{key}")
            if declared is not None:
                return declared
        value = self.value(operand, scope)
        # Within the quotes, as without them; a key that needs them begins with the first.
        is_inside = node.operator != key and _IDENTIFIER.fullmatch(key) is not None
        return self._step(value, key, node.end - len(node.operator) + is_inside)

    def _from_parts(self, node: Node, values: list[Value]) -> Value:
        """Return what is known of what an operator, or a literal, makes of the parts of a node."""
        if node.kind is NodeKind.CONDITIONAL:
            return _either(values[1:])
        if node.kind is NodeKind.LIST:
            return Value(elements=_either(values))
        if node.kind is NodeKind.INDEX:
            index = node.children[1]
            key = _text(index)
            return _inside(values[0]) if key is None else self._step(values[0], key, index.start)
        if node.kind is NodeKind.BINARY:
            return self._operation(node, values)
        is_number = node.operator == "-" and node.children[0].kind is NodeKind.LITERAL
        return _PLAIN if is_number or not values else ANYTHING

    def _operation(self, node: Node, values: list[Value]) -> Value:
        if node.operator == "+":
            return _either(values)
        first, *others = node.children
        if node.operator in _EQUALITIES:
            self._compare(values[0], others)
            self._compare(values[1], [first])
        if node.operator == "in":
            key = _text(first)
            if key is not None:
                self._step(values[1], key, first.start)
            self._compare(_elements(values[1]), [first])
            if others[0].kind is NodeKind.LIST:
                self._compare(values[0], others[0].children)
        return ANYTHING

    def _compare(self, value: Value, others: Iterable[Node]) -> None:
        """Note each text, number or truth value among `others` that a value can never be."""
        if value.shape is None or value.shapes is None or not value.is_exact:
            return
        shape, shapes = value.shape, value.shapes
        for other in others if self._compared is not ComparedLiterals.NONE else ():
            scalar = scalar_of(other)
            if scalar is None or not self._is_never(shapes, shape, scalar):
                continue
            listed = shapes.enumeration(shape)
            problem = FieldProblem(
                other.start,
                scalar.source,
                tuple(sorted(one.source for one in listed)),
                literal_kind=scalar.kind,
                is_other_kind=scalar.kind not in {one.kind for one in listed},
            )
            self.problems[problem] = None

    def _is_never(self, shapes: SchemaShapes, shape: Shape, scalar: Scalar) -> bool:
        if self._compared is ComparedLiterals.ALL:
            return shapes.excludes(shape, scalar)
        texts = shapes.texts(shape)
        return scalar.kind == TEXT and bool(texts) and scalar.value not in (texts or ())

    def _call(self, node: Node, values: list[Value]) -> Value:
        name = node.operator
        if len(values) < len(node.children):
            name = f"{node.children[0].operator}.{name}"
        if name in _PASSING:
            return _either(values)
        if name in _OF_LISTS | _OF_ELEMENTS and values:
            return values[0] if name in _OF_LISTS else _elements(values[0])
        if name in _OF_PATTERNS and len(values) > 1:
            self._pattern(node.children[1 - len(values)])
        return _PLAIN if name == "optional.none" else ANYTHING

    def _macro(self, node: Node, scope: Mapping[str, Value]) -> Value:
        """Return what a call gives that binds names in its arguments."""
        receiver, *arguments = node.children
        if node.operator == "bind" and len(arguments) == _OF_BIND:
            value, body = arguments
            return self.value(body, {**scope, node.bound[0]: self.value(value, scope)})
        over = self.value(receiver, scope)
        *keys, name = node.bound
        inner = {**scope, **dict.fromkeys(keys, ANYTHING), name: _inside(over)}
        if node.operator in _OF_OPTIONAL:
            inner[name] = over
        elif not keys:
            inner[name] = _elements(over)
        values = [ANYTHING, *(self.value(argument, inner) for argument in arguments)]
        if node.operator in _OF_OPTIONAL:
            return values[-1]
        if node.operator == "filter":
            return Value(elements=inner[name])
        return Value(elements=values[-1]) if node.operator in _TO_LISTS else ANYTHING

    def _step(self, value: Value, key: str, offset: int) -> Value:
        if value.shape is None or value.shapes is None:
            return ANYTHING
        field = value.shapes.field(value.shape, key)
        if isinstance(field, NoSuchField):
            self.problems[FieldProblem(offset, key, field.known)] = None
            return ANYTHING
        return ANYTHING if field is None else Value(field, shapes=value.shapes)

    def _pattern(self, node: Node) -> None:
        pattern = _text(node)
        if pattern is None:
            return
        try:
            compile_pattern(pattern)
        except PatternError as error:
            self.problems[FieldProblem(node.start, pattern, reason=str(error))] = None


def _in_namespace(node: Node, scope: Mapping[str, Value]) -> bool:
    """Return whether a node is a call such as `optional.of(x)`, whose receiver is no value."""
    return (
        node.is_method
        and node.children[0].kind is NodeKind.NAME
        and node.children[0].operator in _NAMESPACES - scope.keys()
    )


def _text(node: Node) -> str | None:
    return text_of(node.operator) if node.kind is NodeKind.LITERAL else None


def _elements(value: Value) -> Value:
    if value.elements is not None:
        return value.elements
    return _inner(value, SchemaShapes.items)


def _inside(value: Value) -> Value:
    """Return what is known of an element of a list, or of a value of a map, whichever it is."""
    if value.shape is None or value.shapes is None:
        return _elements(value)
    kinds = value.shapes.kinds(value.shape) or frozenset()
    parts = {
        "array": _inner(value, SchemaShapes.items),
        "object": _inner(value, SchemaShapes.values),
    }
    known = [part for kind, part in parts.items() if part != ANYTHING or kind in kinds]
    return _either(known) if known else ANYTHING


def _inner(value: Value, read: Callable[[SchemaShapes, Shape], Shape | None]) -> Value:
    if value.shape is None or value.shapes is None:
        return ANYTHING
    shape = read(value.shapes, value.shape)
    return ANYTHING if shape is None else Value(shape, shapes=value.shapes)


def _either(values: Iterable[Value]) -> Value:
    """Return what is known of a value that is one of `values`; nothing, if one may be anything."""
    values = tuple(values)
    known, count = [value for value in values if not value.is_plain], len(values)
    owners = {value.shapes for value in known if value.shape is not None}
    if not known:
        return _PLAIN
    if ANYTHING in known or len(owners) > 1:
        return ANYTHING
    shape = frozenset[str]().union(*(value.shape for value in known if value.shape is not None))
    elements = [value.elements for value in known if value.elements is not None]
    return Value(
        shape or None,
        _either(elements) if elements else None,
        next(iter(owners), None),
        is_exact=len(known) == count and all(value.is_exact for value in known),
    )


def element_value(owner: SchemaShapes | None, route: str) -> Value:
    """Return what is known of the elements of the list at `route` of a document, or of a fact.

    Lists on the way are entered, so `releases.projects` is the projects of all releases. `*` is
    every value of a map.
    """
    if owner is None:
        return ANYTHING
    value = Value(owner.root, shapes=owner)
    steps = route.split(".")
    for step in steps:
        if step == ANY_KEY:
            value = _inside(value)
            continue
        if value.shape is None:
            return ANYTHING
        inner = owner.items(value.shape)
        field = owner.field(value.shape if inner is None else value.shape | inner, step)
        if field is None or isinstance(field, NoSuchField):
            return ANYTHING
        value = Value(field, shapes=owner)
    return value if steps[-1] == ANY_KEY else _elements(value)
