"""What the test reports of a request say, as papers print it: read from the files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from launchpolicy.requests.launch_request.testing import TestReport
from launchpolicy.vocabulary.text import Text

_FIELDS = ("total", "passed", "failed", "errors", "skipped")
NO_FILES: Final[Mapping[str, Mapping[str, Any]]] = MappingProxyType({})
_NOT_ATTACHED = Text("No report is attached.", "未附测试报告。")


class CaseCounts(NamedTuple):
    """How many test cases a report holds; an error counts as failed."""

    total: int
    executed: int
    passed: int
    failed: int
    skipped: int


class ReportResult(NamedTuple):
    """One report of `spec.testing.reports`.

    `counts` is None for a report without test cases and for one that cannot be read. `has_passed`
    is what the file says, whatever the request says about it.
    """

    name: str
    counts: CaseCounts | None
    has_passed: bool
    summary: Text
    path: str
    sha256: str


def report_results(
    reports: Iterable[TestReport], evidence: Mapping[str, Mapping[str, Any]]
) -> tuple[ReportResult, ...]:
    """Return what each report says, in their order.

    Args:
        reports: those of the request.
        evidence: by path, what each file says (`policy.fact_shapes.REFERENCE`).
    """
    return tuple(_result(report, evidence) for report in reports)


def has_passed(report: TestReport, evidence: Mapping[str, Mapping[str, Any]]) -> bool:
    """Return whether a report has passed: by its file, and by what the request says, if it does."""
    result = _result(report, evidence)
    if report.result is None:
        return result.has_passed
    return report.result == "passed" and (result.counts is None or result.has_passed)


def _result(report: TestReport, evidence: Mapping[str, Mapping[str, Any]]) -> ReportResult:
    path = (report.evidence.path or "") if report.evidence is not None else ""
    name, record = report.name or "", evidence.get(path)
    if record is None:
        return ReportResult(name, None, has_passed=False, summary=_NOT_ATTACHED, path="", sha256="")
    is_read = bool(record["read"])
    says = record["says"] if is_read else record["problem"]
    return ReportResult(
        name=name,
        counts=_counts(record["tests"]) if is_read else None,
        has_passed=is_read and bool(record["passed"]),
        summary=Text(says["en"], says["zh"]),
        path=path,
        sha256=record["sha256"],
    )


def _counts(tests: Mapping[str, Any]) -> CaseCounts | None:
    total, passed, failed, errors, skipped = (int(tests[field]) for field in _FIELDS)
    if not total:
        return None
    return CaseCounts(total, total - skipped, passed, failed + errors, skipped)
