"""Which complaint of several is the one to make: `anyOf` and `oneOf` in terms of what was meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from launchpolicy.documents.schema.dialect import UNIQUE_BY
from launchpolicy.documents.schema.violations import Violation

_Branch = tuple[Violation, ...]
_CHOICES = ("enum", "const")


def decisive(violation: Violation) -> Iterator[Violation]:
    """The violations behind one, without those that the writer never tried to satisfy."""
    if violation.keyword in ("anyOf", "oneOf") and violation.branches:
        yield from _of_branches(violation)
    elif violation.keyword == UNIQUE_BY and not violation.detail:
        yield _nameless(violation)
    else:
        yield violation


def is_choice_of_keys(violation: Violation) -> bool:
    """Whether every branch would fit if one key of its own were there."""
    return bool(violation.branches) and all(
        len(branch) == 1 and branch[0].keyword == "required" and branch[0].route == violation.route
        for branch in violation.branches
    )


def _of_branches(violation: Violation) -> Iterator[Violation]:
    branches = [
        tuple(inner for each in branch for inner in decisive(each)) for branch in violation.branches
    ]
    fitting = [branch for branch in branches if not _is_mistyped(branch, violation)]
    choices = _same_choice(fitting)
    if not fitting:
        yield replace(violation, keyword="type", argument=_types(branches, violation), branches=())
    elif choices:
        allowed = [value for choice in choices for value in _allowed(choice)]
        yield replace(choices[0], keyword="enum", argument=allowed)
    elif is_choice_of_keys(replace(violation, branches=tuple(fitting))) and len(fitting) > 1:
        yield replace(violation, branches=tuple(fitting))
    else:
        yield from min(fitting, key=lambda branch: _distance(branch, violation))


def _is_mistyped(branch: _Branch, whole: Violation) -> bool:
    return any(each.keyword == "type" and each.route == whole.route for each in branch)


def _types(branches: list[_Branch], whole: Violation) -> list[str]:
    names: list[str] = []
    for branch in branches:
        for each in branch:
            if each.keyword == "type" and each.route == whole.route:
                names += [each.argument] if isinstance(each.argument, str) else each.argument
    return list(dict.fromkeys(names))


def _same_choice(branches: list[_Branch]) -> list[Violation]:
    """The one value, the whole or a `kind` in it, that is in no branch what it must be there."""
    found = [
        {each.route: each for each in branch if each.keyword in _CHOICES} for branch in branches
    ]
    for route in found[0] if found else ():
        if all(route in choices for choices in found):
            return [choices[route] for choices in found]
    return []


def _allowed(choice: Violation) -> list[Any]:
    values: list[Any] = choice.argument if choice.keyword == "enum" else [choice.argument]
    return values


def _distance(branch: _Branch, whole: Violation) -> tuple[int, int, int]:
    """How far a branch is from what was written, first by what tells it apart, like a `kind`."""
    depth = len(whole.route) + 1
    distinguishing = [
        each for each in branch if each.keyword in _CHOICES and len(each.route) == depth
    ]
    unknown = [each for each in branch if each.keyword == "additionalProperties"]
    return len(distinguishing), len(unknown), len(branch)


def _nameless(violation: Violation) -> Violation:
    """What has no name that could be unique is complained of as such."""
    item = violation.value[violation.route[-1]]
    if isinstance(item, dict):
        name = violation.argument
        return replace(violation, keyword="required", value=item, detail=name, schemas=())
    return replace(violation, keyword="type", argument="object", value=item, schemas=())
