"""Find who wrote and merged a landing: as the entry records it, else as git has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from launchpolicy.hosts.forges.registry import WEB_COMMITTERS
from launchpolicy.hosts.git.commits import Commit, commits_of
from launchpolicy.ledger.audit.facts import EntryMakers
from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.records import CommitMaker
from launchpolicy.operations.approvals.participants import ChangeMakers
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.requests.directory import Directory
from launchpolicy.vocabulary.errors import UndecidedError


@dataclass(frozen=True, slots=True)
class MakerReader:
    """Reads who made landings. `people` are ids of the directory by e-mail and by account."""

    place: LedgerLocation
    people: Mapping[str, str]

    def makers_of(self, entry: Entry) -> EntryMakers:
        """Return who wrote and merged the landing of an entry."""
        is_recorded = bool(entry.authors) or entry.merged_by is not None
        recorded = _distinct(map(self._recorded_name, entry.authors))
        merger = self._recorded_name(entry.merged_by) if entry.merged_by is not None else ""
        try:
            commits = commits_of(self.place.repository, (entry.commit, *entry.commits))
            authors, approvers = self._authors(entry, commits)
        except UndecidedError:
            return EntryMakers(recorded, merger, from_git=not is_recorded)
        if is_recorded:
            return EntryMakers(tuple(n for n in recorded if n not in approvers), merger)
        return EntryMakers(authors, self._merger(entry, commits[0]), from_git=True)

    def _recorded_name(self, maker: CommitMaker) -> str:
        return maker.person or self._person(maker.email) or maker.name

    def _authors(
        self, entry: Entry, commits: Sequence[Commit]
    ) -> tuple[tuple[str, ...], frozenset[str]]:
        """Return who wrote what landed, and who merely committed a signed approval or a merge.

        Commits that only add approvals, and merges as git makes them, have no authors: the gate
        counts in the same way.
        """
        folder = f"{self.place.prefix}{entry.path.rpartition('/')[0]}".rstrip("/")
        written = [commit for commit in commits if not self._takes_a_parent(commit, folder)]
        makers = ChangeMakers(self.place.repository, written)
        addresses = [account.shown for account in makers.of_folder(folder).authors]
        authors = _distinct(self._person(address) for address in addresses)
        everyone = {self._person(address) for commit in commits for address in commit.authors}
        return authors, frozenset(everyone - set(authors))

    def _takes_a_parent(self, commit: Commit, folder: str) -> bool:
        """Return whether a commit is a merge that holds in a folder what one of its parents does.

        Of all other merges git is asked what it would make of them, which takes three processes.
        """
        if len(commit.parents) < 2:  # noqa: PLR2004 (a merge has two)
            return False
        trees, path = self.place.repository.trees, tuple(folder.split("/")) if folder else ()
        now, *before = (
            trees.find(trees.of_commit(oid), path) for oid in (commit.oid, *commit.parents)
        )
        return now in before

    def _merger(self, entry: Entry, landed: Commit) -> str:
        """Return who put the commits onto the branch; "" where only the host's page did."""
        login = entry.proposal.merged_by if entry.proposal is not None else ""
        if login:
            return self.people.get(login.casefold(), login)
        return "" if landed.committer in WEB_COMMITTERS else self._person(landed.committer)

    def _person(self, address: str) -> str:
        return self.people.get(address.casefold(), address)


def people_by_address(directory: Directory | None) -> dict[str, str]:
    """Return the ids of people by their e-mail addresses and the names of their accounts."""
    people: dict[str, str] = {}
    for person in directory.people if directory is not None else ():
        people |= {address.casefold(): person.name for address in person.emails}
        people |= {account.login.casefold(): person.name for account in person.accounts}
    return people


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))
