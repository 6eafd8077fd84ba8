"""The fields that documents of a schema may have, in the order in which it lists them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple, TypeAlias

from launchpolicy.documents.schema.schema import Schema

ANY_KEY: Final = "*"
"""The step to the values of a map whose keys are free."""

_MOST = 20_000
"""Fields that are listed at most: definitions that hold each other many times are unknown below."""

_BRANCHES = ("allOf", "anyOf", "oneOf")
_SCALARS = frozenset({"string", "integer", "number", "boolean"})

_Node: TypeAlias = Mapping[str, Any]


class SchemaField(NamedTuple):
    """One field: `steps` are keys, without list items; `route` is what people write.

    `parent` is the number of the field that it stands in, -1 at the top level. `is_key` says that
    it tells the items of a list apart (`x-unique-by`), so that the schema holds it to be unique.
    """

    steps: tuple[str, ...]
    route: str
    parent: int
    is_leaf: bool
    is_key: bool = False


def schema_fields(schema: Schema) -> tuple[SchemaField, ...]:
    """Return every field, each after the one that it stands in; made once for each schema.

    A list has no step of its own: the fields of its items stand directly below it. What refers to
    itself is not entered again, and neither is a text that may also be an object (one in several
    languages), since who reads it reads the text.
    """
    return schema.derive(_all_fields)


def _all_fields(schema: Schema) -> tuple[SchemaField, ...]:
    fields: list[SchemaField] = []
    _add_fields(fields, schema, schema, SchemaField((), "", -1, is_leaf=False), ())
    return tuple(fields)


def _add_fields(
    fields: list[SchemaField],
    root: Schema,
    node: Any,  # noqa: ANN401 (a schema)
    above: SchemaField,
    seen: tuple[str, ...],
) -> None:
    """Append the fields below `node`, which stands at the last field, or at the top level."""
    number = len(fields) - 1
    names = (*seen, *_references(root, node))
    unique = {form.get("x-unique-by") for form in _forms(root, node, seen)}
    for key, route, below in _below(root, node, above.route, seen):
        if len(fields) >= _MOST:
            return
        is_leaf = not any(True for _ in _below(root, below, route, names))
        field = SchemaField((*above.steps, key), route, number, is_leaf, key in unique)
        fields.append(field)
        _add_fields(fields, root, below, field, names)


def _below(
    root: Schema,
    node: Any,  # noqa: ANN401 (a schema)
    route: str,
    seen: tuple[str, ...],
) -> Iterator[tuple[str, str, Any]]:
    """Yield key, route and schema of each field directly below `node`, each key once."""
    known: set[str] = set()
    for form in _forms(root, node, seen):
        if _SCALARS.intersection(_types(form)):
            return
    for form in _forms(root, node, seen):
        if isinstance(form.get("items"), dict):
            for key, inner, schema in _below(root, form["items"], f"{route}[]", seen):
                if key not in known:
                    known.add(key)
                    yield key, inner, schema
        for key, schema in form.get("properties", {}).items():
            if key not in known:
                known.add(key)
                yield key, f"{route}.{key}" if route else key, schema
        values = _values(form)
        if values and ANY_KEY not in known:
            known.add(ANY_KEY)
            yield ANY_KEY, f"{route}.<name>" if route else "<name>", {"anyOf": values}


def _values(form: _Node) -> list[_Node]:
    """Return the schemas of the values whose keys are free."""
    further = form.get("additionalProperties")
    values = [*form.get("patternProperties", {}).values(), further]
    return [schema for schema in values if isinstance(schema, dict) and schema]


def _types(form: _Node) -> tuple[Any, ...]:
    kind = form.get("type", ())
    return tuple(kind) if isinstance(kind, list) else (kind,)


def _forms(root: Schema, node: Any, seen: tuple[str, ...]) -> Iterator[_Node]:  # noqa: ANN401
    """Yield the schema and all that it refers to or combines; nothing that was entered already."""
    waiting, entered = [node], set(seen)
    while waiting:
        form = waiting.pop(0)
        if not isinstance(form, dict):
            continue
        reference = form.get("$ref")
        if isinstance(reference, str):
            if reference in entered:
                continue
            entered.add(reference)
            waiting.append(_resolve(root, reference))
        yield form
        waiting.extend(branch for word in _BRANCHES for branch in form.get(word, ()))


def _references(root: Schema, node: Any) -> Iterator[str]:  # noqa: ANN401 (a schema)
    for form in _forms(root, node, ()):
        if isinstance(form.get("$ref"), str):
            yield form["$ref"]
        if isinstance(form.get("items"), dict):
            yield from (
                inner["$ref"]
                for inner in _forms(root, form["items"], ())
                if isinstance(inner.get("$ref"), str)
            )


def _resolve(root: Schema, reference: str) -> Any:  # noqa: ANN401 (a schema)
    target: Any = root
    for step in reference.removeprefix("#").removeprefix("/").split("/"):
        key = step.replace("~1", "/").replace("~0", "~")
        if key:
            target = target.get(key) if isinstance(target, dict) else None
    return target
