"""What GitHub says, in its own shapes: GraphQL nodes, REST objects, event payloads."""

from __future__ import annotations

from typing import Any

Json = Any

REPOSITORY = "acme/launches"
HEAD = "a" * 40
BASE = "b" * 40
MOVED = "c" * 40
NOTHING = "0" * 40
WEB_FLOW = {"databaseId": 19864447, "login": "web-flow"}


def actor(number: int, login: str, kind: str = "User") -> Json:
    """An `Actor` as our queries ask for it; only users and bots have a number there."""
    if kind not in ("User", "Bot"):
        return {"__typename": kind, "login": login}
    return {"__typename": kind, "login": login, "databaseId": number}


REQUESTER = actor(1, "requester")
REVIEWER = actor(2, "reviewer")
PUSHER = actor(3, "pusher")


def review(
    number: int, author: Json = REVIEWER, state: str = "APPROVED", commit: str | None = HEAD
) -> Json:
    return {
        "fullDatabaseId": str(number),
        "state": state,
        "submittedAt": "2026-11-23T08:00:00Z",
        "commit": {"oid": commit} if commit is not None else None,
        "author": author,
    }


def person(email: str, number: int | None = None, login: str = "") -> Json:
    """A `GitActor`: an address, and the account that GitHub knows it to belong to."""
    user = None if number is None else {"databaseId": number, "login": login or email}
    return {"email": email, "user": user}


WRITER = person("requester@example.com", 1, "requester")


def commit(
    *authors: Json,
    committer: Json = None,
    total: int | None = None,
    oid: str = HEAD,
    parents: tuple[str, ...] = (BASE,),
) -> Json:
    authors = authors or (WRITER,)
    count = len(authors) if total is None else total
    return {
        "commit": {
            "oid": oid,
            "parents": {
                "totalCount": len(parents),
                "nodes": [{"oid": parent} for parent in parents],
            },
            "authors": {"totalCount": count, "nodes": list(authors)},
            "committer": committer or authors[0],
        }
    }


def pull(**changes: Json) -> Json:
    """A `PullRequest` as GraphQL gives it; what the stub pages out of it stands beside it."""
    return {
        "state": "OPEN",
        "isDraft": False,
        "headRefOid": HEAD,
        "headRefName": "launch",
        "baseRefName": "main",
        "headRepository": {"nameWithOwner": REPOSITORY},
        "author": REQUESTER,
        "timelineItems": {"nodes": []},
        "dismissals": dismissals(),
        **changes,
    }


def dismissals(*nodes: Json, is_cut: bool = False) -> Json:
    """What the timeline of a pull request has of reviews that were dismissed."""
    return {"pageInfo": {"hasPreviousPage": is_cut}, "nodes": list(nodes)}


def dismissal(number: int, actor: Json, state: str = "CHANGES_REQUESTED") -> Json:
    """One dismissal, of a review that had a state until then."""
    return {
        "__typename": "ReviewDismissedEvent",
        "previousReviewState": state,
        "review": {"fullDatabaseId": str(number)},
        "actor": actor,
    }


def base_changed(at: str, kind: str = "BaseRefChangedEvent") -> Json:
    """What the timeline of a pull request has of its last change of the base branch."""
    return {"nodes": [{"__typename": kind, "createdAt": at}]}


def pushed(login: str, number: int, after: str = HEAD, before: str = NOTHING) -> Json:
    """One entry of a repository's activity."""
    actor = {"id": number, "login": login}
    return {"before": before, "after": after, "activity_type": "push", "actor": actor}


def rest_pull(number: int = 7, head: str = HEAD, source: str | None = REPOSITORY) -> Json:
    """A pull request as REST and the payloads write it."""
    repo = None if source is None else {"full_name": source}
    return {
        "number": number,
        "base": {"ref": "main", "sha": BASE, "repo": {"full_name": REPOSITORY}},
        "head": {"ref": "launch", "sha": head, "repo": repo},
    }


def payload(action: str = "synchronize", **changes: Json) -> Json:
    sender = {"id": 3, "login": "pusher"}
    given = {"action": action, "pull_request": rest_pull(), "sender": sender}
    pushed_from = {"before": MOVED, "after": HEAD} if action == "synchronize" else {}
    return given | pushed_from | changes


def queued(number: int, position: int) -> Json:
    return {"position": position, "pullRequest": {"number": number}}


def merge_group(number: int = 7, base: str = "main") -> Json:
    ref = f"refs/heads/gh-readonly-queue/{base}/pr-{number}-{BASE}"
    group = {
        "head_sha": MOVED,
        "head_ref": ref,
        "base_sha": BASE,
        "base_ref": f"refs/heads/{base}",
    }
    return {"action": "checks_requested", "merge_group": group}


def workflow_run(source: str = REPOSITORY, branch: str = "launch", head: str = HEAD) -> Json:
    run = {"head_sha": head, "head_branch": branch, "head_repository": {"full_name": source}}
    return {"action": "completed", "workflow_run": run}
