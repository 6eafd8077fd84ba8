"""Write the report as GitLab's code quality JSON: a list of issues, each at a line of a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from launchpolicy.reporters.complaints import Level, ReportComplaint, complaints
from launchpolicy.reporters.json_encoding import encode
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.vocabulary.finding import Report
from launchpolicy.vocabulary.text import Text

ID = "gitlab"
SUMMARY = Text("GitLab code quality", "GitLab 代码质量")

_SEVERITIES = {Level.ERROR: "blocker", Level.WARNING: "minor", Level.NOTE: "info"}
_EXCUSED = "info"
_WAIVED = Text("Waived: {}", "已豁免：{}")


def render(report: Report, view: ReaderView) -> Iterator[str]:
    """Yield one issue a line."""
    yield "["
    between = "\n"
    for complaint in complaints(report):
        yield f"{between}  {encode(_issue(complaint, view))}"
        between = ",\n"
    yield "]\n" if between == "\n" else "\n]\n"


def _issue(complaint: ReportComplaint, view: ReaderView) -> dict[str, Any]:
    """Return the issue; the format has no word for waived, so the description says it."""
    finding, language = complaint.finding, view.language
    description = f"{finding.message.in_language(language)} → {finding.fix.in_language(language)}"
    is_waived = complaint.is_waived
    place = finding.place
    return {
        "description": _WAIVED.in_language(language).format(description)
        if is_waived
        else description,
        "check_name": complaint.rule,
        "fingerprint": complaint.fingerprint,
        "severity": _EXCUSED if is_waived else _SEVERITIES[complaint.level],
        "location": {
            "path": view.prefix + place.path,
            "lines": {"begin": place.span.start.line, "end": _last_line(complaint)},
        },
    }


def _last_line(complaint: ReportComplaint) -> int:
    """Return the last line; a stretch that ends before column 1 ends on the line above."""
    start, end = complaint.finding.place.span
    return max(start.line, end.line - 1 if end.column == 1 else end.line)
