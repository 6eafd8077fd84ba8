"""Whether a document has the shape its kind demands: a fast yes, or an explanation.

A good document pays only for the generated validator; the explaining one, and the library behind
it, are loaded when there is something to explain (design section 12).
"""

from __future__ import annotations

from launchpolicy.documents.decoding import LINE_BREAK
from launchpolicy.documents.reading import Document, Refusal, point, read
from launchpolicy.documents.refusals import refusal
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.documents.unanswered import unanswered_routes
from launchpolicy.vocabulary.errors import MalformedRulesError
from launchpolicy.vocabulary.finding import Finding
from launchpolicy.vocabulary.place import Route


def check(schema: Schema, document: Document) -> tuple[Finding, ...]:
    """What `document` has that `schema` does not allow; empty for a well-formed one."""
    known = document.findings_by(schema)
    if known is None:
        known = () if schema.accepts(document.data) else _explained(schema, document)
        document.keep_findings(schema, known)
    return known


def check_answers(
    schema: Schema, document: Document, unanswered: tuple[Route, ...]
) -> tuple[Finding, ...]:
    """What `document` has that `schema` does not allow, but for its open questions.

    `unanswered` are the routes of all of them (`documents.unanswered`).
    """
    if not unanswered:
        return check(schema, document)
    if schema.accepts(document.data):
        return ()
    return _explained(schema, document, unanswered)


def _explained(
    schema: Schema, document: Document, unanswered: tuple[Route, ...] = ()
) -> tuple[Finding, ...]:
    # Loaded here on purpose: jsonschema costs more than the whole check of a good document.
    from launchpolicy.documents.lookalikes import to_blame_for_shape  # noqa: PLC0415
    from launchpolicy.documents.schema.explanation import explain  # noqa: PLC0415

    findings = explain(schema, document, unanswered)
    if not findings:
        return ()

    def better(text: str) -> bool:
        # Not by `check`: that would look for such characters again, in every text that is tried.
        other = read(document.path, text.encode())
        if not isinstance(other, Document):
            return False
        if schema.accepts(other.data):
            return True
        open_questions = unanswered_routes(other) if unanswered else ()
        return len(explain(schema, other, open_questions)) < len(findings)

    found = to_blame_for_shape(LINE_BREAK.split(document.text), better)
    if found is None:
        return findings
    place = point(document.path, document.text, found.line, found.column)
    cause = refusal("look-alike", place, found.words)
    return (Finding(cause.rule, cause.message, place, found.remedy), *findings)


def well_formed(schema: Schema, found: Document | Refusal) -> Document:
    """A file of the owner's, read and of the shape that its kind demands.

    Raises:
        MalformedRulesError: it is not.
    """
    if isinstance(found, Refusal):
        raise MalformedRulesError(found.findings)
    if findings := check(schema, found):
        raise MalformedRulesError(findings)
    return found
