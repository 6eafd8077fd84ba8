"""Writes a paper of a request, by the launch repository's own template where it has one."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.open_questions import unanswered_routes, without_questions
from launchpolicy.documents.reading import Document, Refusal, read
from launchpolicy.documents.validation import check_answers
from launchpolicy.facts.paper_origin import plan_digest
from launchpolicy.hosts.launch_root import request_path, require_launch_root
from launchpolicy.hosts.work_tree import work_tree
from launchpolicy.operations.declared_kinds import declared_kinds
from launchpolicy.operations.people_and_calendar import load_people_and_calendar
from launchpolicy.operations.rules import load_configuration
from launchpolicy.papers.markdown import PaperError, TemplateContext
from launchpolicy.papers.registry import PAPERS, Paper
from launchpolicy.papers.writing import Format, write
from launchpolicy.requests.directory import Directory
from launchpolicy.requests.kinds import value_at
from launchpolicy.requests.launch_request.request import launch_request_of
from launchpolicy.requests.names import names_of, with_steps
from launchpolicy.vocabulary.errors import MalformedRulesError, UsageError
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import Place, Position, Span
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot
from launchpolicy.vocabulary.text import Language, Text, quantity

TEMPLATES = Path(__file__).parent.parent / "papers" / "templates"
_OWN = "papers"
_PARTS = ("layout.html.j2", "paper.css")


def write_paper(
    kind: str, request: Path, language: Language, format_: Format, now: datetime
) -> bytes:
    """Return the paper `kind` of the request at `request`, a file or its folder.

    Raises:
        UsageError: there is no such request, or it lacks what the paper is about.
        MalformedRulesError: the request, or a template of the launch repository, is not right.
    """
    root = require_launch_root(request if request.is_dir() else request.parent)
    snapshot = work_tree(root)
    file, configuration = load_configuration(snapshot)
    shipped_kind = declared_kinds(snapshot, file, configuration)["LaunchRequest"]
    document, source = _request(snapshot, root, request)
    unanswered = unanswered_routes(document)
    findings = check_answers(shipped_kind.schema, document, unanswered)
    if findings:
        raise MalformedRulesError(findings)
    paper = PAPERS[kind]
    _require_subject(document, paper, kind)
    directory = load_people_and_calendar(snapshot, configuration.paths).directory
    content = launch_request_of(without_questions(document.data))
    context = TemplateContext(
        request=content,
        name=content.metadata.name or "",
        stage=str(content.status.stage),
        sha256=hashlib.sha256(source).hexdigest(),
        names=with_steps(names_of(configuration, directory), document.data),
        now=now,
        language=language,
        title=_title(paper, len(unanswered)),
        deputies=_deputies(directory, now),
        plan=plan_digest(document.data),
    )
    path, template = _template(snapshot, kind, language)
    parts = {name: (TEMPLATES / name).read_text("utf-8") for name in _PARTS}
    try:
        return write(template, context, format_, parts)
    except PaperError as error:
        raise MalformedRulesError((_broken_template(path, template, error),)) from error


def _deputies(directory: Directory | None, now: datetime) -> dict[str, str]:
    """Return who stands for whom now."""
    deputies = directory.deputies if directory is not None else ()
    return {one.stood_for: one.by for one in deputies if one.is_deputy_at(now)}


def _title(paper: Paper, questions: int) -> Text:
    """Return the title of the paper; it says so if blanks are questions that are still open."""
    if not questions:
        return paper.title
    return Text(
        f"{paper.title.en} (draft, {quantity(questions, 'open question')})",
        f"{paper.title.zh}（草稿，尚有 {questions} 项未填写）",
    )


def _request(snapshot: Snapshot, root: Path, request: Path) -> tuple[Document, bytes]:
    path = request_path(root, request)
    entry = snapshot.entry(path)
    if entry is None or entry.mode not in REGULAR_MODES:
        raise UsageError(
            Text(f"{path} is no request.", f"{path} 不是申请文件。"),
            Text(
                "Name a request.yaml, or the folder that holds it.",
                "请指定 request.yaml 或其所在目录。",
            ),
        )
    source = next(iter(snapshot.read([entry], MAX_BYTES))).data or b""
    document = read(path, source)
    if isinstance(document, Refusal):
        raise MalformedRulesError(document.findings)
    return document, source


def _require_subject(document: Document, paper: Paper, kind: str) -> None:
    """Require that the request has what the paper is about; else it would be an empty form.

    The request is read by route here, because the finding points at the place of the missing key.

    Raises:
        MalformedRulesError: something is missing.
    """
    for route in paper.needs:
        if not value_at(document.data, route):
            place = document.place(route)
            missing = ".".join(map(str, route))
            raise MalformedRulesError(
                (
                    Finding(
                        f"paper/{kind}",
                        Text(
                            f"The request does not say `{missing}`, which this paper is about.",
                            f"申请中没有 `{missing}`，无法生成{paper.title.zh}。",
                        ),
                        place,
                        Text("Complete the request first.", "请先补全申请。"),
                    ),
                )
            )


def _template(snapshot: Snapshot, kind: str, language: Language) -> tuple[str, str]:
    """Return path and source of the template.

    The launch repository's own for this language comes first, then its general one, then ours.
    """
    for path in (f"{_OWN}/{kind}.{language}.md.j2", f"{_OWN}/{kind}.md.j2"):
        entry = snapshot.entry(path)
        if entry is not None and entry.mode in REGULAR_MODES:
            data = next(iter(snapshot.read([entry], MAX_BYTES))).data or b""
            return path, data.decode("utf-8", "replace")
    return f"{kind}.md.j2", (TEMPLATES / f"{kind}.md.j2").read_text("utf-8")


def _broken_template(path: str, template: str, error: PaperError) -> Finding:
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
