"""The values that each keyword of the dialect may have: others would be ignored in silence."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final, NamedTuple

from launchpolicy.documents.schema.dialect import (
    SCHEMA_LISTS,
    SCHEMA_MAPS,
    SCHEMAS,
    TYPES,
    UNIQUE_BY,
)
from launchpolicy.documents.schema.drafts import SchemaDraft
from launchpolicy.documents.schema.formats import FORMAT_CHECKS, REMARKS
from launchpolicy.documents.schema.near_words import near_word
from launchpolicy.vocabulary.text import Text


class KeywordShape(NamedTuple):
    """Whether a keyword's value can be used, and in words what it must be."""

    fits: Callable[[object], bool]
    words: Text


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_divisor(value: object) -> bool:
    return _is_number(value) and isinstance(value, int | float) and value > 0


def _is_text(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _is_schema(value: object) -> bool:
    return isinstance(value, dict | bool)


def _is_schema_list(value: object) -> bool:
    return isinstance(value, list) and value != [] and all(map(_is_schema, value))


def _is_schema_map(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_schema, value.values()))


def _is_keys(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(key, str) for key in value)


def _is_type(value: object) -> bool:
    names = value if isinstance(value, list) else [value]
    return names != [] and all(isinstance(name, str) and name in TYPES for name in names)


def _is_format(value: object) -> bool:
    """Return whether it is a known format, or one that others define: no misspelt one of ours."""
    if not isinstance(value, str):
        return False
    return (
        value in REMARKS
        or value in FORMAT_CHECKS
        or near_word(value, frozenset(FORMAT_CHECKS)) is None
    )


def _is_key_map(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_keys, value.values()))


def _is_dependencies(value: object) -> bool:
    return isinstance(value, dict) and all(
        _is_schema(part) or _is_keys(part) for part in value.values()
    )


def _is_schema_or_list(value: object) -> bool:
    return _is_schema(value) or (isinstance(value, list) and all(map(_is_schema, value)))


_NUMBER = KeywordShape(_is_number, Text("a number", "数字"))
_COUNT = KeywordShape(_is_count, Text("a whole number, 0 or more", "不小于 0 的整数"))
_TEXT = KeywordShape(_is_text, Text("a text", "文本"))
_SCHEMA = KeywordShape(
    _is_schema, Text("a schema (an object, true or false)", "结构定义（对象、true 或 false）")
)
_SCHEMA_LIST = KeywordShape(
    _is_schema_list, Text("a list of schemas, not empty", "非空的结构定义列表")
)
_SCHEMA_MAP = KeywordShape(_is_schema_map, Text("an object of schemas", "由结构定义组成的对象"))

SHAPES: dict[str, KeywordShape] = {
    **dict.fromkeys(SCHEMAS, _SCHEMA),
    **dict.fromkeys(SCHEMA_LISTS, _SCHEMA_LIST),
    **dict.fromkeys(SCHEMA_MAPS, _SCHEMA_MAP),
    **dict.fromkeys(("minLength", "maxLength", "minItems", "maxItems"), _COUNT),
    **dict.fromkeys(("minProperties", "maxProperties", "minContains", "maxContains"), _COUNT),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"), _NUMBER),
    **dict.fromkeys(("$ref", "$dynamicRef", "pattern", UNIQUE_BY), _TEXT),
    "$recursiveRef": KeywordShape(lambda value: value == "#", Text("`#`", "`#`")),
    "additionalItems": _SCHEMA,
    "dependentRequired": KeywordShape(
        _is_key_map, Text("an object of lists of keys", "由键名列表组成的对象")
    ),
    "dependencies": KeywordShape(
        _is_dependencies,
        Text("an object of schemas or lists of keys", "由结构定义或键名列表组成的对象"),
    ),
    "multipleOf": KeywordShape(_is_divisor, Text("a number above 0", "大于 0 的数字")),
    "uniqueItems": KeywordShape(
        lambda value: isinstance(value, bool), Text("true or false", "true 或 false")
    ),
    "required": KeywordShape(_is_keys, Text("a list of keys", "键名列表")),
    "enum": KeywordShape(
        lambda value: isinstance(value, list) and value != [],
        Text("a list, not empty", "非空列表"),
    ),
    "type": KeywordShape(
        _is_type,
        Text(f"one or several of {', '.join(TYPES)}", f"{'、'.join(TYPES)} 中的一个或多个"),
    ),
    "format": KeywordShape(
        _is_format,
        Text(
            "a format; did you mean `date-time` or `date`?",
            "格式名；是否想写 `date-time` 或 `date`？",
        ),
    ),
}
"""Keywords that are not here may say anything."""

_FLAG: Final = KeywordShape(
    lambda value: isinstance(value, bool), Text("true or false", "true 或 false")
)
_OF_FLAGS: Final = dict.fromkeys(("exclusiveMinimum", "exclusiveMaximum"), _FLAG)
_OF_ITEM_LISTS: Final = {
    "items": KeywordShape(
        _is_schema_or_list, Text("a schema or a list of schemas", "结构定义或结构定义列表")
    )
}


def shape_of(keyword: str, draft: SchemaDraft) -> KeywordShape | None:
    """Return the shape of a keyword in a draft; None if it may say anything."""
    if draft.has_flags and keyword in _OF_FLAGS:
        return _OF_FLAGS[keyword]
    if draft.has_item_lists and keyword in _OF_ITEM_LISTS:
        return _OF_ITEM_LISTS[keyword]
    return SHAPES.get(keyword)
