"""What jsonschema has to say of a document, as plain data: the only module that loads it.

The library is given our dialect: patterns run on RE2, equality is exact and cheap, and one error
stands for one key, so that its verdict is the one of `acceptance` and its errors can be placed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker, ValidationError
from jsonschema.protocols import Validator
from jsonschema.validators import extend

from launchpolicy.documents.schema.dialect import (
    INNER_VALUE,
    SCHEMA_LISTS,
    SCHEMA_MAPS,
    SCHEMAS,
    UNIQUE_BY,
    resolve,
)
from launchpolicy.documents.schema.equality import identity
from launchpolicy.documents.schema.formats import ASSERTED
from launchpolicy.documents.schema.leaves import is_multiple
from launchpolicy.documents.schema.patterns import matcher
from launchpolicy.vocabulary.place import Route

_Errors = Iterator[ValidationError]
_INWARD = (*INNER_VALUE, "properties", "patternProperties", "prefixItems")


@dataclass(frozen=True, slots=True)
class Violation:
    """One keyword that one value does not satisfy.

    `route` leads to the value; to the key for `additionalProperties` and `propertyNames`; to the
    second of two for `uniqueItems` and `x-unique-by`. `detail` is the missing key for `required`,
    and the index of the first of two for uniqueness. `value` is what the keyword was applied to.
    `schemas` are those that stand for the same value, outermost first, so that a remark beside a
    reference comes before the one in the definition. `branches` are the violations of each branch
    of `anyOf` and `oneOf` (none at all: several branches of `oneOf` fit), or of `propertyNames`.
    """

    route: Route
    keyword: str
    argument: Any
    value: Any
    schemas: tuple[Mapping[str, Any], ...]
    detail: str = ""
    branches: tuple[tuple[Violation, ...], ...] = ()


def validator(schema: Mapping[str, Any]) -> Validator:
    """The explaining validator of `schema` in our dialect."""
    # A `$schema` would make jsonschema go back to its own keywords wherever `#` is referred to.
    unmarked = {key: value for key, value in schema.items() if key != "$schema"}
    return _Dialect(unmarked, format_checker=_formats())


def violations(schema: Mapping[str, Any], data: object) -> Iterator[Violation]:
    """Everything in which `data` does not follow `schema`, in the order of the schema."""
    explaining = validator(schema)
    for error in explaining.iter_errors(data):
        yield _violation(explaining.schema, error)


def _violation(root: Any, error: ValidationError) -> Violation:
    keyword = error.validator if isinstance(error.validator, str) else ""
    branches: dict[object, list[Violation]] = {}
    for inner in error.context or ():
        branch = inner.relative_schema_path[0] if keyword in ("anyOf", "oneOf") else ""
        branches.setdefault(branch, []).append(_violation(root, inner))
    details = keyword in ("required", "uniqueItems", UNIQUE_BY)
    return Violation(
        route=tuple(error.absolute_path),
        keyword=keyword,
        argument=error.validator_value,
        value=error.instance,
        schemas=_schemas(root, root, tuple(error.absolute_schema_path), error.schema, ()) or (),
        detail=error.message if details else "",
        branches=tuple(tuple(each) for each in branches.values()),
    )


def _schemas(
    root: Any,
    schema: Any,
    path: tuple[str | int, ...],
    end: object,
    before: tuple[Mapping[str, Any], ...],
) -> tuple[Mapping[str, Any], ...] | None:
    """The schemas for the value at the end of a schema path, which leaves references unsaid."""
    if not isinstance(schema, dict):
        return before
    here = (*before, schema)
    if schema is end:
        return here
    found = None
    if path and path[0] in schema:
        found = _schemas_inside(root, schema, path, end, here)
    if found is None and "$ref" in schema:
        found = _schemas(root, resolve(root, schema["$ref"]), path, end, here)
    return found


def _schemas_inside(
    root: Any,
    schema: Any,
    path: tuple[str | int, ...],
    end: object,
    here: tuple[Mapping[str, Any], ...],
) -> tuple[Mapping[str, Any], ...] | None:
    keyword = path[0]
    steps = 1 if keyword in SCHEMAS else 2
    if steps > len(path) or keyword not in (*SCHEMAS, *SCHEMA_LISTS, *SCHEMA_MAPS):
        return None
    inner = schema
    for step in path[:steps]:
        inner = inner[step]
    return _schemas(root, inner, path[steps:], end, () if keyword in _INWARD else here)


def _pattern(_validator: Validator, pattern: str, text: object, _schema: object) -> _Errors:
    if isinstance(text, str) and matcher(pattern)(text) is None:
        yield ValidationError("no match")


def _pattern_properties(
    validator: Any, patterns: dict[str, Any], mapping: object, _schema: object
) -> _Errors:
    if isinstance(mapping, dict):
        for pattern, schema in patterns.items():
            for key, value in mapping.items():
                if matcher(pattern)(key) is not None:
                    yield from validator.descend(value, schema, path=key, schema_path=pattern)


def _additional_properties(
    validator: Any, additional: Any, mapping: object, schema: dict[str, Any]
) -> _Errors:
    if not isinstance(mapping, dict):
        return
    named = schema.get("properties", {})
    patterns = [matcher(pattern) for pattern in schema.get("patternProperties", {})]
    for key, value in mapping.items():
        if key in named or any(matches(key) is not None for matches in patterns):
            continue
        if additional is False:
            yield ValidationError("unknown key", path=(key,))
        else:
            yield from validator.descend(value, additional, path=key)


def _property_names(validator: Any, names: Any, mapping: object, _schema: object) -> _Errors:
    for key in mapping if isinstance(mapping, dict) else ():
        errors = tuple(validator.descend(key, names))
        if errors:
            yield ValidationError("bad key", path=(key,), context=errors)


def _required(_validator: Validator, keys: list[str], mapping: object, _schema: object) -> _Errors:
    if isinstance(mapping, dict):
        for key in dict.fromkeys(keys):
            if key not in mapping:
                yield ValidationError(key)


def _unique_items(_validator: Validator, unique: bool, items: object, _schema: object) -> _Errors:  # noqa: FBT001 (jsonschema calls it so)
    seen: dict[object, int] = {}
    for index, item in enumerate(items if unique and isinstance(items, list) else ()):
        first = seen.setdefault(identity(item), index)
        if first != index:
            yield ValidationError(str(first), path=(index,))


def _unique_by(_validator: Validator, name: str, items: object, _schema: object) -> _Errors:
    seen: dict[object, int] = {}
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if not isinstance(item, dict) or name not in item:
            yield ValidationError("", path=(index,))
            continue
        first = seen.setdefault(identity(item[name]), index)
        if first != index:
            yield ValidationError(str(first), path=(index, name))


def _multiple_of(_validator: Validator, divisor: float, number: object, _schema: object) -> _Errors:
    is_number = isinstance(number, int | float) and not isinstance(number, bool)
    if is_number and not is_multiple(number, divisor):
        yield ValidationError("no multiple")


def _formats() -> FormatChecker:
    checker = FormatChecker(formats=())
    for name, accepts in ASSERTED.items():
        checker.checks(name)(
            lambda value, accepts=accepts: not isinstance(value, str) or accepts(value)
        )
    return checker


_Dialect = extend(
    Draft202012Validator,
    {
        "pattern": _pattern,
        "patternProperties": _pattern_properties,
        "additionalProperties": _additional_properties,
        "propertyNames": _property_names,
        "required": _required,
        "uniqueItems": _unique_items,
        UNIQUE_BY: _unique_by,
        "multipleOf": _multiple_of,
    },
)
