"""Ids that only one document of a kind may have, whatever file it stands in.

Two branches may each add a document with the same id, or one may take the id of a document that
nobody touches. Documents that cannot be read have no id: they are refused when they are proposed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from launchpolicy.documents.reading import Document, Refusal
from launchpolicy.documents.stream import read_documents
from launchpolicy.engine.document_name import name_of
from launchpolicy.engine.submission import Submission, UnjudgedReason
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.finding import Verdict
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot
from launchpolicy.vocabulary.text import Text


def with_unique_ids(
    submissions: Sequence[Submission], rules: PackSet, new: Snapshot
) -> list[Submission]:
    """Return the submissions; one whose id another file of its kind has in `new` is refused.

    Raises:
        UndecidedError: a file cannot be read.
    """
    kinds = {submission.kind for submission in submissions if submission.new is not None}
    paths = {
        name: _paths_by_id(rules.kinds[name], rules, new)
        for name in kinds
        if rules.kinds[name].has_unique_ids
    }
    return [
        _with_own_id(submission, rules.kinds[submission.kind], paths[submission.kind])
        if submission.kind in paths
        else submission
        for submission in submissions
    ]


def _with_own_id(submission: Submission, kind: Kind, paths: Mapping[str, list[str]]) -> Submission:
    version = submission.new
    document = version.document() if version is not None else None
    if submission.unjudged is not None or version is None or not isinstance(document, Document):
        return submission
    name = name_of(kind, document)
    others = [path for path in paths.get(name, ()) if path != submission.path]
    if not others or version.problems(kind):
        return submission
    return submission._replace(unjudged=_id_is_taken(name, others, document))


def _paths_by_id(kind: Kind, rules: PackSet, snapshot: Snapshot) -> dict[str, list[str]]:
    """Return the files in which each id of a kind stands, in path order."""
    entries = [
        entry
        for folder in kind.files.folders
        for entry in snapshot.entries(folder)
        if entry.mode in REGULAR_MODES and rules.kind_of(entry.path) is kind
    ]
    paths: dict[str, list[str]] = {}
    for blob in snapshot.read(entries, kind.reading.max_bytes):
        if blob.data is None:
            continue
        documents = read_documents(blob.entry.path, blob.data, kind.reading)
        for document in () if isinstance(documents, Refusal) else documents:
            paths.setdefault(name_of(kind, document), []).append(blob.entry.path)
    return paths


def _id_is_taken(name: str, others: Sequence[str], document: Document) -> UnjudgedReason:
    return UnjudgedReason(
        "request/id-taken",
        Verdict.REJECTED,
        Text(
            f"The id `{name}` is that of {others[0]} already.",
            f"标识 `{name}` 已用于 {others[0]}。",
        ),
        Text(
            "Give this document an id of its own, or change the one that is there.",
            "请为本文档使用不同的标识，或直接修改已有的文档。",
        ),
        document.place(()),
    )
