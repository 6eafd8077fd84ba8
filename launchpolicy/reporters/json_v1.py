"""The report for machines: `launchpolicy.report/v1`, described by `schemas/report.schema.json`.

The keys are this module's own, not the vocabulary's: a field that is renamed inside must not break
a reader outside. A change that could break one gets a new module and a new version.

One line per request, so that ten thousand of them are written one by one and compare well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from launchpolicy import __version__
from launchpolicy.reporters.counting import count
from launchpolicy.reporters.reporter import View
from launchpolicy.reporters.visibility import is_visible, reveal
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
SUMMARY = Text(
    "for machines, format launchpolicy.report/v1", "供程序读取，格式为 launchpolicy.report/v1"
)

FORMAT = "launchpolicy.report/v1"

_OUTCOME_KEYS = {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "failed",
    Outcome.WAIVED: "waived",
    Outcome.PENDING: "pending",
    Outcome.NOT_APPLICABLE: "notApplicable",
    Outcome.ERROR: "error",
}


def render(report: Report, view: View) -> Iterator[str]:  # noqa: ARG001 (the same for every reader)
    """The head, one line per request, the end."""
    yield "{\n"
    for key, value in _head(report).items():
        yield f'  "{key}": {encode(value)},\n'
    yield '  "requests": ['
    between = ""
    for judgement in report.judgements:
        yield f"{between}\n    {encode(_request(judgement, report.policies))}"
        between = ","
    yield "\n  ]\n}\n" if report.judgements else "]\n}\n"


def encode(value: object) -> str:
    r"""One line of JSON: the escaping function of this sink.

    Chinese stays readable. What does not show (threats O1, O5) is written `\u001b`, and `##[`, that
    a runner would obey, `#\u0023[`: a parser gives back exactly what was put in. No line can begin
    with `::`, because none begins with text.
    """
    written = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    written = written.replace("##[", r"#\u0023[")
    return written if is_visible(written) else "".join(reveal(written, _escape))


def _escape(character: str) -> str:
    """As JSON writes any character (RFC 8259 section 7): one or two UTF-16 code units."""
    return json.dumps(character)[1:-1] if not character.isascii() else f"\\u{ord(character):04x}"


def _head(report: Report) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "tool": {"name": "launchpolicy", "version": __version__},
        "verdict": report.verdict,
        "exitCode": report.verdict.exit_code,
        "situation": _text(report.situation),
        "base": report.base,
        "head": report.head,
        "now": _instant(report.now),
        "packSetDigest": report.pack_set_digest,
        "notes": [_text(note) for note in report.notes],
        "summary": _summary(report),
    }


def _summary(report: Report) -> dict[str, Any]:
    """Numbers that add up: each group to its total, `failures` to the outcome failed."""
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
        "results": [_result(result, policies[result.policy]) for result in judgement.results],
        "refusals": [_finding(finding) for finding in judgement.refusals],
    }


def _result(result: PolicyResult, policy: PolicyText) -> dict[str, Any]:
    return {
        "policy": result.policy,
        "pack": result.pack,
        "title": _text(policy.title),
        "clauses": policy.clauses,
        "controls": policy.controls,
        "action": result.action,
        "outcome": result.outcome,
        "reason": _text(result.reason) if result.reason is not None else None,
        "findings": [_finding(finding) for finding in result.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "message": _text(finding.message),
        "fix": _text(finding.fix),
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


def _text(text: Text) -> dict[str, str]:
    return {"en": text.en, "zh": text.zh}


def _instant(moment: datetime) -> str:
    """RFC 3339 in UTC."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
