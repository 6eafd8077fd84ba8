"""The keywords of a recursive schema, for the explanation: what fits is not looked at again.

A branch of a choice that another key rules out (`op: {const: and}`) is explained by that key alone,
and choices within choices only so deep: otherwise the errors of both branches, each with those of
the branches below, would be 2^depth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, Final

from jsonschema import Draft202012Validator, ValidationError

from launchpolicy.documents.schema.dialect import SchemaNode, resolve, subschemas
from launchpolicy.documents.schema.validator_protocol import Validator

_DEEPEST: Final = 3
"""Choices within choices whose branches are all explained."""

_MOST_CHOICES: Final = 300
"""Choices that are explained below one; further ones only say that no branch fits."""

_MOST_ERRORS: Final = 100
"""Errors of one branch that are looked at."""

_Errors = Iterator[ValidationError]
_REFERENCE: Any = Draft202012Validator.VALIDATORS["$ref"]


class RecursiveKeywords:
    """`$ref`, `anyOf` and `oneOf` of one schema; `accepts` says whether a value fits a pointer."""

    def __init__(self, root: dict[str, Any], accepts: Callable[[str, object], bool]) -> None:
        self._root = root
        self._accepts = accepts
        self._pointers = dict(_pointers(root))
        self._depth = 0
        self._is_inside = False
        self._choices = 0

    def reference(
        self, validator: Validator, reference: str, value: object, schema: object
    ) -> _Errors:
        if not self._accepts(reference, value):
            yield from _REFERENCE(validator, reference, value, schema)

    def any_of(
        self, validator: Validator, branches: list[SchemaNode], value: object, _schema: object
    ) -> _Errors:
        if not any(self._fits(branch, value) for branch in branches):
            yield ValidationError("no branch", context=self._errors(validator, branches, value))

    def one_of(
        self, validator: Validator, branches: list[SchemaNode], value: object, _schema: object
    ) -> _Errors:
        count = sum(self._fits(branch, value) for branch in branches)
        if count == 0:
            yield ValidationError("no branch", context=self._errors(validator, branches, value))
        elif count > 1:
            yield ValidationError("several branches")

    def _fits(self, branch: SchemaNode, value: object) -> bool:
        return self._accepts(self._pointers[id(branch)], value)

    def _errors(
        self, validator: Validator, branches: list[SchemaNode], value: object
    ) -> list[ValidationError]:
        """Return the errors of each branch, of those that a key rules out only that of the key."""
        if not self._is_inside:
            self._choices = 0
        self._choices += 1
        keys = [self._telling_keys(branch, value) for branch in branches]
        is_deep = sum(not one for one in keys) > 1
        if (is_deep and self._depth >= _DEEPEST) or self._choices > _MOST_CHOICES:
            return []
        was_inside, self._is_inside = self._is_inside, True
        self._depth += is_deep
        errors: list[ValidationError] = []
        for number, (branch, telling) in enumerate(zip(branches, keys, strict=True)):
            shown: SchemaNode = {"properties": telling} if telling else branch
            errors += islice(validator.descend(value, shown, schema_path=number), _MOST_ERRORS)
        self._depth -= is_deep
        self._is_inside = was_inside
        return errors

    def _telling_keys(self, branch: SchemaNode, value: object) -> dict[str, SchemaNode]:
        """Return the keys, with their schemas, whose listed values do not have that of `value`."""
        while isinstance(branch, dict) and "properties" not in branch and "$ref" in branch:
            branch = resolve(self._root, branch["$ref"])  # type: ignore[assignment]
        if not isinstance(branch, dict) or not isinstance(value, dict):
            return {}
        return {
            key: schema
            for key, schema in branch.get("properties", {}).items()
            if key in value
            and isinstance(schema, dict)
            and ("const" in schema or "enum" in schema)
            and not self._fits(schema, value[key])
        }


def _pointers(root: dict[str, Any]) -> Iterator[tuple[int, str]]:
    """Yield the identity of each schema with its pointer."""
    waiting: list[tuple[SchemaNode, str]] = [(root, "#")]
    while waiting:
        node, pointer = waiting.pop()
        yield id(node), pointer
        if isinstance(node, dict):
            waiting += [(inner, below) for _, below, inner in subschemas(node, pointer)]
