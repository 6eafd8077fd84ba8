"""A pull request as GitHub knows it: its reviews, and the accounts of those who made it.

All pages of everything, or nothing. The head is read before and after, so that reviews, commits and
content are of one moment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from launchpolicy.documents.instants import parse_instant
from launchpolicy.facts.approvals.records import (
    ApprovalRecord,
    Participants,
    ReviewState,
    SubmittedReview,
)
from launchpolicy.hosts.forges.forge import PullRequestEvent
from launchpolicy.hosts.forges.github import problems
from launchpolicy.hosts.forges.github.accounts import (
    ID,
    author_of,
)
from launchpolicy.hosts.forges.github.client import Client, text_in, value_in
from launchpolicy.hosts.forges.github.makers import merge_participants, participants_of_pull
from launchpolicy.hosts.forges.github.pull import WAY, PullRequestId
from launchpolicy.hosts.forges.github.pushers import Push
from launchpolicy.vocabulary.text import Text

Json = Any

_PULL = """
query($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) {
      state isDraft headRefOid headRefName baseRefName
      headRepository { nameWithOwner }
      author { __typename login ... on User { databaseId } ... on Bot { databaseId } }
      timelineItems(
        last: 1
        itemTypes: [BASE_REF_CHANGED_EVENT, AUTOMATIC_BASE_CHANGE_SUCCEEDED_EVENT]
      ) {
        nodes {
          __typename
          ... on BaseRefChangedEvent { createdAt }
          ... on AutomaticBaseChangeSucceededEvent { createdAt }
        }
      }
      dismissals: timelineItems(last: 100, itemTypes: [REVIEW_DISMISSED_EVENT]) {
        pageInfo { hasPreviousPage }
        nodes {
          __typename
          ... on ReviewDismissedEvent {
            previousReviewState
            review { fullDatabaseId }
            actor { __typename login ... on User { databaseId } ... on Bot { databaseId } }
          }
        }
      }
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
_STATES = {
    "APPROVED": ReviewState.APPROVED,
    "CHANGES_REQUESTED": ReviewState.CHANGES_REQUESTED,
    "DISMISSED": ReviewState.DISMISSED,
}
_NUMBER = re.compile(r"[0-9]{1,30}")
_NO_OPINION = ("COMMENTED", "PENDING")
_OTHER_BRANCH = Text(
    "was given before the pull request got its present base branch: another review is needed",
    "在合并请求改为现在的目标分支之前给出，需要重新评审",
)


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
        given = _reviews(pull)
        push = Push(event.pushed_from, event.head, event.pusher) if event.pusher else None
        participants.append(participants_of_pull(pull, before, push))
        after = _state(pull, event)
        if after["headRefOid"] != before["headRefOid"]:
            raise problems.outdated_event(f"pull request {number} was pushed to")
        given = list(_with_objections(given, _dismissals(pull, after)))
        reviews += _of_this_base(given, _base_changed_at(pull, after))
    return ApprovalRecord(ID, tuple(reviews), merge_participants(participants))


def collect_merged(
    client: Client, repository: str, number: int, merged_at: datetime
) -> ApprovalRecord:
    """Return the reviews of a pull request until it was merged, and who made it.

    Where GitHub does not tell any more who pushed (the fork is gone), the record says so.

    Raises:
        UndecidedError: GitHub leaves anything else unsaid, or it is not merged.
    """
    pull = PullRequestId(client, repository, number)
    state = _query(pull)
    if text_in(pull.question("the state"), state, "state") != "MERGED":
        raise problems.outdated_event(f"pull request {number} is not merged")
    given = (review for review in _reviews(pull) if review.at <= merged_at)
    reviews = tuple(_of_this_base(given, _base_changed_at(pull, state)))
    return ApprovalRecord(ID, reviews, participants_of_pull(pull, state, None))


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


def _base_changed_at(pull: PullRequestId, state: dict[str, Json]) -> datetime | None:
    """Return when the pull request was last given another base branch; None if it never was."""
    asked = pull.question("the state")
    nodes = _nodes(asked, value_in(asked, state, "timelineItems"))
    moments = [parse_instant(text_in(asked, node, "createdAt")) for node in nodes]
    known_moments = [moment for moment in moments if moment is not None]
    if len(known_moments) != len(moments):
        raise problems.odd_answer(asked, "a change of the base branch has no time")
    return max(known_moments, default=None)


def _dismissals(pull: PullRequestId, state: dict[str, Json]) -> dict[int, str]:
    """Return by whom each objection was dismissed: number of the review to number of the account.

    The account is "" for one that is no more.

    Raises:
        UndecidedError: GitHub leaves anything unsaid.
    """
    asked = pull.question("the state")
    dismissals = value_in(asked, state, "dismissals")
    if value_in(asked, dismissals, "pageInfo", "hasPreviousPage") is not False:
        raise problems.odd_answer(asked, "there are more than 100 dismissals")
    return {
        _number_of(asked, value_in(asked, node, "review")): _actor_of(asked, node)
        for node in _nodes(asked, dismissals)
        if text_in(asked, node, "previousReviewState") == "CHANGES_REQUESTED"
    }


def _nodes(asked: str, connection: Json) -> list[Json]:
    nodes = value_in(asked, connection, "nodes")
    if not isinstance(nodes, list):
        raise problems.odd_answer(asked, "`nodes` is no list")
    return nodes


def _actor_of(asked: str, node: Json) -> str:
    """Return the number of the account that did something, "" for one that is no more."""
    actor = node.get("actor")
    if actor is not None and not isinstance(actor, dict):
        raise problems.odd_answer(asked, "`actor` is no account")
    return str((actor or {}).get("databaseId", ""))


def _number_of(asked: str, review: Json) -> int:
    number = str(value_in(asked, review, "fullDatabaseId"))
    if not _NUMBER.fullmatch(number):
        raise problems.odd_answer(asked, "the number of a review is none")
    return int(number)


def _with_objections(
    reviews: Iterable[SubmittedReview], dismissals: dict[int, str]
) -> Iterator[SubmittedReview]:
    """Yield the reviews; an objection stands that another account than its own dismissed.

    On GitHub everybody who may write dismisses a review, the requester too.
    """
    for review in reviews:
        is_dismissed = review.state is ReviewState.DISMISSED and review.number in dismissals
        if is_dismissed and dismissals[review.number] != review.account.key:
            yield replace(review, state=ReviewState.CHANGES_REQUESTED)
        else:
            yield review


def _of_this_base(
    reviews: Iterable[SubmittedReview], changed_at: datetime | None
) -> Iterator[SubmittedReview]:
    """Yield the reviews; approvals are void that are no younger than the present base branch.

    Who gave them was shown other differences: a request that another branch has already is none of
    them (threat R6). An objection counts whatever was shown.
    """
    for review in reviews:
        is_approval = review.state is ReviewState.APPROVED and review.void is None
        if is_approval and changed_at is not None and review.at <= changed_at:
            yield replace(review, void=_OTHER_BRANCH)
        else:
            yield review


def _reviews(pull: PullRequestId) -> list[SubmittedReview]:
    """Return every opinion on a pull request, as GitHub lists them."""
    nodes = pull.connection("reviews", _REVIEWS)
    return [review for node in nodes if (review := _review(pull, node)) is not None]


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
    number = _number_of(asked, node)
    account, void = author_of(asked, node)
    commit = node.get("commit")
    return SubmittedReview(
        account=account,
        state=_STATES[name],
        at=at,
        where=f"review {number} of pull request {pull.number}",
        commit=text_in(asked, commit, "oid") if commit is not None else "",
        void=void,
        number=number,
    )
