"""Reads the request files of the work tree, and rewrites them whole."""

from __future__ import annotations

import codecs
import os
import tempfile
from pathlib import Path

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.open_questions import unanswered_routes
from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.validation import check_answers, require_document
from launchpolicy.hosts.run_files import note_written
from launchpolicy.hosts.write_errors import CHECK_FOLDER, explain_write_errors
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.errors import MalformedRulesError, UsageError
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot, read_one
from launchpolicy.vocabulary.text import Text

_MARK = codecs.BOM_UTF8


def read_request(snapshot: Snapshot, path: str, kind: Kind) -> Document:
    """Return the request at `path`; its questions may be open.

    Raises:
        UsageError: there is no such file.
        MalformedRulesError: it is not well-formed; with every finding.
    """
    entry = snapshot.entry(path)
    if entry is None or entry.mode not in REGULAR_MODES or not kind.matches(path):
        raise UsageError(
            Text(f"{path} is no {kind.name}.", f"{path} 不是上线申请。"),
            Text(
                f"Requests are the files {kind.files.wording}.",
                f"申请文件的路径为 {kind.files.wording}。",
            ),
        )
    blob = read_one(snapshot, entry, MAX_BYTES)
    document = require_document(read(path, blob.data or b""))
    require_well_formed(document, kind)
    return document


def require_well_formed(document: Document, kind: Kind) -> None:
    """Require that `document` follows the schema of its kind, open questions aside.

    Raises:
        MalformedRulesError: it does not; with every finding.
    """
    findings = check_answers(kind.schema, document, unanswered_routes(document))
    if findings:
        raise MalformedRulesError(tuple(findings))


def rewrite(file: Path, document: Document, text: str) -> None:
    """Put `text` in place of a request that was read as `document`: all of it, or nothing.

    Raises:
        UsageError: git stores the file in another form, which cannot be turned back; or it cannot
            be written.
        OutputError: there is no room for it.
    """
    with explain_write_errors(file, CHECK_FOLDER, document.path):
        _replace(file, _as_written(file, document, text))
    note_written(document.path)


def _replace(file: Path, content: bytes) -> None:
    mode = file.stat().st_mode
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".request-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(name).chmod(mode)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _as_written(file: Path, document: Document, text: str) -> bytes:
    """Return the new text with the byte order mark and the line ends of the file.

    Raises:
        UsageError: git stores the file in another form, which cannot be turned back.
    """
    source = file.read_bytes()
    mark = _MARK if source.startswith(_MARK) else b""
    content = text.encode()
    read_from = document.text.encode()
    if source != mark + read_from:
        if source != mark + read_from.replace(b"\n", b"\r\n"):
            raise _other_form(document.path)
        content = content.replace(b"\n", b"\r\n")
    return mark + content


def _other_form(path: str) -> UsageError:
    return UsageError(
        Text(
            f"{path} has another form in the work tree than git stores, or it was changed "
            "just now.",
            f"{path} 在工作区中的形式与 git 存储的不同，或刚刚被修改。",
        ),
        Text(
            "Run this again. If it stays so, remove `ident` and `working-tree-encoding` "
            "of this file from .gitattributes.",
            "请重新运行；若仍然如此，请从 .gitattributes 中删除该文件的 `ident` "
            "与 `working-tree-encoding` 属性。",
        ),
    )
