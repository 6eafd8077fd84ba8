"""Where the software of forges shows what a repository holds, by the address of the repository."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from launchpolicy.hosts.forges.forge import WebAddresses


def github_pages(repository: str) -> WebAddresses:
    """Return the pages of a repository on GitHub, or on a GitHub Enterprise Server."""
    return WebAddresses(
        repository=repository,
        commit=f"{repository}/commit/{{commit}}",
        proposal=f"{repository}/pull/{{number}}",
        review=f"{repository}/pull/{{number}}#pullrequestreview-{{review}}",
        file=f"{repository}/blob/{{commit}}/{{path}}",
        difference=f"{repository}/commit/{{commit}}#diff-{{digest}}",
    )


def _gitlab_pages(repository: str) -> WebAddresses:
    return WebAddresses(
        repository=repository,
        commit=f"{repository}/-/commit/{{commit}}",
        proposal=f"{repository}/-/merge_requests/{{number}}",
        review="",
        file=f"{repository}/-/blob/{{commit}}/{{path}}",
        difference=f"{repository}/-/commit/{{commit}}",
    )


def _gitea_pages(repository: str) -> WebAddresses:
    return WebAddresses(
        repository=repository,
        commit=f"{repository}/commit/{{commit}}",
        proposal=f"{repository}/pulls/{{number}}",
        review="",
        file=f"{repository}/src/commit/{{commit}}/{{path}}",
        difference=f"{repository}/commit/{{commit}}",
    )


PAGES: Mapping[str, Callable[[str], WebAddresses]] = MappingProxyType(
    {"github": github_pages, "gitlab": _gitlab_pages, "gitea": _gitea_pages}
)
"""By what the configuration calls the software (`ledger.web.software`)."""
