"""The pull requests that are open against a branch, as GitHub lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from launchpolicy.hosts.forges.forge import OpenPullRequest
from launchpolicy.hosts.forges.github import problems
from launchpolicy.hosts.forges.github.client import Client, number_in, text_in, value_in

Json = Any

_COMMIT = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")


def open_pull_requests(client: Client, repository: str, base_ref: str) -> Iterator[OpenPullRequest]:
    """Yield the pull requests that are open against a branch; drafts are proposals, too.

    A fork that was deleted has no repository any more, and its commits stay.

    Raises:
        UndecidedError: GitHub does not answer, or not completely.
    """
    asked = f"the open pull requests of {repository}"
    path = f"/repos/{repository}/pulls?state=open&base={quote(base_ref, safe='')}"
    for item in client.pages(asked, path):
        head = value_in(asked, item, "head")
        commit = text_in(asked, head, "sha")
        if not _COMMIT.fullmatch(commit):
            raise problems.odd_answer(asked, "`sha` is no commit")
        is_from_fork = _full_name(head) != repository.lower()
        yield OpenPullRequest(
            number=number_in(asked, item, "number"),
            head=commit,
            branch=text_in(asked, head, "label" if is_from_fork else "ref"),
            is_from_fork=is_from_fork,
        )


def _full_name(head: Json) -> str:
    """Return the name of the repository of a head, in small letters; "" where it is gone."""
    repository = head.get("repo")
    name = repository.get("full_name") if isinstance(repository, dict) else None
    return name.lower() if isinstance(name, str) else ""
