"""Find what a landing is made of: its commits, its time, and what was recorded about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from launchpolicy.documents.instants import instant
from launchpolicy.facts.approvals.record_file import approval_record_of
from launchpolicy.facts.approvals.records import ApprovalRecord
from launchpolicy.hosts.git.commits import Commit, commits_of
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.ledger.entry import TimeSource, digest_of_bytes
from launchpolicy.ledger.landing import Landing
from launchpolicy.operations.ledger.derivation.group_landings import LandingSteps

_MOST_COMMITS = 200
"""Of a proposal with more commits, the latest are looked at."""


def commits_landed(repository: Repository, group: LandingSteps) -> list[Commit]:
    """Return the commits that landed, newest first; of a clean merge, without the merge.

    Who only pressed the button is no author of what was merged; who changed something on the way
    is.
    """
    oids = [*group.commits[-_MOST_COMMITS:]]
    if not _is_clean_merge(repository, group):
        oids.append(group.last.listed.commit)
    return commits_of(repository, oids[::-1])


def landing_of(
    group: LandingSteps, commits: Sequence[Commit], earliest: datetime | None = None
) -> Landing:
    """Return the landing as entries describe it; it cannot have landed before `earliest`."""
    record, commit = group.record, group.last.listed
    collected = collected_at(group)
    proposal = record.proposal if record is not None else None
    at, time_source = time_of(group, earliest)
    return Landing(
        commit=commit.commit,
        parent=group.parent,
        at=at,
        time_source=time_source,
        requested_at=_requested_at(commits, proposal.opened_at if proposal is not None else None),
        commits=group.commits,
        proposal=proposal,
        record=digest_of_bytes(record.source) if record is not None else "",
        pushers_are_unknown=(
            collected is not None and collected.participants.unknown_pushers is not None
        ),
    )


def time_of(group: LandingSteps, earliest: datetime | None) -> tuple[datetime, TimeSource]:
    """Return when a landing landed, not before `earliest`, and where that comes from."""
    record = group.record
    at = group.last.listed.at
    time_source: TimeSource = "commit"
    if record is not None and record.merged_at is not None:
        at = instant(record.merged_at)
        time_source = "host" if record.proposal is not None else "append"
    if earliest is not None and at < earliest:
        return earliest, "landing-before"
    return at, time_source


def collected_at(group: LandingSteps) -> ApprovalRecord | None:
    """Return the approvals that were recorded at the landing; None if no source was asked."""
    if group.record is None or group.record.approvals is None:
        return None
    return approval_record_of({"spec": group.record.approvals})


def _requested_at(commits: Sequence[Commit], opened_at: str | None) -> datetime | None:
    """Return when the proposal's first commit was written; of squashed ones by the host."""
    times = [commit.authored_at for commit in commits]
    if opened_at is not None:
        times.append(instant(opened_at))
    return min(times, default=None)


def _is_clean_merge(repository: Repository, group: LandingSteps) -> bool:
    """Return whether everything that a merge changes is as one merged side has it."""
    commit = group.last.listed
    if not commit.others:
        return False
    trees = [repository.trees.of_commit(other) for other in commit.others]
    changes = group.last.changes
    if repository.trees.of_commit(commit.commit) in trees:
        # One side has all that the merge has, but for what has no name that could be looked up.
        return all(change.new is None or change.new.blob for change in changes)
    for change in changes:
        steps = change.path.split("/")
        sides = [repository.trees.find(tree, steps) for tree in trees]
        blobs = [side.oid if side is not None else None for side in sides]
        if (change.new.blob if change.new is not None else None) not in blobs:
            return False
    return True
