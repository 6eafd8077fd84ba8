"""The order of dates: which pairs are compared, and where a finding stands and what it says."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import pytest

from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.engine.context import Context
from launchpolicy.engine.evaluation import Evaluation
from launchpolicy.facts.change import change_between
from launchpolicy.facts.facts import NO_FACTS
from launchpolicy.policy.policy import policy_of
from launchpolicy.vocabulary.finding import Outcome, PolicyResult
from launchpolicy.vocabulary.place import Route, format_route

DATE = {"type": "string", "format": "date-time", "title": "At", "x-title-zh": "时间"}
SCHEMA = Schema(
    {
        "type": "object",
        "properties": {
            "window": {**DATE, "x-time": "planned"},
            "done": DATE,
            "parts": {
                "type": "array",
                "title": "Parts",
                "x-title-zh": "部分",
                "items": {
                    "type": "object",
                    "properties": {"name": {"type": "string"}, "a": DATE, "b": DATE},
                },
            },
            "report": {
                "x-evidence": True,
                "type": "object",
                "properties": {"path": {"type": "string"}, "kind": {}, "sha256": {}},
            },
        },
    }
)
NOON, ONE, TWO = (f"2026-11-20T{hour}:00:00+08:00" for hour in (12, 13, 14))


def result(
    request: dict[str, Any],
    *order: dict[str, Any],
    params: dict[str, Any] | None = None,
    made_at: str = "",
    without_zone: bool = False,
    unanswered: tuple[Route, ...] = (),
    now: str = TWO,
) -> PolicyResult:
    data = {
        "metadata": {"name": "in-order", "title": "In order"},
        "spec": {
            "match": {"kinds": ["Note"]},
            "params": {"maxAge": "1h"},
            "order": list(order),
            "fix": "Write the true times.",
        },
    }
    policy = policy_of(data, "pack", {"action": "deny", "params": params or {}})
    shown = read("a.yaml", json.dumps(request, indent=1).encode())
    assert isinstance(shown, Document)
    file = {"madeAt": made_at, "withoutZone": without_zone}
    facts = NO_FACTS._replace(evidence={"references": [], "files": {"r": file}})
    context = Context(
        "Note",
        "a.yaml",
        shown,
        None,
        change_between(None, shown.data),
        (policy,),
        datetime.fromisoformat(now),
        facts,
        unanswered=unanswered,
        schema=SCHEMA,
    )
    return Evaluation(context).result(policy)


def places(found: PolicyResult) -> list[str]:
    return [format_route(finding.place.route) for finding in found.findings]


def parts(*pairs: tuple[str, str]) -> dict[str, Any]:
    return {"parts": [{"name": f"p{i}", "a": a, "b": b} for i, (a, b) in enumerate(pairs)]}


A_BEFORE_B = {"earlier": "parts[].a", "later": "parts[].b"}


def test_every_later_date_is_compared_with_every_earlier_one() -> None:
    crossed = parts((NOON, NOON), (ONE, TWO))
    assert places(result(crossed, A_BEFORE_B)) == ["parts[0].b"]
    assert places(result(crossed, {**A_BEFORE_B, "at": "earlier"})) == ["parts[1].a"]


def test_with_each_only_the_same_item_is_compared() -> None:
    same = {"earlier": "parts[each].a", "later": "parts[each].b"}
    assert result(parts((NOON, NOON), (ONE, TWO)), same).outcome is Outcome.PASSED
    assert places(result(parts((NOON, NOON), (TWO, ONE)), same)) == ["parts[1].b"]
    assert result({"parts": [{"a": ONE}, {"b": NOON}]}, same).outcome is Outcome.PASSED


def test_equal_dates_pass_unless_it_is_strict_also_where_the_offsets_differ() -> None:
    equal = {"done": "2026-11-20T04:00:00Z", "window": NOON}
    order = {"earlier": "done", "later": "window"}
    assert result(equal, order).outcome is Outcome.PASSED
    assert places(result(equal, {**order, "strict": True})) == ["window"]


def test_the_limit_counts_from_the_first_to_the_last() -> None:
    request = {**parts((NOON, NOON), (ONE, ONE)), "window": TWO}
    order = {"earlier": "parts[].a", "later": "window", "within": "params.maxAge", "at": "earlier"}
    assert places(result(request, order)) == ["parts[0].a"]
    assert result(request, order, params={"maxAge": "2h"}).outcome is Outcome.PASSED
    assert places(result(request, {**order, "at": "later"})) == ["window"]


def test_a_limit_that_is_no_duration_gives_no_answer() -> None:
    request = {"done": NOON, "window": ONE}
    order = {"earlier": "done", "later": "window", "within": "params.maxAge"}
    assert result(request, order, params={"maxAge": "soon"}).outcome is Outcome.ERROR


def test_nothing_that_happened_lies_ahead_and_plans_may() -> None:
    order = {"earlier": "**", "later": "now"}
    ahead = {"window": TWO, "done": TWO}
    assert places(result(ahead, order, now=ONE)) == ["done"]
    assert result(ahead, order, now=TWO).outcome is Outcome.PASSED


def test_what_is_still_to_come_must_lie_ahead() -> None:
    order = {"earlier": "now", "later": "window"}
    assert places(result({"window": NOON}, order, now=ONE)) == ["window"]
    assert result({"window": TWO}, order, now=ONE).outcome is Outcome.PASSED


@pytest.mark.parametrize(("made_at", "wrong"), [(TWO, ["done"]), (NOON, []), ("", [])])
def test_a_file_says_itself_when_it_was_made(made_at: str, wrong: list[str]) -> None:
    request = {"report": {"path": "r", "kind": "junit", "sha256": "0"}, "done": ONE}
    order = {"earlier": "report.madeAt", "later": "done"}
    found = result(request, order, made_at=made_at)
    assert places(found) == wrong
    assert all("r, made" in finding.message.en for finding in found.findings)


def test_a_missing_date_fails_nothing_and_an_open_question_waits() -> None:
    order = {"earlier": "done", "later": "window"}
    assert result({"window": NOON}, order).outcome is Outcome.PASSED
    waiting = result({"window": NOON, "done": "TODO"}, order, unanswered=(("done",),))
    assert waiting.outcome is Outcome.NOT_APPLICABLE


def test_a_finding_names_both_dates_in_both_languages() -> None:
    text = {"en": "Too early.", "zh": "过早。"}
    (finding,) = result(parts((TWO, ONE)), {**A_BEFORE_B, "message": text}).findings
    assert finding.message.en == (
        f"Too early. Parts `p0`: At ({ONE}) is before Parts `p0`: At ({TWO})."
    )
    assert finding.message.zh == f"过早。部分 `p0`：时间（{ONE}）早于部分 `p0`：时间（{TWO}）。"


@pytest.mark.parametrize(
    ("latest", "fails"),
    [
        ("2026-11-20T12:30:00+08:00", False),
        ("2026-11-21T14:00:00+08:00", False),
        ("2026-11-21T14:00:01+08:00", True),
    ],
)
def test_a_time_without_a_zone_is_too_late_only_where_it_is_in_every_zone(
    latest: str, *, fails: bool
) -> None:
    order = {"earlier": "report.madeAt", "later": "done"}
    request = {"done": NOON, "report": {"path": "r"}}

    outcome = result(request, order, made_at=latest, without_zone=True).outcome

    assert (outcome is Outcome.FAILED) is fails


@pytest.mark.parametrize(
    ("latest", "fails"),
    [("2026-11-20T12:00:00+08:00", False), ("2026-11-20T11:59:59+08:00", True)],
)
def test_a_time_without_a_zone_is_too_early_only_where_it_is_in_every_zone(
    latest: str, *, fails: bool
) -> None:
    order = {"earlier": "done", "later": "report.madeAt"}
    request = {"done": NOON, "report": {"path": "r"}}

    outcome = result(request, order, made_at=latest, without_zone=True).outcome

    assert (outcome is Outcome.FAILED) is fails
