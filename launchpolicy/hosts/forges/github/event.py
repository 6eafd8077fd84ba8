"""What a workflow run is about, from the event that started it.

The payload file is written by the runner and not by the pull request. Still nothing in it is taken
for granted: an odd one would let a run judge something else than what is merged.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from launchpolicy.hosts.forges.forge import PullRequestEvent
from launchpolicy.hosts.forges.github import problems
from launchpolicy.hosts.forges.github.accounts import account_of
from launchpolicy.hosts.forges.github.client import Client, number_in, text_in, value_in
from launchpolicy.hosts.forges.github.paging import every_node

Json = Any

_PULL_REQUEST = ("pull_request", "pull_request_target", "pull_request_review")
_PUSH = "synchronize"  # the account that opens or reopens a pull request may not have pushed it
_OID = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
_REPOSITORY = re.compile(r"[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+")
_QUEUE = re.compile(r"refs/heads/gh-readonly-queue/(.+)/pr-([0-9]{1,18})-[0-9a-f]{40,64}")
_LIMIT = 32 * 1024 * 1024
_ASKED = "the event"


def read_event(environ: Mapping[str, str], client: Client) -> PullRequestEvent:
    """Return the event of the run whose environment this is.

    Raises:
        UndecidedError: it does not say which pull request it is about.
    """
    name = environ.get("GITHUB_EVENT_NAME", "")
    payload = _payload(environ.get("GITHUB_EVENT_PATH", ""))
    repository = environ.get("GITHUB_REPOSITORY", "")
    if not _REPOSITORY.fullmatch(repository):
        raise problems.no_event("GITHUB_REPOSITORY is not set")
    if name in _PULL_REQUEST:
        return _pull_request(name, repository, payload)
    if name == "workflow_run":
        return _workflow_run(repository, payload, client)
    if name == "merge_group":
        return _merge_group(repository, payload, client)
    raise problems.no_event(f"an event {name or 'without a name'} has none")


def pull_request_event(repository: str, pull: Json) -> PullRequestEvent:
    """Return the event for a pull request as the REST API and the payloads write it.

    Raises:
        UndecidedError: it is of another repository, or not whole.
    """
    base, head = value_in(_ASKED, pull, "base"), value_in(_ASKED, pull, "head")
    full_name = text_in(_ASKED, value_in(_ASKED, base, "repo"), "full_name")
    if full_name.casefold() != repository.casefold():
        raise problems.no_event(f"it is from {full_name}, not from {repository}")
    return PullRequestEvent(
        repository=repository,
        numbers=(number_in(_ASKED, pull, "number"),),
        base_ref=text_in(_ASKED, base, "ref"),
        base=_oid(base, "sha"),
        head=_oid(head, "sha"),
    )


def _payload(path: str) -> dict[str, Json]:
    try:
        source = Path(path).read_bytes() if path else b""
        payload = json.loads(source) if len(source) <= _LIMIT else None
    except (OSError, ValueError, RecursionError) as error:
        raise problems.no_event(f"GITHUB_EVENT_PATH: {type(error).__name__}") from error
    if not isinstance(payload, dict):
        raise problems.no_event("GITHUB_EVENT_PATH holds no event")
    return payload


def _pull_request(name: str, repository: str, payload: dict[str, Json]) -> PullRequestEvent:
    pull = value_in(_ASKED, payload, "pull_request")
    pushed = name != "pull_request_review" and payload.get("action") == _PUSH
    sender = payload.get("sender")
    if not pushed or not isinstance(sender, dict):
        return pull_request_event(repository, pull)
    event = pull_request_event(repository, pull)
    before = payload.get("before")
    return replace(
        event,
        pusher=account_of(_ASKED, sender, "id"),
        pushed_from=before if isinstance(before, str) and _OID.fullmatch(before) else "",
    )


def _workflow_run(repository: str, payload: dict[str, Json], client: Client) -> PullRequestEvent:
    """Return the event for the one open pull request whose head the first workflow ran for.

    The run names none for a fork, and it may name several for one branch, so GitHub is asked which
    there are with this very head (threat: a run that judges another pull request than it reports).
    """
    run = value_in(_ASKED, payload, "workflow_run")
    head, branch = _oid(run, "head_sha"), text_in(_ASKED, run, "head_branch")
    source = text_in(_ASKED, value_in(_ASKED, run, "head_repository"), "full_name")
    if run.get("event") == "merge_group":
        return _signalled_group(repository, source, branch, head, client)
    owner = source.partition("/")[0]
    asked = "which pull requests the run is about"
    named = f"{quote(owner, safe='')}:{quote(branch, safe='')}"
    path = f"/repos/{repository}/pulls?state=open&head={named}"
    open_ones = [
        pull
        for pull in client.pages(asked, path)
        if value_in(asked, pull, "head", "sha") == head
        and text_in(asked, value_in(asked, pull, "head", "repo"), "full_name") == source
    ]
    if len(open_ones) != 1:
        raise problems.no_event(f"{len(open_ones)} open pull requests have the head {head[:10]}")
    return pull_request_event(repository, open_ones[0])


_ENTRIES = """
query($owner: String!, $name: String!, $branch: String!, $after: String) {
  repository(owner: $owner, name: $name) {
    mergeQueue(branch: $branch) {
      entries(first: 100, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes { position pullRequest { number } }
      }
    }
  }
}
"""


def _merge_group(repository: str, payload: dict[str, Json], client: Client) -> PullRequestEvent:
    """Return the event for a merge group: all pull requests of the queue up to its own."""
    group = value_in(_ASKED, payload, "merge_group")
    base_ref = text_in(_ASKED, group, "base_ref").removeprefix("refs/heads/")
    match = _QUEUE.fullmatch(text_in(_ASKED, group, "head_ref"))
    if match is None or match[1] != base_ref:
        raise problems.no_event("the merge group's branch names no pull request")
    return PullRequestEvent(
        repository=repository,
        numbers=_numbers_in_queue(client, repository, base_ref, int(match[2])),
        base_ref=base_ref,
        base=_oid(group, "base_sha"),
        head=_oid(group, "head_sha"),
        is_queued=True,
    )


def _signalled_group(
    repository: str, source: str, branch: str, head: str, client: Client
) -> PullRequestEvent:
    """Return the event for a merge group that a first workflow ran for, in this repository.

    What the group was built on is not said, so it is compared with the branch as it is now: that
    shows everything which the group would add to it.
    """
    match = _QUEUE.fullmatch(f"refs/heads/{branch}")
    if match is None or source.casefold() != repository.casefold():
        raise problems.no_event("the merge group's branch names no pull request")
    numbers = _numbers_in_queue(client, repository, match[1], int(match[2]))
    return PullRequestEvent(repository, numbers, match[1], "", head, is_queued=True)


def _numbers_in_queue(client: Client, repository: str, branch: str, last: int) -> tuple[int, ...]:
    asked = "the merge queue"
    owner, _, name = repository.partition("/")
    given = {"owner": owner, "name": name, "branch": branch}
    entries = every_node(
        client, asked, _ENTRIES, given, ("repository", "mergeQueue", "entries"), "after"
    )
    places = {
        number_in(asked, value_in(asked, entry, "pullRequest"), "number"): number_in(
            asked, entry, "position"
        )
        for entry in entries
    }
    if last not in places:
        raise problems.no_event(f"pull request {last} is not in the merge queue")
    return tuple(sorted(number for number, place in places.items() if place <= places[last]))


def _oid(value: Json, key: str) -> str:
    oid = text_in(_ASKED, value, key)
    if not _OID.fullmatch(oid):
        raise problems.no_event(f"`{key}` is no commit")
    return oid
