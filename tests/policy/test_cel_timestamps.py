"""`timestamp` in expressions reads RFC 3339 and nothing else (threat L4)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from launchpolicy.policy.cel.checking import ExpressionChecker
from launchpolicy.policy.cel.message_types import kind_types
from launchpolicy.policy.cel.runtime import Bindings, EvaluationError

NOT_RFC_3339 = [
    "2025-01-17T1:00:00Z",
    "2025-01-17T01:0:00Z",
    "2025-1-17T01:00:00Z",
    "25-01-17T01:00:00Z",
    "2025-01-17T01:01:60Z",
    "2016-12-31T23:59:60Z",
    "2025-01-17T24:00:00Z",
    "2025-01-17T01:00:00+0800",
    "2025-01-17T01:00:00+08",
    "2025-01-17T01:00:00+24:01",
    "2025-01-17T01:00:00+00:60",
    "2025-01-17T01:00:00,001Z",
    "2025-01-17T01:00:00.Z",
    "2025-01-17T01:00:00",
    "2025-01-17T01:00Z",
    "2025-01-17 01:00:00Z",
    " 2025-01-17T01:00:00Z",
    "2025-01-17T01:00:00Z ",
    "2025-01-17T01:00:00Z\n",
    "2025-02-30T01:00:00Z",
    "+2025-01-17T01:00:00Z",
    "infinite-future",
    "infinite-past",
    "２025-01-17T01:00:00Z",
    "",
]
PROBLEM = "nothing is called `.timestamp`"


@pytest.mark.parametrize("text", NOT_RFC_3339)
def test_a_time_that_rfc_3339_does_not_allow_is_an_error(text: str) -> None:
    bindings = Bindings({"object": {"at": text}})
    for expression in (
        "timestamp(object.at) > timestamp('2000-01-01T00:00:00Z')",
        "timestamp(dyn(object.at)) > timestamp('2000-01-01T00:00:00Z')",
        "[object.at].all(at, timestamp(at) > timestamp('2000-01-01T00:00:00Z'))",
        "launchpolicy.timestamp(object.at) > timestamp('2000-01-01T00:00:00Z')",
    ):
        with pytest.raises(EvaluationError, match="RFC 3339"):
            bindings.holds(expression)


def test_a_leading_dot_reaches_no_other_timestamp() -> None:
    with pytest.raises(EvaluationError):
        Bindings({}).evaluate(".timestamp('2025-01-17T1:00:00Z')")
    checker = ExpressionChecker(kind_types({"type": "object"}), {})
    problems = checker.check(".timestamp('2025-01-17T01:00:00Z') < now").problems
    assert [problem.message.en for problem in problems] == [PROBLEM]


@pytest.mark.parametrize(
    ("expression", "moment"),
    [
        ("timestamp('2025-01-17T01:00:00Z')", datetime(2025, 1, 17, 1, tzinfo=UTC)),
        ("timestamp('2025-01-17T01:00:00.5+08:00')", datetime(2025, 1, 16, 17, 0, 0, 500000, UTC)),
        ("timestamp('2025-01-17T01:00:00-00:00')", datetime(2025, 1, 17, 1, tzinfo=UTC)),
        ("timestamp('2024-02-29T23:59:59Z')", datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC)),
        ("timestamp('0001-01-02T00:00:00Z')", datetime(1, 1, 2, tzinfo=UTC)),
        ("timestamp('9999-12-31T23:59:59Z')", datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("timestamp(86400)", datetime(1970, 1, 2, tzinfo=UTC)),
        ("timestamp(-1)", datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("timestamp(now)", datetime(2026, 12, 1, tzinfo=UTC)),
        ("timestamp(timestamp('2025-01-17T01:00:00Z'))", datetime(2025, 1, 17, 1, tzinfo=UTC)),
    ],
)
def test_a_time_of_rfc_3339_is_that_instant(expression: str, moment: datetime) -> None:
    bindings = Bindings({"now": datetime(2026, 12, 1, tzinfo=UTC)})
    assert bindings.evaluate(expression) == moment


@pytest.mark.parametrize("seconds", [2**62, -(2**62)])
def test_seconds_beyond_every_year_are_an_error(seconds: int) -> None:
    with pytest.raises(EvaluationError):
        Bindings({}).holds(f"timestamp({seconds}) > timestamp(0)")


def test_messages_do_not_name_the_container() -> None:
    with pytest.raises(EvaluationError) as caught:
        Bindings({}).holds("timestamp(true) > timestamp(0)")
    assert "launchpolicy" not in str(caught.value)
