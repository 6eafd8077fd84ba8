"""`has(object["a-b"])` asks for the key, when a policy is checked and when it runs."""

from __future__ import annotations

import pytest

from launchpolicy.documents.schema.schema import Schema
from launchpolicy.policy.cel.checking import ExpressionChecker
from launchpolicy.policy.cel.has_keys import with_fields_in_has
from launchpolicy.policy.cel.message_types import kind_types
from launchpolicy.policy.cel.runtime import Bindings

OBJECT = {"a-b": 1, "in": None, "x": {"c-d": 3}}
SCHEMA = Schema(
    {
        "type": "object",
        "properties": {
            "a-b": {"type": "integer"},
            "in": {"type": ["string", "null"]},
            "z-z": {"type": "string"},
            "x": {"type": "object", "properties": {"c-d": {"type": "integer"}}},
        },
    }
)
ASKED = [
    ('has(object["a-b"])', True),
    ("has(object['a-b'])", True),
    ('has(object["in"])', True),
    ('has(object["z-z"])', False),
    ('has(object.x["c-d"]) && object.x["c-d"] == 3', True),
    ('has(object["x"]["c-d"])', True),
    ('[1].exists(n, has( object["a-b"] ))', True),
]
UNCHANGED = [
    '"has(object[\'a-b\'])" == "x"',
    'size(object["a-b"])',
    'has(object.x) && object["a-b"] == 1',
    'has(object.x["c`d"])',
]


@pytest.mark.parametrize(("expression", "answer"), ASKED)
def test_a_key_is_asked_for_alike_at_check_and_run(expression: str, answer: bool) -> None:  # noqa: FBT001
    checked = ExpressionChecker(kind_types(SCHEMA), {}).check(expression)
    assert not checked.problems
    assert Bindings({"object": OBJECT}).evaluate(expression) is answer


def test_a_misspelt_key_that_has_asks_for_is_no_silent_no() -> None:
    checked = ExpressionChecker(kind_types(SCHEMA), {}).check('has(object["a-c"])')
    assert [problem.suggestion for problem in checked.problems] == ['["a-b"]']


@pytest.mark.parametrize(("expression", "answer"), ASKED)
def test_every_place_stays_where_it_was(expression: str, answer: bool) -> None:  # noqa: FBT001
    del answer
    assert len(with_fields_in_has(expression)) == len(expression)


@pytest.mark.parametrize("expression", UNCHANGED)
def test_nothing_else_is_changed(expression: str) -> None:
    assert with_fields_in_has(expression) == expression
