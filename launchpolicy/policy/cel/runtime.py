"""Running expressions on plain data.

Traps of the library are closed here and nowhere else: its result objects are truthy even for
`false` and for errors, so only type BOOL with value True counts as true; it stops at a fixed
iteration budget by raising, which is an error like any other, never an answer; it has no bound of
memory, so evaluations run in one (`policy.cel.memory`); and its `timestamp` reads what RFC 3339
does not allow, so ours stands in its place (`policy.cel.timestamps`).
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Final, TypeVar

from cel_expr_python import cel

from launchpolicy.policy.cel import memory
from launchpolicy.policy.cel.compiled_ahead import compiled_ahead
from launchpolicy.policy.cel.has_keys import with_fields_in_has
from launchpolicy.policy.cel.libraries import CONFIGURATION, functions
from launchpolicy.policy.cel.text_matches import with_method_of_ours, with_name_of_library
from launchpolicy.policy.cel.timestamps import CONTAINER, timestamp_function, without_container
from launchpolicy.policy.cel.work import WorkBudget

VARIABLES: Final = (
    "object",
    "oldObject",
    "change",
    "path",
    "evidence",
    "calendar",
    "launches",
    "people",
    "texts",
    "waiver",
    "configuration",
    "display",
    "pullRequest",
    "files",
    "lookups",
    "lookupsByPolicy",
    "params",
    "variables",
    "each",
    "index",
    "key",
    "now",
    "data",
)
"""What an expression may name; every one is bound in every evaluation that names it."""

_PROTOBUF = "google.protobuf"
_OUT_OF_BOUNDS = f"takes more than {memory.ALLOWANCE >> 20} MiB of memory"
_NO_MEMORY = "bad_alloc"
"""What the library says where memory is refused while it compiles."""
_COMPLAINTS = (RuntimeError, TypeError, ValueError, OverflowError)
"""What the library raises of an expression that it cannot compile or evaluate."""

_NOT_PLAIN = "gives a value that is not plain data; end an optional chain with .orValue(…)"

_NO_LIST = "gives no list"

Answer = TypeVar("Answer")


class EvaluationError(Exception):
    """An expression gave no answer: a missing key, a type it cannot work on, its budget."""


class MemoryBoundError(EvaluationError):
    """An expression takes more memory than one evaluation may."""


class Bindings:
    """The values of variables for a series of evaluations; converted for CEL only once."""

    __slots__ = ("_activation",)

    def __init__(self, values: Mapping[str, Any], functions: Sequence[Any] = ()) -> None:
        """Take `values`, and the `functions` about files (`file_functions`) where there are any."""
        environment = self._environment()
        self._activation = environment.Activation(dict(values), functions=list(functions))

    def evaluate(self, expression: str) -> Any:  # noqa: ANN401 (an expression may give any type)
        """Return the plain value of `expression`.

        Raises:
            EvaluationError: there is none.
        """
        return self._in_bounds(_plain_value, expression)

    def holds(self, expression: str) -> bool:
        """Return whether `expression` is true.

        Raises:
            EvaluationError: it is neither true nor false.
        """
        return self._in_bounds(_truth, expression)

    def truths(self, expression: str) -> tuple[bool, ...]:
        """Return which items of the list that `expression` gives are true.

        Raises:
            EvaluationError: it gives no list.
        """
        items = self.evaluate(expression)
        if not isinstance(items, list):
            raise EvaluationError(_NO_LIST)
        return tuple(item is True for item in items)

    def _in_bounds(self, read: Callable[[Any], Answer], expression: str) -> Answer:
        """Return what `read` makes of the result; the result itself is gone by then.

        An expression is compiled out of bounds: where memory is refused meanwhile, what the
        library's parser keeps for all expressions stays half-written, and the next one that it
        reads ends the process. The library bounds a text to 100,000 characters, and so what
        compiling it takes.
        """
        program = self._readable_program(expression)
        try:
            return memory.run_in_bounds(lambda: read(self._run(program)))
        except memory.OutOfBoundsError as error:
            raise MemoryBoundError(_OUT_OF_BOUNDS) from error

    def _readable_program(self, expression: str) -> Any:  # noqa: ANN401 (the library's type)
        try:
            return self._program(expression)
        except _COMPLAINTS as error:
            raise _failure(error) from error

    def _run(self, program: Any) -> Any:  # noqa: ANN401 (the library's program and result)
        _work().renew()
        try:
            return program.eval(self._activation)
        except _COMPLAINTS as error:
            raise _failure(error) from error

    def _environment(self) -> Any:  # noqa: ANN401 (the library's type)
        """Return what expressions are compiled in; a series that observes them has its own."""
        return _environment()

    def _program(self, expression: str) -> Any:  # noqa: ANN401 (the library's type)
        """Return an expression that is compiled in `_environment`."""
        return program_of(expression)


def _plain_value(result: Any) -> Any:  # noqa: ANN401 (an expression may give any type)
    try:
        if result.type() == cel.Type.ERROR:
            raise EvaluationError(_reason(str(result.value())))
        return result.plain_value()
    except (TypeError, RuntimeError) as error:
        raise EvaluationError(_NOT_PLAIN) from error


def _truth(result: Any) -> bool:  # noqa: ANN401 (the library's result object)
    if result.type() == cel.Type.BOOL:
        return result.value() is True
    if result.type() == cel.Type.ERROR:
        _plain_value(result)  # raises, with the reason
    message = f"gives a value of type {result.type().name()}, not true or false"
    raise EvaluationError(message)


def require_readable(expression: str) -> None:
    """Require that the library can read `expression`, of whatever types.

    Raises:
        RuntimeError: it cannot be read when it runs; the message names the places.
    """
    _environment().compile(with_fields_in_has(expression), disable_check=True)


_FILE_FUNCTIONS: Final = {
    "files.exists": (cel.Type.BOOL, 1),
    "files.list": (cel.Type.List(cel.Type.STRING), 1),
    "files.matches": (cel.Type.BOOL, 2),
}
"""The functions about other files: what each gives, and how many texts it takes."""


def files_extension() -> Any:  # noqa: ANN401 (the library's type)
    """Return the declarations of the functions about files; what they do is bound with values."""
    return cel.CelExtension(
        "files",
        [
            cel.FunctionDecl(
                name,
                [
                    cel.Overload(
                        name.replace(".", "_"),
                        return_type=result,
                        parameters=[cel.Type.STRING] * count,
                        is_member=False,
                    )
                ],
            )
            for name, (result, count) in _FILE_FUNCTIONS.items()
        ],
    )


def file_functions(implementations: Mapping[str, Callable[..., Any]]) -> list[Any]:
    """Return the functions about files, by `files.NAME`, for `Bindings`.

    An exception of an implementation is an error of CEL with the same message.
    """
    return [
        cel.Function(name, [cel.Type.STRING] * count, is_member=False, impl=implementations[name])
        for name, (_, count) in _FILE_FUNCTIONS.items()
    ]


@functools.cache
def _environment() -> Any:  # noqa: ANN401 (the library's type is an implementation detail)
    return new_environment()


def new_environment(further: Sequence[Any] = ()) -> Any:  # noqa: ANN401 (as above)
    """Return what expressions run in, with `further` functions that the library declares."""
    # A top-level datetime is converted only where the variable is declared a timestamp.
    variables = {**dict.fromkeys(VARIABLES, cel.Type.DYN), "now": cel.Type.TIMESTAMP}
    with _without_protobuf():
        return cel.NewEnv(
            config=cel.NewEnvConfigFromYaml(CONFIGURATION),
            variables=variables,
            container=CONTAINER,
            extensions=[files_extension()],
            functions=[timestamp_function(), *functions(_work()), *further],
        )


@functools.cache
def _reading_environment() -> Any:  # noqa: ANN401 (as above)
    """Return the environment for programs that come compiled; else it would convert no moment."""
    _environment().compile("true")
    return _environment()


@functools.cache
def _work() -> WorkBudget:
    """Return what functions of ours count in; it holds one count for each thread."""
    return WorkBudget()


@contextmanager
def _without_protobuf() -> Iterator[None]:
    """Keep the library from importing protobuf for a default pool of message types.

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
def program_of(expression: str) -> Any:  # noqa: ANN401 (the library's type)
    """Return a compiled expression, which is remembered for the length of the run.

    Raises:
        RuntimeError: it cannot be read.
    """
    ahead = compiled_ahead(expression)
    return _compile(expression) if ahead is None else _reading_environment().deserialize(ahead)


def serialized_program(expression: str) -> bytes:
    """Return an expression as the library compiles and writes it, in an order that may differ.

    Raises:
        RuntimeError: it cannot be read.
    """
    written: bytes = _compile(expression).serialize()
    return written


def _compile(expression: str) -> Any:  # noqa: ANN401 (the library's type)
    return _environment().compile(with_method_of_ours(with_fields_in_has(expression)))


def _failure(error: Exception) -> Exception:
    return MemoryError() if _NO_MEMORY in str(error) else EvaluationError(_reason(str(error)))


def _reason(text: str) -> str:
    """Return the library's message without its status code: `Key not found in map : "x"`."""
    for code in ("NOT_FOUND: ", "INVALID_ARGUMENT: ", "INTERNAL: ", "OUT_OF_RANGE: "):
        text = text.removeprefix(code)
    return with_name_of_library(without_container(text.split("\n", 1)[0].split(" [", 1)[0]))
