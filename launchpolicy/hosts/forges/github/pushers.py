"""Who pushed what is proposed: the one thing about commits that nobody can make up."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from launchpolicy.facts.approvals.records import Account
from launchpolicy.hosts.forges.github import problems
from launchpolicy.hosts.forges.github.accounts import account_of
from launchpolicy.hosts.forges.github.client import text_in, value_in
from launchpolicy.hosts.forges.github.pull import PullRequestId
from launchpolicy.vocabulary.errors import UndecidedError

Json = Any


def pushers_of(
    pull: PullRequestId, sender: Account | None, state: dict[str, Json], commits: set[str]
) -> tuple[Account, ...]:
    """Return the accounts that pushed what is proposed, from the activity of its branch.

    An author can be made up, and a maintainer may push to a contributor's branch; only the push
    itself tells whose content it is. Where that activity cannot be read (a private fork), the
    event still says who pushed the head.
    """
    try:
        pushed = _pushers_by_commit(pull, state)
    except UndecidedError:
        if sender is None:
            raise
        return (sender,)
    by_head = pushed.get(text_in(pull.question("the state"), state, "headRefOid"), sender)
    if by_head is None:
        raise problems.unknown_pusher(f"pull request {pull.number}")
    earlier = (account for commit, account in pushed.items() if commit in commits)
    return tuple(dict.fromkeys((by_head, *([sender] if sender is not None else []), *earlier)))


def _pushers_by_commit(pull: PullRequestId, state: dict[str, Json]) -> dict[str, Account]:
    """Return the account that pushed each commit, of the latest hundred pushes to the branch."""
    asked = pull.question("the pushes")
    source = text_in(asked, value_in(asked, state, "headRepository"), "nameWithOwner")
    branch = quote(f"refs/heads/{text_in(asked, state, 'headRefName')}", safe="")
    pushes = pull.client.rest(asked, "GET", f"/repos/{source}/activity?ref={branch}&per_page=100")
    if not isinstance(pushes, list):
        raise problems.odd_answer(asked, "it is no list")
    accounts: dict[str, Account] = {}
    for push in pushes:
        after = push.get("after") if isinstance(push, dict) else None
        if isinstance(after, str) and push.get("actor") is not None:
            accounts.setdefault(after, account_of(asked, push["actor"], "id"))
    return accounts
