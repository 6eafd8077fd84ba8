"""What is collected of a pull request: every opinion, and everybody who made it."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from typing import Any

import pytest

from launchpolicy.facts.approvals.records import (
    EMAIL,
    Account,
    CommitMakers,
    Participants,
    ReviewState,
)
from launchpolicy.hosts.forges.forge import PullRequestEvent
from launchpolicy.hosts.forges.github.client import Client
from launchpolicy.hosts.forges.github.pull_request import collect
from launchpolicy.vocabulary.errors import UndecidedError
from tests.hosts.github import said
from tests.hosts.github.stub import Pull, Stub

Json = Any


def _account(number: int, login: str) -> Account:
    return Account("github", str(number), login)


def _address(email: str) -> Account:
    return Account(EMAIL, email.casefold(), email)


def test_a_review_is_told_with_who_what_when_and_of_which_commit(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.pulls[7].reviews = [said.review(8012)]
    collected = collect(client, event)
    assert collected.source == "github"
    (review,) = collected.reviews
    assert review.account == _account(2, "reviewer")
    assert review.state is ReviewState.APPROVED
    assert review.at == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert review.where == "review 8012 of pull request 7"
    assert review.commit == said.HEAD
    assert review.void is None
    assert review.number == 8012


def test_a_veto_on_the_third_page_is_seen(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    approvals = [said.review(number) for number in range(1, 206)]
    stub.pulls[7].reviews = [*approvals, said.review(206, state="CHANGES_REQUESTED")]
    reviews = collect(client, event).reviews
    assert len(stub.asked("reviews")) == 3
    assert len(reviews) == 206
    assert reviews[-1].state is ReviewState.CHANGES_REQUESTED


def test_an_approval_of_an_earlier_commit_says_so(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.pulls[7].reviews = [said.review(1, commit=said.BASE)]
    (review,) = collect(client, event).reviews
    assert review.commit == said.BASE


def test_an_approval_of_a_commit_that_is_no_more_names_none(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.pulls[7].reviews = [said.review(1, commit=None)]
    (review,) = collect(client, event).reviews
    assert review.commit == ""


def test_a_dismissed_approval_stays_as_a_dismissal(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.pulls[7].reviews = [said.review(1, state="DISMISSED")]
    assert [review.state for review in collect(client, event).reviews] == [ReviewState.DISMISSED]


DISMISSED_BY = {
    "its author": (said.dismissal(1, said.REVIEWER), ReviewState.DISMISSED),
    "the requester": (said.dismissal(1, said.REQUESTER), ReviewState.CHANGES_REQUESTED),
    "a bot": (said.dismissal(1, said.actor(9, "b[bot]", "Bot")), ReviewState.CHANGES_REQUESTED),
    "who is no more": (said.dismissal(1, None), ReviewState.CHANGES_REQUESTED),
    "a team": (
        said.dismissal(1, said.actor(0, "team", "Organization")),
        ReviewState.CHANGES_REQUESTED,
    ),
}


@pytest.mark.parametrize(("node", "state"), DISMISSED_BY.values(), ids=DISMISSED_BY)
def test_an_objection_that_another_account_dismissed_stands(
    node: Json, state: ReviewState, stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.pulls[7].found = said.pull(dismissals=said.dismissals(node))
    stub.pulls[7].reviews = [said.review(1, state="DISMISSED")]
    assert [review.state for review in collect(client, event).reviews] == [state]


def test_an_approval_that_another_account_dismissed_is_one_no_more(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    node = said.dismissal(1, said.REQUESTER, "APPROVED")
    stub.pulls[7].found = said.pull(dismissals=said.dismissals(node))
    stub.pulls[7].reviews = [said.review(1, state="DISMISSED")]
    assert [review.state for review in collect(client, event).reviews] == [ReviewState.DISMISSED]


@pytest.mark.parametrize(
    "dismissals",
    [
        None,
        {"nodes": []},
        said.dismissals(is_cut=True),
        said.dismissals({"__typename": "ReviewDismissedEvent"}),
        said.dismissals({**said.dismissal(1, said.REQUESTER), "review": None}),
        said.dismissals({**said.dismissal(1, said.REQUESTER), "review": {"fullDatabaseId": "?"}}),
        said.dismissals({**said.dismissal(1, said.REQUESTER), "actor": "requester"}),
        {**said.dismissals(), "nodes": 1},
    ],
    ids=[
        *("missing", "no page", "more than a page", "no state", "no review"),
        *("no number", "no account", "no list"),
    ],
)
def test_what_is_not_known_of_a_dismissal_is_undecided(
    dismissals: Json, stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.pulls[7].found = said.pull(dismissals=dismissals)
    with pytest.raises(UndecidedError, match="the state of pull request 7"):
        collect(client, event)


@pytest.mark.parametrize("kind", ["BaseRefChangedEvent", "AutomaticBaseChangeSucceededEvent"])
def test_an_approval_before_a_retarget_is_void_and_an_objection_is_not(
    kind: str, stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    """Threat R6: a branch that has the request already hid it from who approved."""
    stub.pulls[7].found = said.pull(timelineItems=said.base_changed("2026-11-23T08:00:00Z", kind))
    later = said.review(4)
    later["submittedAt"] = "2026-11-23T08:00:01Z"
    stub.pulls[7].reviews = [
        said.review(1),
        said.review(2, state="CHANGES_REQUESTED"),
        said.review(3, state="DISMISSED"),
        later,
    ]
    void = [review.void for review in collect(client, event).reviews]
    assert [reason is not None for reason in void] == [True, False, False, False]


@pytest.mark.parametrize(
    "timeline",
    [None, {}, {"nodes": None}, {"nodes": [{}]}, {"nodes": [{"createdAt": "yesterday"}]}],
    ids=["missing", "without items", "null", "no time", "odd time"],
)
def test_what_is_not_known_of_a_retarget_is_undecided(
    timeline: Json, stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.pulls[7].found = said.pull(timelineItems=timeline)
    stub.pulls[7].reviews = [said.review(1)]
    with pytest.raises(UndecidedError, match="the state of pull request 7"):
        collect(client, event)


@pytest.mark.parametrize("state", ["COMMENTED", "PENDING"])
def test_who_only_comments_has_no_opinion(
    state: str, stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.pulls[7].reviews = [said.review(1, state=state), said.review(2)]
    assert [review.where[:8] for review in collect(client, event).reviews] == ["review 2"]


def test_a_renamed_reviewer_is_the_same_person(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    renamed = said.actor(2, "renamed")
    stub.pulls[7].reviews = [said.review(1), said.review(2, renamed)]
    assert {review.account.key for review in collect(client, event).reviews} == {"2"}


def test_who_took_over_a_login_is_somebody_else(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    successor = said.actor(666, "reviewer")
    stub.pulls[7].reviews = [said.review(1), said.review(2, successor)]
    first, second = collect(client, event).reviews
    assert first.account.shown == second.account.shown
    assert first.account.key != second.account.key


NOBODY = {
    "a bot": said.actor(9, "robot", "Bot"),
    "an app that is written like a person": said.actor(2, "reviewer", "Bot"),
    "a mannequin": said.actor(2, "reviewer", "Mannequin"),
    "an organization": said.actor(2, "acme", "Organization"),
    "an enterprise account": said.actor(2, "reviewer_acme", "EnterpriseUserAccount"),
    "a kind that does not exist yet": said.actor(2, "reviewer", "Agent"),
    "a deleted account": None,
}


@pytest.mark.parametrize("author", NOBODY.values(), ids=NOBODY.keys())
def test_an_approval_that_is_void(
    author: Json, stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.pulls[7].reviews = [said.review(1, author)]
    (review,) = collect(client, event).reviews
    assert review.void is not None
    assert review.void.en
    assert review.void.zh
    is_bot = author is not None and author["__typename"] == "Bot"
    assert review.account.key == (str(author["databaseId"]) if is_bot else "")


def test_everybody_who_made_the_change_takes_part(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    writer, helper = said.person("w@example.com", 11, "w"), said.person("h@example.com", 12, "h")
    applier = said.person("c@example.com", 13, "c")
    stub.pulls[7].commits = [
        said.commit(writer, helper, committer=applier, parents=(said.MOVED,)),
        said.commit(helper, oid=said.MOVED),
    ]
    opener, pusher = _account(1, "requester"), _account(3, "pusher")
    w, h, c = _account(11, "w"), _account(12, "h"), _account(13, "c")
    assert collect(client, event).participants == Participants(
        openers=(opener,),
        pushers=(pusher,),
        authors=(w, h),
        committers=(c, h),
        commits=(
            CommitMakers(said.HEAD, (w, h), (c,), (pusher,)),
            CommitMakers(said.MOVED, (h,), (h,), (pusher,)),
        ),
    )


def test_a_commit_of_no_account_is_known_by_its_address(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.pulls[7].commits = [said.commit(said.person("Li.Wei@Example.com"))]
    participants = collect(client, event).participants
    assert participants.authors == (_address("Li.Wei@Example.com"),)
    assert participants.committers == participants.authors
    assert participants.authors[0].key == "li.wei@example.com"


def test_what_is_committed_on_the_pages_has_no_committer_but_an_author(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    web = said.person("noreply@github.com")
    stub.pulls[7].commits = [said.commit(committer=web)]
    participants = collect(client, event).participants
    assert participants.committers == ()
    assert participants.authors == (_account(1, "requester"),)


def test_who_writes_the_address_of_the_pages_is_still_a_committer(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    posing = said.person("noreply@github.com", 13, "posing")
    stub.pulls[7].commits = [said.commit(committer=posing)]
    assert collect(client, event).participants.committers == (_account(13, "posing"),)


def test_the_author_of_the_last_of_many_commits_takes_part(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    last = said.person("late@example.com", 99, "late")
    stub.pulls[7].commits = [*([said.commit()] * 204), said.commit(last)]
    assert _account(99, "late") in collect(client, event).participants.authors
    assert len(stub.asked("commits")) == 3


def test_a_pull_request_of_which_no_commit_is_told_is_undecided(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.pulls[7].commits = []
    with pytest.raises(UndecidedError, match="commits of pull request 7"):
        collect(client, event)


def test_a_bot_that_opened_it_does_not_hide_who_wrote_it(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.pulls[7].found = said.pull(author=said.actor(9, "robot", "Bot"))
    participants = collect(client, event).participants
    assert participants.openers == (_account(9, "robot"),)
    assert participants.authors == (_account(1, "requester"),)


def test_everybody_of_a_merge_group_takes_part(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.pushes = []
    for number in (5, 6, 7):
        head = str(number) * 40
        writer = said.person(f"{number}@example.com", 100 + number, f"w{number}")
        applier = said.person(f"c{number}@example.com", 400 + number, f"c{number}")
        stub.pulls[number] = Pull(
            said.pull(headRefOid=head, author=said.actor(200 + number, f"o{number}")),
            [said.review(number, commit=head)],
            [said.commit(writer, committer=applier, oid=head)],
        )
        stub.pushes.append(said.pushed(f"p{number}", 300 + number, head))
    group = dataclasses.replace(event, is_queued=True, numbers=(5, 6, 7), head=said.MOVED)
    collected = collect(client, group)
    participants = collected.participants
    assert [one.key for one in participants.openers] == ["205", "206", "207"]
    assert [one.key for one in participants.pushers] == ["305", "306", "307"]
    assert [one.key for one in participants.authors] == ["105", "106", "107"]
    assert [one.key for one in participants.committers] == ["405", "406", "407"]
    assert [review.commit[0] for review in collected.reviews] == ["5", "6", "7"]


def test_a_merge_group_with_one_pull_request_that_fails_is_undecided(
    client: Client, event: PullRequestEvent
) -> None:
    group = dataclasses.replace(event, is_queued=True, numbers=(7, 8))
    with pytest.raises(UndecidedError, match="pull request 8"):
        collect(client, group)
