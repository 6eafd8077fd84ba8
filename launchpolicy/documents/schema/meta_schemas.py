"""References to the schema of schemas, for files that hold schemas themselves (OpenAPI 2.0).

It is the published one of the draft in which a file is written, which comes with the library: so it
is put into the file, and nothing is fetched. Those of 2019-09 and 2020-12 are files of several
parts; a reference to one of them leads out of the file, as to any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from launchpolicy.documents.schema.drafts import SchemaDraft

_OF_ONE_FILE: Final = ("draft-04", "draft-06", "draft-07")
_KEY: Final = "json-schema.org"


def with_meta_schema(schema: Mapping[str, Any], draft: SchemaDraft) -> Mapping[str, Any]:
    """Return `schema` with the schema of its draft among its definitions, if it refers to it."""
    address = draft.address.removesuffix("#")
    definitions = schema.get("definitions", {})
    if draft.name not in _OF_ONE_FILE or not isinstance(definitions, dict) or _KEY in definitions:
        return schema
    inside = list(_objects(schema))
    refers = any(_is_at(part.get("$ref"), address) for part in inside)
    if not refers or any(_is_at(part.get(draft.id), address) for part in inside):
        return schema
    from launchpolicy.documents.schema.validator import meta_schema  # noqa: PLC0415 (large)

    return {**schema, "definitions": {**definitions, _KEY: meta_schema(draft.address)}}


def _is_at(written: object, address: str) -> bool:
    return isinstance(written, str) and written.partition("#")[0] == address


def _objects(schema: object) -> Iterator[dict[str, Any]]:
    waiting = [schema]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node
