"""The type check of expressions against a kind's schema, made when a policy is loaded.

A misspelt field path would otherwise be an error at run time, or worse, an absent optional field.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from cel_expr_python import cel

from launchpolicy.policy.cel.conversions import conversions
from launchpolicy.policy.cel.descriptors import DATE_TIME, ROOT, KindTypes
from launchpolicy.policy.cel.libraries import OVERLAID, check_configuration
from launchpolicy.policy.cel.map_order import order_problems
from launchpolicy.policy.cel.problems import (
    NO_DATA,
    ExpressionProblem,
    bare_date_time,
    describe_call,
    no_field,
    no_function,
    no_name,
    no_overload,
    plain,
    unbound_problems,
    without_consequences,
)
from launchpolicy.policy.cel.runtime import files_extension
from launchpolicy.policy.cel.timestamps import CONTAINER, without_container
from launchpolicy.policy.parameters import ParameterType
from launchpolicy.policy.policy import ANY_KEY
from launchpolicy.vocabulary.text import Text

Type = Any
"""The library's type object; only compared and passed on outside this room."""

BOOL: Type = cel.Type.BOOL
STRING: Type = cel.Type.STRING
INT: Type = cel.Type.INT
DYN: Type = cel.Type.DYN
DOUBLE: Type = cel.Type.DOUBLE
OBJECT: Type = cel.Type(ROOT)

_EDIT = cel.Type.Map(STRING, STRING)
_STANDARD: dict[str, Type] = {
    "object": OBJECT,
    "oldObject": OBJECT,
    "now": cel.Type.TIMESTAMP,
    "change.operation": STRING,
    "change.paths": cel.Type.List(STRING),
    "change.edits": cel.Type.List(_EDIT),
    "change.stage": cel.Type.Map(STRING, STRING),
    "path.text": STRING,
    "path.folder": STRING,
    "path.name": STRING,
    "path.stem": STRING,
    "path.segments": cel.Type.List(STRING),
}
EDIT: Type = _EDIT

# `timestamp` and `string` learn to take a DateTime; the library lets a standard function be
# declared only once, so both are left out of the standard set and declared whole: `timestamp` in
# the container, where it is when expressions run.
_CONFIGURATION = """
name: check
stdlib:
  exclude_functions:
    - name: timestamp
    - name: string
"""
_UNDEFINED = re.compile(r"undefined field '([^']*)' not found in struct '([^']*)'")
_UNDECLARED = re.compile(r"undeclared reference to '([^']*)'")
_OVERLOAD = re.compile(r"found no matching overload for '([^']*)' applied to '([^']*)'")
_LOCATED = re.compile(r"ERROR: <input>:(\d+):(\d+): (.*)")
_SOME_KEY = {True: "0", False: '""'}
"""An index of a list, and a key of a map, which both have the type of any other."""

_ODD_INDEX = re.compile(r'\[(\??)"([^"\\]+)"\]')


def parameter(written: ParameterType) -> Type:
    """Return the CEL type of a parameter."""
    if written.of is not None:
        inner = parameter(written.of)
        return cel.Type.List(inner) if written.name == "list" else cel.Type.Map(STRING, inner)
    scalars = {"bool": BOOL, "string": STRING, "int": INT, "double": DOUBLE}
    return scalars.get(written.name, DYN)


class CheckedExpression(NamedTuple):
    """The type of an expression, or why it has none."""

    type: Type
    problems: tuple[ExpressionProblem, ...]


