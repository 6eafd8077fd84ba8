"""Find the branch that a proposal is to be merged into, in the clone alone.

Nothing is fetched: what is known of the remote is what the last fetch brought.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from launchpolicy.hosts.git.repository import Repository
from launchpolicy.hosts.git.revisions import resolve
from launchpolicy.hosts.git.snapshots import CommitSnapshot
from launchpolicy.hosts.git.writing import read_reference
from launchpolicy.hosts.subfolder import below
from launchpolicy.operations.rules.load import load_configuration
from launchpolicy.requests.configuration import FILE, Configuration

_REMOTE = "refs/remotes/origin/"
_LOCAL = "refs/heads/"
_USUAL = ("main", "master")


@dataclass(frozen=True, slots=True)
class BaseBranch:
    """A branch to merge into; `branch` is its short name, "" where only a commit is known."""

    branch: str
    commit: str


def base_of(repository: Repository, name: str | None = None) -> BaseBranch | None:
    """Return the base that was named, else the default branch of `origin`, else main or master.

    Raises:
        UndecidedError: `name` leads to no commit.
    """
    if name is not None:
        return BaseBranch(_short(name), resolve(repository, name))
    for reference in _candidates(repository):
        commit = read_reference(repository, reference)
        if commit is not None:
            return BaseBranch(_short(reference), commit)
    return None


def configuration_at(repository: Repository, base: BaseBranch, prefix: str) -> Configuration | None:
    """Return the configuration of the launch repository at `prefix` of a base, or None.

    Raises:
        LaunchpolicyError: it cannot be used.
    """
    snapshot = below(CommitSnapshot(repository, base.commit), prefix)
    return load_configuration(snapshot)[1] if snapshot.entry(FILE) is not None else None


def _candidates(repository: Repository) -> list[str]:
    answer = repository.git.run("symbolic-ref", "--quiet", f"{_REMOTE}HEAD")
    default = os.fsdecode(answer.output).removesuffix("\n")
    defaults = [default] if answer.code == 0 and default.startswith(_REMOTE) else []
    return [*defaults, *(f"{place}{name}" for place in (_REMOTE, _LOCAL) for name in _USUAL)]


def _short(reference: str) -> str:
    for start in (_REMOTE, _LOCAL, "origin/"):
        reference = reference.removeprefix(start)
    return reference
