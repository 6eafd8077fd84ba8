"""Documents of a change that must be seen together: one that is deleted and comes back elsewhere.

Deleting a document and adding it again at another path would get around every policy about
updates. So it is judged there as an update too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from launchpolicy.documents.reading import Document
from launchpolicy.engine.document_name import name_of
from launchpolicy.engine.submission import RequestVersion, Submission
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.snapshot import Snapshot


def related_documents(
    submissions: Sequence[Submission], rules: PackSet, new: Snapshot
) -> list[Submission]:
    """Return the submissions of a change as they are judged together, and beside those of `new`.

    Raises:
        UndecidedError: a file cannot be read.
    """
    if any(rules.kinds[submission.kind].reading.is_stream for submission in submissions):
        from launchpolicy.operations.submissions.document_streams import documents_of  # noqa: PLC0415 (rare)

        submissions = tuple(documents_of(submissions, rules))
    submissions = with_moves(submissions, rules)
    if any(rules.kinds[submission.kind].has_unique_ids for submission in submissions):
        from launchpolicy.operations.submissions.unique_ids import with_unique_ids  # noqa: PLC0415 (rare)

        submissions = with_unique_ids(submissions, rules, new)
    return submissions


def with_moves(submissions: Sequence[Submission], rules: PackSet) -> list[Submission]:
    """Return the submissions; one whose id a deleted document of its kind has replaces that one."""
    deleted: dict[tuple[str, str], RequestVersion] = {}
    for submission in submissions:
        kind = rules.kinds[submission.kind]
        if submission.new is None and submission.old is not None and rules.sees_moves(kind):
            for name in _names(kind, submission.old):
                deleted.setdefault((kind.name, name), submission.old)
    if not deleted:
        return list(submissions)
    return [_with_move(submission, rules, deleted) for submission in submissions]


def _with_move(
    submission: Submission, rules: PackSet, deleted: dict[tuple[str, str], RequestVersion]
) -> Submission:
    if submission.old is not None or submission.new is None:
        return submission
    kind = rules.kinds[submission.kind]
    names = _names(kind, submission.new)
    former = next(
        (deleted[kind.name, name] for name in names if (kind.name, name) in deleted), None
    )
    return submission if former is None else submission._replace(moved_from=former)


def _names(kind: Kind, version: RequestVersion) -> Iterable[str]:
    """Return the id of a document; none where it cannot be read, or has no id but its path."""
    document = version.document()
    if not isinstance(document, Document):
        return ()
    name = name_of(kind, document)
    return () if name == version.path else (name,)
