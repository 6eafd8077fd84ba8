"""Reads the request that papers are made of, with the rules and people that it stands among."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from pathlib import Path
from typing import NamedTuple

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.open_questions import unanswered_routes
from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.documents.validation import check_answers, require_document
from launchpolicy.facts.approvals.records import ApprovalRecord
from launchpolicy.facts.evidence.references import is_place_of_evidence
from launchpolicy.hosts.launch_root import request_path, require_launch_root
from launchpolicy.hosts.work_tree import work_tree
from launchpolicy.operations.paper.merged_plan import is_plan_merged
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.operations.rules.people_and_calendar import load_people_and_calendar
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.directory import Directory
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.errors import MalformedRulesError, UsageError
from launchpolicy.vocabulary.place import Route
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot, read_one
from launchpolicy.vocabulary.text import Text


class PaperRequest(NamedTuple):
    """A request of which papers are made, with all that they are made from.

    `packs` are those of its process. `questions` are the routes of its open questions
    but those where a file is to be attached, such as the paper itself: what a paper says does not
    depend on them. `record` are reviews of a host, None where none are known.
    `zone` is that of the calendar, None where there is none.
    `is_approved` is False where the plan is not the one that is merged, as far as this clone knows.
    """

    root: Path
    snapshot: Snapshot
    rules: PackSet
    document: Document
    source: bytes
    directory: Directory | None
    packs: tuple[str, ...]
    questions: tuple[Route, ...]
    record: ApprovalRecord | None = None
    is_approved: bool = True
    zone: tzinfo | None = None

    @property
    def stage(self) -> str:
        """Return the stage that the request says it is in."""
        return str(value_at(self.document.data, ("status", "stage")) or "")


def read_paper_request(request: Path, record: ApprovalRecord | None = None) -> PaperRequest:
    """Return the request at `request`, a file or its folder, with what papers need besides it.

    Raises:
        UsageError: there is no such request.
        MalformedRulesError: the request or the rules are not right.
    """
    root = require_launch_root(request if request.is_dir() else request.parent)
    snapshot = work_tree(root)
    document, source = _document(snapshot, root, request)
    rules = load_rules(snapshot)
    kind = rules.kinds["LaunchRequest"]
    unanswered = unanswered_routes(document)
    findings = check_answers(kind.schema, document, unanswered)
    if findings:
        raise MalformedRulesError(findings)
    known = load_people_and_calendar(snapshot, rules.configuration.paths)
    packs = rules.pack_names_of(kind, document.data) or ()
    return PaperRequest(
        root,
        snapshot,
        rules,
        document,
        source,
        known.directory,
        packs,
        questions_of_papers(kind.schema, unanswered),
        record,
        is_approved=is_plan_merged(root, document),
        zone=known.calendar.zone if known.calendar is not None else None,
    )


def questions_of_papers(schema: Schema, unanswered: Iterable[Route]) -> tuple[Route, ...]:
    """Return the open questions of a request on which it depends what papers say."""
    return tuple(route for route in unanswered if not is_place_of_evidence(schema, route))


def _document(snapshot: Snapshot, root: Path, request: Path) -> tuple[Document, bytes]:
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
    source = read_one(snapshot, entry, MAX_BYTES).data or b""
    document = require_document(read(path, source))
    return document, source
