"""Whatever goes wrong at GitHub is undecided: never a review fewer, never a pass (threat O9)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from launchpolicy.hosts.forges.forge import PullRequestEvent
from launchpolicy.hosts.forges.github import client as client_module
from launchpolicy.hosts.forges.github import connection
from launchpolicy.hosts.forges.github.client import Client
from launchpolicy.hosts.forges.github.connection import connect
from launchpolicy.hosts.forges.github.pull_request import collect
from launchpolicy.vocabulary.errors import UndecidedError
from tests.hosts.github import said
from tests.hosts.github.conftest import TOKEN
from tests.hosts.github.stub import Answer, Fault, Reset, Silence, Stub, edited

Json = Any

HTML = {"Content-Type": "text/html"}


_REVIEWS = ("data", "repository", "pullRequest", "reviews")
_PULL = ("data", "repository", "pullRequest")

ANSWERS = {
    "500 for ever": Answer(500),
    "502 for ever": Answer(502, b"<html>Bad gateway</html>", HTML),
    "429 for ever": Answer(429, headers={"Retry-After": "1"}),
    "403: secondary limit": Answer(403, b"{}", {"Retry-After": "1"}),
    "403: nothing left of the limit": Answer(403, b"{}", {"X-RateLimit-Remaining": "0"}),
    "401": Answer(401, b'{"message": "Bad credentials"}'),
    "403": Answer(403, b"{}"),
    "404": Answer(404, b"{}"),
    "422": Answer(422, b"{}"),
    "418, of which nobody has heard": Answer(418, b"{}"),
    "204: no content": Answer(204),
    "201 where 200 is right": Answer(201, b'{"data": {}}'),
    "HTML with 200": Answer(200, b"<html>Unicorn!</html>", HTML),
    "an empty body": Answer(200),
    "null": Answer(200, b"null"),
    "a list": Answer(200, b"[]"),
    "a text": Answer(200, b'"ok"'),
    "truncated JSON": Answer(200, b'{"data": {"repository": {"pullRequest"'),
    "a body shorter than announced": Answer(200, b'{"data": {}}', {"Content-Length": "5000"}),
    "JSON nested deeper than Python reads": Answer(200, b"[" * 100_000),
    "bytes that are no text": Answer(200, b"\xff\xfe\x00"),
    "no data": Answer(200, b"{}"),
    "null data": Answer(200, b'{"data": null}'),
    "errors": Answer(200, b'{"errors": [{"type": "RATE_LIMITED", "message": "no"}]}'),
    "errors of a shape nobody knows": Answer(200, b'{"errors": "no", "data": {}}'),
    "202: not yet": Answer(202),
    "301 to another place": Answer(301, headers={"Location": "/repositories/1?page=2"}),
    "302": Answer(302, headers={"Location": "/graphql"}),
    "301 to nowhere": Answer(301),
    "301 to another host": Answer(301, headers={"Location": "http://localhost:9/graphql"}),
    "301 to the same": Answer(301, headers={"Location": "/graphql"}),
    "connection reset": Reset(),
}


@pytest.mark.parametrize("what", ["pull", "reviews", "commits"])
@pytest.mark.parametrize("wrong", ANSWERS.values(), ids=ANSWERS.keys())
def test_no_answer_that_can_be_used_is_undecided(
    what: str,
    wrong: Answer | Reset,
    stub: Stub,
    client: Client,
    event: PullRequestEvent,
) -> None:
    stub.faults.append(Fault(what, wrong))
    with pytest.raises(UndecidedError) as raised:
        collect(client, event)
    assert raised.value.remedy.en
    assert raised.value.remedy.zh


def test_an_answer_that_never_comes_is_undecided(
    stub: Stub, event: PullRequestEvent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_TIMEOUT", 1)
    monkeypatch.setattr(client_module, "_TRIES", 2)
    hasty = connect({"GITHUB_TOKEN": TOKEN, "GITHUB_API_URL": stub.url}, lambda _: None)
    stub.faults.append(Fault("reviews", Silence()))
    with pytest.raises(UndecidedError, match=r"reviews of pull request 7: \w*Timeout"):
        collect(hasty, event)
    hasty.http.close()
    assert len(stub.asked("reviews")) == 2


ODD = {
    "a review is null": ("reviews", (*_REVIEWS, "nodes", 1), None),
    "the reviews are null": ("reviews", (*_REVIEWS, "nodes"), None),
    "the reviews are no list": ("reviews", (*_REVIEWS, "nodes"), {"0": {}}),
    "a review is missing": ("reviews", (*_REVIEWS, "nodes"), [said.review(1)]),
    "more reviews than are counted": ("reviews", (*_REVIEWS, "totalCount"), 2),
    "the count is null": ("reviews", (*_REVIEWS, "totalCount"), None),
    "the count is true": ("reviews", (*_REVIEWS, "totalCount"), True),
    "there is no page info": ("reviews", (*_REVIEWS, "pageInfo"), None),
    "more pages without a cursor": (
        "reviews",
        (*_REVIEWS, "pageInfo"),
        {"hasNextPage": True, "endCursor": None},
    ),
    "the pull request is null": ("reviews", _PULL, None),
    "the repository is null": ("reviews", _PULL[:-1], None),
    "a state that nobody knows": ("reviews", (*_REVIEWS, "nodes", 0, "state"), "BLESSED"),
    "a review without a state": ("reviews", (*_REVIEWS, "nodes", 0, "state"), None),
    "a review without a number": ("reviews", (*_REVIEWS, "nodes", 0, "fullDatabaseId"), None),
    "a review whose number is none": (
        "reviews",
        (*_REVIEWS, "nodes", 0, "fullDatabaseId"),
        "PRR_1",
    ),
    "a review without a time": ("reviews", (*_REVIEWS, "nodes", 0, "submittedAt"), None),
    "a review at no time": ("reviews", (*_REVIEWS, "nodes", 0, "submittedAt"), "yesterday"),
    "a reviewer without a number": (
        "reviews",
        (*_REVIEWS, "nodes", 0, "author", "databaseId"),
        None,
    ),
    "a reviewer whose number is a text": (
        "reviews",
        (*_REVIEWS, "nodes", 0, "author", "databaseId"),
        "2",
    ),
    "a review that names no author, not even null": (
        "reviews",
        (*_REVIEWS, "nodes", 0),
        {key: value for key, value in said.review(1).items() if key != "author"},
    ),
    "a commit is null": ("commits", (*_PULL, "commits", "nodes", 0), None),
    "a commit has no authors": ("commits", (*_PULL, "commits", "nodes", 0), said.commit(total=0)),
    "authors of a commit are left off": (
        "commits",
        (*_PULL, "commits", "nodes", 0),
        said.commit(total=101),
    ),
    "an author is null": (
        "commits",
        (*_PULL, "commits", "nodes", 0, "commit", "authors", "nodes", 0),
        None,
    ),
    "an author without an address or account": (
        "commits",
        (*_PULL, "commits", "nodes", 0, "commit", "authors", "nodes", 0),
        {"email": None, "user": None},
    ),
    "parents of a commit are left off": (
        "commits",
        (*_PULL, "commits", "nodes", 0, "commit", "parents", "totalCount"),
        2,
    ),
    "a commit has no committer": (
        "commits",
        (*_PULL, "commits", "nodes", 0, "commit", "committer"),
        None,
    ),
    "a pull request that is no more": ("pull", _PULL, None),
    "a pull request without a head": ("pull", (*_PULL, "headRefOid"), ""),
    "no opener, not even null": (
        "pull",
        _PULL,
        {key: value for key, value in said.pull().items() if key != "author"},
    ),
}


@pytest.mark.parametrize(("what", "way", "to"), ODD.values(), ids=ODD.keys())
def test_an_odd_answer_is_undecided(
    what: str,
    way: tuple[str | int, ...],
    to: Json,
    stub: Stub,
    client: Client,
    event: PullRequestEvent,
) -> None:
    stub.pulls[7].reviews = [said.review(number) for number in (1, 2, 3)]
    stub.faults.append(Fault(what, edited(*way, to=to) if way else lambda _: to))
    with pytest.raises(UndecidedError) as raised:
        collect(client, event)
    assert raised.value.remedy.en
    assert raised.value.remedy.zh


def _without_its_last(answer: Json) -> Json:
    return edited(*_REVIEWS, "nodes", to=[])(answer)


PAGES = {
    "is not served": Answer(500),
    "is empty": _without_its_last,
    "is the first again": edited(
        *_REVIEWS, "pageInfo", to={"hasNextPage": True, "endCursor": "cursor 2"}
    ),
    "says it is the last": edited(*_REVIEWS, "pageInfo", "hasNextPage", to=False),
    "does not say whether it is the last": edited(*_REVIEWS, "pageInfo", to={}),
    "names errors beside its data": lambda answer: {**answer, "errors": [{"type": "FORBIDDEN"}]},
}


@pytest.mark.parametrize("wrong", PAGES.values(), ids=PAGES.keys())
def test_a_second_page_that(
    wrong: Answer | Callable[[Json], Json], stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.page_size = 2
    stub.pulls[7].reviews = [said.review(number) for number in range(1, 7)]
    stub.faults.append(Fault("reviews", wrong, after=1))
    with pytest.raises(UndecidedError, match="reviews of pull request 7"):
        collect(client, event)


def test_pages_without_an_end_are_undecided(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.page_size = 1
    stub.pulls[7].reviews = [said.review(number) for number in range(1, 102)]
    with pytest.raises(UndecidedError, match="more than 100 pages"):
        collect(client, event)


CHANGES = {
    "was closed": said.pull(state="CLOSED"),
    "was merged": said.pull(state="MERGED"),
    "was retargeted": said.pull(baseRefName="release"),
    "was pushed to": said.pull(headRefOid=said.MOVED),
}


@pytest.mark.parametrize("seen", [0, 1], ids=["before", "while it is read"])
@pytest.mark.parametrize("found", CHANGES.values(), ids=CHANGES.keys())
def test_a_pull_request_that(
    found: Json, seen: int, stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    changed = {"data": {"repository": {"pullRequest": found}}}
    stub.faults.append(Fault("pull", lambda _: changed, after=seen))
    with pytest.raises(UndecidedError, match="has changed meanwhile"):
        collect(client, event)


def test_a_queued_pull_request_whose_head_moves_while_it_is_read(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    moved = {"data": {"repository": {"pullRequest": said.pull(headRefOid=said.MOVED)}}}
    stub.faults.append(Fault("pull", lambda _: moved, after=1))
    with pytest.raises(UndecidedError, match="was pushed to"):
        collect(client, dataclasses.replace(event, is_queued=True))


def test_what_heals_is_read_whole(
    stub: Stub, client: Client, event: PullRequestEvent, waits: list[float]
) -> None:
    stub.pulls[7].reviews = [said.review(1), said.review(2, state="CHANGES_REQUESTED")]
    stub.faults += [
        Fault("pull", Answer(503), times=3),
        Fault("reviews", Answer(429, headers={"Retry-After": "7"}), times=2),
        Fault("commits", Reset(), times=1),
    ]
    assert len(collect(client, event).reviews) == 2
    assert waits == [2.0, 4.0, 8.0, 7.0, 7.0, 2.0]
