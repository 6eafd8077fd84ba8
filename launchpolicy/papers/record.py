"""A request as templates see it: every field of its schema is there, empty where it is not said.

A field that the schema does not know is an error of the template, as a misspelt one in a policy is:
a paper must not be silently blank where someone mistyped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]


class UnknownFieldError(LookupError):
    """A template names a field that documents of this kind cannot have."""


class Empty:
    """What is not said: false, without items, and written as nothing."""

    __slots__ = ("_root", "_schema")

    def __init__(self, root: Schema, schema: Schema) -> None:
        self._root = root
        self._schema = schema

    def __bool__(self) -> bool:
        return False

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __str__(self) -> str:
        return ""

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 (what the schema says)
        return wrapped(self._root, _property(self._root, self._schema, key), None)


class Record:
    """An object of the request."""

    __slots__ = ("_data", "_root", "_schema")

    def __init__(self, root: Schema, schema: Schema, data: Mapping[str, Any]) -> None:
        self._root = root
        self._schema = schema
        self._data = data

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 (what the schema says)
        return wrapped(self._root, _property(self._root, self._schema, key), self._data.get(key))


def wrapped(root: Schema, schema: Schema, value: Any) -> Any:  # noqa: ANN401 (plain data)
    """`value`, which follows `schema`, as templates see it."""
    schema = _resolved(root, schema)
    if value is None:
        return Empty(root, schema)
    if isinstance(value, dict) and "properties" in schema:
        return Record(root, schema, value)
    if isinstance(value, list):
        return [wrapped(root, schema.get("items", {}), item) for item in value]
    return value


def _property(root: Schema, schema: Schema, key: str) -> Schema:
    found: Schema | None = _resolved(root, schema).get("properties", {}).get(key)
    if found is None:
        message = f"there is no field `{key}` here"
        raise UnknownFieldError(message)
    return found


def _resolved(root: Schema, schema: Schema) -> Schema:
    """The schema itself, or the object among its alternatives."""
    while "$ref" in schema:
        target: Any = root
        for step in schema["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        schema = target
    return schema
