"""Running expressions on plain data.

Two traps of the library are closed here and nowhere else: its result objects are truthy even for
`false` and for errors, so only type BOOL with value True counts as true; and it stops at a fixed
iteration budget by raising, which is an error like any other, never an answer.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from cel_expr_python import cel
from cel_expr_python.ext import ext_bindings, ext_math, ext_optional, ext_strings

VARIABLES: Final = (
    "object",
    "oldObject",
    "change",
    "path",
    "evidence",
    "calendar",
    "launches",
    "people",
    "waiver",
    "configuration",
    "display",
    "params",
    "variables",
    "each",
    "index",
    "now",
)
"""What an expression may name; every one is bound in every evaluation that names it."""

_PROTOBUF = "google.protobuf"
_NOT_PLAIN = "gives a value that is not plain data; end an optional chain with .orValue(…)"


class EvaluationError(Exception):
    """An expression gave no answer: a missing key, a type it cannot work on, its budget."""


class Bindings:
    """The values of variables for a series of evaluations; converted for CEL only once."""

    __slots__ = ("_activation",)

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._activation = _environment().Activation(dict(values))

    def evaluate(self, expression: str) -> Any:  # noqa: ANN401 (an expression may give any type)
        """The plain value of `expression`.

        Raises:
            EvaluationError: there is none.
        """
        result = self._run(expression)
        try:
            if result.type() == cel.Type.ERROR:
                raise EvaluationError(_reason(str(result.value())))
            return result.plain_value()
        except (TypeError, RuntimeError) as error:
            raise EvaluationError(_NOT_PLAIN) from error

    def holds(self, expression: str) -> bool:
        """Whether `expression` is true.

        Raises:
            EvaluationError: it is neither true nor false.
        """
        result = self._run(expression)
        if result.type() == cel.Type.BOOL:
            return result.value() is True
        if result.type() == cel.Type.ERROR:
            self.evaluate(expression)  # raises, with the reason
        message = f"gives a value of type {result.type().name()}, not true or false"
        raise EvaluationError(message)

    def _run(self, expression: str) -> Any:  # noqa: ANN401 (the library's result object)
        try:
            return _program(expression).eval(self._activation)
        except (RuntimeError, TypeError, ValueError, OverflowError) as error:
            raise EvaluationError(_reason(str(error))) from error


def extensions() -> list[Any]:
    """The CEL libraries that policies may use, the same for checking and for running."""
    return [
        ext_strings.ExtStrings(),
        ext_bindings.ExtBindings(),
        ext_optional.ExtOptional(),
        ext_math.ExtMath(),
    ]


@functools.cache
def _environment() -> Any:  # noqa: ANN401 (the library's type is an implementation detail)
    # A top-level datetime is converted only where the variable is declared a timestamp.
    variables = {**dict.fromkeys(VARIABLES, cel.Type.DYN), "now": cel.Type.TIMESTAMP}
    with _without_protobuf():
        return cel.NewEnv(variables=variables, extensions=extensions())


@contextmanager
def _without_protobuf() -> Iterator[None]:
    """Keeps the library from importing protobuf for a default pool of message types.

    It does so only where protobuf is installed, and plain data has no messages: measured, the
    import is 50 ms of a check of one file. `None` in `sys.modules` makes an import fail (Python
    reference, "The module cache").
    """
    if _PROTOBUF in sys.modules:
        yield
        return
    sys.modules[_PROTOBUF] = None  # type: ignore[assignment]  # what the reference says
    try:
        yield
    finally:
        del sys.modules[_PROTOBUF]


@functools.lru_cache(maxsize=4096)
def _program(expression: str) -> Any:  # noqa: ANN401
    return _environment().compile(expression)


def _reason(text: str) -> str:
    """The library's message without its status code: `Key not found in map : "x"`."""
    for code in ("NOT_FOUND: ", "INVALID_ARGUMENT: ", "INTERNAL: ", "OUT_OF_RANGE: "):
        text = text.removeprefix(code)
    return text.split("\n", 1)[0].split(" [", 1)[0]
