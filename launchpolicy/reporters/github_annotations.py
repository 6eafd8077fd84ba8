"""The findings of a report as annotations of a check run (REST API, "Update a check run")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from launchpolicy.reporters.complaints import Level, ReportComplaint, complaints
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.vocabulary.finding import Report
from launchpolicy.vocabulary.text import Language

Json = Any

_LEVELS = {Level.ERROR: "failure", Level.WARNING: "warning", Level.NOTE: "notice"}
_LONGEST = 8_000
_MOST = 500


def annotations_of(report: Report, language: Language, folder: str) -> list[Json]:
    """At most 500, the gravest first; the summary has all of them.

    `folder` is the launch repository's place in the git repository ("" or `folder/`).
    """
    found = sorted(complaints(report), key=lambda complaint: complaint.level)
    return list(_annotations(found[:_MOST], language, folder))


def _annotations(found: list[ReportComplaint], language: Language, folder: str) -> Iterator[Json]:
    for complaint in found:
        finding, span = complaint.finding, complaint.finding.place.span
        said = finding.message.in_language(language), finding.fix.in_language(language)
        annotation = {
            "path": folder + finding.place.path,
            "start_line": span.start.line,
            "end_line": span.end.line,
            "annotation_level": _LEVELS[complaint.level],
            "title": escape(complaint.rule)[:255],
            "message": "\n→ ".join(map(escape, said))[:_LONGEST],
        }
        if span.start.line == span.end.line:  # columns are allowed within one line only
            annotation |= {"start_column": span.start.column, "end_column": span.end.column}
        yield annotation
