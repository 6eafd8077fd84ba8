"""Read what a clone knows of branches of its remotes, from when it last fetched them."""

from __future__ import annotations

from launchpolicy.hosts.git.repository import Repository, is_oid

_FIRST = "origin"


def fetched_branches(repository: Repository, branch: str) -> dict[str, str]:
    """Return the commit that a branch was at on each remote: by remote, `origin` first.

    A branch that was not fetched from a remote is not in it.

    Raises:
        UndecidedError: git cannot list them.
    """
    listed = repository.git.demand(
        "for-each-ref", "--format=%(objectname) %(refname)", f"refs/remotes/*/{branch}"
    )
    commits: dict[str, str] = {}
    for line in listed.decode("utf-8", "replace").splitlines():
        oid, _, name = line.partition(" ")
        if is_oid(oid):
            commits[name.removeprefix("refs/remotes/").removesuffix(f"/{branch}")] = oid
    return dict(sorted(commits.items(), key=lambda item: (item[0] != _FIRST, item[0])))


def fetched_branch(repository: Repository, branch: str) -> str | None:
    """Return the commit that a branch was at on `origin`, or else on the first remote with it."""
    return next(iter(fetched_branches(repository, branch).values()), None)


def is_ancestor(repository: Repository, older: str, newer: str) -> bool:
    """Return whether one commit is in the history of another, or is the same."""
    return repository.git.run("merge-base", "--is-ancestor", older, newer).code == 0
