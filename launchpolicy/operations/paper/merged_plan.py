"""Ask whether the plan of a request in the work tree is the one that is merged, and so approved."""

from __future__ import annotations

from pathlib import Path

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Document, read
from launchpolicy.hosts.git.repository import find_top, open_repository, prefix_of
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.subfolder import below
from launchpolicy.operations.check.base_branch import base_of
from launchpolicy.requests.kinds import value_at
from launchpolicy.vocabulary.snapshot import bytes_at


def is_plan_merged(root: Path, document: Document) -> bool:
    """Return whether the base holds the request with the same `spec`.

    True also where nothing is known of a base: without git, or where no branch is named main.
    """
    if find_top(root) is None:
        return True
    with open_repository(root) as repository:
        base = base_of(repository)
        if base is None:
            return True
        prefix = prefix_of(repository.top, root)
        snapshot = below(CommitSnapshot(repository, base.commit), prefix)
        merged = read(document.path, bytes_at(snapshot, document.path, MAX_BYTES) or b"")
    if not isinstance(merged, Document):
        return False
    plans = [value_at(one.data, ("spec",)) for one in (merged, document)]
    return plans[0] == plans[1]
