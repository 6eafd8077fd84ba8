"""The other requests of a snapshot: read when a policy asks, parsed only if they may matter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.validation import check
from launchpolicy.facts.evidence.references import references
from launchpolicy.facts.neighbours import launches_fact
from launchpolicy.facts.relatedness import searchable, shared_names_of
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot


class _Source(NamedTuple):
    """Another request's bytes, and its text as it is searched."""

    data: bytes
    text: str | None


class SnapshotNeighbours:
    """All requests of one snapshot, by kind."""

    def __init__(self, snapshot: Snapshot, rules: PackSet) -> None:
        self._snapshot = snapshot
        self._rules = rules
        self._sources: dict[str, dict[str, _Source]] = {}
        self._parsed: dict[str, Any] = {}

    def fact(self, kind: Kind, path: str, data: Any) -> Mapping[str, Any]:  # noqa: ANN401
        """The fact `launches` of the request at `path`."""
        near = list(self._near(kind, path, data))
        return launches_fact(path, data, near, lambda other: references(kind.schema, other))

    def _near(self, kind: Kind, path: str, data: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401
        concern = shared_names_of(data)
        for other, source in self._all(kind).items():
            if other != path and concern.includes_text(source.text):
                parsed = self._data(kind, other, source.data)
                if parsed is not None:
                    yield other, parsed

    def _all(self, kind: Kind) -> Mapping[str, _Source]:
        if kind.name not in self._sources:
            entries = [
                entry
                for entry in self._snapshot.entries(kind.folder)
                if entry.mode in REGULAR_MODES and self._rules.kind_of(entry.path) is kind
            ]
            blobs = self._snapshot.read(entries, MAX_BYTES)
            self._sources[kind.name] = {
                blob.entry.path: _Source(blob.data, searchable(blob.data))
                for blob in blobs
                if blob.data is not None
            }
        return self._sources[kind.name]

    def _data(self, kind: Kind, path: str, source: bytes) -> Any:  # noqa: ANN401 (plain data)
        """The data of another request; None where it is malformed, and so cannot be merged."""
        if path not in self._parsed:
            document = read(path, source)
            if isinstance(document, Document) and not check(kind.schema, document):
                self._parsed[path] = document.data
            else:
                self._parsed[path] = None
        return self._parsed[path]
