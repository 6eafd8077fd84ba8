"""Which violations of `anyOf` and `oneOf` to report: those of the branch that was meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from launchpolicy.documents.schema.dialect import UNIQUE_BY
from launchpolicy.documents.schema.violations import Violation

_Branch = tuple[Violation, ...]
_CHOICES = ("enum", "const")


def decisive_violations(violation: Violation) -> Iterator[Violation]:
    """Yield the violations to report for one: of a choice, those of the branch that is nearest."""
    if violation.keyword in ("anyOf", "oneOf") and violation.branches:
        yield from _of_branches(violation)
    elif violation.keyword == UNIQUE_BY and not violation.detail:
        yield _missing_name(violation)
    else:
        yield violation


def is_choice_of_keys(violation: Violation) -> bool:
    """Return whether every branch would fit if one key of its own were there."""
    return bool(violation.branches) and all(
        len(branch) == 1 and branch[0].keyword == "required" and branch[0].route == violation.route
        for branch in violation.branches
    )


def _of_branches(violation: Violation) -> Iterator[Violation]:
    branches = [
        tuple(inner for outer in branch for inner in decisive_violations(outer))
        for branch in violation.branches
    ]
    fitting = [branch for branch in branches if not _has_wrong_type(branch, violation)]
    choices = _same_choice(fitting)
    if not fitting:
        yield replace(
            violation, keyword="type", argument=_allowed_types(branches, violation), branches=()
        )
    elif choices:
        allowed = [value for choice in choices for value in _allowed_values(choice)]
        yield replace(choices[0], keyword="enum", argument=allowed)
    elif is_choice_of_keys(replace(violation, branches=tuple(fitting))) and len(fitting) > 1:
        yield replace(violation, branches=tuple(fitting))
    else:
        yield from min(fitting, key=lambda branch: _distance(branch, violation))


def _has_wrong_type(branch: _Branch, whole: Violation) -> bool:
    return any(_is_about_type(violation, whole) for violation in branch)


def _allowed_types(branches: list[_Branch], whole: Violation) -> list[str]:
    names: list[str] = []
    for branch in branches:
        for violation in branch:
            if _is_about_type(violation, whole):
                types = violation.argument
                names += [types] if isinstance(types, str) else types
    return list(dict.fromkeys(names))


def _is_about_type(violation: Violation, whole: Violation) -> bool:
    return violation.keyword == "type" and violation.route == whole.route


def _same_choice(branches: list[_Branch]) -> list[Violation]:
    """Return the violations, one a branch, of a value (like `kind`) that no branch allows."""
    choices_of = [
        {violation.route: violation for violation in branch if violation.keyword in _CHOICES}
        for branch in branches
    ]
    for route in choices_of[0] if choices_of else ():
        if all(route in choices for choices in choices_of):
            return [choices[route] for choices in choices_of]
    return []


def _allowed_values(choice: Violation) -> list[Any]:
    values: list[Any] = choice.argument if choice.keyword == "enum" else [choice.argument]
    return values


def _distance(branch: _Branch, whole: Violation) -> tuple[int, int, int]:
    """Return how far a value is from a branch: wrong choices, unknown keys, all violations."""
    depth = len(whole.route) + 1
    distinguishing = [
        violation
        for violation in branch
        if violation.keyword in _CHOICES and len(violation.route) == depth
    ]
    unknown_keys = [
        violation for violation in branch if violation.keyword == "additionalProperties"
    ]
    return len(distinguishing), len(unknown_keys), len(branch)


def _missing_name(violation: Violation) -> Violation:
    """Return the violation of an item that has no name, in place of that of a unique name."""
    item = violation.value[violation.route[-1]]
    if isinstance(item, dict):
        name = violation.argument
        return replace(violation, keyword="required", value=item, detail=name, schemas=())
    return replace(violation, keyword="type", argument="object", value=item, schemas=())
