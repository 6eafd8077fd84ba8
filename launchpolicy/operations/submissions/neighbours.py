"""The other requests of a snapshot: read when a policy asks, parsed only if they may matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from launchpolicy.documents.reading import Document
from launchpolicy.documents.validation import check
from launchpolicy.engine.submission import RequestVersion, Submission, data_of
from launchpolicy.facts.marks import MarkIndex, marks_of
from launchpolicy.facts.neighbours import RequestSummary, launches_fact, summary_of
from launchpolicy.facts.relatedness import searchable, shared_names_of
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot

_WORTH_INDEXING = 500
"""After so many questions about one kind, searching every other text has cost more than parsing."""


class SnapshotNeighbours:
    """All requests of one snapshot, by kind.

    `submissions` are those of the run: their documents are read anyway, and are shared.
    """

    def __init__(
        self, snapshot: Snapshot, rules: PackSet, submissions: Sequence[Submission]
    ) -> None:
        self._snapshot = snapshot
        self._rules = rules
        self._submitted = {
            submission.path: submission.new
            for submission in submissions
            if submission.new is not None
        }
        self._by_kind: dict[str, _RequestsOfKind] = {}

    def fact(self, kind: Kind, request: RequestVersion) -> Mapping[str, Any]:
        """Return the fact `launches` of a request of `kind`."""
        if kind.name not in self._by_kind:
            self._by_kind[kind.name] = _RequestsOfKind(kind, self._all(kind), self._submitted)
        return self._by_kind[kind.name].fact(request)

    def _all(self, kind: Kind) -> list[RequestVersion]:
        """Return the requests of a kind in path order; those that are too large are none."""
        entries = [
            entry
            for folder in kind.files.folders
            for entry in self._snapshot.entries(folder)
            if entry.mode in REGULAR_MODES and self._rules.kind_of(entry.path) is kind
        ]
        unread = [entry for entry in entries if entry.path not in self._submitted]
        blobs = self._snapshot.read(unread, kind.reading.max_bytes)
        others = {
            blob.entry.path: RequestVersion(blob.entry.path, blob.data, reading=kind.reading)
            for blob in blobs
            if blob.data is not None
        }
        whole = {**self._submitted, **others}
        return [whole[entry.path] for entry in entries if entry.path in whole]


class _RequestsOfKind:
    """The requests of one kind: those of the run by their marks, the others by their texts."""

    def __init__(
        self,
        kind: Kind,
        requests: Sequence[RequestVersion],
        submitted: Mapping[str, RequestVersion],
    ) -> None:
        self._kind = kind
        self._requests = {request.path: request for request in requests}
        self._order = {request.path: number for number, request in enumerate(requests)}
        self._summaries: dict[str, RequestSummary | None] = {}
        self._texts: dict[str, str | None] = {}
        self._index = MarkIndex()
        self._asked = 0
        for path, request in self._requests.items():
            if path in submitted:
                self._add(path)
            else:
                self._texts[path] = searchable(request.source)

    def fact(self, request: RequestVersion) -> Mapping[str, Any]:
        """Return the fact `launches` of `request`, which need not be in the snapshot."""
        self._asked += 1
        if self._asked > _WORTH_INDEXING and self._texts:
            for path in self._texts:
                self._add(path)
            self._texts = {}
        ours = self._summaries.get(request.path)
        if ours is None:  # not in the snapshot, or with questions that are still open
            ours = _summary(request, self._kind)
        near = self._index.showing(marks_of(ours)) | set(self._similar(request, ours))
        ordered = sorted(near - {request.path}, key=self._order.__getitem__)
        others = (self._summary(path) for path in ordered)
        return launches_fact(ours, [other for other in others if other is not None])

    def _add(self, path: str) -> None:
        summary = self._summary(path)
        if summary is not None:
            self._index.add(path, marks_of(summary))

    def _similar(self, request: RequestVersion, ours: RequestSummary) -> Iterator[str]:
        """Return the paths outside of the index whose texts may say something that matters."""
        if not self._texts:
            return
        names = shared_names_of(data_of(request), ours.claims)
        for path, text in self._texts.items():
            if names.includes_text(text):
                yield path

    def _summary(self, path: str) -> RequestSummary | None:
        if path not in self._summaries:
            self._summaries[path] = summary_of_good(self._requests[path], self._kind)
        return self._summaries[path]


def summary_of_good(request: RequestVersion, kind: Kind) -> RequestSummary | None:
    """Return the summary of a request; None where it is malformed, and so cannot be merged."""
    document = request.document()
    if not isinstance(document, Document) or check(kind.schema, document):
        return None
    return _summary(request, kind)


def _summary(request: RequestVersion, kind: Kind) -> RequestSummary:
    return summary_of(request.path, data_of(request), request.references(kind))
