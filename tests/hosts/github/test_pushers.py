"""Who pushed every commit that is proposed, or that it is unknown (threat N5)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from launchpolicy.facts.approvals.records import Account, Participants
from launchpolicy.hosts.forges.forge import PullRequestEvent
from launchpolicy.hosts.forges.github.client import Client
from launchpolicy.hosts.forges.github.pull_request import collect
from tests.hosts.github import said
from tests.hosts.github.stub import Answer, Fault, Stub
from tests.hosts.github.test_faults import ANSWERS

Json = Any
FIRST = "d" * 40


def _account(number: int, login: str) -> Account:
    return Account("github", str(number), login)


@pytest.fixture
def pushed_to(event: PullRequestEvent) -> PullRequestEvent:
    """The event of a push by somebody who did not write the first of two commits."""
    return dataclasses.replace(event, pusher=_account(5, "sender"), pushed_from=FIRST)


def _two_commits(stub: Stub) -> None:
    stub.pulls[7].commits = [said.commit(oid=FIRST), said.commit(parents=(FIRST,))]


def _participants(client: Client, event: PullRequestEvent) -> Participants:
    return collect(client, event).participants


UNSAID: dict[str, Answer | Callable[[Json], Json]] = {
    "answered with 500": Answer(500),
    "answered with 404": Answer(404, b"{}"),
    "answered with 403": Answer(403, b"{}"),
    "answered with 429": Answer(429, headers={"Retry-After": "1"}),
    "empty": lambda _: [],
    "no list": lambda _: {"message": "later"},
    "null": lambda _: None,
    "without an actor": lambda pushes: [{**push, "actor": None} for push in pushes],
    "without the word actor": lambda _: [{"before": said.NOTHING, "after": FIRST}],
    "without the commit before": lambda _: [{"after": FIRST, "actor": {"id": 1, "login": "a"}}],
    "with a next page that has no cursor": Answer(
        200, b"[]", {"Link": '<https://api.github.com/x?page=2>; rel="next"'}
    ),
    "with a next page that is the same again": Answer(
        200, b"[]", {"Link": '<https://api.github.com/x?after=1>; rel="next"'}
    ),
}


@pytest.mark.parametrize("wrong", UNSAID.values(), ids=UNSAID.keys())
def test_pushes_that_are(
    wrong: Answer | Callable[[Json], Json],
    stub: Stub,
    client: Client,
    pushed_to: PullRequestEvent,
) -> None:
    _two_commits(stub)
    stub.pushes = [said.pushed("approver", 2, FIRST)]
    stub.faults.append(Fault("activity", wrong))
    participants = _participants(client, pushed_to)
    assert participants.unknown_pushers is not None
    assert participants.unknown_pushers.zh
    assert participants.pushers == ()


@pytest.mark.parametrize("wrong", ANSWERS.values(), ids=ANSWERS.keys())
def test_no_answer_about_pushes_names_a_pusher(
    wrong: Any, stub: Stub, client: Client, pushed_to: PullRequestEvent
) -> None:
    stub.faults.append(Fault("activity", wrong))
    participants = _participants(client, pushed_to)
    assert (participants.unknown_pushers is None) is (participants.pushers != ())
    assert participants.unknown_pushers is not None


def test_pushes_to_a_repository_that_was_deleted_are_unknown(
    stub: Stub, client: Client, pushed_to: PullRequestEvent
) -> None:
    stub.pulls[7].found = said.pull(headRepository=None)
    assert _participants(client, pushed_to).unknown_pushers is not None


def test_the_pusher_on_the_second_page_of_pushes_is_a_pusher(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    _two_commits(stub)
    later = [said.pushed("requester", 1, before=FIRST)] * 100
    stub.pushes = [*later, said.pushed("approver", 2, FIRST)]
    assert _participants(client, event).pushers == (
        _account(2, "approver"),
        _account(1, "requester"),
    )
    assert len(stub.asked("activity")) == 2


def test_the_token_does_not_follow_the_address_of_the_next_page(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.pushes = [said.pushed("requester", 1)] * 101
    assert _participants(client, event).unknown_pushers is None
    assert [call.path.partition("&after=")[2] for call in stub.asked("activity")] == ["", "100"]


def test_an_opened_pull_request_with_one_push_has_one_pusher(
    client: Client, event: PullRequestEvent
) -> None:
    participants = _participants(client, event)
    assert participants.pushers == (_account(3, "pusher"),)
    assert participants.unknown_pushers is None


def test_a_push_that_the_activity_does_not_show_yet_is_the_one_of_the_event(
    stub: Stub, client: Client, pushed_to: PullRequestEvent
) -> None:
    _two_commits(stub)
    stub.pushes = [said.pushed("requester", 1, FIRST)]
    pushers = _participants(client, pushed_to).pushers
    assert pushers == (_account(1, "requester"), _account(5, "sender"))


def test_the_sender_of_an_event_answers_for_no_commit_before_that_push(
    stub: Stub, client: Client, pushed_to: PullRequestEvent
) -> None:
    _two_commits(stub)
    stub.pushes = [said.pushed("sender", 5, before=FIRST)]
    unknown = _participants(client, pushed_to).unknown_pushers
    assert unknown is not None
    assert FIRST[:12] in unknown.en


def test_one_push_answers_for_all_its_commits(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    _two_commits(stub)
    participants = _participants(client, event)
    assert participants.pushers == (_account(3, "pusher"),)
    assert [makers.pushers for makers in participants.commits] == [participants.pushers] * 2


def test_who_pushed_an_earlier_commit_of_it_is_a_pusher_too(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    _two_commits(stub)
    stub.pushes = [
        said.pushed("last", 5, before=FIRST),
        said.pushed("first", 6, FIRST),
        said.pushed("long-ago", 7, said.BASE),
    ]
    assert _participants(client, event).pushers == (_account(6, "first"), _account(5, "last"))


def test_everybody_who_pushed_the_same_commit_is_a_pusher(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.pushes = [
        said.pushed("again", 5, before=said.MOVED),
        said.pushed("elsewhere", 4, said.MOVED, before=said.HEAD),
        said.pushed("first", 6),
    ]
    assert _participants(client, event).pushers == (_account(5, "again"), _account(6, "first"))


def test_a_known_pusher_does_not_hide_an_unknown_one(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.pushes = [said.pushed("again", 5, before=said.MOVED), said.pushed("gone", 6)]
    stub.pushes[1]["actor"] = None
    assert _participants(client, event).unknown_pushers is not None


def test_the_pusher_is_looked_for_where_the_branch_is(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.pulls[7].found = said.pull(
        headRepository={"nameWithOwner": "fork/launches"}, headRefName="a/b&ref=main#x %"
    )
    _participants(client, event)
    (call,) = stub.asked("activity")
    asked = urlsplit(call.path)
    assert asked.path == "/repos/fork/launches/activity"
    assert parse_qs(asked.query) == {"ref": ["refs/heads/a/b&ref=main#x %"], "per_page": ["100"]}


def test_a_push_that_nobody_knows_of_is_unknown(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.pushes = [said.pushed("pusher", 3, said.MOVED)]
    unknown = _participants(client, event).unknown_pushers
    assert unknown is not None
    assert f"who pushed commit {said.HEAD[:12]} of pull request 7" in unknown.en
