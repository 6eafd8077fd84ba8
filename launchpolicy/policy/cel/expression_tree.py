"""The tree of an expression as the library reads it, with macros expanded and places.

The library gives its tree only as bytes (`cel.expr.ParsedExpr` of the CEL specification). They are
read here by a table of the few messages that are needed, with the wire format of protobuf.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, Final, NamedTuple

_VARINT, _FIXED, _BYTES, _FIXED_32 = 0, 1, 2, 5
_FIXED_SIZES: Final = {_FIXED: 8, _FIXED_32: 4}
_CONTINUES = 0x80


class Part(Enum):
    """What a node of the tree is."""

    TEXT = "text"
    CONSTANT = "constant"
    NAME = "name"
    FIELD = "field"
    CALL = "call"
    LIST = "list"
    MAP = "map"
    COMPREHENSION = "comprehension"


class ExpressionNode(NamedTuple):
    """A node; `offset` (characters) is where the library says it stands, -1 where it does not.

    `name` is that of a name, a field or a function, or the value of a text. `children` are the
    operand of a field, target and arguments of a call, the elements of a list, the keys and values
    of a map in turn; of a comprehension range, start, condition, step and result. `names` are the
    variables of a comprehension: of the element, of the result so far and, if any, of the value.
    """

    part: Part
    offset: int
    name: str = ""
    children: tuple[ExpressionNode, ...] = ()
    names: tuple[str, ...] = ()


_Fields = dict[int, list[Any]]


def tree_of(serialized: bytes) -> ExpressionNode:
    """Return the tree that the library has serialized (`google.protobuf.Any` around it)."""
    whole = _fields(_first(_fields(serialized), 2))
    root, source = _first(whole, 2), _fields(_first(whole, 3))
    positions = {}
    for entry in source.get(4, ()):
        pair = _fields(entry)
        positions[_first(pair, 1, 0)] = _first(pair, 2, 0)
    return _node(root, positions)


def _node(data: bytes, positions: Mapping[int, int]) -> ExpressionNode:
    fields = _fields(data)
    offset = positions.get(_first(fields, 2, 0), -1)
    for number, read in _READERS.items():
        if number in fields:
            return read(_fields(_first(fields, number)), offset, positions)
    return ExpressionNode(Part.CONSTANT, offset)


def _constant(fields: _Fields, offset: int, _positions: Mapping[int, int]) -> ExpressionNode:
    if 6 in fields:  # noqa: PLR2004 (cel.expr.Constant.string_value)
        return ExpressionNode(Part.TEXT, offset, _text(fields, 6))
    return ExpressionNode(Part.CONSTANT, offset)


def _name(fields: _Fields, offset: int, _positions: Mapping[int, int]) -> ExpressionNode:
    return ExpressionNode(Part.NAME, offset, _text(fields, 1))


def _field(fields: _Fields, offset: int, positions: Mapping[int, int]) -> ExpressionNode:
    operand = _node(_first(fields, 1), positions)
    return ExpressionNode(Part.FIELD, offset, _text(fields, 2), (operand,))


def _call(fields: _Fields, offset: int, positions: Mapping[int, int]) -> ExpressionNode:
    values = [*fields.get(1, ()), *fields.get(3, ())]
    children = tuple(_node(value, positions) for value in values)
    return ExpressionNode(Part.CALL, offset, _text(fields, 2), children)


def _list(fields: _Fields, offset: int, positions: Mapping[int, int]) -> ExpressionNode:
    elements = tuple(_node(element, positions) for element in fields.get(1, ()))
    return ExpressionNode(Part.LIST, offset, "", elements)


def _map(fields: _Fields, offset: int, positions: Mapping[int, int]) -> ExpressionNode:
    entries = [_fields(entry) for entry in fields.get(2, ())]
    parts = [_first(entry, number) for entry in entries for number in (3, 4) if number in entry]
    children = tuple(_node(part, positions) for part in parts)
    return ExpressionNode(Part.MAP, offset, "", children)


def _comprehension(fields: _Fields, offset: int, positions: Mapping[int, int]) -> ExpressionNode:
    children = tuple(_node(_first(fields, number), positions) for number in (2, 4, 5, 6, 7))
    names = tuple(_text(fields, number) for number in (1, 3, 8))
    return ExpressionNode(Part.COMPREHENSION, offset, "", children, names)


_READERS: Final = {
    3: _constant,
    4: _name,
    5: _field,
    6: _call,
    7: _list,
    8: _map,
    9: _comprehension,
}
"""The kinds of `cel.expr.Expr`, by the number of the field that holds each."""


def _first(fields: _Fields, number: int, default: Any = b"") -> Any:  # noqa: ANN401 (bytes or int)
    return fields[number][0] if number in fields else default


def _text(fields: _Fields, number: int) -> str:
    value: bytes = _first(fields, number)
    return value.decode()


def _fields(data: bytes) -> _Fields:
    """Return the fields of a message by number: integers, or bytes of texts and messages."""
    fields: _Fields = {}
    for number, value in _pairs(data):
        fields.setdefault(number, []).append(value)
    return fields


def _pairs(data: bytes) -> Iterator[tuple[int, Any]]:
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        number, wire = tag >> 3, tag & 7
        if wire == _VARINT:
            value, at = _varint(data, at)
            yield number, value
        else:
            size = _FIXED_SIZES.get(wire, 0)
            if wire == _BYTES:
                size, at = _varint(data, at)
            yield number, data[at : at + size]
            at += size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & (_CONTINUES - 1)) << shift
        at, shift = at + 1, shift + 7
        if byte < _CONTINUES:
            return value, at
