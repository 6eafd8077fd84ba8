"""What is used of a jsonschema validator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

from launchpolicy.documents.schema.dialect import SchemaNode

if TYPE_CHECKING:
    from jsonschema import ValidationError

    _Errors = Iterator[ValidationError]


class Validator(Protocol):
    """What is used of a jsonschema validator; its own stubs know only JSON read by `json`."""

    schema: SchemaNode

    def iter_errors(self, instance: object) -> _Errors:
        """Return every error, lazily."""

    def descend(
        self,
        instance: object,
        schema: SchemaNode,
        path: str | int | None = None,
        schema_path: str | int | None = None,
    ) -> _Errors:
        """Return the errors of an inner value (`path`), or by an inner schema (`schema_path`)."""
