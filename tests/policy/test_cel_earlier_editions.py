"""What the first editions let pass in the type check, they still let pass for their landings."""

from __future__ import annotations

import pytest

from launchpolicy.policy.cel.checking import ExpressionChecker
from launchpolicy.policy.cel.descriptors import earlier_kind_types
from launchpolicy.policy.cel.message_types import kind_types

SCHEMA = {
    "type": "object",
    "properties": {
        "owner": {"type": ["object", "null"], "properties": {"name": {"type": "string"}}},
        "a-b": {"type": "string"},
        "risk": {"type": "string"},
    },
}


@pytest.mark.parametrize(
    "expression", ["object.owner.nam == ''", "object.a_b == ''", "object.risk.matches('[')"]
)
def test_an_earlier_edition_sees_no_problem_where_this_one_does(expression: str) -> None:
    assert ExpressionChecker(earlier_kind_types(SCHEMA), {}).check(expression).problems == ()
    assert ExpressionChecker(kind_types(SCHEMA), {}).check(expression).problems


@pytest.mark.parametrize("expression", ["object.rsik == ''", "object.risk == 3", "object.in == 1"])
def test_what_an_earlier_edition_refused_stays_refused(expression: str) -> None:
    assert ExpressionChecker(earlier_kind_types(SCHEMA), {}).check(expression).problems


def test_an_odd_key_is_read_by_an_earlier_edition_as_it_was() -> None:
    checker = ExpressionChecker(earlier_kind_types(SCHEMA), {})
    assert checker.check('object["a-b"] == "" && object.risk == ""').problems == ()
    (problem,) = checker.check('object["a-b"] == "" && object.rsik == ""').problems
    assert (problem.column, problem.suggestion) == (31, "risk")
