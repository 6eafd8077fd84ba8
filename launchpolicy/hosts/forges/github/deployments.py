"""What was deployed from a repository, as GitHub's deployments say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from launchpolicy.hosts.forges.forge import SuccessfulDeployment
from launchpolicy.hosts.forges.github.client import Client, number_in, text_in, time_in

Json = Any

_SUCCESS = "success"


def successful_deployments(
    client: Client, repository: str, since: datetime | None
) -> Iterator[SuccessfulDeployment]:
    """Yield the deployments that have ever had the status `success`, at the time of the first.

    A later one makes them `inactive`, which does not undo that they were deployed. Those that were
    created before `since` and finished after it are yielded too: each has to be asked about, so
    what was created more than 35 days before `since`, the longest that a run may take, ends it.

    Raises:
        UndecidedError: GitHub does not answer, or not completely.
    """
    asked = f"the deployments of {repository}"
    for item in client.pages(asked, f"/repos/{repository}/deployments"):
        created = time_in(asked, item, "created_at")
        if since is not None and (since - created).days > _LONGEST_RUN_DAYS:
            return
        number = number_in(asked, item, "id")
        at = _first_success(client, repository, number)
        if at is None:
            continue
        commit, reference = text_in(asked, item, "sha"), text_in(asked, item, "ref")
        yield SuccessfulDeployment(
            at=at,
            commit=commit,
            reference="" if reference == commit else reference,
            environment=text_in(asked, item, "environment"),
            address=f"{repository} deployment {number}",
        )


_LONGEST_RUN_DAYS = 35
"""The days after which GitHub ends a workflow run, approvals of its environment included."""


def _first_success(client: Client, repository: str, number: int) -> datetime | None:
    """Return when a deployment first succeeded; None if it never has."""
    asked = f"the statuses of deployment {number}"
    path = f"/repos/{repository}/deployments/{number}/statuses"
    times = [
        time_in(asked, status, "created_at")
        for status in client.pages(asked, path)
        if text_in(asked, status, "state") == _SUCCESS
    ]
    return min(times, default=None)
