"""What a JSON Schema says of the fields of a value, however many schemas apply to it.

A shape is the set of the schemas, by pointer, that a value may follow: the branches of `anyOf` and
`oneOf`, the parts of `allOf` and of conditions, and what references lead to. A field that none of
them knows is misspelt. Everything is made at the first question and kept, so a ring of references
or a schema of thousands of fields costs what is asked of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from launchpolicy.documents.schema.dialect import ASSERTIONS, join, resolve
from launchpolicy.documents.schema.patterns import PatternError, Patterns
from launchpolicy.policy.cel.scalars import Scalar, is_never, listed_values

Shape = frozenset[str]
"""Pointers of the schemas that a value may follow; never empty."""

_JOINT: Final = ("then", "else")
_LISTS: Final = ("allOf", "anyOf", "oneOf")
_CHOICES: Final = ("anyOf", "oneOf")
DATE_TIME: Final = "date-time"
_MOST_NODES: Final = 20_000
"""Schemas that may apply to one value; one with more is taken for anything."""


class NoSuchField(NamedTuple):
    """A field that no schema of a shape has; `known` are those that there are."""

    known: tuple[str, ...]


class SchemaShapes:
    """The shapes of one schema, in our dialect; `root` is the shape of a whole document."""

    __slots__ = ("_kinds", "_nodes", "_patterns", "_schema", "_texts", "root")

    def __init__(self, schema: object) -> None:
        self._schema = schema
        self._nodes: dict[Shape, tuple[tuple[str, dict[str, Any]], ...]] = {}
        self._kinds: dict[str, frozenset[str] | None] = {}
        self._texts: dict[str, frozenset[str] | None] = {}
        self._patterns = Patterns()
        self.root: Shape = frozenset({"#"})

    def follow_references(self, shape: Shape) -> Shape:
        """Return the same shape, without pointers to what is only a reference."""
        return frozenset(map(self._target, shape))

    def _target(self, pointer: str) -> str:
        for _ in range(_MOST_NODES):
            node = resolve(self._schema, pointer)
            if not isinstance(node, dict) or not isinstance(node.get("$ref"), str):
                break
            if node.keys() & ASSERTIONS != {"$ref"}:
                break
            pointer = node["$ref"]
        return pointer

    def keys(self, shape: Shape) -> tuple[str, ...]:
        """Return the names of the fields that are declared, in the order of the schemas."""
        names = (key for _, node in self._of(shape) for key in _mapping(node, "properties"))
        return tuple(dict.fromkeys(names))

    def is_open(self, shape: Shape) -> bool:
        """Return whether fields that are not declared may be there, with a schema of their own."""
        return any(
            _mapping(node, "patternProperties") or _is_schema(_rest(node))
            for _, node in self._of(shape)
        )

    def field(self, shape: Shape, key: str) -> Shape | NoSuchField | None:
        """Return the shape of a field; `NoSuchField` if no schema has it, None for anything.

        Declared fields close an object: one that is not declared is misspelt, unless a schema
        stands for the others (`patternProperties`, `additionalProperties`).
        """
        fields: set[str] = set()
        closes = False
        for pointer, node in self._of(shape):
            properties, patterns = (
                _mapping(node, "properties"),
                _mapping(node, "patternProperties"),
            )
            own = [join(pointer, "properties", key)] if key in properties else []
            own += [
                join(pointer, "patternProperties", pattern)
                for pattern in patterns
                if self._matches(pattern, key)
            ]
            if not own and _is_schema(_rest(node)):
                own = [join(pointer, _rest_keyword(node))]
            fields.update(own)
            closes = closes or bool(properties) or (bool(patterns) and _rest(node) is False)
        if fields:
            return frozenset(fields)
        return NoSuchField(self.keys(shape)) if closes else None

    def values(self, shape: Shape) -> Shape | None:
        """Return the shape of what a field holds whose name is not known; None for anything."""
        fields: set[str] = set()
        for pointer, node in self._of(shape):
            for keyword in ("properties", "patternProperties"):
                fields.update(join(pointer, keyword, name) for name in _mapping(node, keyword))
            if _is_schema(_rest(node)):
                fields.add(join(pointer, _rest_keyword(node)))
        return frozenset(fields) or None

    def items(self, shape: Shape) -> Shape | None:
        """Return the shape of the items of a list; None for anything."""
        items: set[str] = set()
        for pointer, node in self._of(shape):
            for keyword in ("items", "unevaluatedItems"):
                if isinstance(node.get(keyword), dict):
                    items.add(join(pointer, keyword))
            first = node.get("prefixItems", ())
            items.update(join(pointer, "prefixItems", index) for index in range(len(first)))
        return frozenset(items) or None

    def kinds(self, shape: Shape) -> frozenset[str] | None:
        """Return the types that a value may have (`date-time` for such texts); None for any."""
        kinds: set[str] = set()
        for pointer in shape:
            own = self._kinds_at(pointer)
            if own is None:
                return None
            kinds |= own
        return frozenset(kinds)

    def texts(self, shape: Shape) -> frozenset[str] | None:
        """Return the texts that a value may be; None where the schema does not list them."""
        texts: set[str] = set()
        for pointer in shape:
            own = self._texts_at(pointer)
            if own is None:
                return None
            texts |= own
        return frozenset(texts)

    def excludes(self, shape: Shape, literal: Scalar) -> bool:
        """Return whether a value can certainly never be a text, a number or a truth value."""
        return all(is_never(self._schema, pointer, literal) for pointer in shape)

    def enumeration(self, shape: Shape) -> tuple[Scalar, ...]:
        """Return the values that the schemas of a shape list, in their order."""
        nodes = [node for _, node in self._of(shape)]
        return tuple(dict.fromkeys(value for node in nodes for value in listed_values(node)))

    def _texts_at(self, pointer: str) -> frozenset[str] | None:
        if pointer not in self._texts:
            self._texts[pointer] = None  # a ring of references says nothing
            node = resolve(self._schema, pointer)
            self._texts[pointer] = self._texts_of(node, pointer) if isinstance(node, dict) else None
        return self._texts[pointer]

    def _texts_of(self, node: dict[str, Any], pointer: str) -> frozenset[str] | None:
        parts = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        parts += [join(pointer, "allOf", index) for index in range(len(node.get("allOf", ())))]
        listed = [_own_texts(node), *map(self._texts_at, parts)]
        for keyword in _CHOICES:
            if node.get(keyword):
                count = len(node[keyword])
                listed.append(
                    self.texts(frozenset(join(pointer, keyword, index) for index in range(count)))
                )
        limits = [texts for texts in listed if texts is not None]
        return frozenset.intersection(*limits) if limits else None

    def _of(self, shape: Shape) -> tuple[tuple[str, dict[str, Any]], ...]:
        """Return all schemas that may apply to a value, with their pointers, in a fixed order."""
        if shape not in self._nodes:
            nodes: dict[str, dict[str, Any]] = {}
            waiting = sorted(shape, reverse=True)
            while waiting and len(nodes) < _MOST_NODES:
                pointer = waiting.pop()
                node = resolve(self._schema, pointer)
                if pointer in nodes or not isinstance(node, dict):
                    continue
                nodes[pointer] = node
                waiting += reversed(list(_same_value(node, pointer)))
            self._nodes[shape] = () if waiting else tuple(nodes.items())
        return self._nodes[shape]

    def _matches(self, pattern: str, key: str) -> bool:
        try:
            return self._patterns.matcher(pattern)(key)
        except PatternError:
            return True

    def _kinds_at(self, pointer: str) -> frozenset[str] | None:
        if pointer not in self._kinds:
            self._kinds[pointer] = None  # a ring of references says nothing
            node = resolve(self._schema, pointer)
            self._kinds[pointer] = self._kinds_of(node, pointer) if isinstance(node, dict) else None
        return self._kinds[pointer]

    def _kinds_of(self, node: dict[str, Any], pointer: str) -> frozenset[str] | None:
        kinds = _own_kinds(node)
        if isinstance(node.get("$ref"), str):
            kinds = _both(kinds, self._kinds_at(node["$ref"]))
        for index in range(len(node.get("allOf", ()))):
            kinds = _both(kinds, self._kinds_at(join(pointer, "allOf", index)))
        for keyword in _CHOICES:
            if node.get(keyword):
                branches = frozenset(
                    join(pointer, keyword, index)
                    for index, branch in enumerate(node[keyword])
                    if branch is not False
                )
                kinds = _both(kinds, self.kinds(branches) if branches else None)
        return kinds


def _same_value(node: dict[str, Any], pointer: str) -> Iterator[str]:
    if isinstance(node.get("$ref"), str):
        yield node["$ref"]
    for keyword in _LISTS:
        for index in range(len(node.get(keyword, ()))):
            yield join(pointer, keyword, index)
    for keyword in _JOINT:
        if keyword in node:
            yield join(pointer, keyword)
    for name in _mapping(node, "dependentSchemas"):
        yield join(pointer, "dependentSchemas", name)


def _mapping(node: dict[str, Any], keyword: str) -> dict[str, Any]:
    value = node.get(keyword)
    return value if isinstance(value, dict) else {}


def _rest_keyword(node: dict[str, Any]) -> str:
    return "additionalProperties" if "additionalProperties" in node else "unevaluatedProperties"


def _rest(node: dict[str, Any]) -> object:
    """Return what is said of the fields that are not declared."""
    return node.get(_rest_keyword(node), True)


def _is_schema(rest: object) -> bool:
    """Return whether it says something: `{}` and `true` allow what nobody has described."""
    return isinstance(rest, dict) and rest != {}


def _own_kinds(node: dict[str, Any]) -> frozenset[str] | None:
    """Return the types that the keywords of one schema itself leave; None if they say nothing."""
    types = node.get("type")
    if types is None:
        return _implied_kinds(node)
    names = [types] if isinstance(types, str) else types
    is_time = node.get("format") == DATE_TIME
    return frozenset(DATE_TIME if name == "string" and is_time else name for name in names)


def _own_texts(node: dict[str, Any]) -> frozenset[str] | None:
    """Return the texts that the keywords of one schema itself leave; None if they list none."""
    if "enum" in node or "const" in node:
        values = node["enum"] if "enum" in node else [node["const"]]
        return frozenset(value for value in values if isinstance(value, str))
    types = node.get("type", "string")
    return None if "string" in ([types] if isinstance(types, str) else types) else frozenset()


def _implied_kinds(node: dict[str, Any]) -> frozenset[str] | None:
    values = node.get("enum") or ([node["const"]] if "const" in node else [])
    if values and all(value is None or isinstance(value, str) for value in values):
        return frozenset("null" if value is None else "string" for value in values)
    return frozenset({"object"}) if "properties" in node else None


def _both(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """Return the types that two schemas leave, of which both apply."""
    if one is None or other is None:
        return other if one is None else one
    narrow = {
        frozenset({"string", DATE_TIME}): DATE_TIME,
        frozenset({"number", "integer"}): "integer",
    }
    both = {narrow.get(frozenset({a, b})) if a != b else a for a in one for b in other}
    return frozenset(kind for kind in both if kind is not None) or one
