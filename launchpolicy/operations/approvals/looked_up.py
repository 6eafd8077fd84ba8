"""The digests of the documents that a kind looks up: what approvals of a request bind to as well.

An approval of a proposal is one of it beside its review; with another review it would be one of
something else. What a single policy looks up, or asks about files, is not part of it (decision
0020).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from launchpolicy.documents.reading import Document
from launchpolicy.engine.context import path_data
from launchpolicy.engine.lookup_paths import paths_of
from launchpolicy.facts.approvals.digest import ABSENT
from launchpolicy.facts.file_answers import path_problem
from launchpolicy.policy.cel.runtime import Bindings
from launchpolicy.requests.file_patterns import FilePatterns
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.hashing import sha256
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot, read_one

_LARGEST = 4 << 20
"""Bytes; no document of a kind can be larger."""


def looked_up_digests(snapshot: Snapshot, kind: Kind, document: Document) -> dict[str, str]:
    """Return path → digest of what the lookups of `kind` find; `ABSENT` where nothing is.

    A lookup without a path has none here. It keeps the request from passing, if anything asks.

    Raises:
        UndecidedError: the snapshot cannot be read.
    """
    data = dict(kind.data.values)
    bindings = Bindings({"object": document.data, "path": path_data(document.path), "data": data})
    digests: dict[str, str] = {}
    for lookup in kind.lookups:
        if lookup.files:
            paths: Iterable[str] = _matching(snapshot, FilePatterns(lookup.files))
        else:
            paths = paths_of(lookup, bindings, lookup.path)[0] or ()
        for path in paths:
            if path_problem(path) is None:
                digests[path] = _digest_at(snapshot, path)
    return digests


def _matching(snapshot: Snapshot, patterns: FilePatterns) -> Iterator[str]:
    """Yield the paths of all files that patterns match, whatever kind they are of."""
    for folder in patterns.folders:
        for entry in snapshot.entries(folder):
            if patterns.matches(entry.path):
                yield entry.path


def _digest_at(snapshot: Snapshot, path: str) -> str:
    entry = snapshot.entry(path)
    if entry is None:
        return ABSENT
    if entry.mode not in REGULAR_MODES:
        return f"mode:{entry.mode}"
    data = read_one(snapshot, entry, _LARGEST).data
    return f"git:{entry.blob}" if data is None else f"sha256:{sha256(data)}"
