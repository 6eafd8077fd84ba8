"""Read files as they were at the commits of entries, each commit opened once."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.facts.evidence.references import Reference
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.subfolder import below, entry_seen_from
from launchpolicy.ledger.records import EvidenceItem
from launchpolicy.operations.approvals.versions import found_digest
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot, read_one


@dataclass(slots=True)
class PastFiles:
    """The launch repository at any commit.

    What cannot be read is None and no error: an audit says so, and goes on.
    """

    place: LedgerLocation
    _snapshots: dict[str, Snapshot | None] = field(default_factory=dict)

    def at(self, commit: str | None) -> Snapshot | None:
        """Return the launch repository at a commit; None where this clone does not have it."""
        if commit is None:
            return None
        if commit not in self._snapshots:
            try:
                whole = CommitSnapshot(self.place.repository, commit)
            except UndecidedError:
                self._snapshots[commit] = None
            else:
                self._snapshots[commit] = below(whole, self.place.prefix)
        return self._snapshots[commit]

    def read(self, commit: str | None, path: str) -> bytes | None:
        """Return the bytes of a file; None where there is none, or it cannot be read.

        `path` may begin with `../` as entries write files outside of the launch repository.
        """
        snapshot = self.at(commit)
        if snapshot is None:
            return None
        try:
            entry = entry_seen_from(snapshot, path)
            if entry is None or entry.mode not in REGULAR_MODES:
                return None
            return read_one(snapshot, entry, MAX_BYTES).data
        except UndecidedError:
            return None

    def evidence_digest(self, commit: str, request: str, item: EvidenceItem) -> str | None:
        """Return the digest of the evidence that is there; None where nobody could look."""
        snapshot = self.at(commit)
        if snapshot is None:
            return None
        reference = Reference((), item.path, item.kind, item.sha256)
        try:
            return found_digest(snapshot, request, reference)
        except UndecidedError:
            return None


def digest_of_file(data: bytes | None) -> str:
    """Return `sha256:…` of bytes; "" where there are none."""
    return f"sha256:{hashlib.sha256(data).hexdigest()}" if data is not None else ""


def text_of_file(data: bytes | None) -> str | None:
    """Return bytes as text, whatever they are; None where there are none."""
    return data.decode("utf-8", "replace") if data is not None else None
