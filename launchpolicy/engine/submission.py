"""One request file as it was found: its two versions, each read at most once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Document, Refusal, read, too_large
from launchpolicy.documents.reading_rules import STRICT, ReadingRules
from launchpolicy.documents.validation import check_answers
from launchpolicy.facts.facts import NO_FACTS, Facts
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.finding import Finding, Verdict
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.place import Data, Place, Route
from launchpolicy.vocabulary.text import Text

if TYPE_CHECKING:  # loaded only where approvals are counted, and where other files are read
    from launchpolicy.facts.approvals.inputs import ApprovalInputs
    from launchpolicy.facts.evidence.references import Reference
    from launchpolicy.facts.other_files import OtherFiles


class RequestVersion:
    """One version of a request file: its bytes, and what is found in them.

    The document is read, by the rules of its kind, when it is first asked for, by the process that
    asks, and then shared by its facts, its approvals and its judgement. A version belongs to one
    file under one pack set.
    """

    __slots__ = (
        "_document",
        "_problems",
        "_references",
        "_unanswered",
        "path",
        "reading",
        "source",
    )

    def __init__(
        self,
        path: str,
        source: bytes,
        document: Document | Refusal | None = None,
        reading: ReadingRules = STRICT,
    ) -> None:
        self.path = path
        self.reading = reading
        self.source = source
        self._document = document
        self._unanswered: tuple[Route, ...] | None = None
        self._problems: tuple[Kind, tuple[Finding, ...]] | None = None
        self._references: tuple[Kind, tuple[Reference, ...]] | None = None

    def document(self) -> Document | Refusal:
        """Return the document in the bytes, or why there is none."""
        if self._document is None:
            self._document = read(self.path, self.source, self.reading)
        return self._document

    def open_questions(self, kind: Kind) -> tuple[Route, ...]:
        """Return the routes of all open questions; none for a kind that has no questions."""
        document = self.document()
        if not kind.has_questions or isinstance(document, Refusal):
            return ()
        if self._unanswered is None:
            # Loaded here on purpose: few kinds have questions.
            from launchpolicy.documents.open_questions import unanswered_routes  # noqa: PLC0415

            self._unanswered = unanswered_routes(document)
        return self._unanswered

    def problems(self, kind: Kind) -> tuple[Finding, ...]:
        """Return why this is no request of `kind` that could be judged; empty for a good one."""
        document = self.document()
        if isinstance(document, Refusal):
            return document.findings
        if self._problems is None or self._problems[0] is not kind:
            findings = check_answers(kind.schema, document, self.open_questions(kind))
            self._problems = (kind, findings)
        return self._problems[1]

    def references(self, kind: Kind) -> tuple[Reference, ...]:
        """Return every reference to evidence, in document order; none of an unreadable file."""
        from launchpolicy.facts.evidence.references import references  # noqa: PLC0415

        document = self.document()
        if isinstance(document, Refusal):
            return ()
        if self._references is None or self._references[0] is not kind:
            self._references = (kind, references(kind.schema, document.data))
        return self._references[1]

    def without_lines(self) -> RequestVersion:
        """Return this version with a document that knows no lines, and all that is known of it."""
        from launchpolicy.documents.lineless import without_lines  # noqa: PLC0415 (for the ledger)

        document = self.document()
        if isinstance(document, Refusal):
            return self
        version = RequestVersion(self.path, self.source, without_lines(document), self.reading)
        version._problems, version._references = self._problems, self._references
        version._unanswered = self._unanswered
        return version

    def __reduce__(self) -> tuple[object, ...]:
        """Return what another process needs: the document is not read again there.

        What was found by a schema stays behind, since a schema is another object there.
        """
        document = self._document
        if isinstance(document, Document):
            return _restore, (self.path, self.source, document.text, document.data, self.reading)
        return RequestVersion, (self.path, self.source, document, self.reading)


def data_of(version: RequestVersion | None) -> Data:
    """Return the plain data of a version; None where there is none, or it cannot be read."""
    document = version.document() if version is not None else None
    return document.data if isinstance(document, Document) else None


def _restore(
    path: str, source: bytes, text: str, data: object, reading: ReadingRules
) -> RequestVersion:
    return RequestVersion(path, source, Document(path, text, data, reading), reading)


class Submission(NamedTuple):
    """One request file as it was found.

    `new` and `old` are the proposed and the base version, None where that version does not exist;
    they are one object where the bytes are equal. `facts` is what was found out about the new
    version; evidence that is not in them gives no answer to an expression that asks for it.
    `moved_from` is the version of the base that this one replaces at another path: `old` is None
    then, and policies about updates judge it too.
    `unjudged` is why it cannot be judged at all (a symlink, a base that moved on); then the verdict
    is that of the reason. `approvals` and `approvals_come_later` are as in `Context`.
    `barred_waivers` are the paths of waivers that do not count for it, each with who approved it
    and would profit. `other_files` are what was read of them, None if nothing was. `document` says
    which document of a file that holds many it is, by its id, "" of a file of one.
    """

    kind: str
    path: str
    new: RequestVersion | None
    old: RequestVersion | None = None
    unjudged: UnjudgedReason | None = None
    facts: Facts = NO_FACTS
    approvals: ApprovalInputs | None = None
    approvals_come_later: bool = False
    barred_waivers: Mapping[str, str] = {}
    other_files: OtherFiles | None = None
    moved_from: RequestVersion | None = None
    document: str = ""


def without_lines(submission: Submission) -> Submission:
    """Return a submission whose findings will have no lines: for an entry, which holds none."""
    new, old = submission.new, submission.old
    proposed = new.without_lines() if new is not None else None
    base = proposed if old is new else old.without_lines() if old is not None else None
    former = submission.moved_from
    moved_from = former.without_lines() if former is not None else None
    return submission._replace(new=proposed, old=base, moved_from=moved_from)


class UnjudgedReason(NamedTuple):
    """Why a file is not judged: malformed (`rejected`) or not decidable (`undecided`).

    `place` is None where it is the file as a whole.
    """

    rule: str
    verdict: Verdict
    message: Text
    fix: Text
    place: Place | None = None


def submission_of(
    kind: str,
    path: str,
    new: bytes | None,
    old: bytes | None = None,
    unjudged: UnjudgedReason | None = None,
) -> Submission:
    """Return the submission with these bytes; equal bytes become one version."""
    proposed = RequestVersion(path, new) if new is not None else None
    base = proposed
    if old != new:
        base = RequestVersion(path, old) if old is not None else None
    return Submission(kind, path, proposed, base, unjudged)


def expect_approvals_later(submissions: Sequence[Submission]) -> list[Submission]:
    """Return the submissions as they are judged before any approval can be given."""
    return [submission._replace(approvals_come_later=True) for submission in submissions]


def reason_too_large(path: str, size: int, limit: int = MAX_BYTES) -> UnjudgedReason:
    """Return the reason for a file that is too large to be read at all."""
    finding = too_large(path, size, limit).findings[0]
    return UnjudgedReason(finding.rule, Verdict.REJECTED, finding.message, finding.fix)
