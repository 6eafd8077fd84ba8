"""A pull request as GitHub knows it: its reviews, and the accounts of those who made it.

All pages of everything, or nothing. The head is read before and after, so that reviews, commits and
content are of one moment.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from launchpolicy.documents.instants import parse_instant
from launchpolicy.facts.approvals.records import (
    EMAIL,
    Account,
    ApprovalRecord,
    Participants,
    ReviewState,
    SubmittedReview,
)
from launchpolicy.hosts.forges.forge import PullRequestEvent
from launchpolicy.hosts.forges.github import problems
from launchpolicy.hosts.forges.github.accounts import (
    ID,
    WEB_COMMITTERS,
    account_of,
    account_without_number,
)
from launchpolicy.hosts.forges.github.client import Client, number_in, text_in, value_in
from launchpolicy.hosts.forges.github.pull import WAY, PullRequestId
from launchpolicy.hosts.forges.github.pushers import pushers_of
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.text import Text

Json = Any

_PULL = """
query($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      state isDraft headRefOid headRefName baseRefName
      headRepository { nameWithOwner }
      author { __typename login ... on User { databaseId } ... on Bot { databaseId } }
    }
  }
}
"""
_REVIEWS = """
query($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      reviews(first: 100, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes {
          fullDatabaseId state submittedAt
          commit { oid }
          author { __typename login ... on User { databaseId } ... on Bot { databaseId } }
        }
      }
    }
  }
}
"""
_COMMITS = """
query($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      commits(first: 100, after: $after) {
        totalCount
        pageInfo { hasNextPage endCursor }
        nodes {
          commit {
            oid
            authors(first: 100) { totalCount nodes { email user { databaseId login } } }
            committer { email user { databaseId login } }
          }
        }
      }
    }
  }
}
"""
_STATES = {
    "APPROVED": ReviewState.APPROVED,
    "CHANGES_REQUESTED": ReviewState.CHANGES_REQUESTED,
    "DISMISSED": ReviewState.DISMISSED,
}
_NO_OPINION = ("COMMENTED", "PENDING")


def collect(client: Client, event: PullRequestEvent) -> ApprovalRecord:
    """Return the reviews of the pull requests of an event, and who made them.

    Raises:
        UndecidedError: GitHub leaves anything unsaid, or the pull request has changed since.
    """
    reviews: list[SubmittedReview] = []
    participants: list[Participants] = []
    for number in event.numbers:
        pull = PullRequestId(client, event.repository, number)
        before = _state(pull, event)
        reviews += [
            review
            for node in pull.connection("reviews", _REVIEWS)
            if (review := _review(pull, node)) is not None
        ]
        participants.append(_participants(pull, event, before))
        if _state(pull, event)["headRefOid"] != before["headRefOid"]:
            raise problems.outdated_event(f"pull request {number} was pushed to")
    return ApprovalRecord(ID, tuple(reviews), _merge(participants))


def collect_merged(
    client: Client, repository: str, number: int, merged_at: datetime
) -> ApprovalRecord:
    """Return the reviews of a pull request until it was merged, and who made it.

    Where GitHub does not tell any more who pushed (the fork is gone, the pushes are too old), the
    opener, the authors and the committers are all that is known of who made it.

    Raises:
        UndecidedError: GitHub leaves anything else unsaid, or it is not merged.
    """
    pull = PullRequestId(client, repository, number)
    state = _query(pull)
    if text_in(pull.question("the state"), state, "state") != "MERGED":
        raise problems.outdated_event(f"pull request {number} is not merged")
    all_reviews = (_review(pull, node) for node in pull.connection("reviews", _REVIEWS))
    reviews = tuple(
        review for review in all_reviews if review is not None and review.at <= merged_at
    )
    makers, commits = _makers(pull, state)
    try:
        pushers = pushers_of(pull, None, state, commits)
    except UndecidedError:
        pushers = ()
    return ApprovalRecord(ID, reviews, replace(makers, pushers=pushers))


def _query(pull: PullRequestId) -> dict[str, Json]:
    asked = pull.question("the state")
    state: dict[str, Json] = value_in(
        asked, pull.client.graphql(asked, _PULL, pull.variables), *WAY
    )
    return state


def _state(pull: PullRequestId, event: PullRequestEvent) -> dict[str, Json]:
    """Return the state of a pull request that is still what the event is about (threat R6)."""
    asked = pull.question("the state")
    state = _query(pull)
    if text_in(asked, state, "state") != "OPEN":
        raise problems.outdated_event(f"pull request {pull.number} is not open")
    if text_in(asked, state, "baseRefName") != event.base_ref:
        raise problems.outdated_event(f"pull request {pull.number} is for another branch now")
    head = text_in(asked, state, "headRefOid")
    if not event.is_queued and head != event.head:
        raise problems.outdated_event(f"pull request {pull.number} was pushed to")
    return state


def _review(pull: PullRequestId, node: Json) -> SubmittedReview | None:
    """Return a review; None where someone only commented, or has not sent it."""
    asked = pull.question("the reviews")
    name = text_in(asked, node, "state")
    if name in _NO_OPINION:
        return None
    if name not in _STATES:
        raise problems.odd_answer(asked, "a review has a state that nobody knows")
    at = parse_instant(text_in(asked, node, "submittedAt"))
    if at is None:
        raise problems.odd_answer(asked, "a review has no time")
    number = str(value_in(asked, node, "fullDatabaseId"))
    account, void = _author(asked, node)
    commit = node.get("commit")
    return SubmittedReview(
        account=account,
        state=_STATES[name],
        at=at,
        where=f"review {number} of pull request {pull.number}",
        commit=text_in(asked, commit, "oid") if commit is not None else "",
        void=void,
    )


def _author(asked: str, node: Json) -> tuple[Account, Text | None]:
    """Return the account of an author, and why its opinion cannot count (threat P3)."""
    if "author" not in node:  # null is a deleted account, nothing at all is half an answer
        raise problems.odd_answer(asked, "`author` is missing")
    author = node["author"]
    if author is None:
        ghost = account_without_number("ghost")
        return ghost, Text("comes from a deleted account", "来自已删除的账号")
    login, kind = text_in(asked, author, "login"), text_in(asked, author, "__typename")
    if kind != "User":
        return account_without_number(login), Text(
            f"comes from no person, but a {kind}", f"并非由人给出（{kind}）"
        )
    return account_of(asked, author, "databaseId"), None


def _participants(
    pull: PullRequestId, event: PullRequestEvent, state: dict[str, Json]
) -> Participants:
    makers, commits = _makers(pull, state)
    return replace(makers, pushers=pushers_of(pull, event.pusher, state, commits))


def _makers(pull: PullRequestId, state: dict[str, Json]) -> tuple[Participants, set[str]]:
    """Return who opened it, wrote and committed its commits; and the ids of these commits."""
    opener, _ = _author(pull.question("the author"), state)
    authors: dict[Account, None] = {}
    committers: dict[Account, None] = {}
    commits: set[str] = set()
    asked = pull.question("the commits")
    for node in pull.connection("commits", _COMMITS):
        commit = value_in(asked, node, "commit")
        commits.add(text_in(asked, commit, "oid"))
        written_by = value_in(asked, commit, "authors")
        people = value_in(asked, written_by, "nodes")
        total = number_in(asked, written_by, "totalCount")
        if not isinstance(people, list) or not people or len(people) != total:
            raise problems.odd_answer(asked, "not every author of a commit is named")
        authors |= dict.fromkeys(_identity(asked, person) for person in people)
        committer = value_in(asked, commit, "committer")
        if not _is_web(committer):
            committers[_identity(asked, committer)] = None
    if not authors:
        raise problems.odd_answer(asked, "there are none")
    return Participants((opener,), (), tuple(authors), tuple(committers)), commits


def _is_web(committer: Json) -> bool:
    """Return whether it was committed on GitHub's own pages."""
    named = committer if isinstance(committer, dict) else {}
    return named.get("user") is None and named.get("email") in WEB_COMMITTERS


def _identity(asked: str, actor: Json) -> Account:
    """Return a commit's author or committer: the account, or the address where there is none."""
    user = actor.get("user") if isinstance(actor, dict) else None
    if user is not None:
        return account_of(asked, user, "databaseId")
    address = text_in(asked, actor, "email")
    return Account(EMAIL, address.casefold(), address)


def _merge(every: list[Participants]) -> Participants:
    """Return the participants of all pull requests of a merge group."""
    return Participants(
        openers=tuple(dict.fromkeys(a for makers in every for a in makers.openers)),
        pushers=tuple(dict.fromkeys(a for makers in every for a in makers.pushers)),
        authors=tuple(dict.fromkeys(a for makers in every for a in makers.authors)),
        committers=tuple(dict.fromkeys(a for makers in every for a in makers.committers)),
    )
