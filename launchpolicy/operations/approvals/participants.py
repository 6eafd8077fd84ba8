"""Find who made a change, as its commits say, by e-mail address.

Commit metadata proves nothing about who approves (threat G7): it can only keep someone from
approving. Where a host knows the accounts behind the commits, it is asked instead.
"""

from __future__ import annotations

from collections.abc import Sequence

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.validation import check
from launchpolicy.facts.approvals.records import EMAIL, Account, Participants
from launchpolicy.facts.approvals.signed_approval import FOLDER
from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.forges.registry import WEB_COMMITTERS
from launchpolicy.hosts.git.commits import Commit, touched_paths
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot


def participants_of(repository: Repository, every: Sequence[Commit]) -> Participants:
    """Return the authors, co-authors and committers of the commits of a change.

    Commits that only add signed approvals are left out: approvers make them.
    """
    commits = [commit for commit in every if not _only_approves(repository, commit)]
    authors = (address for commit in commits for address in commit.authors)
    committers = (commit.committer for commit in commits if commit.committer not in WEB_COMMITTERS)
    return Participants(
        authors=tuple(dict.fromkeys(map(_account, authors))),
        committers=tuple(dict.fromkeys(map(_account, committers))),
    )


def _only_approves(repository: Repository, commit: Commit) -> bool:
    """Return whether a commit only adds approvals; other files there are a change."""
    paths = touched_paths(repository, commit)
    if not paths or not all(path.split("/")[-2:-1] == [FOLDER] for path in paths):
        return False
    before, after = (CommitSnapshot(repository, oid) for oid in (commit.parents[0], commit.oid))
    return all(_is_approval(before, after, path) for path in paths)


def _is_approval(before: Snapshot, after: Snapshot, path: str) -> bool:
    """Return whether a file is of kind Approval on every side that has it."""
    sides = [(side, entry) for side in (before, after) if (entry := side.entry(path))]
    for side, entry in sides:
        if entry.mode not in REGULAR_MODES:
            return False
        blob = next(iter(side.read([entry], MAX_BYTES)))
        document = read(path, blob.data) if blob.data is not None else None
        if not isinstance(document, Document) or check(
            shipped_files.schema("Approval").data, document
        ):
            return False
    return bool(sides)


def _account(address: str) -> Account:
    return Account(EMAIL, address.casefold(), address)
