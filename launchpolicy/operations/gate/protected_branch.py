"""Find the protected branch as it stands at the remote, which alone says what was merged.

Nothing of the clone is believed that the remote says otherwise: not its own branch, and not the
configuration of what is checked out, which may be a proposal. What is missing here is fetched, and
no reference is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from launchpolicy.hosts.forges.registry import FORGES
from launchpolicy.hosts.git.branch_tips import branches_at, remote_names
from launchpolicy.hosts.git.problems import shallow_clone
from launchpolicy.hosts.git.redirections import redirections_of_clone
from launchpolicy.hosts.git.remotes import Remote, remote_of
from launchpolicy.hosts.git.repository import Repository
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.subfolder import below
from launchpolicy.operations.gate import problems
from launchpolicy.operations.ledger.branch.location import (
    LedgerLocation,
    LocationOptions,
    location_of,
)
from launchpolicy.vocabulary.snapshot import Snapshot

_FIRST = "origin"
_HERE = "."
"""How git calls the repository itself where a remote is named."""

_USUAL = ("main", "master")


class ProtectedBranch(NamedTuple):
    """The protected branch: its name, where it is at the remote, and what stands there.

    `place` is the ledger's location with the configuration of that commit. `others` are the other
    branches of the remote and where they are, without those of the ledger. `ledger` is the commit
    of the ledger's branch there, None where it has none.
    """

    name: str
    commit: str
    place: LedgerLocation
    remote: Remote
    others: Mapping[str, str]
    ledger: str | None

    @property
    def repository(self) -> Repository:
        return self.place.repository

    @property
    def files(self) -> Snapshot:
        """Return the launch repository as it stands on the branch."""
        return self.files_at(self.commit)

    def files_at(self, commit: str) -> Snapshot:
        """Return the launch repository as it stands at a commit."""
        return below(CommitSnapshot(self.repository, commit), self.place.prefix)


def protected_branch(
    repository: Repository, start: Path, remote_name: str, environ: Mapping[str, str]
) -> ProtectedBranch:
    """Return the protected branch of the remote `remote_name`, or of the only one ("").

    It is the branch that the configuration of the default branch says the ledger is of, and else
    the default branch itself.

    Raises:
        UsageError: there are several remotes, or the branch is not known.
        UndecidedError: there is no remote, it cannot be reached, the clone is shallow, or its own
            settings lead its remote elsewhere.
        MalformedRulesError: the configuration on the branch is not right.
    """
    if repository.is_shallow:
        raise shallow_clone()
    leading = redirections_of_clone(repository)
    if leading:
        raise problems.redirected_remote(leading)
    remote = remote_of(repository, remote_name or _remote_name(repository), environ)
    known = branches_at(remote)
    default = _default(remote, known.tips, known.default, environ)
    if default not in known.tips:
        raise problems.unknown_branch(remote.name)
    place = _place(remote, known.tips[default], start, environ)
    name = place.settings.of or default
    if name not in known.tips:
        raise problems.no_such_branch(name, remote.name)
    if name != default:
        place = _place(remote, known.tips[name], start, environ)
    settings = place.settings
    ledger = known.tips.get(settings.branch)
    if ledger is not None:
        _bring(remote, settings.branch, ledger)
    aside = {name, settings.branch, settings.heads_branch}
    others = {other: tip for other, tip in known.tips.items() if other not in aside}
    return ProtectedBranch(name, known.tips[name], place, remote, others, ledger)


def _remote_name(repository: Repository) -> str:
    names = remote_names(repository)
    if _FIRST in names:
        return _FIRST
    if not names:
        raise problems.no_remote()
    if len(names) > 1:
        raise problems.several_remotes(names)
    return names[0]


def _default(
    remote: Remote, tips: Mapping[str, str], default: str, environ: Mapping[str, str]
) -> str:
    """Return the default branch: as the remote says, else as the run of a forge does.

    HEAD of the clone itself is only what is checked out.
    """
    if default and remote.name != _HERE:
        return default
    for forge in FORGES.values():
        if name := forge.load().default_branch(environ):
            return name
    usual = [name for name in _USUAL if name in tips]
    return usual[0] if len(usual) == 1 else ""


def _place(remote: Remote, commit: str, start: Path, environ: Mapping[str, str]) -> LedgerLocation:
    _bring(remote, remote.name, commit)
    return location_of(remote.repository, LocationOptions(start, head=commit), environ)


def _bring(remote: Remote, what: str, commit: str) -> None:
    if not remote.bring(commit):
        raise problems.not_fetched(what, remote.name)
