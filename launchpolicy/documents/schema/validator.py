"""The jsonschema library in our dialect: the only module that loads it.

Patterns run on RE2, equality is exact and cheap, and one error stands for one key, so that its
verdict is the one of `acceptance` and each of its errors can be placed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.validators import extend, validator_for

from launchpolicy.documents.schema.dialect import (
    SCHEMA_LISTS,
    SCHEMA_MAPS,
    SCHEMAS,
    UNIQUE_BY,
    SchemaNode,
)
from launchpolicy.documents.schema.equality import identity
from launchpolicy.documents.schema.formats import FORMAT_CHECKS
from launchpolicy.documents.schema.leaves import is_multiple
from launchpolicy.documents.schema.left_over import other_items, other_keys
from launchpolicy.documents.schema.patterns import Patterns
from launchpolicy.documents.schema.recursive_keywords import RecursiveKeywords
from launchpolicy.documents.schema.validator_protocol import Validator

NEVER = "false"
"""Stands for the schema `false`, for which jsonschema would not say where the value is."""

_Errors = Iterator[ValidationError]
Accepts = Callable[[str, object], bool]


def meta_schema(address: str) -> Mapping[str, Any]:
    """Return the published schema of the schemas of a draft, by the address of the draft."""
    published: Mapping[str, Any] = validator_for({"$schema": address}).META_SCHEMA
    return published


def validator_of(schema: Mapping[str, Any], accepts: Accepts | None = None) -> Validator:
    """Return the explaining validator of `schema` in our dialect; to be made once per schema.

    `accepts` says of a schema whose definitions lead back to themselves whether a value follows the
    part at a pointer.
    """
    # A `$schema` would make jsonschema go back to its own keywords wherever `#` is referred to.
    unmarked = {key: value for key, value in schema.items() if key != "$schema"}
    plain = _without_false(unmarked)
    return _dialect(Patterns(), plain, _recursive_keywords(plain, accepts))(
        plain, format_checker=_formats()
    )


def _recursive_keywords(plain: SchemaNode, accepts: Accepts | None) -> dict[str, Any]:
    """Return the keywords that differ where definitions lead back to themselves.

    `plain` is the schema as it is explained; `accepts` is None where none does.
    """
    if not isinstance(plain, dict) or accepts is None:
        return {}
    own = RecursiveKeywords(plain, accepts)
    return {"$ref": own.reference, "anyOf": own.any_of, "oneOf": own.one_of}


def _without_false(schema: SchemaNode) -> SchemaNode:
    """Return the same schema, with a keyword of ours where an inner one is `false`."""
    if isinstance(schema, bool):
        return schema or {NEVER: True}
    copy = dict(schema)
    for keyword, value in schema.items():
        if keyword in SCHEMAS and (keyword, value) != ("additionalProperties", False):
            copy[keyword] = _without_false(value)
        elif keyword in SCHEMA_LISTS:
            copy[keyword] = [_without_false(inner) for inner in value]
        elif keyword in SCHEMA_MAPS:
            copy[keyword] = {name: _without_false(inner) for name, inner in value.items()}
    return copy


class _PatternKeywords:
    """The keywords that need regular expressions, with those of one schema."""

    def __init__(self, patterns: Patterns) -> None:
        self._matcher = patterns.matcher

    def pattern(
        self, _validator: Validator, pattern: str, text: object, _schema: object
    ) -> _Errors:
        if isinstance(text, str) and not self._matcher(pattern)(text):
            yield ValidationError("no match")

    def pattern_properties(
        self,
        validator: Validator,
        patterns: dict[str, SchemaNode],
        mapping: object,
        _schema: object,
    ) -> _Errors:
        if isinstance(mapping, dict):
            for pattern, schema in patterns.items():
                for key, value in mapping.items():
                    if self._matcher(pattern)(key):
                        yield from validator.descend(value, schema, path=key, schema_path=pattern)

    def additional_properties(
        self,
        validator: Validator,
        additional: SchemaNode,
        mapping: object,
        schema: dict[str, Any],
    ) -> _Errors:
        if not isinstance(mapping, dict):
            return
        properties = schema.get("properties", {})
        patterns = [self._matcher(pattern) for pattern in schema.get("patternProperties", {})]
        for key, value in mapping.items():
            if key in properties or any(matches(key) for matches in patterns):
                continue
            if additional is False:
                yield ValidationError("unknown key", path=(key,))
            else:
                yield from validator.descend(value, additional, path=key)


def _property_names(
    validator: Validator, names: SchemaNode, mapping: object, _schema: object
) -> _Errors:
    for key in mapping if isinstance(mapping, dict) else ():
        errors = tuple(validator.descend(key, names))
        if errors:
            yield ValidationError("bad key", path=(key,), context=errors)


def _required_keys(
    _validator: Validator, keys: list[str], mapping: object, _schema: object
) -> _Errors:
    if isinstance(mapping, dict):
        for key in dict.fromkeys(keys):
            if key not in mapping:
                yield ValidationError(key)


def _dependent_keys(
    _validator: Validator, needed: dict[str, list[str]], mapping: object, _schema: object
) -> _Errors:
    if isinstance(mapping, dict):
        missing = (key for name, keys in needed.items() if name in mapping for key in keys)
        for key in dict.fromkeys(missing):
            if key not in mapping:
                yield ValidationError(key)


def _unique_items(_validator: Validator, unique: bool, items: object, _schema: object) -> _Errors:  # noqa: FBT001 (jsonschema calls it so)
    indices: dict[object, int] = {}
    for index, item in enumerate(items if unique and isinstance(items, list) else ()):
        first = indices.setdefault(identity(item), index)
        if first != index:
            yield ValidationError(str(first), path=(index,))


def _unique_by(_validator: Validator, name: str, items: object, _schema: object) -> _Errors:
    indices: dict[object, int] = {}
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if not isinstance(item, dict) or name not in item:
            yield ValidationError("", path=(index,))
            continue
        first = indices.setdefault(identity(item[name]), index)
        if first != index:
            yield ValidationError(str(first), path=(index, name))


class _ExplainingJudge:
    """What the explaining validator answers while what is left over is found."""

    def __init__(self, validator: Validator, root: object, patterns: Patterns) -> None:
        self._validator = validator
        self._patterns = patterns
        self.root = root

    def accepts(self, schema: SchemaNode, _pointer: str, value: object) -> bool:
        return next(iter(self._validator.descend(value, schema)), None) is None

    def matches(self, pattern: str, key: str) -> bool:
        return self._patterns.matcher(pattern)(key)


class _RestKeywords:
    """The keywords about what no other keyword has a schema for."""

    def __init__(self, root: SchemaNode, patterns: Patterns) -> None:
        self._root = root
        self._patterns = patterns

    def properties(
        self, validator: Validator, rest: SchemaNode, mapping: object, schema: dict[str, Any]
    ) -> _Errors:
        if not isinstance(mapping, dict):
            return
        judge = _ExplainingJudge(validator, self._root, self._patterns)
        for key in other_keys(schema, "", mapping, judge):
            if rest in (False, {NEVER: True}):
                yield ValidationError("unknown key", path=(key,))
            else:
                yield from validator.descend(mapping[key], rest, path=key)

    def items(
        self, validator: Validator, rest: SchemaNode, items: object, schema: dict[str, Any]
    ) -> _Errors:
        if not isinstance(items, list):
            return
        judge = _ExplainingJudge(validator, self._root, self._patterns)
        for index in other_items(schema, "", items, judge):
            yield from validator.descend(items[index], rest, path=index)


def _contains(
    validator: Validator, form: SchemaNode, items: object, schema: dict[str, Any]
) -> _Errors:
    if not isinstance(items, list):
        return
    count = sum(next(iter(validator.descend(item, form)), None) is None for item in items)
    least, most = schema.get("minContains", 1), schema.get("maxContains")
    if count < least or (most is not None and count > most):
        yield ValidationError(str(count))


def _multiple_of(_validator: Validator, divisor: float, number: object, _schema: object) -> _Errors:
    if isinstance(number, bool) or not isinstance(number, int | float):
        return
    if not is_multiple(number, divisor):
        yield ValidationError("no multiple")


def _never(_validator: Validator, _true: object, _value: object, _schema: object) -> _Errors:
    yield ValidationError("false schema")


def _formats() -> FormatChecker:
    checker = FormatChecker(formats=())
    for name, accepts in FORMAT_CHECKS.items():
        checker.checks(name)(_unless_text(accepts))
    return checker


def _unless_text(accepts: Callable[[str], bool]) -> Callable[[object], bool]:
    return lambda value: not isinstance(value, str) or accepts(value)


_KEYWORDS = {
    "propertyNames": _property_names,
    "required": _required_keys,
    "dependentRequired": _dependent_keys,
    "uniqueItems": _unique_items,
    UNIQUE_BY: _unique_by,
    "multipleOf": _multiple_of,
    "contains": _contains,
    NEVER: _never,
}


def _dialect(
    patterns: Patterns, root: SchemaNode, recursive: Mapping[str, Any]
) -> Callable[..., Validator]:
    """Return the class of validators of our dialect that run these regular expressions."""
    of_patterns = _PatternKeywords(patterns)
    of_rest = _RestKeywords(root, patterns)
    keywords = {
        **_KEYWORDS,
        "unevaluatedProperties": of_rest.properties,
        "unevaluatedItems": of_rest.items,
        "pattern": of_patterns.pattern,
        "patternProperties": of_patterns.pattern_properties,
        "additionalProperties": of_patterns.additional_properties,
        **recursive,
    }
    make = cast("Callable[..., Callable[..., Validator]]", extend)
    return make(Draft202012Validator, keywords)
