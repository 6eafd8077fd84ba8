"""Write one rule per policy that was asked, and one per refusal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from launchpolicy.reporters.complaints import ReportComplaint
from launchpolicy.reporters.sarif.plain import plain
from launchpolicy.vocabulary.finding import PolicyText, Report
from launchpolicy.vocabulary.text import Language, Text

_CLAUSES = Text("{title} (clauses {clauses})", "{title}（条款 {clauses}）")
_REFUSAL = Text("What cannot be judged: {rule}", "无法判定：{rule}")
_PARTED = Text(", ", "、")


def rules(
    report: Report, complaints: Iterable[ReportComplaint], language: Language
) -> list[dict[str, Any]]:
    """Return the rules in the order of the report, also policies that nobody failed (3.49)."""
    policies = (result.policy for judgement in report.judgements for result in judgement.results)
    fixes: dict[str, dict[str, None]] = {rule: {} for rule in policies}
    for complaint in complaints:
        fix = complaint.finding.fix.in_language(language)
        fixes.setdefault(complaint.rule, {})[fix] = None
    return [
        _of_policy(rule, report.policies[rule], remedies, language)
        if rule in report.policies
        else _of_refusal(rule, remedies, language)
        for rule, remedies in fixes.items()
    ]


def _of_policy(
    rule: str, policy: PolicyText, remedies: Iterable[str], language: Language
) -> dict[str, Any]:
    title = full = policy.title.in_language(language)
    if policy.clauses:
        clauses = _PARTED.in_language(language).join(policy.clauses)
        full = _CLAUSES.in_language(language).format(title=title, clauses=clauses)
    properties = {
        "clauses": policy.clauses,
        "controls": policy.controls,
        "pack": policy.pack,
        "tags": sorted({policy.pack, *policy.clauses, *policy.controls}),
    }
    return _rule(rule, title, full, remedies) | {"properties": properties}


def _of_refusal(rule: str, remedies: Iterable[str], language: Language) -> dict[str, Any]:
    title = _REFUSAL.in_language(language).format(rule=rule)
    return _rule(rule, title, title, remedies)


def _rule(rule: str, title: str, full: str, remedies: Iterable[str]) -> dict[str, Any]:
    return {
        "id": rule,
        "shortDescription": {"text": plain(title)},
        "fullDescription": {"text": plain(full)},
        "help": {"text": plain("\n\n".join(remedies) or full)},
    }
