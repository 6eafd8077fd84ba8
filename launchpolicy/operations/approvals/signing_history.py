"""What history says about signed files: which repository it is, and what the base dropped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from launchpolicy.facts.approvals.signed_approval import NO_VERSION_REPLACED
from launchpolicy.hosts.git.ancestry import commits_touching, root_of
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.subfolder import below
from launchpolicy.operations.approvals.versions import version_at
from launchpolicy.operations.rule_files import rules_digest_at
from launchpolicy.requests.configuration import Configuration
from launchpolicy.requests.kinds import RULES, Kind
from launchpolicy.vocabulary.snapshot import Snapshot


@dataclass(slots=True)
class BranchRoot:
    """Finds once where the first-parent history of a branch begins."""

    _commit: str = ""

    def of(self, repository: Repository, commit: str) -> str:
        """Return the first commit of the history of `commit`, which is on that branch.

        Raises:
            UndecidedError: git cannot say.
        """
        self._commit = self._commit or root_of(repository, commit)
        return self._commit


@dataclass(frozen=True, slots=True)
class SigningHistory:
    """The history of the base, up to the commit `base`, and the commits that are proposed on it.

    `prefix` is the launch repository's place in the git repository. `root` finds where the
    history begins.
    """

    repository: Repository
    base: str
    prefix: str
    commits: tuple[str, ...] = ()
    root: BranchRoot = field(default_factory=BranchRoot)

    def identity(self, configuration: Configuration) -> str:
        """Return which repository it is: as the configuration of the base says, else its root.

        Raises:
            UndecidedError: git cannot say where the history begins.
        """
        if configuration.repository:
            return configuration.repository
        root, place = self.root.of(self.repository, self.base), self.prefix.rstrip("/")
        return f"git:{root}:{place}" if place else f"git:{root}"

    def digest_replaced(self, kind: Kind, path: str) -> str:
        """Return the approval digest of what the base has, `NO_VERSION_REPLACED` for nothing."""
        if kind.name == RULES:
            digest = rules_digest_at(self.snapshot, self.base)
        else:
            digest = version_at(self.snapshot(self.base), kind, path).digest
        return digest or NO_VERSION_REPLACED

    def snapshot(self, commit: str) -> Snapshot:
        """Return the launch repository at a commit."""
        return below(CommitSnapshot(self.repository, commit), self.prefix)

    def earlier(self) -> Iterator[tuple[str, Snapshot]]:
        """Yield the base, then each commit that is proposed, with its snapshot."""
        for commit in (self.base, *self.commits):
            yield commit, self.snapshot(commit)

    def dropped_versions(self, path: str) -> Iterator[tuple[str, Snapshot]]:
        """Yield each commit of the base that changed a file, with the snapshot before it."""
        for commit, parent in commits_touching(self.repository, self.base, f"{self.prefix}{path}"):
            yield commit, self.snapshot(parent)
