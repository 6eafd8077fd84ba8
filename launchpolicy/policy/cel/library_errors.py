"""The library's complaints about an expression, as problems that name their own cause."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from launchpolicy.policy.cel.descriptors import DATE_TIME
from launchpolicy.policy.cel.field_problem import FieldProblem
from launchpolicy.policy.cel.key_access import NO_FIELDS, key_of
from launchpolicy.policy.cel.problems import (
    NO_DATA,
    ExpressionProblem,
    bare_date_time,
    describe_call,
    field_asked_by_index,
    no_field,
    no_function,
    no_name,
    no_overload,
    no_range,
    no_such_value,
    plain,
    reserved_field,
    without_consequences,
)
from launchpolicy.policy.cel.remedies import fix_of_later_name
from launchpolicy.policy.cel.syntax_wording import wording_of
from launchpolicy.policy.cel.timestamps import without_container
from launchpolicy.vocabulary.text import Text

_UNDEFINED = re.compile(r"undefined field '([^']*)' not found in struct '([^']*)'")
_UNDECLARED = re.compile(r"undeclared reference to '([^']*)'")
_OVERLOAD = re.compile(r"found no matching overload for '([^']*)' applied to '([^']*)'")
_RANGE = re.compile(r"of type '([^']*)' cannot be the range of a comprehension")
_LOCATED = re.compile(r"ERROR: <input>:(\d+):(\d+): (.*)")
_RESERVED = re.compile(rf"\.\s*\??\s*({'|'.join(sorted(NO_FIELDS))})\b")
_HAS_OF_NO_FIELD = "has() argument must be a field selection"
_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_FOLLOWS = "'*error*'"
_MEMBERSHIP = "@in"
_VARIABLES = "variables."
_SYNTAX = "Syntax error"
_RESERVED_NAME = "reserved identifier"


class LibraryError(NamedTuple):
    """One complaint of the library, at a 1-based line and column of what it was given."""

    line: int
    column: int
    message: str

    @property
    def undefined_field(self) -> tuple[str, str]:
        """Return the field and the message that does not have it; empty for anything else."""
        undefined = _UNDEFINED.search(self.message)
        return (undefined[1], undefined[2]) if undefined else ("", "")

    @property
    def is_about_null(self) -> bool:
        """Return whether an operator does not take null beside what it was given."""
        overload = _OVERLOAD.search(self.message)
        return overload is not None and "null_type" in overload[2]

    @property
    def is_about_membership(self) -> bool:
        """Return whether `"key" in` was asked of a message."""
        overload = _OVERLOAD.search(self.message)
        return overload is not None and overload[1] == _MEMBERSHIP and ", kind." in overload[2]


def errors_in(text: str) -> list[LibraryError]:
    """Return the complaints in a message of the library, without what follows from others."""
    errors = [
        LibraryError(int(line), int(column), message)
        for line, column, message in _LOCATED.findall(text)
    ]
    return [error for error in errors if _FOLLOWS not in error.message] or errors


class ErrorReader:
    """Makes problems of complaints: `fields` are those of each message, `names` the variables."""

    def __init__(self, fields: Mapping[str, tuple[str, ...]], names: Iterable[str]) -> None:
        self._fields = fields
        self._names = [*names, "variables", "params"]

    def problems(self, expression: str, errors: Iterable[LibraryError]) -> list[ExpressionProblem]:
        """Return the problems of `expression`, of which the complaints name the places."""
        problems = [self._problem(expression, error) for error in _without_followers(errors)]
        return without_consequences(problems, expression)

    def _problem(self, expression: str, error: LibraryError) -> ExpressionProblem:
        line, column, message = error
        message = without_container(message.removesuffix(" [INVALID_ARGUMENT]"))
        field, struct = error.undefined_field
        if field:
            key = key_of(field)
            column = column_of(key, expression, line, column)
            return unknown_field(line, column, key, self._fields.get(struct, ()))
        undeclared = _UNDECLARED.search(message)
        if undeclared is not None:
            name = undeclared.group(1)
            call = describe_call(name, expression, line, column)
            if call is not None:
                return no_function(name, line, *call)
            return self._unknown_name(name, line, column_of(name, expression, line, 1))
        if DATE_TIME in message:
            return ExpressionProblem(line, column, bare_date_time(message), "timestamp(…)")
        overload = _OVERLOAD.search(message)
        if overload is not None:
            return no_overload(line, column, *overload.groups())
        known = chain(_of_range(error), _of_syntax(expression, error))
        return next(known, None) or ExpressionProblem(
            line, column, Text(plain(message), f"类型检查未通过：{plain(message)}")
        )

    def _unknown_name(self, name: str, line: int, column: int) -> ExpressionProblem:
        if name.partition(".")[0] == "data":
            return ExpressionProblem(line, column, NO_DATA)
        suggestion = self._nearest_variable(name)
        if name.startswith(_VARIABLES) and not suggestion.startswith(_VARIABLES):
            return ExpressionProblem(line, column, no_name(name), fix=fix_of_later_name(name))
        return ExpressionProblem(line, column, no_name(name), suggestion)

    def _nearest_variable(self, name: str) -> str:
        """Return the variable that was probably meant, with what follows its first name."""
        first, dot, rest = name.partition(".")
        roots = {variable.partition(".")[0] for variable in self._names}
        if first not in roots and (root := nearest(first, sorted(roots))):
            return f"{root}{dot}{rest}"
        return nearest(name, self._names)


def _of_range(error: LibraryError) -> Iterator[ExpressionProblem]:
    """Yield the problem of a macro that is to go through what is no list and no map."""
    kind = _RANGE.search(error.message)
    if kind is not None:
        yield no_range(error.line, error.column, kind[1])


def _of_syntax(expression: str, error: LibraryError) -> Iterator[ExpressionProblem]:
    """Yield the problem of what CEL cannot read, where there is a way to write it."""
    line, column, message = error
    if message.startswith(_HAS_OF_NO_FIELD):
        yield ExpressionProblem(line, column, field_asked_by_index(), of_function=True)
    elif message.startswith((_SYNTAX, _RESERVED_NAME)):
        text = expression.split("\n")[line - 1]
        for reserved in _RESERVED.finditer(text):
            if reserved.start() <= column <= reserved.end() + 1:
                yield ExpressionProblem(
                    line, reserved.start(1) + 1, reserved_field(reserved[1]), f'["{reserved[1]}"]'
                )
        words, fix = wording_of(message, expression, line, column)
        yield ExpressionProblem(line, column, words, of_function=True, fix=fix)


def _without_followers(errors: Iterable[LibraryError]) -> Iterator[LibraryError]:
    """Yield the complaints; of those about syntax the first, since the others follow from it."""
    has_syntax = False
    for error in errors:
        is_syntax = error.message.startswith((_SYNTAX, _RESERVED_NAME))
        if not (is_syntax and has_syntax):
            yield error
        has_syntax = has_syntax or is_syntax


def unknown_field(line: int, column: int, key: str, known: Iterable[str]) -> ExpressionProblem:
    """Return the problem of a field that no schema has, with the nearest that one has."""
    close = nearest(key, known)
    return ExpressionProblem(line, column, no_field(key), written_key(close) if close else "")


def never_equal(line: int, column: int, problem: FieldProblem) -> ExpressionProblem:
    """Return the problem of a literal that the value beside it can never be, by its schema."""
    literal, known = problem.key, problem.known
    words = no_such_value(literal, problem.literal_kind, [] if problem.is_other_kind else known)
    unquoted = next((one for one in known if one in (literal.strip('"'), f'"{literal}"')), "")
    return ExpressionProblem(line, column, words, unquoted or nearest(literal, known))


def written_key(key: str) -> str:
    """Return how a field is written: `risk`, `["a-b"]`."""
    return key if _IDENTIFIER.fullmatch(key) and key not in NO_FIELDS else f'["{key}"]'


def column_of(field: str, expression: str, line: int, column: int) -> int:
    """Return where the field itself stands: the library names its operator, or its macro."""
    text = expression.split("\n")[line - 1]
    at = re.compile(rf"\b{re.escape(field)}\b").search(text, column - 1)
    return at.start() + 1 if at else column


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the nearest of the `known` names; "" if none is near."""
    return next(iter(difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)), "")
