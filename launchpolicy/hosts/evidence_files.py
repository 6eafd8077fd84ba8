"""Find the evidence files that a request refers to, in the snapshot that holds the request."""

from __future__ import annotations

from launchpolicy.facts.evidence.paths import problem_with
from launchpolicy.facts.evidence.reading import limit_of
from launchpolicy.facts.evidence.references import Reference
from launchpolicy.hosts.inputs import note_evidence
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Blob, Snapshot, SnapshotEntry, read_one


class FoundFile(NamedTuple):
    """The entry at a path; `blob` is None where it is no regular file (threats E2, E3)."""

    entry: SnapshotEntry
    blob: Blob | None


def evidence_file(snapshot: Snapshot, request: str, reference: Reference) -> FoundFile | None:
    """Return the file that `reference` names; None if it is absent or its path is not allowed."""
    if problem_with(reference.path) is not None:
        return None
    folder = request.rpartition("/")[0]
    entry = snapshot.entry(f"{folder}/{reference.path}" if folder else reference.path)
    if entry is None:
        return None
    if entry.mode not in REGULAR_MODES:
        return FoundFile(entry, None)
    note_evidence(entry.path)
    return FoundFile(entry, read_one(snapshot, entry, limit_of(reference.kind)))
