"""What the test reports of a request say, as papers print it: read from the files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from launchpolicy.vocabulary.text import Text

_FIELDS = ("total", "passed", "failed", "errors", "skipped")
_NOT_READ = Text("not readable", "无法读取")


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


def report_result(name: str, record: Mapping[str, Any]) -> ReportResult:
    """Return what one report says.

    Args:
        name: which kind of test it is of.
        record: what is known about the file (`policy.fact_shapes.REFERENCE`).
    """
    is_read = bool(record["read"])
    says = record["says"] if is_read else record["problem"]
    return ReportResult(
        name=name,
        counts=_counts(record["tests"]) if is_read else None,
        has_passed=is_read and bool(record["passed"]),
        summary=Text(says["en"], says["zh"]) if says["en"] else _NOT_READ,
        path=record["path"],
        sha256=record["sha256"],
    )


def _counts(tests: Mapping[str, Any]) -> CaseCounts | None:
    total, passed, failed, errors, skipped = (int(tests[field]) for field in _FIELDS)
    if not total:
        return None
    return CaseCounts(total, total - skipped, passed, failed + errors, skipped)
