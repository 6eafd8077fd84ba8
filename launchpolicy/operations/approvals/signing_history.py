"""What history says about signed files: which repository it is, and what the base dropped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from launchpolicy.facts.approvals.file_names import FOLDER
from launchpolicy.facts.approvals.signed_approval import NO_VERSION_REPLACED, ApprovalBinding
from launchpolicy.hosts.git.ancestry import commits_touching, root_of
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.subfolder import below, is_outside, path_from_top
from launchpolicy.operations.approvals.approval_changes import ApprovalChanges, AskedChanges
from launchpolicy.operations.approvals.versions import version_at
from launchpolicy.operations.submissions.rule_files import rule_paths, rules_digest_at
from launchpolicy.requests.configuration import Configuration
from launchpolicy.requests.file_patterns import FilePatterns
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
    history begins. `walked` is what a walk over that very history has passed, if there is one;
    `asked` is what git was asked about it.
    """

    repository: Repository
    base: str
    prefix: str
    commits: tuple[str, ...] = ()
    root: BranchRoot = field(default_factory=BranchRoot)
    walked: ApprovalChanges | None = None
    asked: AskedChanges = field(default_factory=AskedChanges)

    def identity(self, configuration: Configuration) -> str:
        """Return which repository it is: as the configuration of the base says, else its root.

        Raises:
            UndecidedError: git cannot say where the history begins.
        """
        if configuration.repository:
            return configuration.repository
        root, place = self.root.of(self.repository, self.base), self.prefix.rstrip("/")
        return f"git:{root}:{place}" if place else f"git:{root}"

    def binding(
        self,
        configuration: Configuration,
        kind: Kind,
        path: str,
        further: Sequence[str] = (),
        document: str = "",
    ) -> ApprovalBinding:
        """Return what approvals of the document at `path` have to be bound to.

        Args:
            configuration: that of the base.
            kind: the kind of the document.
            path: where it stands.
            further: the further rules that the change touches, for the rules.
            document: its id in a file of many.

        Raises:
            UndecidedError: git cannot read the history.
        """
        identity = self.identity(configuration)
        of = (kind, path, further, document)
        digest = self.digest_at(self.base, *of)
        return ApprovalBinding(identity, digest or NO_VERSION_REPLACED, self._since(digest, *of))

    def _since(
        self, digest: str, kind: Kind, path: str, further: Sequence[str], document: str
    ) -> str:
        """Return the commit of the base since which the document has had a digest.

        As long as it has, its approved part stands in the same files, so others are not looked at.
        """
        paths, approvals = self._files_of(kind, path, further, document)
        history = commits_touching(self.repository, self.base, *paths, without=approvals)
        for commit, parent in history:
            if self.digest_at(parent, kind, path, further, document) != digest:
                return commit
        return self.root.of(self.repository, self.base)

    def _files_of(
        self, kind: Kind, path: str, further: Sequence[str], document: str
    ) -> tuple[tuple[str, ...], str]:
        """Return the files and folders from which a digest is made, and what is none of it."""
        if kind.name == RULES:
            paths = (*rule_paths(self.snapshot(self.base)), *further)
            return tuple(map(self._from_top, paths)), ""
        folder = path.rpartition("/")[0]
        version = version_at(self.snapshot(self.base), kind, path, document)
        # What a pattern matched once need not be there any more, so all below its folder counts.
        listed = (f for lookup in kind.lookups for f in FilePatterns(lookup.files).folders)
        looked_up = (*version.looked_up, *listed)
        others = tuple(f"{self.prefix}{other}".rstrip("/") for other in looked_up)
        if not folder or not version.evidence:
            return (f"{self.prefix}{path}", *others), ""
        return (f"{self.prefix}{folder}", *others), f"{self.prefix}{folder}/{FOLDER}"

    def _from_top(self, path: str) -> str:
        return path_from_top(path) if is_outside(path) else f"{self.prefix}{path}"

    def digest_at(
        self, commit: str, kind: Kind, path: str, further: Sequence[str], document: str
    ) -> str:
        """Return the approval digest of what a commit has of a document, "" for nothing.

        The arguments are those of `binding`.
        """
        if kind.name == RULES:
            return rules_digest_at(self.snapshot, commit, further)
        return version_at(self.snapshot(commit), kind, path, document).digest

    def snapshot(self, commit: str) -> Snapshot:
        """Return the launch repository at a commit."""
        return below(CommitSnapshot(self.repository, commit), self.prefix)

    def earlier(self) -> Iterator[tuple[str, Snapshot]]:
        """Yield the base, then each commit that is proposed, with its snapshot."""
        for commit in (self.base, *self.commits):
            yield commit, self.snapshot(commit)

    def dropped_versions(self, path: str) -> Iterator[tuple[str, Snapshot]]:
        """Yield each commit of the base that changed a file, with the snapshot before it."""
        where = (self.repository, self.base, f"{self.prefix}{path}")
        walked = self.walked.touching(*where) if self.walked is not None else None
        for commit, parent in self.asked.touching(*where) if walked is None else walked:
            yield commit, self.snapshot(parent)
