"""Follow the requests of a history from step to step, without listing them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from launchpolicy.documents.reading_rules import ReadingRules
from launchpolicy.engine.submission import RequestVersion, data_of
from launchpolicy.facts.marks import MarkIndex, RequestMarks, marks_of
from launchpolicy.facts.neighbours import RequestSummary, launches_fact, summary_of
from launchpolicy.operations.submissions.neighbours import summary_of_good
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.file_patterns import FilePatterns
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.snapshot import (
    REGULAR_MODES,
    FileChange,
    Snapshot,
    SnapshotEntry,
)

_KEPT = 512


class RequestsOverTime:
    """Which request shows which mark, kept current by `move`; the facts' neighbours."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str], tuple[SnapshotEntry, RequestMarks]] = {}
        self._showing: dict[str, MarkIndex] = {}
        self._summaries: dict[SnapshotEntry, RequestSummary | None] = {}
        self._snapshot: Snapshot | None = None
        self._kinds: dict[str, tuple[FilePatterns, str, str, ReadingRules]] | None = None

    def move(self, snapshot: Snapshot, changes: Iterable[FileChange], rules: PackSet) -> None:
        """Go on to `snapshot`, which differs from the one before by `changes`.

        Where the rules read other files as requests than before, or the same by another schema, all
        are looked at again.
        """
        self._snapshot = snapshot
        kinds = {
            kind.name: (kind.files, kind.schema_digest, kind.id, kind.reading)
            for kind in rules.kinds.values()
        }
        if kinds != self._kinds:
            self._kinds = kinds
            self._entries.clear()
            self._summaries.clear()
            self._showing = {kind: MarkIndex() for kind in kinds}
            changes = [FileChange(entry.path, None, entry) for entry in snapshot.entries()]
        new: dict[str, list[SnapshotEntry]] = {}
        for change in changes:
            kind = rules.kind_of(change.path)
            if kind is None:
                continue
            self._forget(kind.name, change.path)
            if change.new is not None and change.new.mode in REGULAR_MODES:
                new.setdefault(kind.name, []).append(change.new)
        for name, entries in new.items():
            self._remember(rules.kinds[name], entries)

    def fact(self, kind: Kind, request: RequestVersion) -> Mapping[str, Any]:
        """Return the fact `launches` of a request of `kind`."""
        ours = summary_of(request.path, data_of(request), request.references(kind))
        near = self._showing[kind.name].showing(marks_of(ours)) if self._showing else set()
        entries = [self._entries[kind.name, other][0] for other in sorted(near - {request.path})]
        others = dict(self._summaries_of(kind, entries))
        known = (others[entry] for entry in entries)
        return launches_fact(ours, [other for other in known if other is not None])

    def _remember(self, kind: Kind, entries: Iterable[SnapshotEntry]) -> None:
        for entry, summary in self._summaries_of(kind, entries):
            if summary is not None:
                marks = marks_of(summary)
                self._entries[kind.name, entry.path] = (entry, marks)
                self._showing[kind.name].add(entry.path, marks)

    def _forget(self, kind: str, path: str) -> None:
        known = self._entries.pop((kind, path), None)
        if known is not None:
            self._showing[kind].remove(path, known[1])

    def _summaries_of(
        self, kind: Kind, entries: Iterable[SnapshotEntry]
    ) -> Iterator[tuple[SnapshotEntry, RequestSummary | None]]:
        """Yield what requests mean to others; None of one that is malformed, and means nothing."""
        unread: list[SnapshotEntry] = []
        for entry in entries:
            if entry in self._summaries or self._snapshot is None:
                yield entry, self._summaries.get(entry)
            else:
                unread.append(entry)
        blobs = self._snapshot.read(unread, kind.reading.max_bytes) if self._snapshot else ()
        for blob in blobs:
            summary = None
            if blob.data is not None:
                request = RequestVersion(blob.entry.path, blob.data, reading=kind.reading)
                summary = summary_of_good(request, kind)
            if len(self._summaries) >= _KEPT:
                del self._summaries[next(iter(self._summaries))]
            self._summaries[blob.entry] = summary
            yield blob.entry, summary
