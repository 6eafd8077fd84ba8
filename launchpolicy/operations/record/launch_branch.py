"""The branch on which the facts of one launch are recorded, and what it is compared with.

`main` is protected, so the night is written to a branch, `launch/NAME-launched`, and proposed at
its end. A person who records from another clone finds the branch under the same name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from launchpolicy.documents.limits import MAX_BYTES
from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.validation import require_document
from launchpolicy.hosts.git.branch_tips import is_ancestor, remote_names
from launchpolicy.hosts.git.checked_out import current_branch
from launchpolicy.hosts.git.remotes import Remote, remote_of
from launchpolicy.hosts.git.repository import Repository, prefix_of
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.git.tracking import fetch_branches, tracked_tip
from launchpolicy.hosts.git.writing import move_reference, read_reference
from launchpolicy.hosts.subfolder import below
from launchpolicy.operations.check.base_branch import BaseBranch, base_of
from launchpolicy.operations.record import problems
from launchpolicy.operations.request_names import BRANCH
from launchpolicy.operations.rules.load import load_rules
from launchpolicy.operations.rules.people_and_calendar import load_directory
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.requests.directory import Directory
from launchpolicy.requests.kinds import Kind
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.snapshot import Snapshot, bytes_at
from launchpolicy.vocabulary.text import Text

_KIND = "LaunchRequest"
_STAGES = ("launched", "rolled-back")
_PATIENCE = 30.0
"""Seconds after which a remote that does not answer counts as not reachable."""


@dataclass(slots=True)
class LaunchBranch:
    """The branch of one launch in an open repository.

    `path` is the request's file from the launch repository's folder, which is at `prefix` in the
    git repository. `remote` is None where there is none; `offline` is why it is not reached now.
    `is_new` says that the branch was made just now.
    """

    repository: Repository
    root: Path
    prefix: str
    path: str
    base: BaseBranch
    rules: PackSet
    directory: Directory | None
    remote: Remote | None
    environ: Mapping[str, str]
    name: str = ""
    offline: Text | None = None
    is_new: bool = False

    @property
    def kind(self) -> Kind:
        return self.rules.kinds[_KIND]

    @property
    def reference(self) -> str:
        return f"refs/heads/{self.name}"

    @property
    def request_name(self) -> str:
        """Return the name of the request: that of its folder."""
        return self.path.split("/")[-2]

    @property
    def folder(self) -> str:
        """Return the request's folder, from the launch repository's folder."""
        return self.path.rpartition("/")[0]

    def tip(self) -> str | None:
        """Return the commit that the branch is at here; None where it is not here."""
        return read_reference(self.repository, self.reference)

    def tracked_tip(self) -> str | None:
        """Return the commit that the branch is at on the remote, as far as this clone knows."""
        if self.remote is None:
            return None
        return tracked_tip(self.repository, self.remote.name, self.name)

    def snapshot(self, commit: str) -> Snapshot:
        return below(CommitSnapshot(self.repository, commit), self.prefix)

    def source_at(self, commit: str) -> bytes | None:
        """Return the bytes of the request at a commit; None where it is not there."""
        return bytes_at(self.snapshot(commit), self.path, MAX_BYTES)

    def document_at(self, commit: str) -> Document:
        """Return the request at a commit.

        Raises:
            UsageError: it is not there.
            MalformedRulesError: it cannot be read.
        """
        source = self.source_at(commit)
        if source is None:
            raise problems.no_request(self.path, self.base.branch)
        return require_document(read(self.path, source))


def launch_branch(
    repository: Repository, root: Path, path: str, environ: Mapping[str, str]
) -> LaunchBranch:
    """Return the branch of the launch at `path`, whose name is not chosen yet.

    The rules are those of the base.

    Raises:
        LaunchpolicyError: there is no base, or its rules are not right.
    """
    base = base_of(repository)
    if base is None:
        raise problems.no_base()
    prefix = prefix_of(repository.top, root)
    rules, directory = _rules_at(repository, base.commit, prefix)
    remote = nearest_remote(repository, environ)
    return LaunchBranch(repository, root, prefix, path, base, rules, directory, remote, environ)


def _rules_at(repository: Repository, commit: str, prefix: str) -> tuple[PackSet, Directory | None]:
    """Return the rules and the people as they stand at a commit."""
    trusted = below(CommitSnapshot(repository, commit), prefix)
    rules = load_rules(trusted)
    return rules, load_directory(trusted, rules.configuration.paths)


def nearest_remote(repository: Repository, environ: Mapping[str, str]) -> Remote | None:
    """Return `origin`, or else the first remote, with little patience; None where there is none."""
    remotes = remote_names(repository)
    if not remotes:
        return None
    remote = remote_of(repository, "origin" if "origin" in remotes else remotes[0], environ)
    return Remote(repository, remote.name, remote.git._replace(patience=_PATIENCE))


def usual_names(request: str) -> tuple[str, ...]:
    """Return the branches that the night of a launch can have."""
    return (f"{BRANCH}{request}", *(f"{BRANCH}{request}-{stage}" for stage in _STAGES))


def refresh(branch: LaunchBranch) -> None:
    """Fetch the branches and the base; without a network, note why and go on with what is here."""
    if branch.remote is None:
        return
    names = (branch.base.branch, branch.name, *usual_names(branch.request_name))
    try:
        fetch_branches(branch.remote, dict.fromkeys(names))
    except UndecidedError as error:
        branch.offline = error.problem
        return
    base = base_of(branch.repository)
    if base is not None and base.commit != branch.base.commit:
        branch.rules, branch.directory = _rules_at(branch.repository, base.commit, branch.prefix)
        branch.base = base


def open_branch(branch: LaunchBranch) -> str:
    """Return the commit that the branch is at; it is made where it is missing.

    A branch that is missing here begins at the remote's, or at the base. One whose commits are all
    merged already begins again at the base, unless it is checked out.
    """
    repository, base = branch.repository, branch.base.commit
    tip, there = branch.tip(), branch.tracked_tip()
    if there is not None and is_ancestor(repository, there, base):
        there = None  # merged: what is recorded from now on is a new proposal
    start = there or base
    if tip is None:
        move_reference(repository, branch.reference, None, start)
        branch.is_new = True
        return start
    is_checked_out = current_branch(repository) == branch.name
    if tip != start and is_ancestor(repository, tip, start) and not is_checked_out:
        move_reference(repository, branch.reference, tip, start)
        return start
    return tip
