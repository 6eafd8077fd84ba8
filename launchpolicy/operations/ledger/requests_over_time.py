"""The requests of a history as they are at one step: followed from step to step, never listed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.validation import check
from launchpolicy.facts.evidence.references import references
from launchpolicy.facts.marks import Mark, RequestMarks, marks_of
from launchpolicy.facts.neighbours import launches_fact
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, FileChange, Snapshot, SnapshotEntry

_KEPT = 512


class RequestsOverTime:
    """Who shows which mark, kept up to date by `move`; the neighbours of `operations.facts`."""

    def __init__(self) -> None:
        self._entries: dict[tuple[str, str], tuple[SnapshotEntry, RequestMarks]] = {}
        self._showing: dict[tuple[str, Mark], set[str]] = {}
        self._parsed: dict[str, Any] = {}
        self._snapshot: Snapshot | None = None
        self._kinds: dict[str, str] | None = None

    def move(self, snapshot: Snapshot, changes: Iterable[FileChange], rules: PackSet) -> None:
        """Goes on to `snapshot`, which differs from the one before by `changes`.

        Where the rules read other files as requests than before, all are looked at anew.
        """
        self._snapshot = snapshot
        kinds = {kind.name: kind.files for kind in rules.kinds.values()}
        if kinds != self._kinds:
            self._kinds = kinds
            self._entries.clear()
            self._showing.clear()
            changes = [FileChange(each.path, None, each) for each in snapshot.entries()]
        for change in changes:
            kind = rules.kind_of(change.path)
            if kind is None:
                continue
            self._forget(kind.name, change.path)
            if change.new is not None and change.new.mode in REGULAR_MODES:
                self._remember(kind, change.new)

    def fact(self, kind: Kind, path: str, data: Any) -> Mapping[str, Any]:  # noqa: ANN401
        """The fact `launches` of the request at `path`."""
        sought = marks_of(data, references(kind.schema, data)).sought
        near: set[str] = set()
        for mark in sought:
            near |= self._showing.get((kind.name, mark), set())
        others = ((other, self._data(kind, other)) for other in sorted(near - {path}))
        return launches_fact(
            path,
            data,
            [(other, found) for other, found in others if found is not None],
            lambda other: references(kind.schema, other),
        )

    def _remember(self, kind: Kind, entry: SnapshotEntry) -> None:
        data = self._read(kind, entry)
        if data is None:
            return
        marks = marks_of(data, references(kind.schema, data))
        self._entries[kind.name, entry.path] = (entry, marks)
        for mark in marks.shown:
            self._showing.setdefault((kind.name, mark), set()).add(entry.path)

    def _forget(self, kind: str, path: str) -> None:
        known = self._entries.pop((kind, path), None)
        for mark in known[1].shown if known is not None else ():
            paths = self._showing[kind, mark]
            paths.discard(path)
            if not paths:
                del self._showing[kind, mark]

    def _data(self, kind: Kind, path: str) -> Any:  # noqa: ANN401 (plain data)
        return self._read(kind, self._entries[kind.name, path][0])

    def _read(self, kind: Kind, entry: SnapshotEntry) -> Any:  # noqa: ANN401 (plain data)
        """The data of a request; None where it is malformed, and so means nothing to others."""
        if entry.blob in self._parsed or self._snapshot is None:
            return self._parsed.get(entry.blob)
        if len(self._parsed) >= _KEPT:
            del self._parsed[next(iter(self._parsed))]
        blob = next(iter(self._snapshot.read([entry], MAX_BYTES)))
        document = read(entry.path, blob.data) if blob.data is not None else None
        is_good = isinstance(document, Document) and not check(kind.schema, document)
        data = document.data if is_good and isinstance(document, Document) else None
        self._parsed[entry.blob] = data
        return data
