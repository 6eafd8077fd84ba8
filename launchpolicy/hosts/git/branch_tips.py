"""Find branches, here and at a remote, and ask whether a commit is on one of them.

A branch is known here by its short name: `main` for `refs/heads/main` and for what was last fetched
of it from any remote (`refs/remotes/origin/main`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import NamedTuple

from launchpolicy.hosts.git.branches import branches
from launchpolicy.hosts.git.remotes import Remote
from launchpolicy.hosts.git.repository import Repository, is_oid

_HEADS = "refs/heads/"
_REMOTES = "refs/remotes/"
_FIRST = "origin"


class BranchTip(NamedTuple):
    """The commit that a branch is at; `where` is the reference that says so."""

    name: str
    commit: str
    where: str


def branches_here(repository: Repository) -> tuple[BranchTip, ...]:
    """Return the branches of this clone, and those of its remotes as they were last fetched."""
    remotes = remote_names(repository)
    named = ((_short_name(branch.reference, remotes), branch) for branch in branches(repository))
    return tuple(
        BranchTip(name, branch.commit, branch.reference)
        for name, branch in named
        if name is not None
    )


def remote_names(repository: Repository) -> tuple[str, ...]:
    """Return the names of the remotes that this clone knows."""
    return tuple(os.fsdecode(repository.git.demand("remote")).split())


def default_branch_here(repository: Repository) -> str:
    """Return the branch that `origin` had as its HEAD when it was cloned; "" if that is unknown."""
    answer = repository.git.run("symbolic-ref", "--quiet", f"{_REMOTES}origin/HEAD")
    name = os.fsdecode(answer.output).removesuffix("\n")
    prefix = f"{_REMOTES}origin/"
    return name.removeprefix(prefix) if answer.code == 0 and name.startswith(prefix) else ""


class RemoteBranches(NamedTuple):
    """The branches of a remote by name, and the one that its HEAD leads to ("" if to none)."""

    tips: dict[str, str]
    default: str


def branches_at(remote: Remote) -> RemoteBranches:
    """Return the branches of a remote.

    Raises:
        UndecidedError: the remote cannot be reached.
    """
    tips: dict[str, str] = {}
    default = ""
    for line in remote.listing("HEAD", f"{_HEADS}*", symbolic=True):
        value, _, reference = line.partition("\t")
        if reference == "HEAD" and value.startswith(f"ref: {_HEADS}"):
            default = value.removeprefix(f"ref: {_HEADS}")
        elif reference.startswith(_HEADS) and is_oid(value):
            tips[reference.removeprefix(_HEADS)] = value
    return RemoteBranches(tips, default if default in tips else "")


def is_on_first_parent_history(repository: Repository, commit: str, tip: str) -> bool:
    """Return whether a commit is on the first-parent history of a branch that is at `tip`.

    git walks from `tip` to the commit: only its commit-graph makes that cheap in a long history.
    """
    if commit == tip:
        return True
    answer = repository.git.run("rev-list", "--first-parent", tip, f"^{commit}^@", "--")
    return answer.code == 0 and is_oid(commit) and commit.encode("ascii") in answer.output


def is_ancestor(repository: Repository, commit: str, tip: str) -> bool:
    """Return whether a commit is reachable from `tip`; False where this clone does not have it."""
    return repository.git.run("merge-base", "--is-ancestor", commit, tip).code == 0


def first_parent_commits(repository: Repository, tip: str) -> Iterator[str]:
    """Yield the commits of the first-parent history of `tip`, newest first."""
    output = repository.git.demand("rev-list", "--first-parent", tip, "--")
    yield from output.decode("ascii", "replace").split()


def _short_name(reference: str, remotes: tuple[str, ...]) -> str | None:
    """Return the short name of a branch; None for HEAD of a remote, and what is no branch."""
    if reference.startswith(_HEADS):
        return reference.removeprefix(_HEADS)
    for remote in remotes:
        prefix = f"{_REMOTES}{remote}/"
        if reference.startswith(prefix):
            name = reference.removeprefix(prefix)
            return name if name != "HEAD" else None
    return None


def fetched_branches(repository: Repository, branch: str) -> dict[str, str]:
    """Return the commit that a branch was at on each remote: by remote, `origin` first.

    A branch that was not fetched from a remote is not in it.

    Raises:
        UndecidedError: git cannot list them.
    """
    listed = repository.git.demand(
        "for-each-ref", "--format=%(objectname) %(refname)", f"{_REMOTES}*/{branch}"
    )
    commits: dict[str, str] = {}
    for line in listed.decode("utf-8", "replace").splitlines():
        oid, _, name = line.partition(" ")
        if is_oid(oid):
            commits[name.removeprefix(_REMOTES).removesuffix(f"/{branch}")] = oid
    return dict(sorted(commits.items(), key=lambda item: (item[0] != _FIRST, item[0])))


def fetched_branch(repository: Repository, branch: str) -> str | None:
    """Return the commit that a branch was at on `origin`, or else on the first remote with it."""
    return next(iter(fetched_branches(repository, branch).values()), None)
