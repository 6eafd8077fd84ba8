"""Lists of a launch request: tuples once read, without twins where twins would be ambiguous."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from launchpolicy.requests.launch_request.fields import RequestSection


@dataclass(frozen=True, slots=True)
class ListOf:
    """Reads a list into a tuple; nothing but a list will do, not even a tuple or a set.

    `key` is the attribute of the items that must be unique (`x-unique-by`); with `distinct` the
    items themselves must be (`uniqueItems`).
    """

    key: str = ""
    distinct: bool = False

    def __get_pydantic_core_schema__(
        self,
        source: object,
        handler: GetCoreSchemaHandler,
    ) -> CoreSchema:
        items: CoreSchema = handler(source)["items_schema"][0]
        whole = core_schema.list_schema(items, strict=True)
        return core_schema.no_info_after_validator_function(self._gather, whole)

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        json_schema = dict(handler(schema))
        if self.key:
            json_schema["x-unique-by"] = self.key
        if self.distinct:
            json_schema["uniqueItems"] = True
        return json_schema

    def _gather(self, items: list[Any]) -> tuple[Any, ...]:
        keys: list[Hashable] = [getattr(item, self.key) for item in items] if self.key else []
        if self.distinct:
            keys = list(items)
        for key, count in Counter(keys).items():
            if count > 1:
                raise PydanticCustomError("not_unique", "{key} stands twice", {"key": key})
        return tuple(items)


_T = TypeVar("_T")
_S = TypeVar("_S", bound=RequestSection)

Several = Annotated[tuple[_T, ...], ListOf()]
"""Items in order, alike or not."""

Distinct = Annotated[tuple[_T, ...], ListOf(distinct=True)]
"""Identifiers, each once."""

Named = Annotated[tuple[_S, ...], ListOf(key="name")]
"""Objects, each with a `name` of its own."""
