"""The two traps of the CEL library, and everything else that must never count as true."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from launchpolicy.policy.cel.runtime import Bindings, EvaluationError

OBJECT = {
    "name": "checkout",
    "count": 3,
    "none": None,
    "steps": [{"by": "zhao.min"}, {"by": "he.lin"}],
    "at": "2026-12-01T22:00:00+08:00",
    "release-model": "x",
}


@pytest.fixture
def bindings() -> Bindings:
    now = datetime(2026, 12, 1, 14, 0, tzinfo=UTC)
    return Bindings({"object": OBJECT, "oldObject": None, "now": now, "params": {"max": "3h"}})


@pytest.mark.parametrize(
    "expression",
    [
        "object.count == 3",
        "object.steps.all(s, s.by != '')",
        "oldObject == null",
        "has(object.name) && !has(object.nothing)",
        "object.?nothing.orValue('x') == 'x'",
        "timestamp(object.at) == now",
        "now - duration(params.max) < timestamp(object.at)",
        'object["release-model"] == "x"',
        "cel.bind(x, object.count, x + x == 6)",
        "'a,b'.split(',').size() == 2",
        "math.greatest(1, 2) == 2",
    ],
)
def test_true_holds(bindings: Bindings, expression: str) -> None:
    assert bindings.holds(expression) is True


def test_false_does_not_hold_although_the_library_result_is_truthy(bindings: Bindings) -> None:
    assert bindings.holds("object.count == 4") is False


@pytest.mark.parametrize(
    "expression",
    [
        "object.nothing == 1",
        "object.none.deeper == 1",
        "object.count + 'x' == 'x'",
        "object.count / 0 == 1",
        "duration('soon') < duration('1h')",
        "timestamp('2026-02-30T00:00:00Z') < now",
        "object.count",
        "'true'",
        "1",
        "null",
        "[true]",
        "object.?count",
        "nobody == 1",
        "object.count ==",
        "object.steps.all(s, s.by)",
        "path.text == ''",
    ],
)
def test_no_answer_is_an_error_and_never_true(bindings: Bindings, expression: str) -> None:
    with pytest.raises(EvaluationError):
        bindings.holds(expression)


def test_iteration_budget_exceeded_is_an_error() -> None:
    bindings = Bindings({"object": list(range(20_000))})
    with pytest.raises(EvaluationError, match="budget"):
        bindings.holds("object.all(x, x >= 0)")


def test_nested_comprehensions_stop_at_the_budget() -> None:
    numbers = "[" + ",".join(map(str, range(100))) + "]"
    nested = f"{numbers}.all(a, {numbers}.all(b, {numbers}.all(c, a + b + c >= 0)))"
    with pytest.raises(EvaluationError, match="budget"):
        Bindings({}).holds(nested)


def test_catastrophic_pattern_is_linear_in_re2() -> None:
    assert Bindings({"object": "a" * 5000 + "!"}).holds("object.matches('^(a+)+$')") is False


def test_back_references_are_refused() -> None:
    with pytest.raises(EvaluationError):
        Bindings({"object": "aa"}).holds(r"object.matches('(a)\\1')")


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("object.steps.map(s, s.by)", ["zhao.min", "he.lin"]),
        ("{'a': 1}", {"a": 1}),
        ("duration('1h')", timedelta(hours=1)),
        ("'was ' + object.name", "was checkout"),
    ],
)
def test_plain_values(bindings: Bindings, expression: str, value: object) -> None:
    assert bindings.evaluate(expression) == value


def test_error_text_has_no_library_codes(bindings: Bindings) -> None:
    with pytest.raises(EvaluationError) as caught:
        bindings.holds("object.nothing == 1")
    assert str(caught.value) == 'Key not found in map : "nothing"'
