"""The type check of expressions against a kind's schema, made when a policy is loaded.

A misspelt field path would otherwise be an error at run time, or worse, an absent optional field.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from cel_expr_python import cel

from launchpolicy.policy.cel.compiling import compiled_type, field_problem, unread
from launchpolicy.policy.cel.descriptors import DATE_TIME, ROOT, KindTypes
from launchpolicy.policy.cel.expression_tree import tree_of
from launchpolicy.policy.cel.field_check import ANYTHING, FieldCheck, Value
from launchpolicy.policy.cel.identifiers import UnboundUse, unbound_uses
from launchpolicy.policy.cel.key_access import CheckedSource, with_inner_names
from launchpolicy.policy.cel.library_errors import (
    ErrorReader,
    LibraryError,
    errors_in,
)
from launchpolicy.policy.cel.problems import (
    ExpressionProblem,
    absolute_name,
    always_there,
    too_deep,
)
from launchpolicy.policy.cel.runtime import extensions, parse
from launchpolicy.policy.cel.timestamps import CONTAINER

Type = Any
"""The library's type object; only compared and passed on outside this room."""

BOOL: Type = cel.Type.BOOL
STRING: Type = cel.Type.STRING
INT: Type = cel.Type.INT
DYN: Type = cel.Type.DYN
DOUBLE: Type = cel.Type.DOUBLE
STRINGS: Type = cel.Type.List(cel.Type.STRING)
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
_ODD_INDEX = re.compile(r'\[(\??)"([^"\\]+)"\]')


class CheckedExpression(NamedTuple):
    """The type of an expression, or why it has none; `value` is what is known of its fields."""

    type: Type
    problems: tuple[ExpressionProblem, ...]
    value: Value = ANYTHING


class ExpressionChecker:
    """Checks expressions over the documents of one kind.

    `variables` adds to the standard ones; dotted names such as `params.maxAge` are allowed.
    """

    def __init__(
        self,
        types: KindTypes,
        variables: Mapping[str, Type],
        values: Mapping[str, Value] | None = None,
    ) -> None:
        self._types = types
        facts = {name: cel.Type(message) for name, message in types.facts.items()}
        root = _root_type(types)
        self._variables = {**_STANDARD, "object": root, "oldObject": root, **facts, **variables}
        self._bound = frozenset(name.partition(".")[0] for name in variables if "." in name)
        self._environment = self._environment_of(types.pool)
        self._reader = ErrorReader(types.fields, self._variables)
        self._values = {**_values_of_variables(types), **(values or {})}

    def _environment_of(self, pool: Any) -> Any:  # noqa: ANN401 (types of libraries)
        return cel.NewEnv(
            descriptor_pool=pool,
            config=cel.NewEnvConfigFromYaml(_CONFIGURATION),
            container=CONTAINER,
            variables=self._variables,
            extensions=extensions(),
            functions=_conversions(),
        )

    @functools.cached_property
    def _relaxed_environment(self) -> Any:  # noqa: ANN401 (the library's type)
        relaxed = self._types.relaxed_pool
        return self._environment if relaxed is None else self._environment_of(relaxed())

    def check(self, expression: str) -> CheckedExpression:
        """The type of `expression`, or its problems, each with the nearest known name."""
        checked = self._check(expression)
        if checked.problems:
            return checked._replace(type=None)
        unbound = tuple(
            _unbound_problem(expression, use) for use in unbound_uses(expression, self._bound)
        )
        return checked._replace(type=None, problems=unbound) if unbound else checked

    def _check(self, expression: str) -> CheckedExpression:
        if self._types.shapes is None:  # an earlier edition
            text = self._plain_fields(expression)
            return self._check_types(expression, CheckedSource(text, (0,), (0,)))
        try:
            tree = tree_of(parse(expression))
            fields = FieldCheck(expression, self._values)
            value = fields.value(tree, {})
        except RuntimeError as error:
            problems = self._reader.problems(expression, errors_in(str(error)))
            return CheckedExpression(None, tuple(problems) or (unread(str(error)),))
        except RecursionError:
            return CheckedExpression(None, (ExpressionProblem(1, 1, too_deep()),))
        own = [field_problem(expression, problem) for problem in fields.problems]
        typed = self._check_types(expression, with_inner_names(expression))
        known = {(problem.line, problem.message) for problem in own}
        others = [one for one in typed.problems if (one.line, one.message) not in known]
        every = sorted([*own, *others], key=lambda problem: (problem.line, problem.column))
        return CheckedExpression(typed.type, tuple(every), value)

    def _check_types(self, expression: str, source: CheckedSource) -> CheckedExpression:
        """Check the types of an expression, first with what may be null as if it never were."""
        kind, errors = compiled_type(self._environment, source)
        if not errors:
            return CheckedExpression(kind, ())
        real = [error for error in errors if not self._may_be_right(error)]
        if not real:
            kind, real = compiled_type(self._relaxed_environment, source)
        places = [LibraryError(*source.place(error, expression), error.message) for error in real]
        return CheckedExpression(kind, tuple(self._reader.problems(expression, places)))

    def _may_be_right(self, error: LibraryError) -> bool:
        """Return whether a complaint is only about a list that may be null, or an open object."""
        if self._types.relaxed_pool is None:
            return False
        return error.is_about_null or error.undefined_field[1] in self._types.open_messages

    def element(self, route: str) -> Type | None:
        """The type of the elements of the list at `route` of the object; None if it is no list.

        Lists on the way are entered, so `releases.projects` is the projects of all releases.
        """
        expression, element = "object", None
        for step in route.split("."):
            expression += _field(step)
            whole, first = self.check(expression), self.check(f"{expression}[0]")
            if whole.problems:
                return None
            element = None if first.problems else first.type
            if element is not None and whole.type != DYN:
                expression += "[0]"
        return element

    def nearest_list(self, route: str) -> str:
        """A list whose route is near to `route`, or stands directly below it; "" for none."""
        expression, steps = "object", list[str]()
        for step in route.split("."):
            problems = self.check(expression + _field(step)).problems
            if problems and not problems[0].suggestion:
                return ""
            steps.append(problems[0].suggestion.strip('[]"') if problems else step)
            expression += _field(steps[-1])
            if not self.check(f"{expression}[0]").problems:
                expression += "[0]"
        nearest = ".".join(steps)
        if self.element(nearest) is not None:
            return nearest
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


