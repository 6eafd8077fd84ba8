"""Whether a document has the shape its kind demands: a fast yes, or an explanation.

A good document pays only for the generated validator; the explaining one, and the library behind
it, are loaded when there is something to explain (design section 12).
"""

from __future__ import annotations

from launchpolicy.documents.decoding import LINE_BREAK
from launchpolicy.documents.reading import Document, Refusal, point, read
from launchpolicy.documents.refusals import refusal
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.vocabulary.errors import MalformedRulesError
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import START, Place, Route
from launchpolicy.vocabulary.text import Text


def check(schema: Schema, document: Document) -> tuple[Finding, ...]:
    """Return a finding for each key or value of `document` that breaks `schema`."""
    findings = document.findings_by(schema)
    if findings is None:
        findings = () if schema.accepts(document.data) else _explain(schema, document)
        document.keep_findings(schema, findings)
    return findings


def check_answers(
    schema: Schema, document: Document, unanswered: tuple[Route, ...]
) -> tuple[Finding, ...]:
    """Return a finding for each key or value that breaks `schema`, but for open questions.

    `unanswered` are the routes of all of them (`documents.open_questions`).
    """
    if not unanswered:
        return check(schema, document)
    if schema.accepts(document.data):
        return ()
    return _explain(schema, document, unanswered)


def _explain(
    schema: Schema, document: Document, unanswered: tuple[Route, ...] = ()
) -> tuple[Finding, ...]:
    # Loaded here on purpose: jsonschema costs more than the whole check of a good document.
    from launchpolicy.documents.lookalikes import find_shape_lookalike  # noqa: PLC0415
    from launchpolicy.documents.open_questions import unanswered_routes  # noqa: PLC0415
    from launchpolicy.documents.schema.explanation import explain  # noqa: PLC0415

    findings = explain(schema, document, unanswered)
    if not findings:
        return ()

    def has_fewer_faults(text: str) -> bool:
        # Not by `check`: that would look for such characters again, in every text that is tried.
        other = read(document.path, text.encode(), document.rules)
        if not isinstance(other, Document):
            return False
        if schema.accepts(other.data):
            return True
        open_questions = unanswered_routes(other) if unanswered else ()
        return len(explain(schema, other, open_questions)) < len(findings)

    lookalike = find_shape_lookalike(LINE_BREAK.split(document.text), has_fewer_faults)
    if lookalike is None:
        return findings
    place = point(document.path, document.text, lookalike.line, lookalike.column)
    cause = refusal("look-alike", place, lookalike.words)
    return (Finding(cause.rule, cause.message, place, lookalike.remedy), *findings)


def not_a_file(path: str) -> Finding:
    """Return the finding about a link or a submodule in place of a file of the owner's."""
    return Finding(
        "rules/not-a-file",
        Text(f"{path} is not a regular file.", f"{path} 不是普通文件。"),
        Place(path, START),
        Text("Replace the link or submodule by the file itself.", "请用文件本身替换链接或子模块。"),
    )


def require_document(file: Document | Refusal) -> Document:
    """Return the document of a file that was read.

    Raises:
        MalformedRulesError: it could not be read.
    """
    if isinstance(file, Refusal):
        raise MalformedRulesError(file.findings)
    return file


def well_formed(schema: Schema, file: Document | Refusal) -> Document:
    """Return the document of a file of the owner's that was read, if it follows `schema`.

    Raises:
        MalformedRulesError: it could not be read, or does not follow the schema.
    """
    document = require_document(file)
    if findings := check(schema, document):
        raise MalformedRulesError(findings)
    return document
