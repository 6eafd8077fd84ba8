"""Who made a change, as its commits say, by e-mail address.

Commit metadata proves nothing about who approves (threat G7): it can only keep somebody from
approving. Where a host knows the accounts behind the commits, it is asked instead.
"""

from __future__ import annotations

from typing import NamedTuple

from launchpolicy.facts.approvals.records import Account, Host, Participants
from launchpolicy.facts.approvals.signed import FOLDER
from launchpolicy.hosts.git.commits import Commit, commits_between, touched_paths
from launchpolicy.hosts.git.repository import Repository


class MadeBy(NamedTuple):
    """Who made a change, and its commits, newest first."""

    participants: Participants
    commits: tuple[str, ...]


def participants_of(repository: Repository, base: str, head: str) -> MadeBy:
    """The authors, co-authors and committers of what head has and base has not.

    Commits that only add signed approvals are left out: approvers make them.

    Raises:
        UndecidedError: the clone is shallow, or there are too many commits.
    """
    every = commits_between(repository, base, head)
    commits = [commit for commit in every if not _only_approves(repository, commit)]
    authors = (address for commit in commits for address in commit.authors)
    participants = Participants(
        authors=tuple(dict.fromkeys(map(_account, authors))),
        committers=tuple(dict.fromkeys(_account(commit.committer) for commit in commits)),
    )
    return MadeBy(participants, tuple(commit.oid for commit in every))


def _only_approves(repository: Repository, commit: Commit) -> bool:
    paths = touched_paths(repository, commit)
    return bool(paths) and all(FOLDER in path.split("/")[:-1] for path in paths or ())


def _account(address: str) -> Account:
    return Account(Host.EMAIL, address.casefold(), address)
