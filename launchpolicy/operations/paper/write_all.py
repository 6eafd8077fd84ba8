"""Writes every paper that a request needs at its stage into one folder."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from launchpolicy.facts.approvals.records import ApprovalRecord
from launchpolicy.hosts.folders import make_folder
from launchpolicy.hosts.output_files import deliver_bytes
from launchpolicy.operations.paper.messages import papers_with
from launchpolicy.operations.paper.paper_request import PaperRequest
from launchpolicy.operations.paper.source import read_paper_source
from launchpolicy.operations.paper.write import missing_route, write_paper_of
from launchpolicy.papers.registry import PAPERS
from launchpolicy.papers.writing import Format, is_message
from launchpolicy.vocabulary.errors import MalformedRulesError
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.text import Language


class StagePaper(NamedTuple):
    """One paper of a stage: the file that was written, or why it is not made yet."""

    kind: str
    file: Path | None
    finding: Finding | None = None


def asked_papers(request: PaperRequest) -> tuple[str, ...]:
    """Return the ids of the papers that the process asks for at the stage of the request.

    A paper that the request has nothing for (no business is suspended, no data are converted) is
    not among them.
    """
    return tuple(
        kind
        for kind, paper in PAPERS.items()
        if paper.is_asked(request.packs, request.stage) and not missing_route(request, paper)
    )


def write_stage_papers(
    request: Path,
    folder: Path,
    language: Language,
    format_: Format,
    now: datetime,
    record: ApprovalRecord | None = None,
) -> tuple[StagePaper, ...]:
    """Write the papers that the request at `request` needs now into `folder`.

    Raises:
        LaunchpolicyError: the request, the rules or a template is not right, and nothing is
            written; or the folder or a file cannot be written.
    """
    source = read_paper_source(request, now, record)
    made: dict[str, bytes | Finding] = {}
    kinds = asked_papers(source.request)
    if is_message(format_):
        kinds = tuple(kind for kind in kinds if kind in papers_with(format_))
    for kind in kinds:
        if format_ == "xlsx" and not PAPERS[kind].is_table:
            continue
        try:
            made[kind] = write_paper_of(source, kind, language, format_)
        except MalformedRulesError as error:
            finding = error.findings[0]
            if finding.rule != f"paper/{kind}":
                raise
            made[kind] = finding
    make_folder(folder)
    return tuple(_deliver(kind, paper, folder, format_) for kind, paper in made.items())


def _deliver(kind: str, paper: bytes | Finding, folder: Path, format_: Format) -> StagePaper:
    if isinstance(paper, Finding):
        return StagePaper(kind, None, paper)
    file = folder / f"{kind}.{format_}"
    deliver_bytes([paper], file)
    return StagePaper(kind, file)
