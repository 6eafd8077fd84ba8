"""A kind's JSON Schema as protobuf message types, so that CEL can check field paths.

Objects become messages, arrays repeated fields, string maps map fields, `date-time` strings the
opaque message `DateTime` (an expression must say `timestamp(x)` before it compares one), and what
has no single type becomes `google.protobuf.Value`, which CEL treats as dynamic. The types are for
the check only; expressions run on plain data.

This is how the first two editions (`policy.edition`) checked, kept for what was judged by them: of
what may be null or of several forms they checked no field. `policy.cel.message_types` is in use.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from google.protobuf import descriptor_pb2, descriptor_pool, struct_pb2

from launchpolicy.documents.schema.dialect import resolve
from launchpolicy.policy.cel.scalars import ComparedLiterals
from launchpolicy.policy.cel.shapes import SchemaShapes

PACKAGE = "kind"
DATE_TIME = f"{PACKAGE}.DateTime"
ROOT = f"{PACKAGE}.Object"

_Field = descriptor_pb2.FieldDescriptorProto
_SCALARS = {
    "string": _Field.TYPE_STRING,
    "integer": _Field.TYPE_INT64,
    "number": _Field.TYPE_DOUBLE,
    "boolean": _Field.TYPE_BOOL,
}
_NOT_IDENTIFIER = re.compile(r"[^A-Za-z0-9_]")

Schema = Any


class _Type(NamedTuple):
    """The type of one field: a scalar `number`, or a message `name`; `map` for string maps."""

    number: int
    name: str = ""
    repeated: bool = False
    map: bool = False


_ANY = _Type(_Field.TYPE_MESSAGE, ".google.protobuf.Value")


class KindTypes(NamedTuple):
    """The message types of one kind.

    `odd_keys` are the property names that are not identifiers, each with the field name that
    stands for it. `fields` lists the field names of each message, for suggestions. `facts` are the
    message types of the facts, by variable. `root` is the message whose field `object` has the type
    of a document that is a list or a map, "" where it is the message `ROOT`.

    `shapes` and `fact_shapes` are what `field_check` goes by, None and none in the first two
    editions. `open_messages` have fields that are not declared, and `relaxed_pool` makes a pool in
    which those, and lists that may be null, are of any type.
    """

    pool: Any
    odd_keys: dict[str, str]
    fields: dict[str, tuple[str, ...]]
    facts: dict[str, str]
    root: str = ""
    shapes: SchemaShapes | None = None
    open_messages: frozenset[str] = frozenset()
    relaxed_pool: Callable[[], Any] | None = None
    fact_shapes: Mapping[str, SchemaShapes] = MappingProxyType({})
    compared: ComparedLiterals = ComparedLiterals.ALL
    """Which literals that a value can never be are mistakes: none up to the fifth edition."""


def earlier_kind_types(schema: Schema, facts: Mapping[str, Schema] | None = None) -> KindTypes:
    """Return the types of a kind whose documents follow `schema` (draft 2020-12, local references).

    `facts` are the shapes of further variables.
    """
    builder = _DescriptorBuilder(schema)
    root = builder.document(schema)
    variables = {
        name: builder.message(f"Fact_{name}", shape).name.removeprefix(".")
        for name, shape in (facts or {}).items()
    }
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(struct_pb2.DESCRIPTOR.serialized_pb)
    pool.AddSerializedFile(builder.file.SerializeToString())
    return KindTypes(pool, builder.odd_keys, builder.fields, variables, root)


def field_name(key: str) -> str:
    """Return the field for a property, of the same length, so that columns stay right."""
    name = _NOT_IDENTIFIER.sub("_", key)
    return f"_{name[1:]}" if name[:1].isdigit() else name


def _scalar(kind: Any, schema: Schema) -> _Type:  # noqa: ANN401 (`type` may be a list)
    if kind == "string" and schema.get("format") == "date-time":
        return _Type(_Field.TYPE_MESSAGE, f".{DATE_TIME}")
    return _Type(_SCALARS[kind]) if isinstance(kind, str) and kind in _SCALARS else _ANY


class _DescriptorBuilder:
    def __init__(self, root: Schema) -> None:
        self.root = root
        self.file = descriptor_pb2.FileDescriptorProto(
            name="kind.proto", package=PACKAGE, syntax="proto3"
        )
        self.file.dependency.append("google/protobuf/struct.proto")
        self.file.message_type.add(name="DateTime")
        self.named: dict[str, _Type] = {}
        self.fields: dict[str, tuple[str, ...]] = {}
        self.odd_keys: dict[str, str] = {}

    def document(self, schema: Schema) -> str:
        """Add the type of a whole document; return the message that holds a list or a map."""
        whole = self._resolve(schema["$ref"]) if "$ref" in schema else schema
        is_list = whole.get("type") == "array"
        may_be_map = whole.get("type") == "object" and "properties" not in whole
        kind = self.type_of(whole, "Entry") if is_list or may_be_map else _ANY
        if not (is_list or kind.map):
            self.message("Object", schema)
            return ""
        self._add_field(self.file.message_type.add(name="Root"), "object", 1, kind)
        return f"{PACKAGE}.Root"

    def message(self, name: str, schema: Schema) -> _Type:
        """Add the message of an object schema with properties; names are made unique."""
        taken = {message.name for message in self.file.message_type}
        unique, serial = name, 1
        while unique in taken:
            serial += 1
            unique = f"{name}{serial}"
        message = self.file.message_type.add(name=unique)
        result = _Type(_Field.TYPE_MESSAGE, f".{PACKAGE}.{unique}")
        if "$ref" in schema:
            schema = self._resolve(schema["$ref"])
        properties = schema.get("properties", {})
        self.fields[f"{PACKAGE}.{unique}"] = tuple(properties)
        used: set[str] = set()
        for number, (key, value) in enumerate(properties.items(), start=1):
            field = field_name(key)
            if field in used:
                continue
            used.add(field)
            if field != key:
                self.odd_keys[key] = field
            self._add_field(
                message, field, number, self.type_of(value, unique + key[:1].upper() + key[1:])
            )
        return result

    def type_of(self, schema: Schema, name: str) -> _Type:
        """Return the type for `schema`; `name` is used should a new message be needed."""
        if not isinstance(schema, dict):
            return _ANY
        if "$ref" in schema:
            return self._reference_type(schema["$ref"])
        branches = schema.get("anyOf") or schema.get("oneOf") or schema.get("allOf")
        if branches and "type" not in schema:
            types = {self.type_of(branch, name) for branch in branches}
            return types.pop() if len(types) == 1 else _ANY
        kind = schema.get("type", self._implied_type(schema))
        if kind == "object":
            return self._object(schema, name)
        if kind == "array":
            item = self.type_of(schema.get("items"), f"{name}Item")
            return item._replace(repeated=True) if not (item.repeated or item.map) else _ANY
        return _scalar(kind, schema)

    def _object(self, schema: Schema, name: str) -> _Type:
        if "properties" in schema:
            cleaned = _NOT_IDENTIFIER.sub("_", name)
            return self.message(cleaned, schema)
        values = schema.get("additionalProperties")
        patterns = schema.get("patternProperties")
        if values in (None, False) and patterns and len(patterns) == 1:
            values = next(iter(patterns.values()))
        if not isinstance(values, dict):
            return _ANY
        value = self.type_of(values, f"{name}Value")
        if value.repeated or value.map:
            value = _ANY
        return value._replace(map=True)

    def _reference_type(self, reference: str) -> _Type:
        if reference not in self.named:
            target = self._resolve(reference)
            name = _NOT_IDENTIFIER.sub("_", reference.rsplit("/", 1)[-1])
            if (
                isinstance(target, dict)
                and target.get("type") == "object"
                and "properties" in target
            ):
                # Entered before its fields are built: a definition may refer to itself.
                placeholder = _Type(_Field.TYPE_MESSAGE, f".{PACKAGE}.Ref_{name}")
                self.named[reference] = placeholder
                self.message(f"Ref_{name}", target)
            else:
                self.named[reference] = self.type_of(target, name)
        return self.named[reference]

    def _resolve(self, reference: str) -> Schema:
        return resolve(self.root, reference)

    @staticmethod
    def _implied_type(schema: Schema) -> str | None:
        """Return the type that `enum` or `const` values share, where `type` is not written."""
        values = schema.get("enum") or ([schema["const"]] if "const" in schema else [])
        if "properties" in schema:
            return "object"
        return "string" if values and all(isinstance(value, str) for value in values) else None

    def _add_field(self, message: Any, name: str, number: int, kind: _Type) -> None:  # noqa: ANN401
        repeated = kind.repeated or kind.map
        label = _Field.LABEL_REPEATED if repeated else _Field.LABEL_OPTIONAL
        if kind.map:
            kind = _map_entry(message, name, kind)
        message.field.add(
            name=name, number=number, type=kind.number, type_name=kind.name or None, label=label
        )


def _map_entry(message: Any, name: str, value: _Type) -> _Type:  # noqa: ANN401
    """Add the entry type that stands for a map field (protobuf language guide, "Maps")."""
    camel = "".join(part[:1].upper() + part[1:] for part in name.split("_"))
    entry = message.nested_type.add(name=f"{camel}Entry")
    entry.options.map_entry = True
    for number, field, kind in ((1, "key", _Type(_Field.TYPE_STRING)), (2, "value", value)):
        entry.field.add(
            name=field,
            number=number,
            type=kind.number,
            type_name=kind.name or None,
            label=_Field.LABEL_OPTIONAL,
        )
    return _Type(_Field.TYPE_MESSAGE, f".{PACKAGE}.{message.name}.{camel}Entry")
