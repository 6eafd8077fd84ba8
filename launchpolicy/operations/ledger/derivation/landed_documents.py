"""Documents of files that hold many, as a landing is entered: each has entries of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from launchpolicy.engine.submission import RequestVersion, Submission
from launchpolicy.ledger.comparison import Key
from launchpolicy.ledger.limits import shorten
from launchpolicy.operations.submissions.document_streams import document_at
from launchpolicy.requests.kinds import Kind


def keys_of_documents(
    keys: Iterable[Key], submissions: Iterable[Submission], kinds: Mapping[str, Kind]
) -> Iterator[Key]:
    """Yield the keys of a landing's entries: those of files, or of the documents in them.

    `submissions` are those of the landing; they need not be given where no file holds many.
    """
    for key in keys:
        if not kinds[key.kind].reading.is_stream:
            yield key
    for submission in submissions:
        if kinds[submission.kind].reading.is_stream:
            yield Key(submission.kind, submission.path, shorten(submission.document))


def version_then(kind: Kind, path: str, source: bytes, document: str) -> RequestVersion | None:
    """Return the version of a request in the bytes of an earlier commit; None if it was not there.

    `document` is the id of one of many.
    """
    if kind.reading.is_stream:
        return document_at(kind, path, source, document)
    return RequestVersion(path, source, reading=kind.reading)


def own_source(submission: Submission) -> bytes | None:
    """Return the bytes of a version as an entry digests them; None where there is none.

    A document of many has as many blank lines before it as the file has lines there: not its own.
    """
    if submission.new is None:
        return None
    source = submission.new.source
    return source.lstrip(b"\n") if submission.document else source
