"""Who pushed what is proposed: the one thing about commits that nobody can make up."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from launchpolicy.facts.approvals.records import Account
from launchpolicy.hosts.forges.github import problems
from launchpolicy.hosts.forges.github.accounts import account_of
from launchpolicy.hosts.forges.github.client import text_in, value_in
from launchpolicy.hosts.forges.github.pull import PullRequestId

Json = Any
Parents = Mapping[str, Collection[str]]
"""Every proposed commit → its parents; those that are not proposed are no key."""


class Push(NamedTuple):
    """One push to a branch: from one commit to another; `account` is None where it is unknown."""

    before: str
    after: str
    account: Account | None


def pushers_of(
    pull: PullRequestId, state: dict[str, Json], parents: Parents, event_push: Push | None
) -> Mapping[str, tuple[Account, ...]]:
    """Return for every proposed commit the accounts that pushed it.

    An author can be made up, and a maintainer may push to a contributor's branch; only the push
    itself tells whose content it is. So every page of the activity of the branch is read.
    `event_push`, which the event itself names, counts beside it where the activity ends with the
    push before: without what came before, it may have pushed again what another account wrote.

    Raises:
        UndecidedError: the activity cannot be read, or does not say who pushed some commit.
    """
    pushes = [*_activity(pull, state)]
    if event_push is not None and any(push.after == event_push.before for push in pushes):
        pushes.append(event_push)
    accounts: dict[str, dict[Account, None]] = {commit: {} for commit in parents}
    for push in pushes:
        for commit in _commits_of_push(push, parents):
            if push.account is None:
                raise problems.unknown_pusher(commit, f"pull request {pull.number}")
            accounts[commit][push.account] = None
    for commit, pushed_by in accounts.items():
        if not pushed_by:
            raise problems.unknown_pusher(commit, f"pull request {pull.number}")
    return {commit: tuple(pushed_by) for commit, pushed_by in accounts.items()}


def _commits_of_push(push: Push, parents: Parents) -> set[str]:
    """Return the proposed commits that the branch has by a push and did not have before it.

    A commit that is not proposed any more (it was pushed away) hides what was below it, so the
    push that replaced it brings everything.
    """
    return _ancestry(push.after, parents) - _ancestry(push.before, parents)


def _ancestry(commit: str, parents: Parents) -> set[str]:
    """Return the proposed commits that a commit contains, with itself."""
    contained: set[str] = set()
    waiting = [commit]
    while waiting:
        current = waiting.pop()
        if current in parents and current not in contained:
            contained.add(current)
            waiting += parents[current]
    return contained


def _activity(pull: PullRequestId, state: dict[str, Json]) -> Iterable[Push]:
    """Yield every push to the branch of a pull request, in its own repository."""
    asked = pull.question("the pushes")
    source = text_in(asked, value_in(asked, state, "headRepository"), "nameWithOwner")
    branch = quote(f"refs/heads/{text_in(asked, state, 'headRefName')}", safe="")
    for push in pull.client.linked_pages(asked, f"/repos/{source}/activity?ref={branch}"):
        if not isinstance(push, dict) or "actor" not in push:
            raise problems.odd_answer(asked, "`actor` is missing")
        actor = push["actor"]
        yield Push(
            text_in(asked, push, "before"),
            text_in(asked, push, "after"),
            account_of(asked, actor, "id") if actor is not None else None,
        )
