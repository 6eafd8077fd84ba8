"""What a landing is made of: its commits, its time, and what was recorded about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from launchpolicy.documents.instants import instant
from launchpolicy.facts.approvals.record_file import approval_record_of
from launchpolicy.facts.approvals.records import ApprovalRecord
from launchpolicy.hosts.git.commits import Commit, commits_of
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.ledger.entry import digest_of_bytes
from launchpolicy.ledger.landing import Landing
from launchpolicy.operations.ledger.group_landings import LandingSteps

_MOST_COMMITS = 200
"""Of a proposal with more commits, the latest are looked at."""


def commits_landed(repository: Repository, group: LandingSteps) -> list[Commit]:
    """The commits whose content landed, newest first; of a clean merge, without the merge.

    Who only pressed the button is no author of what was merged; who changed something on the way
    is.
    """
    wanted = [*group.commits[-_MOST_COMMITS:]]
    if not _is_clean_merge(repository, group):
        wanted.append(group.last.listed.commit)
    return commits_of(repository, wanted[::-1])


def landing_of(group: LandingSteps, commits: Sequence[Commit]) -> Landing:
    """The landing as entries tell it."""
    record, listed = group.record, group.last.listed
    proposal = record.proposal if record is not None else None
    merged_at = record.merged_at if record is not None else None
    return Landing(
        commit=listed.commit,
        parent=group.parent,
        at=instant(merged_at) if merged_at is not None else listed.at,
        time_source="host" if merged_at is not None else "commit",
        requested_at=_requested_at(commits, proposal.opened_at if proposal is not None else None),
        commits=group.commits,
        proposal=proposal,
        record=digest_of_bytes(record.source) if record is not None else "",
    )


def collected_at(group: LandingSteps) -> ApprovalRecord | None:
    """The approvals that were recorded at the landing; None where no source was asked."""
    if group.record is None or group.record.approvals is None:
        return None
    return approval_record_of({"spec": group.record.approvals})


def _requested_at(commits: Sequence[Commit], opened_at: str | None) -> datetime | None:
    """When the first commit of the proposal was written; of squashed ones only the host knows."""
    written = [commit.authored_at for commit in commits]
    if opened_at is not None:
        written.append(instant(opened_at))
    return min(written, default=None)


def _is_clean_merge(repository: Repository, group: LandingSteps) -> bool:
    """Whether everything that a merge changes is as one of the merged sides has it."""
    listed = group.last.listed
    if not listed.others:
        return False
    trees = [repository.trees.of_commit(other) for other in listed.others]
    for change in group.last.changes:
        steps = change.path.split("/")
        sides = [repository.trees.find(tree, steps) for tree in trees]
        blobs = [side.oid if side is not None else None for side in sides]
        if (change.new.blob if change.new is not None else None) not in blobs:
            return False
    return True