class ExpressionChecker:
    """Checks expressions over the documents of one kind.

    `variables` adds to the standard ones; dotted names such as `params.maxAge` are allowed.
    """

    def __init__(self, types: KindTypes, variables: Mapping[str, Type]) -> None:
        self._types = types
        facts = {name: cel.Type(message) for name, message in types.facts.items()}
        root = _root_type(types)
        self._variables = {**_STANDARD, "object": root, "oldObject": root, **facts, **variables}
        dotted = (name.partition(".")[0] for name in variables if "." in name)
        self._bound = frozenset({"lookups", *dotted})
        self._environment = self._new_environment()

    def _new_environment(self, further: str = "") -> Any:  # noqa: ANN401 (the library's type)
        """Return an environment of these types, with `further` functions in its configuration."""
        configuration = _CONFIGURATION + check_configuration() + further
        return cel.NewEnv(
            descriptor_pool=self._types.pool,
            config=cel.NewEnvConfigFromYaml(configuration),
            extensions=[files_extension()],
            container=CONTAINER,
            variables=self._variables,
            functions=conversions(),
        )

    def check(self, expression: str) -> CheckedExpression:
        """The type of `expression`, or its problems, each with the nearest known name."""
        try:
            compiled = self._environment.compile(self._plain_fields(expression))
        except RuntimeError as error:
            return CheckedExpression(None, tuple(self._problems(expression, str(error))))
        unbound = unbound_problems(expression, self._bound, OVERLAID)
        problems = unbound or order_problems(expression, self._compiler_with)
        return CheckedExpression(None if problems else compiled.return_type(), problems)

    def _compiler_with(self, functions: str) -> Callable[[str], Any]:
        """Return what compiles expressions of these types that may call `functions`, too."""
        environment = self._new_environment(functions)
        return lambda expression: environment.compile(self._plain_fields(expression))

    def element(self, route: str) -> Type | None:
        """The type of the elements of the list at `route` of the object; None if it is no list.

        Lists on the way are entered, so `releases.projects` is the projects of all releases.
        """
        expression, element = "object", None
        steps = route.split(".")
        if steps[0] != ANY_KEY and self._is_list(expression):
            expression += "[0]"
        for step in steps:
            if step == ANY_KEY:
                element = self._any_value(expression)
                if element is None:
                    return None
                expression = f"{expression}[{_SOME_KEY[self._is_list(expression)]}]"
                continue
            expression += _field(step)
            whole, first = self.check(expression), self.check(f"{expression}[0]")
            if whole.problems:
                return None
            element = None if first.problems else first.type
            if element is not None and whole.type != DYN:
                expression += "[0]"
        return element

    def _any_value(self, expression: str) -> Type | None:
        """Return the type of the values of a map, or of the items of a list; None for others."""
        whole = self.check(expression)
        if whole.problems or not whole.type.name().startswith(("MAP<", "LIST<", "DYN")):
            return None
        key = _SOME_KEY[whole.type.name().startswith("LIST<")]
        return self.check(f"{expression}[{key}]").type

    def nearest_list(self, route: str) -> str:
        """A list whose route is near to `route`, or stands directly below it; "" for none."""
        expression, steps = "object", list[str]()
        if self._is_list(expression):
            expression += "[0]"
        for step in route.split("."):
            if step == ANY_KEY:
                expression += f"[{_SOME_KEY[self._is_list(expression)]}]"
                steps.append(step)
                continue
            problems = self.check(expression + _field(step)).problems
            if problems and not problems[0].suggestion:
                return ""
            steps.append(problems[0].suggestion if problems else step)
            expression += _field(steps[-1])
            if not self.check(f"{expression}[0]").problems:
                expression += "[0]"
        nearest = ".".join(steps)
        for known in (nearest, f"{nearest}.{ANY_KEY}"):
            if self.element(known) is not None:
                return known
        below = self._types.fields.get(self.check(expression).type.name(), ())
        lists = (field for field in below if self._is_list(expression + _field(field)))
        return next((f"{nearest}.{field}" for field in lists), "")

    def _is_list(self, expression: str) -> bool:
        checked = self.check(expression)
        return not checked.problems and bool(checked.type.name().startswith("LIST<"))

    def fact(self, route: str) -> Type | None:
        """The type of the elements of a list among the facts."""
        checked = self.check(f"{route}[0]")
        return None if checked.problems else checked.type

    def _plain_fields(self, expression: str) -> str:
        """`object["release-model"]` as a field, of the same length so that columns stay true."""

        def field(match: re.Match[str]) -> str:
            optional, key = match.groups()
            name = self._types.odd_keys.get(key)
            if name is None:
                return match.group()
            return f".{optional}{name}".ljust(len(match.group()))

        return _ODD_INDEX.sub(field, expression)

    def _problems(self, expression: str, error: str) -> list[ExpressionProblem]:
        problems = [
            self._problem(expression, int(line), int(column), message)
            for line, column, message in _LOCATED.findall(error)
        ]
        problems = without_consequences(problems, expression)
        return problems or [ExpressionProblem(1, 1, Text(error, error))]

    def _problem(self, expression: str, line: int, column: int, message: str) -> ExpressionProblem:
        message = without_container(message.removesuffix(" [INVALID_ARGUMENT]"))
        undefined = _UNDEFINED.search(message)
        if undefined is not None:
            field, struct = undefined.groups()
            suggestion = _nearest(field, self._types.fields.get(struct, ()))
            column = _column_of(field, expression, line, column)
            return ExpressionProblem(line, column, no_field(field), suggestion)
        undeclared = _UNDECLARED.search(message)
        if undeclared is not None:
            name = undeclared.group(1)
            call = describe_call(name, expression, line, column)
            if call is not None:
                return no_function(name, line, *call)
            column = _column_of(name, expression, line, 1)
            is_data = name.partition(".")[0] == "data"
            suggestion = "" if is_data else self._nearest_variable(name)
            words = NO_DATA if is_data else no_name(name)
            return ExpressionProblem(line, column, words, suggestion)
        if DATE_TIME in message:
            return ExpressionProblem(line, column, bare_date_time(message), "timestamp(…)")
        overload = _OVERLOAD.search(message)
        if overload is not None:
            return no_overload(line, column, *overload.groups())
        return ExpressionProblem(
            line, column, Text(plain(message), f"类型检查未通过：{plain(message)}")
        )

    def _nearest_variable(self, name: str) -> str:
        """The variable that was probably meant: of `objct.spec`, what its first name should be."""
        known = [*self._variables, "variables", "params"]
        first, dot, rest = name.partition(".")
        roots = {variable.partition(".")[0] for variable in known}
        if first not in roots and (root := _nearest(first, sorted(roots))):
            return f"{root}{dot}{rest}"
        return _nearest(name, known)


def _root_type(types: KindTypes) -> Type:
    """Return the type of a whole document: a message, or for a list or a map what the library has.

    The library alone makes types of lists of messages: of a field that has one.
    """
    if not types.root:
        return OBJECT
    root = {"root": cel.Type(types.root)}
    environment = cel.NewEnv(descriptor_pool=types.pool, variables=root)
    return environment.compile("root.object").return_type()


def _field(step: str) -> str:
    return f'["{step}"]' if "-" in step else f".{step}"


def _column_of(field: str, expression: str, line: int, column: int) -> int:
    """Where the field itself stands: the library names its operator, or the macro around it."""
    text = expression.split("\n")[line - 1]
    at = re.compile(rf"\b{re.escape(field)}\b").search(text, column - 1)
    return at.start() + 1 if at else column


def _nearest(name: str, known: Any) -> str:  # noqa: ANN401 (any iterable of names)
    return next(iter(difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)), "")
