"""The files of the launch repository as the ledger's branch has them now."""

from __future__ import annotations

from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.subfolder import below
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.vocabulary.snapshot import Snapshot


def head_snapshot(place: LedgerLocation) -> Snapshot:
    """Return the head of the branch, or the folder of rules that is used in its place."""
    if place.fixed is not None:
        return place.fixed.trusted
    return below(CommitSnapshot(place.repository, place.head), place.prefix)
