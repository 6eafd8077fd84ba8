"""One compilation by the library, and what it and the check of fields have to say of it."""

from __future__ import annotations

from typing import Any

from launchpolicy.policy.cel.field_problem import FieldProblem
from launchpolicy.policy.cel.key_access import CheckedSource, with_membership
from launchpolicy.policy.cel.library_errors import (
    LibraryError,
    errors_in,
    never_equal,
    unknown_field,
)
from launchpolicy.policy.cel.problems import ExpressionProblem, no_pattern
from launchpolicy.policy.cel.remedies import fix_of_pattern
from launchpolicy.vocabulary.text import Text

_MOST_QUESTIONS = 50
"""Questions for a key (`"a" in object`) that are read in one expression."""


def compiled_type(
    environment: Any,  # noqa: ANN401 (the library's type)
    source: CheckedSource,
) -> tuple[Any, list[LibraryError]]:
    """Return the type of an expression, or the library's complaints about it."""
    for _ in range(_MOST_QUESTIONS):
        try:
            return environment.compile(source.text).return_type(), []
        except RuntimeError as error:
            errors = errors_in(str(error)) or [LibraryError(1, 1, str(error))]
        questions = (error for error in errors if error.is_about_membership)
        asked = (with_membership(source, error.line, error.column) for error in questions)
        source_with_fields = next(filter(None, asked), None)
        if source_with_fields is None:
            break
        source = source_with_fields
    return None, errors


def field_problem(expression: str, problem: FieldProblem) -> ExpressionProblem:
    """Return what is wrong with a field or a pattern, at its line and column."""
    lines = expression[: problem.offset].split("\n")
    line, column = len(lines), len(lines[-1]) + 1
    if problem.reason:
        words = no_pattern(problem.reason)
        return ExpressionProblem(line, column, words, of_function=True, fix=fix_of_pattern())
    if problem.literal_kind:
        return never_equal(line, column, problem)
    return unknown_field(line, column, problem.key, problem.known)


def unread(message: str) -> ExpressionProblem:
    """Return a complaint of the library without a place."""
    return ExpressionProblem(1, 1, Text(message, message))
