"""A schema of any draft as the same schema in our dialect, in which all judging is done.

So one validator judges, and one explains, whatever draft a file is written in. Each rule below is
held against the library's own validator of the draft by tests (decision record 0023).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from launchpolicy.documents.schema.dialect import (
    DEFINITIONS,
    NAMES,
    SCHEMA_LISTS,
    SCHEMA_MAPS,
    SCHEMAS,
    SchemaNode,
    is_in_our_dialect,
    is_understood,
    join,
    resolve,
)
from launchpolicy.documents.schema.drafts import SchemaDraft, draft_of
from launchpolicy.documents.schema.meta_schemas import with_meta_schema
from launchpolicy.documents.schema.references import (
    REFERENCES,
    SchemaIndex,
    is_closed,
)

_FLAGS: Final = {"exclusiveMinimum": "minimum", "exclusiveMaximum": "maximum"}


def in_our_dialect(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return `schema` in our dialect: itself, if it is written in it.

    `check_schema` has found nothing in it.

    Raises:
        ValueError: `$schema` names no draft that is known.
    """
    if is_in_our_dialect(schema):
        return schema
    draft = draft_of(schema)
    if draft is None:
        raise ValueError(schema.get("$schema"))
    return _Translation(with_meta_schema(schema, draft), draft).schema()


class _Translation:
    """The translation of one schema; references are put in when every place is known."""

    def __init__(self, schema: Mapping[str, Any], draft: SchemaDraft) -> None:
        self._source = dict(schema)
        self._draft = draft
        self._index = SchemaIndex(self._source, draft)
        self._places: dict[str, str] = {}
        self._references: list[tuple[dict[str, Any], str]] = []
        self._definitions: dict[str, SchemaNode] = {}

    def schema(self) -> Mapping[str, Any]:
        """Return the whole schema in our dialect."""
        whole = self._node(self._source, "#", "#")
        for node, target in self._references:  # the list grows while it is gone through
            if target not in self._places or "%" in self._places[target]:
                self._define(target)
            node["$ref"] = self._places[target]
        if isinstance(whole, dict) and self._definitions:
            whole["$defs"] = {**whole.get("$defs", {}), **self._definitions}
        return whole if isinstance(whole, dict) else {"allOf": [whole]}

    def _define(self, target: str) -> None:
        """Give a schema a place below `$defs`: where it stands, our dialect has none."""
        taken = self._source.get("$defs", {})
        number = len(self._definitions) + 1
        while f"reference-{number}" in taken or f"reference-{number}" in self._definitions:
            number += 1
        place = f"#/$defs/reference-{number}"
        self._definitions[f"reference-{number}"] = True
        node = resolve(self._source, target)
        self._definitions[f"reference-{number}"] = self._node(node, target, place)
        self._places[target] = place

    def _node(self, node: object, pointer: str, place: str) -> SchemaNode:
        """Return the schema that stands at `pointer`, for `place` in the translation."""
        self._places.setdefault(pointer, place)
        if not isinstance(node, dict):
            return bool(node)
        result: dict[str, Any] = {}
        closed = is_closed(node, self._draft)
        for keyword, value in node.items():
            ignored = closed and keyword in self._draft.keywords
            if keyword in REFERENCES and keyword in self._draft.keywords:
                target = self._index.lead(pointer, keyword, value).pointer
                result["$ref"] = target
                self._references.append((result, target))
            elif keyword not in NAMES and (not ignored or keyword in DEFINITIONS):
                self._keyword(node, keyword, pointer, place, result)
        return result

    def _keyword(
        self, node: dict[str, Any], keyword: str, pointer: str, place: str, result: dict[str, Any]
    ) -> None:
        """Put what a keyword says into the translation of its schema."""
        value = node[keyword]
        if keyword in ("items", "additionalItems"):
            self._items(node, keyword, pointer, place, result)
        elif keyword == "dependencies":
            self._dependencies(value, pointer, place, result)
        elif self._draft.has_flags and keyword in _FLAGS:
            if value is True:
                result[keyword] = node[_FLAGS[keyword]]
        elif keyword in SCHEMAS:
            result[keyword] = self._node(value, join(pointer, keyword), join(place, keyword))
        elif keyword in SCHEMA_LISTS:
            result[keyword] = self._list(value, pointer, place, (keyword, keyword))
        elif keyword in SCHEMA_MAPS:
            result[keyword] = {
                name: self._node(part, join(pointer, keyword, name), join(place, keyword, name))
                for name, part in value.items()
            }
        elif is_understood(keyword):
            result[keyword] = value

    def _items(
        self, node: dict[str, Any], keyword: str, pointer: str, place: str, result: dict[str, Any]
    ) -> None:
        """Put a list of schemas into `prefixItems`, and what is said of the rest into `items`."""
        value, is_list = node[keyword], isinstance(node.get("items"), list)
        if keyword == "items" and is_list:
            if value:
                result["prefixItems"] = self._list(value, pointer, place, (keyword, "prefixItems"))
        elif keyword == "items" or is_list:
            result["items"] = self._node(value, join(pointer, keyword), join(place, "items"))

    def _list(
        self, parts: list[object], pointer: str, place: str, keywords: tuple[str, str]
    ) -> list[SchemaNode]:
        """Return a list of schemas, which stands below the second of the keywords from now on."""
        before, after = keywords
        return [
            self._node(part, join(pointer, before, index), join(place, after, index))
            for index, part in enumerate(parts)
        ]

    def _dependencies(
        self, value: dict[str, Any], pointer: str, place: str, result: dict[str, Any]
    ) -> None:
        keys = {name: part for name, part in value.items() if isinstance(part, list)}
        if keys:
            result["dependentRequired"] = keys
        schemas = {
            name: self._node(
                part,
                join(pointer, "dependencies", name),
                join(place, "dependentSchemas", name),
            )
            for name, part in value.items()
            if not isinstance(part, list)
        }
        if schemas:
            result["dependentSchemas"] = schemas
