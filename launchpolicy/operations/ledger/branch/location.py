"""Find where a ledger is: its branch here or on a remote, its history, its keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from launchpolicy.hosts.files import WorkTreeSnapshot
from launchpolicy.hosts.git.branch_tips import fetched_branch, is_on_first_parent_history
from launchpolicy.hosts.git.remotes import Remote, remote_of
from launchpolicy.hosts.git.repository import Repository, prefix_of
from launchpolicy.hosts.git.revisions import resolve
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.git.writing import move_reference, read_reference
from launchpolicy.hosts.launch_root import launch_root
from launchpolicy.hosts.subfolder import below
from launchpolicy.ledger.signing import Verifier, verifier_of
from launchpolicy.operations.ledger.branch.branch_problems import one_branch_for_two
from launchpolicy.operations.ledger.derivation.rules_over_time import StepRules, rules_of
from launchpolicy.operations.rules.load import load_configuration
from launchpolicy.requests.configuration import Configuration, LedgerSettings


@dataclass(frozen=True, slots=True)
class LocationOptions:
    """The options of the command line about where the ledger is.

    `head` is the branch that the ledger is of. `remote` is where the ledger is read and pushed,
    "" for this clone alone. `rules` is a folder whose configuration and packs judge the whole
    history, for a repository that holds none of its own.
    """

    start: Path
    head: str = "HEAD"
    remote: str = ""
    rules: Path | None = None


@dataclass(frozen=True, slots=True)
class LedgerLocation:
    """An open repository with the ledger of one of its branches.

    `verifiers` are the keys that are believed, that of the configuration first; new checkpoints are
    signed by that one. `trusted_sets` are the digests of shipped rules that the verifier trusts
    besides those that this program knows. `head_name` is how the command names `head`; `environ` is
    the environment of the command, which may be a run of a forge. `branch` is the short name of the
    branch that the ledger records, as its first entry names it: "" while that is not known.
    """

    repository: Repository
    prefix: str
    head: str
    settings: LedgerSettings
    configuration: Configuration
    remote: Remote | None
    heads_remote: Remote | None
    verifiers: tuple[Verifier, ...]
    fixed: StepRules | None = None
    trusted_sets: frozenset[str] = frozenset()
    head_name: str = "HEAD"
    environ: Mapping[str, str] = field(default_factory=dict)
    branch: str = ""
    _passed: set[tuple[str, str]] = field(default_factory=set, repr=False, compare=False)

    def passes(self, commit: str) -> bool:
        """Return whether a commit is on the first-parent history of the head.

        That takes a walk as long as the branch since then, so what was found is kept.
        """
        if (commit, self.head) in self._passed:
            return True
        if not is_on_first_parent_history(self.repository, commit, self.head):
            return False
        self.take_as_passed(commit)
        return True

    def take_as_passed(self, commit: str) -> None:
        """Keep that a commit is on the first-parent history of the head, as is known."""
        self._passed.add((commit, self.head))

    @property
    def reference(self) -> str:
        return f"refs/heads/{self.settings.branch}"

    @property
    def heads_reference(self) -> str:
        return f"refs/heads/{self.settings.heads_branch}"

    def tip(self) -> str | None:
        """Return the commit of the ledger: on the remote, or here, or as last fetched.

        Raises:
            UndecidedError: the remote cannot be reached.
        """
        if self.remote is not None:
            return self.remote.fetch(self.reference)
        commit = read_reference(self.repository, self.reference)
        if commit is not None:
            return commit
        return fetched_branch(self.repository, self.settings.branch)

    def heads_tip(self) -> str | None:
        """Return the commit that the branch of kept checkpoints is at."""
        if self.heads_remote is not None:
            return self.heads_remote.fetch(self.heads_reference)
        commit = read_reference(self.repository, self.heads_reference)
        if commit is not None:
            return commit
        return fetched_branch(self.repository, self.settings.heads_branch)

    def advance(self, old: str | None, new: str) -> bool:
        """Move the ledger's branch from `old` to `new`; False if another run was faster."""
        return _advance(self.repository, self.remote, self.reference, old, new)

    def advance_heads(self, old: str | None, new: str) -> bool:
        """Move the branch of kept checkpoints; of a second repository, only there."""
        if self.settings.heads_remote and self.heads_remote is not None:
            return self.heads_remote.push(new, self.heads_reference, old)
        return _advance(self.repository, self.heads_remote, self.heads_reference, old, new)


def _advance(
    repository: Repository, remote: Remote | None, reference: str, old: str | None, new: str
) -> bool:
    """Move the branch over there first, which counts; the branch here follows if it can."""
    if remote is None:
        here = read_reference(repository, reference)
        return move_reference(repository, reference, here, new) if here in {old, None} else False
    if not remote.push(new, reference, old):
        return False
    here = read_reference(repository, reference)
    if here in {old, None}:
        move_reference(repository, reference, here, new)
    return True


def location_of(
    repository: Repository, options: LocationOptions, environ: Mapping[str, str]
) -> LedgerLocation:
    """Return the location of the ledger that was asked for.

    Raises:
        LaunchpolicyError: there is no such branch, or no configuration.
    """
    head = resolve(repository, options.head)
    root = launch_root(options.start)
    prefix = ""
    if root is not None and options.rules is None:
        prefix = prefix_of(repository.top, root)
    fixed = None
    if options.rules is not None:
        fixed = rules_of(WorkTreeSnapshot(options.rules.resolve()))
    if fixed is not None:
        configuration = fixed.pack_set.configuration
    else:
        _, configuration = load_configuration(below(CommitSnapshot(repository, head), prefix))
    settings = configuration.ledger
    if settings.branch == settings.heads_branch and not settings.heads_remote:
        raise one_branch_for_two(settings.branch)
    remote = remote_of(repository, options.remote, environ) if options.remote else None
    heads = remote
    if settings.heads_remote:
        heads = remote_of(repository, settings.heads_remote, environ)
    return LedgerLocation(
        repository=repository,
        prefix=prefix,
        head=head,
        settings=settings,
        configuration=configuration,
        remote=remote,
        heads_remote=heads,
        verifiers=tuple(map(verifier_of, (settings.key, *settings.former_keys)))
        if settings.key
        else (),
        fixed=fixed,
        head_name=options.head,
        environ=environ,
    )
