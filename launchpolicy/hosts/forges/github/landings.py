"""Which pull request brought a commit to a branch."""

from __future__ import annotations

from typing import Any

from launchpolicy.hosts.forges.forge import MergedPullRequest
from launchpolicy.hosts.forges.github import problems
from launchpolicy.hosts.forges.github.client import Client, number_in, text_in, time_in

Json = Any


def merged_pull_request(
    client: Client, repository: str, branch: str, commit: str
) -> MergedPullRequest | None:
    """Return the pull request that brought a commit to a branch; None for one that was pushed.

    Raises:
        UndecidedError: GitHub does not answer, or not completely.
    """
    asked = f"the pull requests of commit {commit[:12]}"
    path = f"/repos/{repository}/commits/{commit}/pulls?per_page=100"
    pulls = client.rest(asked, "GET", path)
    if not isinstance(pulls, list):
        raise problems.odd_answer(asked, "it is no list")
    for pull in pulls:
        merged_at = pull.get("merged_at") if isinstance(pull, dict) else None
        if merged_at is None or text_in(asked, pull, "base", "ref") != branch:
            continue
        merged_by = pull.get("merged_by")
        return MergedPullRequest(
            number=number_in(asked, pull, "number"),
            opened_at=time_in(asked, pull, "created_at"),
            merged_at=time_in(asked, pull, "merged_at"),
            merged_by=text_in(asked, merged_by, "login") if merged_by is not None else "",
            base_ref=branch,
        )
    return None
