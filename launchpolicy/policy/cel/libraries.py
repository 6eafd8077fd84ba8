"""The libraries of functions that expressions may use, the same for checking and for running.

Most are the library's own, switched on by `CONFIGURATION`. What it lacks, or has without a bound of
time, is declared here once: with a signature, from which the check takes types, and the kinds of
its parameters, by which the evaluator chooses what to call (it has no generic types). What
functions do stands in modules of their own, loaded when one is called first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product
from types import ModuleType
from typing import Any, Final

from cel_expr_python import cel

from launchpolicy.policy.cel import text_matches
from launchpolicy.policy.cel.text_matches import METHOD_OF_OURS
from launchpolicy.policy.cel.timestamps import CONTAINER
from launchpolicy.policy.cel.work import WorkBudget
from launchpolicy.vocabulary.named_tuple import NamedTuple

CONFIGURATION: Final = """
extensions:
  - name: optional
  - name: strings
  - name: bindings
  - name: math
  - name: lists
  - name: two-var-comprehensions
  - name: regex
  - name: encoders
"""
"""The library's own, as its configuration of environments names them."""

OVERLAID: Final = frozenset({"lists"})
"""Namespaces in which a function of ours hides one of the library's, unless a dot stands before."""

_KINDS = cel.Type
_SCALARS: Final = ("int", "double", "string", "bool")


def _sets() -> ModuleType:
    from launchpolicy.policy.cel import set_functions  # noqa: PLC0415 (loaded when called)

    return set_functions


def _lists() -> ModuleType:
    from launchpolicy.policy.cel import list_functions  # noqa: PLC0415 (loaded when called)

    return list_functions


def _maps() -> ModuleType:
    from launchpolicy.policy.cel import map_functions  # noqa: PLC0415 (loaded when called)

    return map_functions


def _versions() -> ModuleType:
    from launchpolicy.policy.cel import semantic_versions  # noqa: PLC0415 (loaded when called)

    return semantic_versions


def _text_matches() -> ModuleType:
    return text_matches


class LibraryFunction(NamedTuple):
    """A function of ours, with what the check and the evaluator must know of it.

    `signatures` are pairs of parameters and result in CEL's notation of types, where `~T` is any
    one type; `kinds` are its parameters where expressions run. `implementation` names the module
    of this folder and the function in it. A method stands after its first parameter.
    """

    name: str
    signatures: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[Any, ...], ...]
    module: Callable[[], ModuleType]
    implementation: str
    result: Any = _KINDS.DYN
    is_method: bool = False


def _set_function(name: str) -> LibraryFunction:
    return LibraryFunction(
        f"sets.{name}",
        (("list<~T>, list<~T>", "bool"),),
        ((_KINDS.LIST, _KINDS.LIST),),
        _sets,
        name,
        _KINDS.BOOL,
    )


def _list_method(
    name: str,
    implementation: str,
    results: dict[str, str],
    result: Any = _KINDS.DYN,  # noqa: ANN401
) -> LibraryFunction:
    signatures = tuple((f"list<{element}>", answer) for element, answer in results.items())
    return LibraryFunction(
        name,
        signatures,
        ((_KINDS.LIST,),),
        _lists,
        implementation,
        result,
        is_method=True,
    )


def _version_method(name: str, implementation: str, result: str, *others: str) -> LibraryFunction:
    return LibraryFunction(
        name,
        ((", ".join(("Semver", *others)), result),),
        ((_KINDS.MAP,) * (1 + len(others)),),
        _versions,
        implementation,
        _KINDS.BOOL if result == "bool" else _KINDS.INT,
        is_method=True,
    )


_FROM_TEXT: Final = ((_KINDS.STRING,), (_KINDS.STRING, _KINDS.BOOL))

