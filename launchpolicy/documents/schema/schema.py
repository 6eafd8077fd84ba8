"""A JSON Schema that owns what is made from it, so that nothing is kept beside it by identity."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

from launchpolicy.documents.schema.acceptance import compile_schema

_Made = TypeVar("_Made")
_Check = Callable[[object], bool]


class Schema(dict[str, Any]):
    """A JSON Schema as plain data, with all that is compiled from it at first use.

    Nobody changes the data of a schema once it is made. A copy, or one in another process, begins
    with nothing compiled.
    """

    __slots__ = ("_accepts", "_derived")

    def __init__(self, data: Mapping[str, Any]) -> None:
        super().__init__(data)
        self._accepts: _Check | None = None
        self._derived: dict[Callable[[Schema], object], object] = {}

    def __reduce__(self) -> tuple[type[Schema], tuple[dict[str, Any]]]:
        return Schema, (dict(self),)

    def accepts(self, data: object) -> bool:
        """Return whether `data` (exactly str, int, float, bool, None, list, dict) follows it.

        Raises:
            UnsupportedSchemaError: a keyword that `data` reaches is not understood; never a yes.
        """
        if self._accepts is None:
            self._accepts = compile_schema(self)
        return self._accepts(data)

    def derive(self, make: Callable[[Schema], _Made]) -> _Made:
        """Return `make(self)`, made once; `make` is a function of a module, without side effects.

        This is how a room above keeps what it reads off a schema: routes of evidence, CEL types.
        """
        if make not in self._derived:
            self._derived[make] = make(self)
        return cast("_Made", self._derived[make])
