"""Ask where a first-parent history begins, and which of its commits touch a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
    # git runs at the top, and only such paths does it look up in the commit-graph of a repository
    # that has one with changed paths (`git commit-graph write`): none that leaves something out.
    git = repository.git._replace(options=(*repository.git.options, "--literal-pathspecs"))
    patterns = [path or "." for path in paths]
    output = git.demand("rev-list", "--first-parent", tip, "--", *patterns)
    for commit in output.decode("ascii", "replace").split():
        parent = repository.git.run("rev-parse", "--verify", "--quiet", f"{commit}^1")
        before = parent.output.decode("ascii", "replace").strip()
        if parent.code != 0 or not is_oid(before):
            continue
        if not without or _differ_outside(repository, (before, commit), paths, without.encode()):
            yield commit, before


def _differ_outside(
    repository: Repository, commits: tuple[str, str], paths: Sequence[str], without: bytes
) -> bool:
    """Return whether two commits differ at one of `paths`, but for what is `without` or in it."""
    trees = repository.trees
    tops = [trees.of_commit(commit) for commit in commits]

    def is_outside(path: bytes) -> bool:
        return path != without and not path.startswith(without + b"/")

    for path in paths:
        steps = path.split("/") if path else []
        nodes = [trees.find(top, steps) for top in tops]
        if nodes[0] == nodes[1]:
            continue
        if any(node and not node.is_folder for node in nodes) and is_outside(path.encode()):
            return True
        old, new = (node.oid if node and node.is_folder else None for node in nodes)
        below = trees.compare(old, new, f"{path}/".encode() if path else b"")
        if any(map(is_outside, below)):
            return True
    return False
