"""Writes a Markdown paper with its drawings as files beside it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from launchpolicy.facts.approvals.records import ApprovalRecord
from launchpolicy.hosts.output_files import deliver_bytes
from launchpolicy.operations.paper.source import read_paper_source
from launchpolicy.operations.paper.write import paper_context, write_paper_of
from launchpolicy.papers.picture_files import picture_files
from launchpolicy.papers.registry import ALIASES, PAPERS
from launchpolicy.vocabulary.text import Language


def write_markdown_with_pictures(
    kind: str,
    request: Path,
    language: Language,
    now: datetime,
    record: ApprovalRecord | None,
    output: Path,
) -> bytes:
    """Write the paper to `output` and each drawing to a file beside it; return the paper.

    Raises:
        LaunchpolicyError: the paper cannot be made, or a file not be written.
    """
    source = read_paper_source(request, now, record)
    stem = output.stem
    paper = write_paper_of(source, kind, language, "md", stem)
    pictures = paper_context(source, PAPERS[ALIASES.get(kind, kind)], language).pictures
    for name, file in picture_files(pictures, stem).items():
        deliver_bytes([pictures[name].svg.encode()], output.with_name(file))
    deliver_bytes([paper], output)
    return paper
