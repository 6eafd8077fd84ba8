"""The findings of a report as annotations of a pull request."""

from __future__ import annotations

from launchpolicy.hosts.forges.forge import Annotation, AnnotationLevel
from launchpolicy.reporters.complaints import Level, ReportComplaint, complaints
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.vocabulary.finding import Report
from launchpolicy.vocabulary.text import Language

_LEVELS = {
    Level.ERROR: AnnotationLevel.ERROR,
    Level.WARNING: AnnotationLevel.WARNING,
    Level.NOTE: AnnotationLevel.NOTE,
}
_MOST = 500


def annotations_of(report: Report, language: Language, prefix: str) -> tuple[Annotation, ...]:
    """Return at most 500 annotations, the gravest first; the summary has all findings.

    `prefix` is the launch repository's place in the git repository ("" or `folder/`).
    """
    gravest = sorted(complaints(report), key=lambda complaint: complaint.level)[:_MOST]
    return tuple(_annotation(complaint, language, prefix) for complaint in gravest)


def _annotation(complaint: ReportComplaint, language: Language, prefix: str) -> Annotation:
    finding = complaint.finding
    texts = finding.message.in_language(language), finding.fix.in_language(language)
    return Annotation(
        path=prefix + finding.place.path,
        span=finding.place.span,
        level=_LEVELS[complaint.level],
        title=escape(complaint.rule),
        message="\n→ ".join(map(escape, texts)),
    )
