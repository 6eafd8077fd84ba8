"""Write workflow commands of GitHub Actions: annotations on the lines, then the text report.

GitHub shows at most ten annotations of each type of a step, and drops the others without a word.
So the gravest come first, and the tenth says how many more there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from launchpolicy.reporters.complaints import Level, ReportComplaint, complaints
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.reporters.text import summary
from launchpolicy.reporters.text.escaping import escape
from launchpolicy.reporters.text.reporter import requests
from launchpolicy.reporters.text.writer import TextWriter
from launchpolicy.vocabulary.finding import Outcome, PolicyText, Report
from launchpolicy.vocabulary.place import Span
from launchpolicy.vocabulary.text import Language, Text

ID = "github"
SUMMARY = Text(
    "GitHub Actions: annotations on the lines, then the text", "GitHub Actions：行内注解及文本报告"
)

MOST = 10

_COMMANDS = {Level.ERROR: "error", Level.WARNING: "warning", Level.NOTE: "notice"}
_MORE = Text(
    "and {} more of this kind; the log of this step lists all of them",
    "另有 {} 条同类注解，完整列表见该步骤的日志",
)
_WAIVED = Text("Waived by {}: {}", "已由 {} 豁免：{}")
_WAIVED_SOMEHOW = Text("Waived: {}", "已豁免：{}")
_GROUP = Text("launchpolicy: the whole report", "launchpolicy：完整报告")
_CITED = Text("{} ({})", "{}（{}）")
_PARTED = Text(", ", "，")
_LONGEST = 4000


class _WorkflowAnnotation(NamedTuple):
    """An annotation; `span` is None where the whole file, or none, is meant."""

    level: Level
    rank: int
    title: str
    message: str
    path: str = ""
    span: Span | None = None


def render(report: Report, view: ReaderView) -> Iterator[str]:
    """Yield the annotations, everything about the requests in a group, the summary."""
    annotations = [_annotation(complaint, report, view) for complaint in complaints(report)]
    for level in Level:
        same = sorted(
            (annotation for annotation in annotations if annotation.level is level),
            key=lambda annotation: annotation.rank,
        )
        yield from map(command, _first_annotations(same, view.language))
    writer = TextWriter(view, report.people)
    about = list(requests(writer, report))
    if about:
        yield f"::group::{message(_GROUP.in_language(view.language))}\n"
        yield from about
        yield "::endgroup::\n"
    yield "".join(summary.lines(writer, report))


def command(annotation: _WorkflowAnnotation) -> str:
    """Return one workflow command, with its line break."""
    properties = _where(annotation) if annotation.path else {}
    properties["title"] = annotation.title
    property_list = ",".join(f"{key}={value_of(value)}" for key, value in properties.items())
    return f"::{_COMMANDS[annotation.level]} {property_list}::{message(annotation.message)}\n"


def message(text: str) -> str:
    """Return what stands behind the last `::` of a command: the escaping of this sink (O1).

    Line breaks stay line breaks of the message; what else would act is written out.
    """
    cut = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return "%0A".join(escape(line).replace("%", "%25") for line in cut.split("\n"))


def value_of(text: str) -> str:
    """Return the text for a property, which also ends at a comma or colon, and is one line."""
    value = escape(text[:_LONGEST]).replace("%", "%25")
    return value.replace(":", "%3A").replace(",", "%2C")


def _where(annotation: _WorkflowAnnotation) -> dict[str, str]:
    """Return the place; columns only within one line: GitHub refuses them elsewhere."""
    where = {"file": annotation.path}
    if annotation.span is not None:
        start, end = annotation.span
        where |= {"line": str(start.line), "endLine": str(end.line)}
        if start.line == end.line:
            where |= {"col": str(start.column), "endColumn": str(end.column)}
    return where


def _first_annotations(
    same: Sequence[_WorkflowAnnotation], language: Language
) -> Sequence[_WorkflowAnnotation]:
    if len(same) <= MOST:
        return same
    annotations = same[: MOST - 1]
    more = _MORE.in_language(language).format(len(same) - len(annotations))
    return [*annotations, _WorkflowAnnotation(same[0].level, 0, "launchpolicy", more)]


def _annotation(
    complaint: ReportComplaint, report: Report, view: ReaderView
) -> _WorkflowAnnotation:
    finding, language = complaint.finding, view.language
    text = finding.message.in_language(language)
    if complaint.is_waived:
        text = _waived_message(complaint, text, language)
    return _WorkflowAnnotation(
        level=Level.NOTE if complaint.is_waived else complaint.level,
        rank=_rank(complaint),
        title=_title(complaint, report.policies.get(complaint.rule), language),
        message=f"{text}\n→ {finding.fix.in_language(language)}",
        path=view.prefix + finding.place.path,
        span=finding.place.span,
    )


def _rank(complaint: ReportComplaint) -> int:
    """Return 0 for what could not be judged, 1 for what is wrong, 2 for missing or waived."""
    if complaint.result is None or complaint.is_error:
        return 0
    return 1 if complaint.result.outcome is Outcome.FAILED else 2


def _waived_message(complaint: ReportComplaint, text: str, language: Language) -> str:
    waiver = complaint.result.waived if complaint.result is not None else None
    if waiver is None:
        return _WAIVED_SOMEHOW.in_language(language).format(text)
    return _WAIVED.in_language(language).format(waiver.name, text)


def _title(complaint: ReportComplaint, policy: PolicyText | None, language: Language) -> str:
    if policy is None:
        return complaint.rule
    sources = _PARTED.in_language(language).join((complaint.rule, *policy.clauses))
    return _CITED.in_language(language).format(policy.title.in_language(language), sources)
