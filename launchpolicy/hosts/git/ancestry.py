"""Ask where a first-parent history begins, and which of its commits touch a file."""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.hosts.git import problems
from launchpolicy.hosts.git.repository import Repository, is_oid


def root_of(repository: Repository, commit: str) -> str:
    """Return the commit with which the first-parent history of `commit` begins.

    Raises:
        UndecidedError: the clone is shallow, or git fails.
    """
    if repository.is_shallow:
        raise problems.shallow_clone()
    output = repository.git.demand("rev-list", "--first-parent", "--max-parents=0", commit, "--")
    oids = output.decode("ascii", "replace").split()
    if len(oids) != 1 or not is_oid(oids[0]):
        raise problems.not_understood("rev-list")
    return oids[0]


def commits_touching(
    repository: Repository, tip: str, *paths: str, without: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield the commits of the first-parent history of `tip` that change `paths`, newest first.

    Each comes with its first parent; a root, which has none, is left out. Changes of the folder
    `without` are passed over.

    Raises:
        UndecidedError: the clone is shallow, or git fails.
    """
    if repository.is_shallow:
        raise problems.shallow_clone()
    git, patterns = repository.git, [path or "." for path in paths]
    if without:
        patterns = [f":(top,literal){path}" for path in paths]
        patterns.append(f":(top,exclude,literal){without}")
    else:
        # git runs at the top, so these mean the same; only such paths does it look up in the
        # commit-graph of a repository that has one with changed paths (`git commit-graph write`).
        git = git._replace(options=(*git.options, "--literal-pathspecs"))
    output = git.demand("rev-list", "--first-parent", tip, "--", *patterns)
    for commit in output.decode("ascii", "replace").split():
        parent = repository.git.run("rev-parse", "--verify", "--quiet", f"{commit}^1")
        before = parent.output.decode("ascii", "replace").strip()
        if parent.code == 0 and is_oid(before):
            yield commit, before
