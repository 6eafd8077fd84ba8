"""One pull request as a question to GitHub."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from launchpolicy.hosts.forges.github.client import Client
from launchpolicy.hosts.forges.github.paging import every_node

Json = Any

WAY = ("repository", "pullRequest")
"""Where an answer of GraphQL holds the pull request."""


@dataclass(frozen=True, slots=True)
class PullRequestId:
    """The pull request that is asked about, and the client that asks."""

    client: Client
    repository: str
    number: int

    @property
    def variables(self) -> dict[str, Json]:
        owner, _, name = self.repository.partition("/")
        return {"owner": owner, "name": name, "number": self.number}

    def question(self, what: str) -> str:
        return f"{what} of pull request {self.number}"

    def connection(self, what: str, query: str) -> list[Json]:
        way = (*WAY, what)
        return every_node(self.client, self.question(what), query, self.variables, way, "after")
