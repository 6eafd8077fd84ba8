"""Which commits each step of a history brought with it."""

from __future__ import annotations

from launchpolicy.hosts.git import problems
from launchpolicy.hosts.git.repository import Repository, is_oid


class Brought:
    """The commits beside the first-parent chain, each given to the step that merged it.

    One walk over the graph serves a whole history. A commit belongs to the first step that reaches
    it, and is forgotten then.
    """

    def __init__(self, repository: Repository, head: str, after: str | None = None) -> None:
        without = [f"^{after}"] if after is not None else []
        listed = repository.git.demand(
            "rev-list", "--topo-order", "--reverse", "--parents", head, *without, "--"
        )
        self._graph: dict[bytes, tuple[int, list[bytes]]] = {}
        for number, line in enumerate(listed.splitlines()):
            commit, *parents = (bytes.fromhex(oid.decode()) for oid in line.split())
            self._graph[commit] = (number, parents)
        if listed and not is_oid(listed.splitlines()[0].split()[0].decode()):
            raise problems.not_understood("rev-list")

    def by(self, commit: str, others: tuple[str, ...]) -> tuple[str, ...]:
        """What `commit` brought through its `others` parents, oldest first; steps in order only."""
        self._graph.pop(bytes.fromhex(commit), None)
        waiting = [bytes.fromhex(other) for other in others]
        found: list[tuple[int, str]] = []
        while waiting:
            each = waiting.pop()
            known = self._graph.pop(each, None)
            if known is not None:
                number, parents = known
                found.append((number, each.hex()))
                waiting += parents
        return tuple(oid for _, oid in sorted(found))