FUNCTIONS_OF_OURS: Final = (
    _set_function("contains"),
    _set_function("equivalent"),
    _set_function("intersects"),
    LibraryFunction(
        "lists.range",
        (("int", "list<int>"),),
        ((_KINDS.INT,),),
        _lists,
        "numbers_below",
        _KINDS.LIST,
    ),
    _list_method(
        "isSorted",
        "is_sorted",
        dict.fromkeys((*_SCALARS, "timestamp", "duration"), "bool"),
        _KINDS.BOOL,
    ),
    _list_method("min", "least", {kind: kind for kind in _SCALARS}),
    _list_method("max", "greatest", {kind: kind for kind in _SCALARS}),
    _list_method("sum", "total", {"int": "int", "double": "double"}),
    LibraryFunction(
        "semver",
        (("string", "Semver"), ("string, bool", "Semver")),
        _FROM_TEXT,
        _versions,
        "semver",
        _KINDS.MAP,
    ),
    LibraryFunction(
        "isSemver",
        (("string", "bool"), ("string, bool", "bool")),
        _FROM_TEXT,
        _versions,
        "is_semver",
        _KINDS.BOOL,
    ),
    _version_method("major", "major", "int"),
    _version_method("minor", "minor", "int"),
    _version_method("patch", "patch", "int"),
    _version_method("isLessThan", "is_less_than", "bool", "Semver"),
    _version_method("isGreaterThan", "is_greater_than", "bool", "Semver"),
    _version_method("compareTo", "compare_to", "int", "Semver"),
)
"""The functions by the names that expressions call."""

_MAP_INSERTION: Final = LibraryFunction(
    "cel.@mapInsert",
    (),
    (
        *product(
            (_KINDS.MAP,),
            (_KINDS.STRING, _KINDS.INT, _KINDS.UINT, _KINDS.BOOL),
            (
                *(_KINDS.STRING, _KINDS.INT, _KINDS.UINT, _KINDS.BOOL, _KINDS.DOUBLE, _KINDS.NULL),
                *(_KINDS.BYTES, _KINDS.LIST, _KINDS.MAP, _KINDS.TIMESTAMP, _KINDS.DURATION),
            ),
        ),
    ),
    _maps,
    "insert",
    _KINDS.MAP,
)
_MATCHES: Final = LibraryFunction(
    METHOD_OF_OURS,
    (),
    ((_KINDS.STRING, _KINDS.STRING),),
    _text_matches,
    "contains_match",
    _KINDS.BOOL,
    is_method=True,
)
_MAP_MERGER: Final = _MAP_INSERTION._replace(
    kinds=((_KINDS.MAP, _KINDS.MAP),), implementation="merge"
)


def check_configuration() -> str:
    """Return the types of our functions and the library's own ones, as its configuration reads."""
    lines = [CONFIGURATION, "functions:"]
    for function in FUNCTIONS_OF_OURS:
        name = _full_name(function)
        lines += [f"  - name: {name}", "    overloads:"]
        for number, (parameters, result) in enumerate(function.signatures):
            signature = _signature(function, parameters)
            identifier = f"{name}_{number}"
            lines.append(
                f"      - {{id: {identifier}, signature: '{signature}', return: '{result}'}}"
            )
    return "\n".join(lines)


def functions(work: WorkBudget) -> Iterator[Any]:
    """Yield the declarations of our functions for the evaluator; each call takes from `work`."""
    for function in (*FUNCTIONS_OF_OURS, _MATCHES):
        yield cel.FunctionDecl(_full_name(function), list(_overloads(function, work)))
    overloads = [*_overloads(_MAP_INSERTION, work), *_overloads(_MAP_MERGER, work)]
    yield cel.FunctionDecl(_full_name(_MAP_INSERTION), overloads)


def _overloads(function: LibraryFunction, work: WorkBudget) -> Iterator[Any]:
    call = _loaded_when_called(function, work)
    for number, kinds in enumerate(function.kinds):
        yield cel.Overload(
            f"{function.name}_{function.implementation}_{number}",
            return_type=function.result,
            parameters=list(kinds),
            is_member=function.is_method,
            impl=call,
        )


def _loaded_when_called(function: LibraryFunction, work: WorkBudget) -> Callable[..., Any]:
    def call(*arguments: Any) -> Any:  # noqa: ANN401 (CEL values)
        return getattr(function.module(), function.implementation)(work, *arguments)

    return call


def _full_name(function: LibraryFunction) -> str:
    """Return the name where it is declared: methods are looked for in no container."""
    return function.name if function.is_method else f"{CONTAINER}.{function.name}"


def _signature(function: LibraryFunction, parameters: str) -> str:
    """Return a signature as the library reads it, where a dot in a name has a stroke before it."""
    if function.is_method:
        target, _, rest = parameters.partition(", ")
        return f"{target}.{function.name}({rest})"
    escaped = _full_name(function).replace(".", r"\.")
    return f"{escaped}({parameters})"
