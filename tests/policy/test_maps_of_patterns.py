"""Objects with keys by pattern, as jobs of a workflow, and with thousands of keys by name."""

from __future__ import annotations

from typing import Any

import pytest

from launchpolicy.policy.cel.checking import ExpressionChecker
from launchpolicy.policy.cel.message_types import kind_types

SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "jobs": {
            "type": "object",
            "additionalProperties": False,
            "patternProperties": {
                "^[a-z]+$": {
                    "type": "object",
                    "properties": {
                        "steps": {
                            "type": "array",
                            "items": {"type": "object", "properties": {"uses": {"type": "string"}}},
                        },
                    },
                }
            },
        },
        "plain": {"type": "object", "properties": {"name": {"type": "string"}}},
    },
}


@pytest.fixture(scope="module")
def checker() -> ExpressionChecker:
    return ExpressionChecker(kind_types(SCHEMA), {})


@pytest.mark.parametrize(
    ("route", "is_list"),
    [
        ("jobs.*", True),
        ("jobs.*.steps", True),
        ("jobs.*.steps.*", False),
        ("jobs.*.nothing", False),
        ("plain.*", False),
    ],
)
def test_a_map_of_keys_by_pattern_is_gone_through(
    checker: ExpressionChecker, route: str, *, is_list: bool
) -> None:
    assert (checker.element(route) is not None) is is_list


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("jobs.*.step", "jobs.*.steps"),
        ("jobs", "jobs.*"),
        ("plain.*", ""),
        ("plain.*.name", ""),
        ("jobz.*", "jobs.*"),
    ],
)
def test_a_route_that_is_no_list_has_a_suggestion_or_none(
    checker: ExpressionChecker, written: str, meant: str
) -> None:
    assert checker.nearest_list(written) == meant


@pytest.mark.parametrize("is_below", [False, True])
def test_an_object_of_thousands_of_fields_has_them_checked(*, is_below: bool) -> None:
    fields = {f"p{number}": {"type": "string"} for number in range(20_000)}
    schema: dict[str, Any] = {
        "type": "object",
        "additionalProperties": False,
        "properties": {"a": {"type": "object", "properties": fields}} if is_below else fields,
    }
    checker = ExpressionChecker(kind_types(schema), {})
    start = "object.a" if is_below else "object"
    assert checker.check(f"{start}.p19999 == ''").problems == ()
    (problem,) = checker.check(f"{start}.q1 == ''").problems
    assert "no field `q1`" in problem.message.en
