"""Which parts of an expression decide something by being true or false."""

from __future__ import annotations

import pytest

from launchpolicy.policy.cel.decisions import decisions_of, is_truth
from launchpolicy.policy.cel.parsing import parse_expression

PARTS = {
    "a && (b || !c)": ["a && (b || !c)", "a", "b || !c", "b", "!c"],
    "!(a && b) || has(x.y)": ["!(a && b) || has(x.y)", "!(a && b)", "a", "b", "has(x.y)"],
    "x.filter(q, q.a && q.b).size() > 0": [
        *("x.filter(q, q.a && q.b).size() > 0", "q.a && q.b", "q.a", "q.b")
    ],
    "c ? a : b == 1": ["c ? a : b == 1", "c", "a", "b == 1"],
    "!(c ? a : b)": ["!(c ? a : b)", "c", "a", "b"],
    "x == (a && b)": ["x == (a && b)", "a && b", "a", "b"],
    "f(!a)": ["f(!a)", "!a"],
    "!!(a || b)": ["!!(a || b)", "a", "b"],
    "x.map(v, v > 1, v ? 1 : 2)": ["x.map(v, v > 1, v ? 1 : 2)", "v > 1", "v"],
    "x.all(i, v, v == i)": ["x.all(i, v, v == i)", "v == i"],
    "true && a": ["true && a", "a"],
    "!true": [],
    "-(a ? 1 : 2)": ["-(a ? 1 : 2)", "a"],
}


@pytest.mark.parametrize(("expression", "parts"), PARTS.items(), ids=PARTS)
def test_the_parts_that_decide(expression: str, parts: list[str]) -> None:
    nodes = decisions_of(parse_expression(expression), is_condition=True)
    assert [node.text(expression) for node in nodes] == parts


@pytest.mark.parametrize("expression", ["a", "f(a)", "a + b", "a ? 1 : 2", "x.map(v, v)", "-a"])
def test_a_value_that_nothing_shows_to_be_a_truth_is_none(expression: str) -> None:
    assert not is_truth(parse_expression(expression))


@pytest.mark.parametrize(
    "expression", ["a == b", "!a", "has(a.b)", "a in b", "x.exists(v, v)", "a.?b.hasValue()"]
)
def test_a_truth_is_recognised(expression: str) -> None:
    assert is_truth(parse_expression(expression))
