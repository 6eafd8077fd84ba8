"""What a workflow run is about, from the event that started it.

The payload file is written by the runner and not by the pull request. Still nothing in it is taken
for granted: an odd one would let a run judge something else than what is merged.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from launchpolicy.hosts.forges.forge import PullRequestEvent
from launchpolicy.hosts.forges.github import problems
from launchpolicy.hosts.forges.github.accounts import account_of
from launchpolicy.hosts.forges.github.client import Client, number_in, text_in, value_in
from launchpolicy.hosts.forges.github.paging import every_node
from launchpolicy.vocabulary.errors import UndecidedError

Json = Any

_PULL_REQUEST = ("pull_request", "pull_request_target", "pull_request_review")
_BY_CLOCK = ("schedule", "workflow_dispatch")
_PUSH = "synchronize"  # the account that opens or reopens a pull request may not have pushed it
_OID = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
_REPOSITORY = re.compile(r"[A-Za-z0-9_.-]+/[A-Za-z0-9_.-]+")
_QUEUE = re.compile(r"refs/heads/gh-readonly-queue/(.+)/pr-([0-9]{1,18})-[0-9a-f]{40,64}")
_LIMIT = 32 * 1024 * 1024
_ASKED = "the event"


def read_events(environ: Mapping[str, str], client: Client) -> tuple[PullRequestEvent, ...]:
    """Return what the run whose environment this is has to judge, an event for each check.

    A run by the clock or by hand is about every open pull request, and there may be none.

    Raises:
        UndecidedError: it does not say which pull request it is about.
    """
    name = environ.get("GITHUB_EVENT_NAME", "")
    payload = _payload(environ.get("GITHUB_EVENT_PATH", ""))
    repository = environ.get("GITHUB_REPOSITORY", "")
    if not _REPOSITORY.fullmatch(repository):
        raise problems.no_event("GITHUB_REPOSITORY is not set")
    if name in _PULL_REQUEST:
        return (_pull_request(name, repository, payload),)
    if name == "workflow_run":
        return _workflow_run(repository, payload, client)
    if name == "merge_group":
        return (_merge_group(repository, payload, client),)
    if name in _BY_CLOCK:
        return _one_for_each_check(repository, open_pulls(client, repository))
    raise problems.no_event(f"an event {name or 'without a name'} has none")


def default_branch(environ: Mapping[str, str]) -> str:
    """Return the default branch that the event names; "" where there is no event, or no branch."""
    path = environ.get("GITHUB_EVENT_PATH", "")
    if not path:
        return ""
    try:
        repository = _payload(path).get("repository")
    except UndecidedError:
        return ""
    name = repository.get("default_branch") if isinstance(repository, dict) else None
    return name if isinstance(name, str) else ""


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


def open_pulls(client: Client, repository: str, head: str = "") -> list[Json]:
    """Return the open pull requests of a repository; `head` keeps those from OWNER:BRANCH.

    Raises:
        UndecidedError: GitHub does not answer, or not completely.
    """
    asked = "which pull requests the run is about"
    narrowed = f"&head={head}" if head else ""
    return [*client.pages(asked, f"/repos/{repository}/pulls?state=open{narrowed}")]


def _one_for_each_check(repository: str, pulls: Iterable[Json]) -> tuple[PullRequestEvent, ...]:
    """Return an event for every check: pull requests of one head into one branch share theirs.

    A check belongs to a commit and names the branch, so it is green only for all of them.
    """
    events: dict[tuple[str, str], PullRequestEvent] = {}
    for pull in pulls:
        event = pull_request_event(repository, pull)
        earlier = events.setdefault((event.head, event.base_ref), event)
        if earlier is not event:
            numbers = tuple(sorted({*earlier.numbers, *event.numbers}))
            events[event.head, event.base_ref] = replace(earlier, numbers=numbers)
    return tuple(events.values())


def _workflow_run(
    repository: str, payload: dict[str, Json], client: Client
) -> tuple[PullRequestEvent, ...]:
    """Return the events for the open pull requests whose head the first workflow ran for.

    The run names none for a fork, and it may name several for one branch, so GitHub is asked which
    there are with this very head (threat: a run that judges another pull request than it reports).
    Each of them is judged: none keeps a green check of another time.
    """
    run = value_in(_ASKED, payload, "workflow_run")
    head, branch = _oid(run, "head_sha"), text_in(_ASKED, run, "head_branch")
    source = text_in(_ASKED, value_in(_ASKED, run, "head_repository"), "full_name")
    if run.get("event") == "merge_group":
        return (_signalled_group(repository, source, branch, head, client),)
    owner = source.partition("/")[0]
    asked = "which pull requests the run is about"
    named = f"{quote(owner, safe='')}:{quote(branch, safe='')}"
    open_ones = [
        pull
        for pull in open_pulls(client, repository, named)
        if value_in(asked, pull, "head", "sha") == head
        and text_in(asked, value_in(asked, pull, "head", "repo"), "full_name") == source
    ]
    if not open_ones:
        raise problems.no_event(f"no open pull request has the head {head[:10]}")
    return _one_for_each_check(repository, open_ones)


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
