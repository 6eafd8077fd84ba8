"""What keeps a paper from being made, each at its place with what to do."""

from __future__ import annotations

from launchpolicy.documents.reading import Document
from launchpolicy.papers.markdown import PaperError
from launchpolicy.papers.refusals import PaperRefusal
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import Place, Position, Route, Span, parse_route
from launchpolicy.vocabulary.text import Text


def no_subject(kind: str, title: Text, document: Document, route: Route) -> Finding:
    """Return the finding for a request that lacks what the paper is about.

    The request is read by route here, because the finding points at the place of the missing key.
    """
    missing = ".".join(map(str, route))
    return Finding(
        f"paper/{kind}",
        Text(
            f"The request does not say `{missing}`, which this paper is about.",
            f"申请中没有 `{missing}`，无法生成{title.zh}。",
        ),
        document.place(route),
        Text("Complete the request first.", "请先补全申请。"),
    )


def refusal_finding(kind: str, document: Document, refusal: PaperRefusal) -> Finding:
    """Return the finding for a paper that cannot be made yet."""
    place = document.place(parse_route(refusal.field))
    return Finding(f"paper/{kind}", refusal.problem, place, refusal.remedy)


def no_table(kind: str, title: Text) -> UsageError:
    """Return the error for a paper that is no table, asked for as a workbook."""
    return UsageError(
        Text(
            f"{title.en} ({kind}) is no table, so it cannot be a workbook.",
            f"{title.zh}（{kind}）不是表格，不能生成工作簿。",
        ),
        Text("Choose --format docx, html, md or pdf.", "请改用 --format docx、html、md 或 pdf。"),
    )


def broken_template(path: str, template: str, error: PaperError) -> Finding:
    lines = template.splitlines()
    line = min(max(error.line, 1), len(lines) or 1)
    source = lines[line - 1] if lines else ""
    span = Span(Position(line, 1), Position(line, len(source) + 1))
    return Finding(
        "paper/template",
        error.problem,
        Place(path, span, (), (), source),
        Text(
            "Correct the template; `launchpolicy schema LaunchRequest` lists the fields.",
            "请修正模板；字段可用 `launchpolicy schema LaunchRequest` 查看。",
        ),
    )
