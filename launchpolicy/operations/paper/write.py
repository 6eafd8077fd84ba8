"""Writes a paper of a request, by the launch repository's own template where it has one."""

from __future__ import annotations

import dataclasses
import hashlib
from datetime import datetime
from pathlib import Path

from launchpolicy.documents.instants import parse_instant
from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.open_questions import without_questions
from launchpolicy.facts.approvals.records import ApprovalRecord
from launchpolicy.facts.paper_origin import plan_digest
from launchpolicy.operations.paper.messages import require_message, write_message
from launchpolicy.operations.paper.paper_request import PaperRequest
from launchpolicy.operations.paper.problems import (
    broken_template,
    no_subject,
    no_table,
    refusal_finding,
)
from launchpolicy.operations.paper.racks import other_devices
from launchpolicy.operations.paper.source import PaperSource, read_paper_source
from launchpolicy.papers.issuers import document_number, issuer_name
from launchpolicy.papers.markdown import PaperError
from launchpolicy.papers.paper import Paper
from launchpolicy.papers.picture_files import picture_files
from launchpolicy.papers.refusals import PaperRefusal
from launchpolicy.papers.registry import ALIASES, PAPERS
from launchpolicy.papers.template_context import TemplateContext
from launchpolicy.papers.writing import Format, is_message, write
from launchpolicy.requests.directory import Directory
from launchpolicy.requests.kinds import value_at
from launchpolicy.requests.launch_request.request import LaunchRequest, launch_request_of
from launchpolicy.vocabulary.errors import MalformedRulesError
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot, read_one
from launchpolicy.vocabulary.text import Language, Text, quantity

TEMPLATES = Path(__file__).parents[2] / "papers" / "templates"
_OWN = "papers"
_PARTS = ("layout.html.j2", "paper.css", "shared/contact.md.j2", "shared/record.md.j2")
_STATES = {
    "cancelled": Text(" (cancelled)", "〔已取消〕"),
    "rolled-back": Text(" (rolled back)", "〔已回滚〕"),
}


def write_paper(
    kind: str,
    request: Path,
    language: Language,
    format_: Format,
    now: datetime,
    record: ApprovalRecord | None = None,
) -> bytes:
    """Return the paper `kind` of the request at `request`, a file or its folder.

    Raises:
        UsageError: there is no such request, or it lacks what the paper is about.
        MalformedRulesError: the request, or a template of the launch repository, is not right.
    """
    return write_paper_of(read_paper_source(request, now, record), kind, language, format_)


def write_paper_of(
    source: PaperSource, kind: str, language: Language, format_: Format, stem: str = ""
) -> bytes:
    """Return the paper `kind` of a request that was read.

    With `stem`, a Markdown paper shows its pictures from files whose names begin with it.

    Raises:
        UsageError: it has no such format.
        MalformedRulesError: a template of the launch repository is not right.
    """
    kind = ALIASES.get(kind, kind)
    paper, request = PAPERS[kind], source.request
    missing = missing_route(request, paper)
    if missing:
        raise MalformedRulesError((no_subject(kind, paper.title, request.document, missing),))
    if is_message(format_):
        require_message(kind, format_)
    if format_ == "xlsx" and not paper.is_table:
        raise no_table(kind, paper.title)
    context = paper_context(source, paper, language)
    if stem:
        files = picture_files(context.pictures, stem)
        context = dataclasses.replace(context, picture_files=files)
    path, template = _template(request.snapshot, kind, language)
    parts = {Path(name).name: (TEMPLATES / name).read_text("utf-8") for name in _PARTS}
    try:
        if is_message(format_):
            return write_message(request, kind, format_, template, context, parts)
        return write(template, context, format_, parts)
    except PaperError as error:
        raise MalformedRulesError((broken_template(path, template, error),)) from error
    except PaperRefusal as refusal:
        raise MalformedRulesError((refusal_finding(kind, request.document, refusal),)) from refusal


def missing_route(request: PaperRequest, paper: Paper) -> tuple[str | int, ...]:
    """Return the first route that the paper needs and the request does not have; () for none."""
    missing = (route for route in paper.needs if not value_at(request.document.data, route))
    return next(missing, ())


def paper_context(source: PaperSource, paper: Paper, language: Language) -> TemplateContext:
    """Return what the template of a paper is filled in with."""
    request, names, now = source.request, source.names, source.now
    configuration, directory = request.rules.configuration, request.directory
    content = launch_request_of(without_questions(request.document.data))
    people = directory.people if directory is not None else ()
    departments = {person.name: person.department for person in people}
    name = content.metadata.name or ""
    context = TemplateContext(
        request=content,
        name=name,
        stage=str(content.status.stage),
        sha256=hashlib.sha256(request.source).hexdigest(),
        names=names,
        now=now,
        language=language,
        title=paper.title_in(request.packs),
        deputies=_deputies(directory, now),
        process=str(content.spec.process or ""),
        departments=departments,
        holders=directory.roles if directory is not None else {},
        state=_state(paper, request),
        number=document_number(configuration.paper_number, name, _year(content, now)),
        issuer=issuer_name(paper.issuer, request.document.data, names, departments),
        signers=source.signers if paper.is_form else (),
        evidence=source.submission.facts.evidence["files"],
        enclosures=source.enclosures,
        orientation=paper.orientation,
        is_form=paper.is_form,
        plan=plan_digest(request.document.data),
        calendar_zone=request.zone,
    )
    if paper.pictures is None:
        return context
    context = dataclasses.replace(context, other_devices=other_devices(request))
    return dataclasses.replace(context, pictures=paper.pictures(context))


def _year(request: LaunchRequest, now: datetime) -> datetime:
    """Return a moment of the year of the launch; `now` where no window is fixed."""
    window = request.spec.window
    return parse_instant(str(window.start)) or now if window else now


def _deputies(directory: Directory | None, now: datetime) -> dict[str, str]:
    """Return who stands for whom now."""
    deputies = directory.deputies if directory is not None else ()
    return {one.stood_for: one.by for one in deputies if one.is_deputy_at(now)}


def _state(paper: Paper, request: PaperRequest) -> Text | None:
    """Return what the head says besides the title: a draft, a launch that is off."""
    count = paper.open_questions(request.questions)
    if count:
        open_questions = quantity(count, "open question")
        return Text(f" (draft, {open_questions})", f"〔草稿，尚有 {count} 项未填写〕")
    if paper.announces and not request.is_approved:
        return Text(" (draft, not approved)", "〔草稿，未经批准〕")
    return None if paper.tells_state else _STATES.get(request.stage)


def _template(snapshot: Snapshot, kind: str, language: Language) -> tuple[str, str]:
    """Return path and source of the template.

    The launch repository's own for this language comes first, then its general one, then ours.
    """
    for path in (f"{_OWN}/{kind}.{language}.md.j2", f"{_OWN}/{kind}.md.j2"):
        entry = snapshot.entry(path)
        if entry is not None and entry.mode in REGULAR_MODES:
            data = read_one(snapshot, entry, MAX_BYTES).data or b""
            return path, data.decode("utf-8", "replace")
    return f"{kind}.md.j2", (TEMPLATES / f"{kind}.md.j2").read_text("utf-8")
