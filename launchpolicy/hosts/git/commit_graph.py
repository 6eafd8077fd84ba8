"""Keep git's commit-graph current, which says of each commit at once what it changed.

git makes one itself (`git gc`, `git maintenance`), but seldom with the changed paths. It is a copy
of what the objects say, which git alone writes and reads; no fetch or clone of a remote brings one.
"""

from __future__ import annotations

from launchpolicy.hosts.git.repository import Repository


def keep_commit_graph(repository: Repository, commit: str) -> None:
    """Add what is missing of the history of `commit`, with the paths that each commit changed.

    The first time costs about as much as asking twice which commits touched a folder; later, only
    new commits are looked at. Where it cannot be written (a folder that is not ours, another
    process that writes it), git answers all the same, by walking.

    Raises:
        UndecidedError: git cannot be started, or hangs.
    """
    command = ("write", "--stdin-commits", "--changed-paths", "--split", "--no-progress")
    repository.git.run("commit-graph", *command, stdin=f"{commit}\n".encode("ascii"))
