"""Evaluating expressions while noting the values that marked parts of them take.

A part is marked by a call around it, in the text: `a && b` becomes `a && mark(1, b)`. So the
library itself says which parts it evaluates, how often, and in which order: what it skips is not
noted, and loop variables are what they are. A part that has no value, an error, is not noted.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from cel_expr_python import cel

from launchpolicy.policy.cel.has_keys import with_fields_in_has
from launchpolicy.policy.cel.runtime import Bindings, new_environment
from launchpolicy.policy.cel.timestamps import CONTAINER
from launchpolicy.policy.cel.tree import Node

_MARK: Final = "mark"

Note = Callable[[int, Any], None]
"""Takes the number of a part, and the value that it has just taken."""


class NumberedPart(NamedTuple):
    """A part of an expression and the number under which its values are noted."""

    node: Node
    number: int


def marked_expression(expression: str, parts: Iterable[NumberedPart]) -> str:
    """Return `expression` with every part marked; it has the same value for `Tracing` bindings."""
    texts: list[tuple[int, int, int, str]] = []
    for node, number in parts:
        # At one offset: ends before beginnings, the inner end and the outer beginning first.
        texts.append((node.start, 1, -node.end, f"{_MARK}({number}, "))
        texts.append((node.end, 0, -node.start, ")"))
    marked, at = [], 0
    for offset, _, _, text in sorted(texts):
        marked += [expression[at:offset], text]
        at = offset
    return "".join([*marked, expression[at:]])


class Tracing:
    """An environment of its own, whose evaluations hand the values of marked parts to `note`."""

    def __init__(self, note: Note) -> None:
        self.environment = new_environment([_mark_function(note)])
        self.program = functools.lru_cache(maxsize=4096)(self._compile)

    def _compile(self, expression: str) -> Any:  # noqa: ANN401 (the library's type)
        return self.environment.compile(with_fields_in_has(expression))

    def bindings(self, values: Mapping[str, Any], functions: Sequence[Any] = ()) -> Bindings:
        """Return bindings that notice marked parts; else they are as any."""
        return _TracedBindings(values, functions, self)


class _TracedBindings(Bindings):
    """Bindings that evaluate in the environment of a `Tracing`."""

    __slots__ = ("_tracing",)

    def __init__(
        self, values: Mapping[str, Any], functions: Sequence[Any], tracing: Tracing
    ) -> None:
        self._tracing = tracing
        super().__init__(values, functions)

    def _environment(self) -> Any:  # noqa: ANN401 (the library's type)
        return self._tracing.environment

    def _program(self, expression: str) -> Any:  # noqa: ANN401 (the library's type)
        return self._tracing.program(expression)


def _mark_function(note: Note) -> Any:  # noqa: ANN401 (the library's type)
    """Return a function that notes its second argument and gives it back; optionals have none."""

    def mark(number: int, value: Any) -> Any:  # noqa: ANN401 (a CEL value)
        note(number, value)
        return value

    types = cel.Type
    scalars = (types.BOOL, types.INT, types.UINT, types.DOUBLE, types.STRING, types.BYTES)
    others = (types.TIMESTAMP, types.DURATION, types.NULL)
    kinds = (*scalars, *others, types.List(types.DYN), types.Map(types.DYN, types.DYN))
    overloads = [
        cel.Overload(
            f"{_MARK}_{number}",
            return_type=kind,
            parameters=[types.INT, kind],
            is_member=False,
            impl=mark,
        )
        for number, kind in enumerate(kinds)
    ]
    return cel.FunctionDecl(f"{CONTAINER}.{_MARK}", overloads)
