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

from launchpolicy.documents.schema.dialect import UNIQUE_BY
from launchpolicy.documents.schema.equality import identity, repeated
from launchpolicy.documents.schema.formats import ASSERTED
from launchpolicy.documents.schema.leaves import is_multiple
from launchpolicy.documents.schema.patterns import matcher
from launchpolicy.vocabulary.place import Route

Errors = Iterator[ValidationError]


@dataclass(frozen=True, slots=True)
class Violation:
    """One keyword that one value does not satisfy.

    `route` leads to the value; to the unknown key for `additionalProperties`, to the mapping for
    `required`, whose missing key is `key`. `keyword` is "" where the schema is `false`. `schemas`
    are those that the value had to follow where it stands, outermost first, so that a remark
    beside a reference comes before the one in the definition. `branches` are the violations of
    each branch of `anyOf` and `oneOf` (empty: the branch fits), or of `propertyNames`.
    """

    route: Route
    keyword: str
    argument: Any
    value: Any
    schemas: tuple[Mapping[str, Any], ...]
    key: str = ""
    branches: tuple[tuple[Violation, ...], ...] = ()


def validator(schema: Mapping[str, Any]) -> Validator:
    """The explaining validator of `schema` in our dialect."""
    # A `$schema` would make jsonschema go back to its own keywords wherever `#` is referred to.
    return _Dialect(
        {key: value for key, value in schema.items() if key != "$schema"},
        format_checker=_formats,
    )


def violations(schema: Mapping[str, Any], data: object) -> Iterator[Violation]:
    """Everything in which `data` does not follow `schema`, in the order of the schema."""
    for error in validator(schema).iter_errors(data):
        yield _violation(schema, error)


def _violation(root: Mapping[str, Any], error: ValidationError) -> Violation:
    keyword = error.validator if isinstance(error.validator, str) else ""
    branches: dict[int, list[Violation]] = {}
    if keyword in ("anyOf", "oneOf"):
        branches = {index: [] for index in range(len(error.validator_value))}
    for inner in error.context or ():
        index = inner.schema_path[0] if branches else 0
        branches.setdefault(int(index), []).append(_violation(root, inner))
    return Violation(
        route=tuple(error.absolute_path),
        keyword=keyword,
        argument=error.validator_value,
        value=error.instance,
        schemas=_schemas(root, error),
        key=error.message if keyword in ("required", UNIQUE_BY) else "",
        branches=tuple(map(tuple, branches.values())),
    )