def _root_type(types: KindTypes) -> Type:
    """Return the type of a whole document: a message, or for a list or a map what the library has.

    The library alone makes types of lists of messages: of a field that has one.
    """
    if types.root:
        root = {"root": cel.Type(types.root)}
        environment = cel.NewEnv(descriptor_pool=types.pool, variables=root)
        return environment.compile("root.object").return_type()
    return OBJECT if types.shapes is None or types.fields[ROOT] else DYN


def _values_of_variables(types: KindTypes) -> dict[str, Value]:
    if types.shapes is None:
        return {}
    owners = {**types.fact_shapes, "object": types.shapes, "oldObject": types.shapes}
    return {name: Value(shapes.root, shapes=shapes) for name, shapes in owners.items()}


def _unbound_problem(expression: str, use: UnboundUse) -> ExpressionProblem:
    lines = expression[: use.offset].split("\n")
    message = absolute_name(use.name) if use.is_absolute else always_there(use.name)
    return ExpressionProblem(len(lines), len(lines[-1]) + 1, message)


def _conversions() -> list[Any]:
    date_time = cel.Type(DATE_TIME)
    kinds = cel.Type
    texts = (kinds.STRING, kinds.BYTES, kinds.BOOL, kinds.INT, kinds.UINT, kinds.DOUBLE)
    return [
        _function(
            f"{CONTAINER}.timestamp",
            kinds.TIMESTAMP,
            (date_time, kinds.STRING, kinds.TIMESTAMP, kinds.INT),
        ),
        _function("string", kinds.STRING, (date_time, *texts, kinds.TIMESTAMP, kinds.DURATION)),
    ]


def _function(name: str, result: Type, parameters: tuple[Type, ...]) -> Any:  # noqa: ANN401
    overloads = [
        cel.Overload(f"{name}_{number}", return_type=result, parameters=[kind], is_member=False)
        for number, kind in enumerate(parameters)
    ]
    return cel.FunctionDecl(name, overloads)


def _field(step: str) -> str:
    return f'["{step}"]' if "-" in step else f".{step}"
