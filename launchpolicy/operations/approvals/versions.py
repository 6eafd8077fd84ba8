"""Read requests as they stand at a commit, with the digests that approvals bind to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from launchpolicy.documents.reading import Document
from launchpolicy.documents.validation import check
from launchpolicy.engine.document_name import name_of
from launchpolicy.engine.submission import RequestVersion
from launchpolicy.facts.approvals.digest import ABSENT, DigestError, approval_digest
from launchpolicy.facts.evidence.references import Reference
from launchpolicy.hosts.evidence_files import evidence_file
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.hashing import sha256
from launchpolicy.vocabulary.place import Data
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot, bytes_at


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a request: name, approval digest, data, evidence, and what it looks up."""

    name: str
    digest: str
    data: Data
    evidence: dict[str, str] = field(default_factory=dict)
    looked_up: dict[str, str] = field(default_factory=dict)


NO_VERSION = Version("", "", None)
"""Not there, or not a well-formed request: nothing that anybody could approve."""


def version_at(snapshot: Snapshot, kind: Kind, path: str, document: str = "") -> Version:
    """Return the version of a request in a snapshot; `NO_VERSION` if there is none to approve.

    `document` is the id of the one that is meant in a file of many.
    """
    source = bytes_at(snapshot, path, kind.reading.max_bytes)
    if source is None:
        return NO_VERSION
    if kind.reading.is_stream:
        from launchpolicy.operations.submissions.document_streams import document_at  # noqa: PLC0415 (rare)

        version = document_at(kind, path, source, document)
        return NO_VERSION if version is None else version_of(snapshot, kind, version)
    return version_of(snapshot, kind, RequestVersion(path, source, reading=kind.reading))


def names_at(snapshot: Snapshot, kind: Kind, path: str) -> tuple[str, ...]:
    """Return the names of the requests that stand in a file and can be approved."""
    if not kind.reading.is_stream:
        name = version_at(snapshot, kind, path).name
        return (name,) if name else ()
    from launchpolicy.operations.submissions.document_streams import ids_in  # noqa: PLC0415 (rare)

    source = bytes_at(snapshot, path, kind.reading.max_bytes)
    ids = ids_in(kind, path, source) if source is not None else ()
    return tuple(name for name in ids if version_at(snapshot, kind, path, name).name)


def version_of(snapshot: Snapshot, kind: Kind, request: RequestVersion) -> Version:
    """Return what can be approved of a request whose evidence stands in `snapshot`."""
    document = request.document()
    if not isinstance(document, Document) or check(kind.schema, document):
        return NO_VERSION
    name = name_of(kind, document)
    evidence = dict(_evidence(snapshot, kind, request))
    looked_up = _looked_up(snapshot, kind, document)
    approved: Data = document.data
    if kind.is_approved_whole:
        approved = {"path": request.path, "document": approved}
    try:
        digest = approval_digest(kind.name, name, approved, evidence, looked_up)
    except DigestError:
        return NO_VERSION
    return Version(name, digest, document.data, evidence, looked_up)


def version_at_commit(
    snapshot_of: Callable[[str], Snapshot], kind: Kind, path: str, commit: str, document: str = ""
) -> Version:
    """Return the version at a commit; `NO_VERSION` if this clone lacks the commit.

    A commit that was pushed away may be gone. What was approved is then unknown, so it is not what
    stands here now.
    """
    try:
        return version_at(snapshot_of(commit), kind, path, document)
    except UndecidedError:
        return NO_VERSION


def _looked_up(snapshot: Snapshot, kind: Kind, document: Document) -> dict[str, str]:
    if not kind.lookups:
        return {}
    from launchpolicy.operations.approvals.looked_up import (  # noqa: PLC0415 (few kinds do)
        looked_up_digests,
    )

    return looked_up_digests(snapshot, kind, document)


def _evidence(snapshot: Snapshot, kind: Kind, request: RequestVersion) -> Iterator[tuple[str, str]]:
    """Yield path and digest of the bytes that are there, whatever digest the request has.

    Otherwise a file could be swapped for one that fits the stated digest after the approval.
    Evidence of `status` is of what happened later, and not part of what is approved.
    """
    for reference in request.references(kind):
        if reference.route[:1] != ("status",):
            yield reference.path, found_digest(snapshot, request.path, reference)


def found_digest(snapshot: Snapshot, path: str, reference: Reference) -> str:
    """Return the digest of the file that a request refers to; `ABSENT` if there is none."""
    file = evidence_file(snapshot, path, reference)
    if file is None or file.mode not in REGULAR_MODES:
        return ABSENT
    if file.data is None:  # too large to be read; git's own id of it still says what it is
        return f"git:{file.blob}"
    return f"sha256:{sha256(file.data)}"
