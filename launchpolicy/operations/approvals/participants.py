"""Find who made a change, as its commits say, by e-mail address.

Commit metadata proves nothing about who approves (threat G7): it can only keep someone from
approving. Where a host knows the accounts behind the commits, it is asked instead.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.validation import check
from launchpolicy.facts.approvals.file_names import FOLDER
from launchpolicy.facts.approvals.records import EMAIL, Account, Participants, accounts_of
from launchpolicy.hosts import shipped_files
from launchpolicy.hosts.forges.registry import WEB_COMMITTERS
from launchpolicy.hosts.git.commits import Commit, touched_paths
from launchpolicy.hosts.git.merges import paths_made_by_hand
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.vocabulary.snapshot import REGULAR_MODES, Snapshot, read_one
from launchpolicy.vocabulary.text import Text


@dataclass(frozen=True, slots=True)
class ChangeMakers:
    """Who made a change, folder by folder.

    `commits` are those of the change, `collected` is who a host says made it, None where the
    commits themselves are asked. They are asked too where it names no author: every commit has one,
    so that it only says nothing of them. `is_from_file` is whether it was read from a file, which
    may be of an earlier state of the change: then they are asked about each commit that it leaves
    out too. A host itself knows all of a merge queue, whose commits have other ids.
    """

    repository: Repository
    commits: Sequence[Commit]
    collected: Participants | None = None
    is_from_file: bool = False
    _handmade: dict[str, frozenset[bytes] | None] = field(default_factory=dict)

    def of_folder(self, folder: str) -> Participants:
        """Return who made what a folder holds now; "" is the whole repository.

        Those who merged the base into the branch, and left the folder as git merges it, wrote
        nothing there. The commits that were merged have makers of their own.
        """
        left_out = self.mere_merges(folder)
        if self.collected is not None and self.collected.authors:
            if not (self.is_from_file and self.collected.commits):
                return without_commits(self.collected, left_out)
            return self._with_silent_commits(self.collected, left_out)
        commits = [commit for commit in self.commits if commit.oid not in left_out]
        made_by = participants_of(self.repository, commits)
        if self.collected is None:
            return made_by
        committers = accounts_of((self.collected.committers, made_by.committers))
        return replace(self.collected, authors=made_by.authors, committers=committers)

    def _with_silent_commits(
        self, collected: Participants, left_out: AbstractSet[str]
    ) -> Participants:
        """Return the participants of a file, with those whom it names commit by commit alone.

        Who made a commit that it does not list is what git says, and who pushed it is not known.
        """
        listed = {makers.commit for makers in collected.commits}
        named = without_commits(collected, left_out)
        silent = [
            commit
            for commit in self.commits
            if commit.oid not in listed | left_out and not _only_approves(self.repository, commit)
        ]
        by_git = participants_of(self.repository, silent)
        makers = named.commits
        return replace(
            named,
            pushers=accounts_of((named.pushers, *(one.pushers for one in makers))),
            authors=accounts_of((named.authors, *(one.authors for one in makers), by_git.authors)),
            committers=accounts_of(
                (named.committers, *(one.committers for one in makers), by_git.committers)
            ),
            unknown_pushers=named.unknown_pushers or (_silent_of(silent) if silent else None),
        )

    def mere_merges(self, folder: str) -> frozenset[str]:
        """Return the merges that leave a folder as git merges it; "" is the whole repository."""
        merges = (commit for commit in self.commits if self._is_mere_merge(commit, folder))
        return frozenset(commit.oid for commit in merges)

    def _is_mere_merge(self, commit: Commit, folder: str) -> bool:
        if len(commit.parents) < 2:  # noqa: PLR2004 (a merge has two)
            return False
        if commit.oid not in self._handmade:
            self._handmade[commit.oid] = paths_made_by_hand(self.repository, commit)
        handmade = self._handmade[commit.oid]
        inside = f"{folder}/".encode() if folder else b""
        return handmade is not None and not any(path.startswith(inside) for path in handmade)


def _silent_of(commits: Sequence[Commit]) -> Text:
    oid = commits[0].oid[:12]
    return Text(
        f"the record of approvals does not list commit {oid}; record it again",
        f"审批记录没有列出提交 {oid}；请重新生成记录",
    )


def without_commits(collected: Participants, left_out: AbstractSet[str]) -> Participants:
    """Return the participants without those who only made the commits that are left out.

    Where the source does not say who made each commit, they all stay.
    """
    kept = [makers for makers in collected.commits if makers.commit not in left_out]
    if len(kept) == len(collected.commits):
        return collected
    return replace(
        collected,
        pushers=accounts_of(makers.pushers for makers in kept),
        authors=accounts_of(makers.authors for makers in kept),
        committers=accounts_of(makers.committers for makers in kept),
        commits=tuple(kept),
    )


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
        blob = read_one(side, entry, MAX_BYTES)
        document = read(path, blob.data) if blob.data is not None else None
        if not isinstance(document, Document) or check(
            shipped_files.schema("Approval").data, document
        ):
            return False
    return bool(sides)


def _account(address: str) -> Account:
    return Account(EMAIL, address.casefold(), address)
