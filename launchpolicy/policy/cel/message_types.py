"""A kind's schema as protobuf message types, with which the library checks operators and functions.

Objects become messages (branches of a choice and parts of `allOf` one message together), arrays
repeated fields, string maps map fields, what may be null a wrapper, `date-time` texts the opaque
message `DateTime` (an expression must say `timestamp(x)` before it compares one). What may be of
several types becomes `google.protobuf.Value`, which CEL takes for anything; its fields are checked
by `policy.cel.field_check`. The types are for the check only; expressions run on plain data.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from google.protobuf import descriptor_pb2, descriptor_pool, struct_pb2, wrappers_pb2

from launchpolicy.policy.cel.descriptors import DATE_TIME, PACKAGE, ROOT, KindTypes
from launchpolicy.policy.cel.key_access import inner_name
from launchpolicy.policy.cel.shapes import DATE_TIME as DATE_TIME_KIND
from launchpolicy.policy.cel.shapes import SchemaShapes, Shape

_Field = descriptor_pb2.FieldDescriptorProto
_PLAIN: Final = {
    "string": _Field.TYPE_STRING,
    "integer": _Field.TYPE_INT64,
    "number": _Field.TYPE_DOUBLE,
    "boolean": _Field.TYPE_BOOL,
}
_WRAPPERS: Final = {
    "string": "StringValue",
    "integer": "Int64Value",
    "number": "DoubleValue",
    "boolean": "BoolValue",
}
_NOT_IDENTIFIER: Final = re.compile(r"[^A-Za-z0-9_]")
_DEFINITION: Final = re.compile(r"#/(?:\$defs|definitions)/([^/]+)")
_MOST_MESSAGES: Final = 5_000
"""Objects beyond these are taken for anything, so that choices cannot multiply without end."""

_MOST_FIELDS: Final = 2_000
"""An object that lists more keys is taken for anything here: protobuf lays out no such message."""

_RESERVED_NUMBERS: Final = range(19_000, 20_000)
"""Numbers that protobuf keeps for itself."""


class _FieldType(NamedTuple):
    """The type of one field: a scalar `number`, or a message `name`; `map` for string maps."""

    number: int
    name: str = ""
    repeated: bool = False
    map: bool = False


_ANY: Final = _FieldType(_Field.TYPE_MESSAGE, ".google.protobuf.Value")


def kind_types(schema: Mapping[str, Any], facts: Mapping[str, Any] | None = None) -> KindTypes:
    """Return the types of a kind whose documents follow `schema` (our dialect).

    `facts` are the shapes of further variables.
    """
    shapes = SchemaShapes(schema)
    fact_shapes = {name: SchemaShapes(shape) for name, shape in (facts or {}).items()}
    try:
        messages = _messages(shapes, fact_shapes, is_relaxed=False)
    except RecursionError:  # lists in lists a thousand levels deep: taken for anything
        shapes = SchemaShapes({})
        messages = _messages(shapes, fact_shapes, is_relaxed=False)

    def relaxed_pool() -> Any:  # noqa: ANN401 (the pool of protobuf)
        return _pool(_messages(shapes, fact_shapes, is_relaxed=True).file)

    return KindTypes(
        _pool(messages.file),
        {},
        messages.fields,
        messages.facts,
        root=messages.root,
        shapes=shapes,
        open_messages=frozenset(messages.open_messages),
        relaxed_pool=relaxed_pool,
        fact_shapes=fact_shapes,
    )


class _Messages(NamedTuple):
    """The file of all messages, and what `KindTypes` says of them."""

    file: Any
    fields: dict[str, tuple[str, ...]]
    facts: dict[str, str]
    open_messages: set[str]
    root: str


def _pool(file: Any) -> Any:  # noqa: ANN401 (types of protobuf)
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(struct_pb2.DESCRIPTOR.serialized_pb)
    pool.AddSerializedFile(wrappers_pb2.DESCRIPTOR.serialized_pb)
    pool.AddSerializedFile(file.SerializeToString())
    return pool


def _messages(
    shapes: SchemaShapes, facts: Mapping[str, SchemaShapes], *, is_relaxed: bool
) -> _Messages:
    file = descriptor_pb2.FileDescriptorProto(name="kind.proto", package=PACKAGE, syntax="proto2")
    file.dependency.extend(["google/protobuf/struct.proto", "google/protobuf/wrappers.proto"])
    file.message_type.add(name="DateTime")
    builder = _MessageBuilder(file, shapes, is_relaxed=is_relaxed)
    root = builder.document()
    messages = _Messages(file, dict(builder.fields), {}, set(builder.open_messages), root)
    for name, fact in facts.items():
        own = _MessageBuilder(file, fact, is_relaxed=is_relaxed)
        message = own.message(f"Fact_{name}", fact.root)
        messages.facts[name] = message.name.removeprefix(".")
        messages.fields.update(own.fields)
        messages.open_messages.update(own.open_messages)
    return messages


class _MessageBuilder:
    """The messages of one schema, added to a file; one message for each shape."""

    def __init__(self, file: Any, shapes: SchemaShapes, *, is_relaxed: bool) -> None:  # noqa: ANN401
        self.shapes = shapes
        self.fields: dict[str, tuple[str, ...]] = {}
        self.open_messages: set[str] = set()
        self._file = file
        self._is_relaxed = is_relaxed
        self._types: dict[Shape, _FieldType] = {}
        self._names = {message.name for message in file.message_type}
        self._waiting: list[tuple[Any, Shape]] = []
        self._is_building = False

    def document(self) -> str:
        """Add the type of a whole document; return the message that holds a list or a map."""
        shape = self.shapes.root
        count = len(self.shapes.keys(shape))
        if 0 < count <= _MOST_FIELDS:
            self.message("Object", shape)
            return ""
        kind = self._type(shape, "Entry")
        self.fields[ROOT] = ()
        self._file.message_type.add(name="Object")
        self._names.add("Object")
        if not (kind.repeated or kind.map):
            return ""
        _add_field(self._file.message_type.add(name="Root"), "object", 1, kind, set())
        self._names.add("Root")
        return f"{PACKAGE}.Root"

    def message(self, name: str, shape: Shape) -> _FieldType:
        """Add the message of an object; names are made unique, and its fields follow at once."""
        unique, serial = _NOT_IDENTIFIER.sub("_", name), 1
        while unique in self._names:
            serial += 1
            unique = f"{_NOT_IDENTIFIER.sub('_', name)}{serial}"
        self._names.add(unique)
        result = _FieldType(_Field.TYPE_MESSAGE, f".{PACKAGE}.{unique}")
        self._types[shape] = result
        self.fields[f"{PACKAGE}.{unique}"] = self.shapes.keys(shape)
        if self.shapes.is_open(shape):
            self.open_messages.add(f"{PACKAGE}.{unique}")
        message = self._file.message_type.add(name=unique)
        message.options.deprecated_legacy_json_field_conflicts = True  # `a_b` beside `aB` is fine
        self._waiting.append((message, shape))
        self._build()
        return result

    def _build(self) -> None:
        """Add the fields of the messages that wait for them: in a loop, however deep they nest."""
        if self._is_building:
            return
        self._is_building = True
        while self._waiting:
            message, shape = self._waiting.pop(0)
            entries: set[str] = set()
            for number, key in enumerate(self.shapes.keys(shape), start=1):
                field = self.shapes.field(shape, key)
                name = message.name + key[:1].upper() + key[1:]
                kind = self._type(field, name) if isinstance(field, frozenset) else _ANY
                _add_field(message, inner_name(key), number, kind, entries)
        self._is_building = False

    def _type(self, shape: Shape | None, name: str) -> _FieldType:
        """Return the type for a shape; `name` is used should a new message be needed."""
        if shape is None:
            return _ANY
        shape = self.shapes.follow_references(shape)
        if shape not in self._types:
            self._types[shape] = _ANY  # what a list of itself is, of itself
            self._types[shape] = self._new_type(shape, name)
        return self._types[shape]

    def _new_type(self, shape: Shape, name: str) -> _FieldType:
        all_kinds = self.shapes.kinds(shape)
        if all_kinds is None:
            return _ANY
        kinds, is_nullable = set(all_kinds - {"null"}), "null" in all_kinds
        if kinds == {"integer", "number"}:
            kinds = {"number"}
        if len(kinds) != 1:
            return _ANY
        (kind,) = kinds
        if kind in _PLAIN:
            if is_nullable:
                return _FieldType(_Field.TYPE_MESSAGE, f".google.protobuf.{_WRAPPERS[kind]}")
            return _FieldType(_PLAIN[kind])
        if kind == DATE_TIME_KIND:
            return _FieldType(_Field.TYPE_MESSAGE, f".{DATE_TIME}")
        result = self._object(shape, name) if kind == "object" else self._list(shape, name)
        is_container = result.repeated or result.map
        return _ANY if self._is_relaxed and is_nullable and is_container else result

    def _list(self, shape: Shape, name: str) -> _FieldType:
        items = self.shapes.items(shape)
        item = self._type(items, f"{name}Item")
        return item._replace(repeated=True) if not (item.repeated or item.map) else _ANY

    def _object(self, shape: Shape, name: str) -> _FieldType:
        if keys := self.shapes.keys(shape):
            is_too_much = len(self._names) > _MOST_MESSAGES or len(keys) > _MOST_FIELDS
            if is_too_much or (self._is_relaxed and self.shapes.is_open(shape)):
                return _ANY
            return self.message(_definition(shape) or name, shape)
        values = self.shapes.values(shape)
        if values is None:
            return _ANY
        value = self._type(values, f"{name}Value")
        return (_ANY if value.repeated or value.map else value)._replace(map=True)


def _definition(shape: Shape) -> str:
    """Return the name for the message of a definition; "" for any other shape."""
    name = _DEFINITION.fullmatch(next(iter(shape))) if len(shape) == 1 else None
    return f"Ref_{name[1]}" if name else ""


def _add_field(message: Any, name: str, number: int, kind: _FieldType, entries: set[str]) -> None:  # noqa: ANN401
    if number >= _RESERVED_NUMBERS.start:
        number += len(_RESERVED_NUMBERS)
    if kind.map:
        kind = _map_entry(message, name, kind, entries)
    label = _Field.LABEL_REPEATED if kind.repeated else _Field.LABEL_OPTIONAL
    message.field.add(
        name=name,
        number=number,
        type=kind.number,
        type_name=kind.name or None,
        label=label,
        json_name=f"f{number}",
    )


def _map_entry(message: Any, name: str, value: _FieldType, entries: set[str]) -> _FieldType:  # noqa: ANN401
    """Add the entry type that stands for a map field (protobuf language guide, "Maps")."""
    camel = "".join(part[:1].upper() + part[1:] for part in name.split("_"))
    if camel in entries:  # `a_b` and `aB`: protobuf allows one of them
        return _ANY
    entries.add(camel)
    entry = message.nested_type.add(name=f"{camel}Entry")
    entry.options.map_entry = True
    for number, field, kind in ((1, "key", _FieldType(_Field.TYPE_STRING)), (2, "value", value)):
        entry.field.add(
            name=field,
            number=number,
            type=kind.number,
            type_name=kind.name or None,
            label=_Field.LABEL_OPTIONAL,
        )
    return _FieldType(_Field.TYPE_MESSAGE, f".{PACKAGE}.{message.name}.{camel}Entry", repeated=True)
