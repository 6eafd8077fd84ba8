"""Request files in the work tree, read as they must be and rewritten whole."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Document, Refusal, read
from launchpolicy.documents.unanswered import unanswered_routes
from launchpolicy.documents.validation import check_answers
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.errors import MalformedRulesError, UsageError
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot
from launchpolicy.vocabulary.text import Text


def read_request(snapshot: Snapshot, path: str, kind: Kind) -> Document:
    """The request at `path`; its questions may be open.

    Raises:
        UsageError: there is no such file.
        MalformedRulesError: it is not well-formed; with every finding.
    """
    entry = snapshot.entry(path)
    if entry is None or entry.mode not in REGULAR_MODES or not kind.matches(path):
        raise UsageError(
            Text(f"{path} is no {kind.name}.", f"{path} 不是上线申请。"),
            Text(f"Requests are the files {kind.files}.", f"申请文件的路径为 {kind.files}。"),
        )
    blob = next(iter(snapshot.read([entry], MAX_BYTES)))
    found = read(path, blob.data or b"")
    if isinstance(found, Refusal):
        raise MalformedRulesError(found.findings)
    require_well_formed(found, kind)
    return found


def require_well_formed(document: Document, kind: Kind) -> None:
    """Returns only if `document` follows the schema of its kind, open questions aside.

    Raises:
        MalformedRulesError: it does not; with every finding.
    """
    findings = check_answers(kind.schema, document, unanswered_routes(document))
    if findings:
        raise MalformedRulesError(tuple(findings))


def rewrite(file: Path, text: str) -> None:
    """All or nothing: the request is never seen half written."""
    mark = b"\xef\xbb\xbf" if file.read_bytes().startswith(b"\xef\xbb\xbf") else b""
    mode = file.stat().st_mode
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".request-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(mark + text.encode())
        Path(name).chmod(mode)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
