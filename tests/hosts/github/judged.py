"""A report with as many findings as a test needs."""

from __future__ import annotations

from datetime import UTC, datetime

from launchpolicy.vocabulary.finding import (
    Action,
    Finding,
    Judgement,
    Operation,
    Outcome,
    PolicyResult,
    Report,
    Verdict,
)
from launchpolicy.vocabulary.place import START, Place, Position, Span
from launchpolicy.vocabulary.text import Text

PATH = "launches/LR-1/request.yaml"
SPANS = (START, Span(Position(2, 1), Position(2, 9)), Span(Position(3, 4), Position(5, 2)))
MESSAGE = Text("over the budget", "超出预算")
FIX = Text("lower it", "请调低")


def result(
    action: Action, *spans: Span, policy: str = "budget", message: Text = MESSAGE
) -> PolicyResult:
    findings = tuple(Finding(policy, message, Place(PATH, span), FIX) for span in spans)
    return PolicyResult(policy, "own", action, Outcome.FAILED, findings=findings)


def report(*results: PolicyResult) -> Report:
    judgement = Judgement(
        "launch", "LR-1", PATH, Operation.CREATE, "production", Verdict.BLOCKED, results
    )
    at = datetime(2026, 11, 23, 16, tzinfo=UTC)
    situation = Text("a pull request", "合并请求")
    return Report(Verdict.BLOCKED, (judgement,), {}, "sha256:0", at, situation)


def blocked(*spans: Span) -> Report:
    """One request with one failed policy, that complains about each of the spans."""
    return report(result(Action.DENY, *spans))
