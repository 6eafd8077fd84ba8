"""The drafts of JSON Schema that a kind's schema may be written in, and the keywords of each.

A keyword of another draft means nothing to a validator: it would pass everything, so it is a
problem of the schema, with what to write in its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from launchpolicy.documents.schema.dialect import DRAFT, UNIQUE_BY
from launchpolicy.vocabulary.text import Text

_FIRST: Final = frozenset(
    {
        *("$ref", "type", "enum", "format", "pattern", "minLength", "maxLength", "multipleOf"),
        *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
        *("required", "minProperties", "maxProperties", "minItems", "maxItems", "uniqueItems"),
        *("properties", "patternProperties", "additionalProperties", "items", UNIQUE_BY),
        *("allOf", "anyOf", "oneOf", "not", "definitions", "$defs"),
    }
)
_OLDER: Final = frozenset({"dependencies", "additionalItems"})
_SIXTH: Final = frozenset({"const", "contains", "propertyNames"})
_SEVENTH: Final = frozenset({"if", "then", "else"})
_OF_2019: Final = frozenset(
    {
        *("dependentRequired", "dependentSchemas", "minContains", "maxContains"),
        *("unevaluatedProperties", "unevaluatedItems"),
    }
)
_ABANDONED: Final = frozenset({"divisibleBy", "disallow", "extends"})


class SchemaDraft(NamedTuple):
    """A draft: its name, its address, and how it differs from the last one."""

    name: str
    address: str
    keywords: frozenset[str]
    """Those that assert something, or hold schemas."""

    id: str = "$id"
    """The keyword that names a schema."""

    has_closed_references: bool = False
    """Whether everything beside `$ref` is ignored."""

    has_item_lists: bool = True
    """Whether `items` may be a list of schemas, followed by `additionalItems`."""

    has_flags: bool = False
    """Whether `exclusiveMinimum` is true or false, beside `minimum`."""


_NAMES: Final = ("draft-04", "draft-06", "draft-07")
DRAFTS: Final = (
    SchemaDraft(
        _NAMES[0],
        "http://json-schema.org/draft-04/schema",
        _FIRST | _OLDER,
        id="id",
        has_closed_references=True,
        has_flags=True,
    ),
    SchemaDraft(
        _NAMES[1],
        "http://json-schema.org/draft-06/schema",
        _FIRST | _OLDER | _SIXTH,
        has_closed_references=True,
    ),
    SchemaDraft(
        _NAMES[2],
        "http://json-schema.org/draft-07/schema",
        _FIRST | _OLDER | _SIXTH | _SEVENTH,
        has_closed_references=True,
    ),
    SchemaDraft(
        "2019-09",
        "https://json-schema.org/draft/2019-09/schema",
        _FIRST | {"additionalItems", "$recursiveRef"} | _SIXTH | _SEVENTH | _OF_2019,
    ),
    SchemaDraft(
        "2020-12",
        DRAFT,
        _FIRST | {"prefixItems", "$dynamicRef"} | _SIXTH | _SEVENTH | _OF_2019,
        has_item_lists=False,
    ),
)
LATEST: Final = DRAFTS[-1]
KEYWORDS: Final = frozenset[str]().union(*(draft.keywords for draft in DRAFTS)) | _ABANDONED
"""The keywords of any draft, with what the first drafts had and later ones gave up."""

_NEW_WORDS: Final = {
    "dependencies": "`dependentRequired` / `dependentSchemas`",
    "additionalItems": "`items`",
    "divisibleBy": "`multipleOf`",
    "disallow": "`not`",
    "extends": "`allOf`",
    "prefixItems": "`items`",
    "dependentRequired": "`dependencies`",
    "dependentSchemas": "`dependencies`",
    "$recursiveRef": "`$ref`",
    "$dynamicRef": "`$ref`",
}


def draft_of(schema: Mapping[str, Any]) -> SchemaDraft | None:
    """Return the draft that `$schema` names, the last one without it; None if it is another."""
    address = schema.get("$schema", LATEST.address)
    if not isinstance(address, str):
        return None
    plain = address.removesuffix("#").partition("://")[2]
    known = {draft.address.partition("://")[2]: draft for draft in DRAFTS}
    return known.get(plain)


def foreign_keyword(keyword: str, draft: SchemaDraft) -> Text | None:
    """Return why a keyword of another draft is a problem in this one; None if it is none."""
    if keyword in draft.keywords or keyword not in KEYWORDS:
        return None
    instead = _NEW_WORDS.get(keyword)
    english = f"; write {instead}" if instead else "; name a later draft in `$schema`"
    chinese = f"；请改用 {instead}" if instead else "；请在 `$schema` 中写明较新的草案"
    return Text(
        f"`{keyword}` means nothing in {draft.name}, so it would pass everything{english}",
        f"`{keyword}` 在 {draft.name} 中没有意义，会使任何内容通过{chinese}",
    )
