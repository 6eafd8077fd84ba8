"""The type check of expressions against a kind's schema, made when a policy is loaded.

A misspelt field path would otherwise be an error at run time, or worse, an absent optional field.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from cel_expr_python import cel

from launchpolicy.policy.cel.compiling import compiled_type, field_problem, unread
from launchpolicy.policy.cel.conversions import conversions
from launchpolicy.policy.cel.descriptors import ROOT, KindTypes
from launchpolicy.policy.cel.field_check import ANYTHING, FieldCheck, Value
from launchpolicy.policy.cel.has_keys import with_fields_in_has
from launchpolicy.policy.cel.key_access import CheckedSource, with_inner_names
from launchpolicy.policy.cel.libraries import OVERLAID, check_configuration
from launchpolicy.policy.cel.library_errors import ErrorReader, LibraryError, errors_in
from launchpolicy.policy.cel.map_order import order_problems
from launchpolicy.policy.cel.parsing import parse_expression
from launchpolicy.policy.cel.problems import ExpressionProblem, too_deep, unbound_problems
from launchpolicy.policy.cel.runtime import files_extension, require_readable
from launchpolicy.policy.cel.timestamps import CONTAINER
from launchpolicy.policy.cel.tree import ExpressionSyntaxError
from launchpolicy.policy.parameters import ParameterType
from launchpolicy.policy.policy import ANY_KEY

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
_SOME_KEY = {True: "0", False: "path.text"}
"""An index of a list, and a key of a map: a computed one, since a schema may know some by name."""

_ODD_INDEX = re.compile(r'\[(\??)"([^"\\]+)"\]')


def parameter(written: ParameterType) -> Type:
    """Return the CEL type of a parameter."""
    if written.of is not None:
        inner = parameter(written.of)
        return cel.Type.List(inner) if written.name == "list" else cel.Type.Map(STRING, inner)
    scalars = {"bool": BOOL, "string": STRING, "int": INT, "double": DOUBLE}
    return scalars.get(written.name, DYN)


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
        dotted = (name.partition(".")[0] for name in variables if "." in name)
        self._bound = frozenset({"lookups", *dotted})
        self._environment = self._environment_of(types.pool)
        self._reader = ErrorReader(types.fields, self._variables)
        self._values = {**_values_of_variables(types), **(values or {})}

    def _environment_of(self, pool: Any, further: str = "") -> Any:  # noqa: ANN401 (library types)
        """Return an environment with the types of `pool`, and `further` functions as YAML."""
        configuration = _CONFIGURATION + check_configuration() + further
        return cel.NewEnv(
            descriptor_pool=pool,
            config=cel.NewEnvConfigFromYaml(configuration),
            extensions=[files_extension()],
            container=CONTAINER,
            variables=self._variables,
            functions=conversions(),
        )

    @functools.cached_property
    def _relaxed_environment(self) -> Any:  # noqa: ANN401 (the library's type)
        relaxed = self._types.relaxed_pool
        return self._environment if relaxed is None else self._environment_of(relaxed())

    def check(self, expression: str) -> CheckedExpression:
        """Return the type of `expression`, or its problems, each with the nearest known name."""
        expression = with_fields_in_has(expression)
        checked = self._check(expression)
        if checked.problems:
            return checked._replace(type=None)
        unbound = unbound_problems(expression, self._bound, OVERLAID)
        is_earlier = self._types.shapes is None
        problems = unbound or (
            () if is_earlier else order_problems(expression, self._compiler_with)
        )
        return checked._replace(type=None, problems=problems) if problems else checked

    def _compiler_with(self, functions: str) -> Callable[[str], Any]:
        """Return what compiles expressions of these types that may call `functions`, too."""
        environment = self._environment_of(self._types.pool, functions)
        return lambda expression: environment.compile(self._source_of(expression).text)

    def _source_of(self, expression: str) -> CheckedSource:
        """Return an expression as the library checks it, with the names of fields that it knows."""
        if self._types.shapes is None:  # an earlier edition
            return CheckedSource(self._plain_fields(expression), (0,), (0,))
        return with_inner_names(expression)

    def _check(self, expression: str) -> CheckedExpression:
        if self._types.shapes is None:
            return self._check_types(expression, self._source_of(expression))
        fields = FieldCheck(self._values, self._types.compared)
        value = ANYTHING
        try:
            require_readable(expression)
            with suppress(ExpressionSyntaxError):  # what only the library reads is for it alone
                value = fields.value(parse_expression(expression), {})
        except RuntimeError as error:
            problems = self._reader.problems(expression, errors_in(str(error)))
            return CheckedExpression(None, tuple(problems) or (unread(str(error)),))
        except RecursionError:
            return CheckedExpression(None, (ExpressionProblem(1, 1, too_deep()),))
        typed = self._check_types(expression, self._source_of(expression))
        of_types = {problem.line for problem in typed.problems if problem.of_function}
        placed = [(problem, field_problem(expression, problem)) for problem in fields.problems]
        # That an operator does not take two types says more of the same comparison.
        own = [one for it, one in placed if not it.literal_kind or one.line not in of_types]
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
        """Return the type of the elements of the list at `route`; None if it is no list.

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
        """Return a list whose route is near to `route`, or directly below it; "" for none."""
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
            steps.append(problems[0].suggestion.strip('[]"') if problems else step)
            expression += _field(steps[-1])
            if not self.check(f"{expression}[0]").problems:
                expression += "[0]"
        nearest = ".".join(steps)
        for known in (nearest, f"{nearest}.{ANY_KEY}"):
            if self.element(known) is not None:
                return known
        whole = self.check(expression)
        if whole.problems:
            return ""
        below = self._types.fields.get(whole.type.name(), ())
        lists = (field for field in below if self._is_list(expression + _field(field)))
        return next((f"{nearest}.{field}" for field in lists), "")

    def _is_list(self, expression: str) -> bool:
        checked = self.check(expression)
        return not checked.problems and bool(checked.type.name().startswith("LIST<"))

    def fact(self, route: str) -> Type | None:
        """Return the type of the elements of a list among the facts."""
        checked = self.check(f"{route}[0]")
        return None if checked.problems else checked.type

    def _plain_fields(self, expression: str) -> str:
        """Write `object["release-model"]` as a field of the same length, so columns stay right."""

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


def _field(step: str) -> str:
    return f'["{step}"]' if "-" in step else f".{step}"
