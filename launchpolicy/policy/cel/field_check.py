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
from launchpolicy.policy.cel.expression_tree import ExpressionNode, Part
from launchpolicy.policy.cel.shapes import NoSuchField, SchemaShapes, Shape
from launchpolicy.policy.policy import ANY_KEY

_STEPS: Final = frozenset({"_[_]", "_[?_]", "_?._"})
_PASSING: Final = frozenset({"optional.of", "optional.ofNonZeroValue", "value", "or", "orValue"})
"""Functions that give one of the values that they take."""

_OF_LISTS: Final = frozenset({"reverse", "distinct", "slice", "sort"})
"""Functions that give the list that they take, or a part of it."""

_OF_ELEMENTS: Final = frozenset({"first", "last"})
_OF_PATTERNS: Final = frozenset({"matches", "regex.extract", "regex.extractAll", "regex.replace"})
"""Functions whose second value is a regular expression."""

_NAMESPACES: Final = frozenset({"optional", "regex"})
_FIRST_NAME: Final = "#unused"
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


ANYTHING: Final = Value()
_PLAIN: Final = Value(is_plain=True)


class FieldProblem(NamedTuple):
    """A field that no schema has, or a pattern that cannot be run (`reason`), at an offset."""

    offset: int
    key: str
    known: tuple[str, ...] = ()
    reason: str = ""


class FieldCheck:
    """The check of one expression; `problems` are what it has met, in the order of the walk."""

    def __init__(self, expression: str, values: Mapping[str, Value]) -> None:
        """Take the values of variables by name: `object`, `each`, `variables.plan`."""
        self._expression = expression
        self._values = values
        self.problems: dict[FieldProblem, None] = {}

    def value(self, node: ExpressionNode, scope: Mapping[str, Value]) -> Value:
        """Return what is known of the value of a node; `scope` are the variables of macros."""
        read = {
            Part.NAME: self._name,
            Part.FIELD: self._field,
            Part.CALL: self._call,
            Part.LIST: self._list,
            Part.MAP: self._map,
            Part.COMPREHENSION: self._comprehension,
        }.get(node.part)
        return _PLAIN if read is None else read(node, scope)

    def _name(self, node: ExpressionNode, scope: Mapping[str, Value]) -> Value:
        name = node.name.lstrip(".")
        return scope[name] if name in scope else self._values.get(name, ANYTHING)

    def _list(self, node: ExpressionNode, scope: Mapping[str, Value]) -> Value:
        return Value(elements=_either(self.value(child, scope) for child in node.children))

    def _map(self, node: ExpressionNode, scope: Mapping[str, Value]) -> Value:
        for child in node.children:
            self.value(child, scope)
        return ANYTHING if node.children else _PLAIN

    def _field(self, node: ExpressionNode, scope: Mapping[str, Value]) -> Value:
        (operand,) = node.children
        if operand.part is Part.NAME and operand.name not in scope:
            declared = self._values.get(f"{operand.name}.{node.name}")
            if declared is not None:
                return declared
        value = self.value(operand, scope)
        return self._step(value, node.name, self._place(node.name, node, operand))

    def _call(self, node: ExpressionNode, scope: Mapping[str, Value]) -> Value:
        node = _with_whole_name(node, scope)
        values = [self.value(child, scope) for child in node.children]
        if node.name in _STEPS:
            return self._index(node, values[0])
        if node.name == "_?_:_":
            return _either(values[1:])
        if node.name == "_+_" or node.name in _PASSING:
            return _either(values)
        if node.name in _OF_LISTS | _OF_ELEMENTS and values:
            return values[0] if node.name in _OF_LISTS else _elements(values[0])
        if node.name == "@in" and node.children[0].part is Part.TEXT:
            self._step(values[1], node.children[0].name, node.children[0].offset)
        elif node.name in _OF_PATTERNS and len(values) > 1:
            self._pattern(node.children[1])
        return _PLAIN if node.name == "optional.none" else ANYTHING

    def _index(self, node: ExpressionNode, value: Value) -> Value:
        index = node.children[1]
        if index.part is Part.TEXT:
            place = index.offset
            if node.name == "_?._":
                place = self._place(index.name, node, node.children[0])
            return self._step(value, index.name, place)
        return _inside(value)

    def _step(self, value: Value, key: str, offset: int) -> Value:
        if value.shape is None or value.shapes is None:
            return ANYTHING
        field = value.shapes.field(value.shape, key)
        if isinstance(field, NoSuchField):
            self.problems[FieldProblem(offset, key, field.known)] = None
            return ANYTHING
        return ANYTHING if field is None else Value(field, shapes=value.shapes)

    def _comprehension(self, node: ExpressionNode, scope: Mapping[str, Value]) -> Value:
        """Follow the result so far twice through the loop: then nothing new is known of it."""
        range_of, start, condition, step, result = node.children
        element, so_far, second = node.names
        over = self.value(range_of, scope)
        inner = dict(scope)
        if second:
            inner |= {element: ANYTHING, second: _inside(over)}
        elif element != _FIRST_NAME:
            inner[element] = _elements(over)
        inner[so_far] = self.value(start, scope)
        for _ in range(2):
            self.value(condition, inner)
            inner[so_far] = _either([inner[so_far], self.value(step, inner)])
        return self.value(result, inner)

    def _pattern(self, node: ExpressionNode) -> None:
        if node.part is not Part.TEXT:
            return
        try:
            compile_pattern(node.name)
        except PatternError as error:
            self.problems[FieldProblem(node.offset, node.name, reason=str(error))] = None

    def _place(self, key: str, node: ExpressionNode, operand: ExpressionNode) -> int:
        """Return where a field stands: the library names its dot, or the macro around it."""
        name = re.escape(key)
        quoted = rf"\b{name}\b" if _IDENTIFIER.fullmatch(key) else rf"`{name}`"
        after = max(_last_offset(operand), 0)
        at = re.compile(rf"\.\s*\??\s*`?({quoted})").search(self._expression, after)
        return at.start(1) if at else max(node.offset, 0)


def _with_whole_name(node: ExpressionNode, scope: Mapping[str, Value]) -> ExpressionNode:
    """Return a call of `optional.of(x)` as one of that name: the tree has it as `of` of a name."""
    receiver = node.children[0] if node.children else node
    if receiver.part is not Part.NAME or receiver.name not in _NAMESPACES - scope.keys():
        return node
    return node._replace(name=f"{receiver.name}.{node.name}", children=node.children[1:])


def _last_offset(node: ExpressionNode) -> int:
    """Return the offset of the last part of a chain of fields, as far as the library says it."""
    own = node.offset
    return max([own, *map(_last_offset, node.children)]) if node.part is not Part.CALL else own


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
    known = [value for value in values if not value.is_plain]
    owners = {value.shapes for value in known if value.shape is not None}
    if not known:
        return _PLAIN
    if ANYTHING in known or len(owners) > 1:
        return ANYTHING
    shape = frozenset[str]().union(*(value.shape for value in known if value.shape is not None))
    elements = [value.elements for value in known if value.elements is not None]
    return Value(shape or None, _either(elements) if elements else None, next(iter(owners), None))


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
