"""Say why a request at a commit cannot be approved: not there, unanswered, or malformed."""

from __future__ import annotations

from launchpolicy.documents.open_questions import has_questions
from launchpolicy.documents.reading import Document
from launchpolicy.documents.validation import check
from launchpolicy.engine.submission import RequestVersion
from launchpolicy.operations.approve.problems import not_well_formed, nothing_to_approve, still_open
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.snapshot import Snapshot, bytes_at


def reason_not_to_approve(snapshot: Snapshot, kind: Kind, path: str, revision: str) -> UsageError:
    """Return the error about a request of which a snapshot has no version to approve.

    `revision` is what the snapshot is called. A file of many documents is not looked into.
    """
    source = bytes_at(snapshot, path, kind.reading.max_bytes)
    if source is None or kind.reading.is_stream:
        return nothing_to_approve(path, revision)
    document = RequestVersion(path, source, reading=kind.reading).document()
    if not isinstance(document, Document):
        return not_well_formed(path, revision, document.findings)
    if kind.has_questions and has_questions(document.data):
        return still_open(path, revision)
    findings = check(kind.schema, document)
    return (
        not_well_formed(path, revision, findings)
        if findings
        else nothing_to_approve(path, revision)
    )
