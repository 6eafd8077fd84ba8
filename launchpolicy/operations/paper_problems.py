"""What keeps a paper from being made, each at its place with what to do."""

from __future__ import annotations

from launchpolicy.documents.reading import Document
from launchpolicy.papers.markdown import PaperError
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


def no_recipients(kind: str, title: Text, document: Document, field: str) -> Finding:
    """Return the finding for a notice to nobody: `field` is what has to be filled in."""
    return Finding(
        f"paper/{kind}",
        Text(
            f"The notice has no recipients: `{field}` is empty.",
            f"{title.zh}没有主送单位：`{field}` 未填写。",
        ),
        document.place(parse_route(field)),
        Text(
            f"List under `{field}` the departments that have to receive it.",
            f"请在 `{field}` 中填写应当收到通知的部门。",
        ),
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
