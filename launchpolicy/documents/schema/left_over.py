"""What `unevaluatedProperties` and `unevaluatedItems` leave over (JSON Schema core 11.2, 11.3).

A key or an item is evaluated if a keyword of the same schema, or of a schema that applies to the
same value and accepts it, has a schema for it. One rule for the fast yes and for the explanation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, Protocol

from launchpolicy.documents.schema.dialect import SchemaNode, join, resolve

_OPEN_KEYS: Final = ("additionalProperties", "unevaluatedProperties")
_OPEN_ITEMS: Final = ("items", "unevaluatedItems")


class Judge(Protocol):
    """What is asked while evaluated parts are found."""

    @property
    def root(self) -> object:
        """Return the whole schema."""

    def accepts(self, schema: SchemaNode, pointer: str, value: object) -> bool:
        """Return whether a value follows the schema at a pointer."""

    def matches(self, pattern: str, key: str) -> bool:
        """Return whether a key contains a match of a pattern."""


class Applicable:
    """The schemas that apply to a value beside one schema, and accept it; it comes first."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge

    def schemas(
        self, schema: object, pointer: str, value: object
    ) -> Iterator[tuple[dict[str, Any], str]]:
        """Yield each with its pointer. The value is one that `schema` accepts but for the rest."""
        if not isinstance(schema, dict):
            return
        yield schema, pointer
        for inner, below in self._inner(schema, pointer, value):
            yield from self.schemas(inner, below, value)

    def _inner(
        self, schema: dict[str, Any], pointer: str, value: object
    ) -> Iterator[tuple[SchemaNode, str]]:
        accepts = self._judge.accepts
        if "$ref" in schema:
            target: Any = resolve(self._judge.root, schema["$ref"])
            yield target, schema["$ref"]
        for keyword in ("allOf", "anyOf", "oneOf"):
            for index, branch in enumerate(schema.get(keyword, ())):
                below = join(pointer, keyword, index)
                if keyword == "allOf" or accepts(branch, below, value):
                    yield branch, below
        if "if" in schema:
            holds = accepts(schema["if"], join(pointer, "if"), value)
            for keyword in ("if", "then") if holds else ("else",):
                if keyword in schema:
                    yield schema[keyword], join(pointer, keyword)
        for name, dependent in schema.get("dependentSchemas", {}).items():
            if isinstance(value, dict) and name in value:
                yield dependent, join(pointer, "dependentSchemas", name)


def other_keys(
    schema: Mapping[str, Any], pointer: str, mapping: dict[str, object], judge: Judge
) -> list[str]:
    """Return the keys of a mapping for which only `unevaluatedProperties` of `schema` is left."""
    beside = {key: value for key, value in schema.items() if key != "unevaluatedProperties"}
    left = dict.fromkeys(mapping)
    for part, _ in Applicable(judge).schemas(beside, pointer, mapping):
        if any(keyword in part for keyword in _OPEN_KEYS):
            return []
        for key in list(left):
            patterns = part.get("patternProperties", ())
            if key in part.get("properties", ()) or any(
                judge.matches(pattern, key) for pattern in patterns
            ):
                del left[key]
    return list(left)


def other_items(
    schema: Mapping[str, Any], pointer: str, items: list[object], judge: Judge
) -> list[int]:
    """Return the indices of a list for which only `unevaluatedItems` of `schema` is left."""
    beside = {key: value for key, value in schema.items() if key != "unevaluatedItems"}
    left = dict.fromkeys(range(len(items)))
    for part, at in Applicable(judge).schemas(beside, pointer, items):
        if any(keyword in part for keyword in _OPEN_ITEMS):
            return []
        for index in range(min(len(part.get("prefixItems", ())), len(items))):
            left.pop(index, None)
        if "contains" in part:
            for index in list(left):
                if judge.accepts(part["contains"], join(at, "contains"), items[index]):
                    del left[index]
    return list(left)


def declared_keys(schema: object, root: object, seen: tuple[str, ...] = ()) -> list[str]:
    """Return the keys that a schema, or one that may apply beside it, has a schema for."""
    if not isinstance(schema, dict):
        return []
    keys = list(schema.get("properties", ()))
    reference = schema.get("$ref")
    if isinstance(reference, str) and reference not in seen:
        keys += declared_keys(resolve(root, reference), root, (*seen, reference))
    lists = (schema.get(keyword, ()) for keyword in ("allOf", "anyOf", "oneOf"))
    inner = [part for parts in lists for part in parts]
    inner += [schema[keyword] for keyword in ("if", "then", "else") if keyword in schema]
    inner += schema.get("dependentSchemas", {}).values()
    for part in inner:
        keys += declared_keys(part, root, seen)
    return list(dict.fromkeys(keys))
