"""The other requests of a snapshot: read when a policy asks, parsed only if they may matter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from launchpolicy.documents.reading import Document
from launchpolicy.documents.validation import check
from launchpolicy.engine.submission import RequestVersion, Submission, data_of
from launchpolicy.facts.marks import MarkIndex, marks_of
from launchpolicy.facts.neighbours import RequestSummary, launches_fact, summary_of
from launchpolicy.facts.relatedness import searchable, shared_names_of
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot, SnapshotEntry, read_one

_PARSING: Final = 74
_READING: Final = 7
"""How many times as long as to search the text of a request it takes to parse it, and to read it
(500 requests of 18 kB)."""

_LONGEST: Final = 12 * 1024 * 1024
"""Characters of all texts that are kept."""

_OVERHEAD: Final = 200

_WORTH_INDEXING = 500
"""After so many questions about one kind, searching every other text has cost more than parsing."""


class RequestText(NamedTuple):
    """What is searched of a request: None where escapes may hide what it says.

    What `is_too_large` is no request.
    """

    text: str | None
    is_too_large: bool = False


class RequestTexts:
    """The searchable texts of requests by their blobs, so that a walk reads each but once.

    Of many, the latest are kept. What was spent on them is counted, in the time that it takes to
    search one.
    """

    def __init__(self) -> None:
        self._texts: dict[tuple[str, int], RequestText] = {}
        self._size = self._spent = 0
        self._count = -1

    @property
    def cost_more_than_parsing(self) -> bool:
        """Return whether more was spent than it takes to parse every request once."""
        return 0 <= self._count * _PARSING <= self._spent

    def find(self, entry: SnapshotEntry, limit: int) -> RequestText | None:
        """Return the text of a request, read with a limit of bytes; None if it is not known."""
        return self._texts.get((entry.blob, limit)) if entry.blob else None

    def keep(self, entry: SnapshotEntry, limit: int, text: RequestText) -> None:
        """Keep the text of a request that was read."""
        key = (entry.blob, limit)
        if not entry.blob or key in self._texts:
            return
        self._texts[key] = text
        self._size += _size_of(text)
        while self._size > _LONGEST:
            self._size -= _size_of(self._texts.pop(next(iter(self._texts))))

    def note(self, count: int, unread: int) -> None:
        """Note that so many texts are searched, of which some had to be read."""
        self._count = max(self._count, count)
        self._spent += count + _READING * unread


def _size_of(text: RequestText) -> int:
    return _OVERHEAD + len(text.text or "")


class SnapshotNeighbours:
    """All requests of one snapshot, by kind.

    `submissions` are those of the run: their documents are read anyway, and are shared. `texts` are
    those of other requests that were read before.
    """

    def __init__(
        self,
        snapshot: Snapshot,
        rules: PackSet,
        submissions: Sequence[Submission],
        texts: RequestTexts | None = None,
    ) -> None:
        self._snapshot = snapshot
        self._rules = rules
        self._submitted = {
            submission.path: submission.new
            for submission in submissions
            if submission.new is not None
        }
        self._texts = RequestTexts() if texts is None else texts
        self._by_kind: dict[str, _RequestsOfKind] = {}

    def fact(self, kind: Kind, request: RequestVersion) -> Mapping[str, Any]:
        """Return the fact `launches` of a request of `kind`."""
        if kind.name not in self._by_kind:
            self._by_kind[kind.name] = self._requests(kind)
        return self._by_kind[kind.name].fact(request)

    def _requests(self, kind: Kind) -> _RequestsOfKind:
        """Return the requests of a kind in path order; those that are too large are none."""
        limit = kind.reading.max_bytes
        entries = {
            entry.path: entry
            for folder in kind.files.folders
            for entry in self._snapshot.entries(folder)
            if entry.mode in REGULAR_MODES and self._rules.kind_of(entry.path) is kind
        }
        others = [entry for path, entry in entries.items() if path not in self._submitted]
        texts = {entry.path: self._texts.find(entry, limit) for entry in others}
        unread = [entry for entry in others if texts[entry.path] is None]
        self._texts.note(len(others), len(unread))
        requests = {path: self._submitted[path] for path in entries if path in self._submitted}
        for blob in self._snapshot.read(unread, limit):
            path, data = blob.entry.path, blob.data
            text = RequestText(None, is_too_large=True)
            if data is not None:
                text = RequestText(searchable(data))
                requests[path] = RequestVersion(path, data, reading=kind.reading)
            texts[path] = text
            self._texts.keep(blob.entry, limit, text)

        def read(path: str) -> RequestVersion:
            data = read_one(self._snapshot, entries[path], limit).data
            return RequestVersion(path, data or b"", reading=kind.reading)

        whole = {path: text.text for path, text in texts.items() if text and not text.is_too_large}
        paths = [path for path in entries if path in whole or path in self._submitted]
        return _RequestsOfKind(kind, paths, requests, whole, read)


class _RequestsOfKind:
    """The requests of one kind: those of the run by their marks, the others by their texts.

    `requests` are those whose bytes are there; others are read where they are asked for.
    """

    def __init__(
        self,
        kind: Kind,
        paths: Sequence[str],
        requests: dict[str, RequestVersion],
        texts: dict[str, str | None],
        read: Callable[[str], RequestVersion],
    ) -> None:
        self._kind = kind
        self._requests = requests
        self._read = read
        self._order = {path: number for number, path in enumerate(paths)}
        self._summaries: dict[str, RequestSummary | None] = {}
        self._texts = texts
        self._index = MarkIndex()
        self._asked = 0
        for path in paths:
            if path not in texts:
                self._add(path)

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
            request = self._requests.get(path) or self._read(path)
            self._summaries[path] = summary_of_good(request, self._kind)
        return self._summaries[path]


def summary_of_good(request: RequestVersion, kind: Kind) -> RequestSummary | None:
    """Return the summary of a request; None where it is malformed, and so cannot be merged."""
    document = request.document()
    if not isinstance(document, Document) or check(kind.schema, document):
        return None
    return _summary(request, kind)


def _summary(request: RequestVersion, kind: Kind) -> RequestSummary:
    return summary_of(request.path, data_of(request), request.references(kind))
