"""Find the evidence files that a request refers to, in the snapshot that holds the request."""

from __future__ import annotations

from launchpolicy.facts.evidence.paths import problem_with
from launchpolicy.facts.evidence.reading import limit_of
from launchpolicy.facts.evidence.references import EvidenceFile, Reference
from launchpolicy.hosts.run_files import note_evidence
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot, read_one


def evidence_file(snapshot: Snapshot, request: str, reference: Reference) -> EvidenceFile | None:
    """Return the file that `reference` names; None if it is absent or its path is not allowed."""
    if problem_with(reference.path) is not None:
        return None
    folder = request.rpartition("/")[0]
    entry = snapshot.entry(f"{folder}/{reference.path}" if folder else reference.path)
    if entry is None:
        return None
    if entry.mode not in REGULAR_MODES:
        return EvidenceFile(entry.mode, 0, None, entry.blob)
    note_evidence(entry.path)
    blob = read_one(snapshot, entry, limit_of(reference.kind))
    return EvidenceFile(entry.mode, blob.size, blob.data, entry.blob)
