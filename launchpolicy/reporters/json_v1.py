"""Write the report for machines: `launchpolicy.report/v1`, see `schemas/report.schema.json`.

The keys are this module's own, not the vocabulary's: a field that is renamed inside must not break
a reader outside. A change that could break one gets a new module and a new version.

One line per request, so that ten thousand of them are written one by one and compare well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from launchpolicy import __version__
from launchpolicy.reporters.counting import count
from launchpolicy.reporters.instants import in_utc
from launchpolicy.reporters.json_encoding import encode
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.vocabulary.approval import (
    AppliedWaiver,
    ApprovalOutcome,
    MissingApproval,
    RuleEffect,
)
from launchpolicy.vocabulary.finding import (
    Action,
    Finding,
    Judgement,
    Outcome,
    PolicyResult,
    PolicyText,
    Report,
    Verdict,
)
from launchpolicy.vocabulary.place import Place, format_route
from launchpolicy.vocabulary.text import Text

ID = "json"
SUMMARY = Text("programs: versioned, in both languages", "供程序读取：带版本，含两种语言")

FORMAT = "launchpolicy.report/v1"

_OUTCOME_KEYS = {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "failed",
    Outcome.WAIVED: "waived",
    Outcome.PENDING: "pending",
    Outcome.NOT_APPLICABLE: "notApplicable",
    Outcome.ERROR: "error",
}


def render(report: Report, view: ReaderView) -> Iterator[str]:  # noqa: ARG001 (the same for every reader)
    """Yield the head, one line per request, the end."""
    yield "{\n"
    for key, value in _head(report).items():
        yield f'  "{key}": {encode(value)},\n'
    yield '  "requests": ['
    between = ""
    for judgement in report.judgements:
        yield f"{between}\n    {encode(_request(judgement, report.policies))}"
        between = ","
    yield "\n  ]\n}\n" if report.judgements else "]\n}\n"


def _head(report: Report) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "tool": {"name": "launchpolicy", "version": __version__},
        "verdict": report.verdict,
        "exitCode": report.verdict.exit_code,
        "situation": report.situation.as_data(),
        "base": report.base,
        "head": report.head,
        "now": in_utc(report.now),
        "goodUntil": in_utc(report.good_until) if report.good_until is not None else None,
        "packSetDigest": report.pack_set_digest,
        "notes": [note.as_data() for note in report.notes],
        "effects": [_effect(effect) for effect in report.effects],
        "summary": _summary(report),
    }


def _summary(report: Report) -> dict[str, Any]:
    """Return numbers that add up: each group to its total, `failures` to the outcome failed."""
    counts = count(report)
    verdicts = {str(verdict): counts.verdicts[verdict] for verdict in Verdict}
    outcomes = {_OUTCOME_KEYS[outcome]: counts.outcomes[outcome] for outcome in Outcome}
    return {
        "requests": {"total": counts.requests, **verdicts},
        "results": {"total": counts.outcomes.total(), **outcomes},
        "failures": {str(action): counts.failed[action] for action in Action},
        "refusals": counts.refusals,
    }


def _request(judgement: Judgement, policies: Mapping[str, PolicyText]) -> dict[str, Any]:
    return {
        "kind": judgement.kind,
        "name": judgement.name,
        "path": judgement.path,
        "operation": judgement.operation,
        "stage": judgement.stage or None,
        "verdict": judgement.verdict,
        "approvalDigest": judgement.approval_digest or None,
        "results": [_result(result, policies[result.policy]) for result in judgement.results],
        "refusals": [finding_data(finding) for finding in judgement.refusals],
    }


def _result(result: PolicyResult, policy: PolicyText) -> dict[str, Any]:
    return {
        "policy": result.policy,
        "pack": result.pack,
        "title": policy.title.as_data(),
        "clauses": policy.clauses,
        "controls": policy.controls,
        "action": result.action,
        "outcome": result.outcome,
        "reason": result.reason.as_data() if result.reason is not None else None,
        "findings": [finding_data(finding) for finding in result.findings],
        "missing": [_missing(missing) for missing in result.missing],
        "stories": [_story(story) for story in result.stories],
        "waived": _waiver(result.waived) if result.waived is not None else None,
    }


def _missing(missing: MissingApproval) -> dict[str, Any]:
    return {
        "role": missing.role or None,
        "department": missing.department or None,
        "count": missing.count,
        "candidates": missing.candidates,
        "barred": [{"person": who, "reason": reason.as_data()} for who, reason in missing.barred],
        "waitsFor": [name.as_data() for name in missing.waits_for],
    }


def _story(story: ApprovalOutcome) -> dict[str, Any]:
    return {
        "by": story.by,
        "source": story.source,
        "where": story.where,
        "at": in_utc(story.at),
        "counted": story.counted,
        "role": story.role or None,
        "standsFor": story.stood_for or None,
        "reason": story.reason.as_data(),
    }


def _waiver(waiver: AppliedWaiver) -> dict[str, Any]:
    return {
        "name": waiver.name,
        "path": waiver.path,
        "owner": waiver.owner,
        "reason": waiver.reason.as_data(),
        "expires": in_utc(waiver.expires),
    }


def _effect(effect: RuleEffect) -> dict[str, Any]:
    return {
        "request": effect.request,
        "path": effect.path,
        "policy": effect.policy,
        "before": _outcome(effect.before),
        "after": _outcome(effect.after),
    }


def _outcome(outcome: str) -> str | None:
    """Return the outcome, or None (null) where the policy is not there."""
    return outcome or None


def finding_data(finding: Finding) -> dict[str, Any]:
    """Return a finding as every JSON of ours writes it: in both languages, with its place."""
    return {
        "rule": finding.rule,
        "message": finding.message.as_data(),
        "fix": finding.fix.as_data(),
        "place": _place(finding.place),
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "path": place.path,
        "line": place.span.start.line,
        "column": place.span.start.column,
        "endLine": place.span.end.line,
        "endColumn": place.span.end.column,
        "route": format_route(place.route),
        "missing": format_route(place.missing) or None,
        "source": place.source,
    }
