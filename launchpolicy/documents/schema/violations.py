"""The errors of jsonschema for a document, as plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from jsonschema import ValidationError

from launchpolicy.documents.schema.acceptance import parts_check
from launchpolicy.documents.schema.dialect import (
    INNER_VALUE,
    RECURSIVE,
    SCHEMA_LISTS,
    SCHEMA_MAPS,
    SCHEMAS,
    UNIQUE_BY,
    resolve,
)
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.documents.schema.validator import NEVER, validator_of
from launchpolicy.documents.schema.validator_protocol import Validator
from launchpolicy.vocabulary.place import Route

_Path = tuple[str | int, ...]
_WITH_DETAIL = ("required", "dependentRequired", "contains", "uniqueItems", UNIQUE_BY)
_INWARD = (*INNER_VALUE, "properties", "patternProperties", "prefixItems")


@dataclass(frozen=True, slots=True)
class Violation:
    """One keyword that one value does not satisfy.

    `route` leads to the value; to the key for `additionalProperties` and `propertyNames`; to the
    second of two for `uniqueItems` and `x-unique-by`. `detail` is the missing key for `required`
    and `dependentRequired`, the index of the first of two for uniqueness, and the number of items
    that fit for `contains`. `value` is what the keyword was applied to.
    `schemas` are those that stand for the same value, outermost first, so that a remark beside a
    reference comes before the one in the definition. `branches` are the violations of each branch
    of `anyOf` and `oneOf` (none at all: several branches of `oneOf` fit), or of `propertyNames`.
    `around` are the schemas of the list of which the value is an item.
    """

    route: Route
    keyword: str
    argument: Any
    value: Any
    schemas: tuple[Mapping[str, Any], ...]
    detail: str = ""
    branches: tuple[tuple[Violation, ...], ...] = ()
    around: tuple[Mapping[str, Any], ...] = ()


class _ApplicableSchemas(NamedTuple):
    """The schemas for one value, and for the list that holds it."""

    schemas: tuple[Mapping[str, Any], ...] = ()
    around: tuple[Mapping[str, Any], ...] = ()


def violations(schema: Schema, data: object) -> Iterator[Violation]:
    """Yield the violations of `schema` by `data`, in the order of the schema."""
    explaining = schema.derive(_explaining_validator)
    for error in explaining.iter_errors(data):
        yield _violation(explaining.schema, error)


def _explaining_validator(schema: Schema) -> Validator:
    accepts = schema.derive(parts_check) if schema.get(RECURSIVE) is True else None
    return validator_of(schema, accepts)


def _violation(root: object, error: ValidationError) -> Violation:
    # Without a keyword: a reference led to the `false` of a closed mapping.
    keyword = NEVER if error.validator is None else str(error.validator)
    branches: dict[object, list[Violation]] = {}
    for inner in error.context or ():
        branch = inner.relative_schema_path[0] if keyword in ("anyOf", "oneOf") else ""
        branches.setdefault(branch, []).append(_violation(root, inner))
    path = tuple(error.absolute_schema_path)
    applicable = (
        _applicable_schemas(root, root, path, error.schema, _ApplicableSchemas())
        or _ApplicableSchemas()
    )
    return Violation(
        route=tuple(error.absolute_path),
        keyword=keyword,
        argument=error.validator_value,
        value=error.instance,
        schemas=applicable.schemas,
        detail=error.message if keyword in _WITH_DETAIL else "",
        branches=tuple(tuple(branch) for branch in branches.values()),
        around=applicable.around,
    )


def _applicable_schemas(
    root: object, schema: object, path: _Path, end: object, before: _ApplicableSchemas
) -> _ApplicableSchemas | None:
    """Return the schemas at the end of a path of jsonschema's, which does not name references."""
    if not isinstance(schema, dict):
        return before
    here = before._replace(schemas=(*before.schemas, schema))
    if schema is end:
        return here
    inside = None
    if path and path[0] in schema:
        inside = _applicable_schemas_inside(root, schema, path, end, here)
    if inside is None and "$ref" in schema:
        inside = _applicable_schemas(root, resolve(root, schema["$ref"]), path, end, here)
    return inside


def _applicable_schemas_inside(
    root: object, schema: dict[str, Any], path: _Path, end: object, here: _ApplicableSchemas
) -> _ApplicableSchemas | None:
    keyword = path[0]
    steps = 1 if keyword in SCHEMAS else 2
    if steps > len(path) or keyword not in (*SCHEMAS, *SCHEMA_LISTS, *SCHEMA_MAPS):
        return None
    inner: Any = schema
    for step in path[:steps]:
        inner = inner[step]
    if keyword in _INWARD:
        here = _ApplicableSchemas((), here.schemas if keyword in ("items", "prefixItems") else ())
    return _applicable_schemas(root, inner, path[steps:], end, here)
