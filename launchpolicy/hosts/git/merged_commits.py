"""Find the commits that each step of a history merged."""

from __future__ import annotations

from launchpolicy.hosts.git import problems
from launchpolicy.hosts.git.repository import Repository, is_oid


class MergedCommits:
    """The commits beside the first-parent chain, each given to the step that merged it.

    One walk over the graph serves a whole history. A commit belongs to the first step that reaches
    it, and is forgotten then.
    """

    def __init__(self, repository: Repository, head: str, after: str | None = None) -> None:
        without = [f"^{after}"] if after is not None else []
        output = repository.git.demand(
            "rev-list", "--topo-order", "--reverse", "--parents", head, *without, "--"
        )
        lines = output.decode("ascii", "replace").splitlines()
        if lines and not all(is_oid(oid) for oid in lines[0].split(" ")):
            raise problems.not_understood("rev-list")
        self._graph: dict[bytes, tuple[int, list[bytes]]] = {}
        for number, line in enumerate(lines):
            commit, *parents = map(bytes.fromhex, line.split(" "))
            self._graph[commit] = (number, parents)

    def by(self, commit: str, others: tuple[str, ...]) -> tuple[str, ...]:
        """Return what `commit` merged through `others`, oldest first; ask for steps in order."""
        self._graph.pop(bytes.fromhex(commit), None)
        waiting = [bytes.fromhex(other) for other in others]
        numbered: list[tuple[int, str]] = []
        while waiting:
            commit_id = waiting.pop()
            node = self._graph.pop(commit_id, None)
            if node is not None:
                number, parents = node
                numbered.append((number, commit_id.hex()))
                waiting += parents
        return tuple(oid for _, oid in sorted(numbered))
