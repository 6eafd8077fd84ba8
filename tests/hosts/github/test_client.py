"""How GitHub is asked: again where that helps, never for ever, and the token is told to nobody."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from launchpolicy.hosts.forges.clock import clock_problem
from launchpolicy.hosts.forges.forge import PullRequestEvent
from launchpolicy.hosts.forges.github.client import Client
from launchpolicy.hosts.forges.github.connection import connect
from launchpolicy.hosts.forges.github.pull_request import collect
from launchpolicy.vocabulary.errors import UndecidedError
from tests.hosts.github.conftest import TOKEN
from tests.hosts.github.stub import Answer, Fault, Reset, Stub

NOW = datetime(2026, 11, 23, 16, tzinfo=UTC)


def _ask(client: Client) -> object:
    return client.rest("the pushes", "GET", "/repos/acme/launches/activity")


WAITS = {
    "named": ({"Retry-After": "7"}, [7.0, 7.0, 7.0]),
    "named, of no time": ({"Retry-After": "0"}, [0.0, 0.0, 0.0]),
    "longer than anybody waits": ({"Retry-After": "86400"}, [60.0, 60.0, 60.0]),
    "for ever": ({"Retry-After": "inf"}, [60.0, 60.0, 60.0]),
    "into the past": ({"Retry-After": "-5"}, [0.0, 0.0, 0.0]),
    "no number": ({"Retry-After": "nan"}, [0.0, 0.0, 0.0]),
    "a date": ({"Retry-After": "Mon, 23 Nov 2026 16:00:00 GMT"}, [2.0, 4.0, 8.0]),
    "not named": ({}, [2.0, 4.0, 8.0]),
}


@pytest.mark.parametrize(("headers", "expected"), WAITS.values(), ids=WAITS.keys())
@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_wait_before_the_next_try(
    status: int,
    headers: Mapping[str, str],
    expected: list[float],
    stub: Stub,
    client: Client,
    waits: list[float],
) -> None:
    stub.faults.append(Fault("activity", Answer(status, headers=headers)))
    with pytest.raises(UndecidedError, match=f"status {status}"):
        _ask(client)
    assert len(stub.calls) == 4
    assert waits == expected


@pytest.mark.parametrize("status", [204, 301, 302, 400, 401, 403, 404, 409, 410, 422, 501])
def test_what_does_not_heal_is_asked_once(
    status: int, stub: Stub, client: Client, waits: list[float]
) -> None:
    stub.faults.append(Fault("activity", Answer(status, headers={"Location": "/elsewhere"})))
    with pytest.raises(UndecidedError, match=f"status {status}"):
        _ask(client)
    assert len(stub.calls) == 1
    assert waits == []


LIMITS = {
    "a secondary limit": {"Retry-After": "3"},
    "nothing left": {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1"},
}


@pytest.mark.parametrize("headers", LIMITS.values(), ids=LIMITS.keys())
def test_a_403_that_is_a_limit_is_asked_again(
    headers: Mapping[str, str], stub: Stub, client: Client
) -> None:
    stub.faults.append(Fault("activity", Answer(403, headers=headers), times=1))
    assert _ask(client) == stub.pushes
    assert len(stub.calls) == 2


def test_a_connection_that_breaks_is_tried_four_times(
    stub: Stub, client: Client, waits: list[float]
) -> None:
    stub.faults.append(Fault("activity", Reset()))
    with pytest.raises(UndecidedError, match="the pushes: ReadError"):
        _ask(client)
    assert len(stub.calls) == 4
    assert waits == [2.0, 4.0, 8.0]


def test_a_redirect_is_not_followed_without_its_query(stub: Stub, client: Client) -> None:
    stub.faults.append(Fault("pulls", Answer(301, headers={"Location": "/repositories/1/pulls"})))
    with pytest.raises(UndecidedError, match="status 301"):
        list(client.pages("the pulls", "/repos/acme/launches/pulls?state=open"))
    assert [call.path.partition("?")[0] for call in stub.calls] == ["/repos/acme/launches/pulls"]


def test_a_list_is_read_to_its_end(stub: Stub, client: Client) -> None:
    stub.comments = [{"id": number} for number in range(250)]
    path = "/repos/acme/launches/issues/7/comments"
    assert list(client.pages("the comments", path)) == stub.comments
    assert len(stub.calls) == 3


def test_a_list_that_ends_with_a_full_page_is_asked_whether_it_does(
    stub: Stub, client: Client
) -> None:
    stub.comments = [{"id": number} for number in range(100)]
    path = "/repos/acme/launches/issues/7/comments"
    assert len(list(client.pages("the comments", path))) == 100
    assert len(stub.calls) == 2


def test_a_list_with_a_page_that_is_none_is_undecided(stub: Stub, client: Client) -> None:
    stub.comments = [{"id": number} for number in range(150)]
    stub.faults.append(Fault("comments", lambda _: {"message": "later"}, after=1))
    with pytest.raises(UndecidedError, match="page 2 is no list"):
        list(client.pages("the comments", "/repos/acme/launches/issues/7/comments"))


def test_a_list_without_an_end_is_undecided(stub: Stub, client: Client) -> None:
    stub.faults.append(Fault("comments", lambda _: [{"id": 1}] * 100))
    with pytest.raises(UndecidedError, match="more than 100 pages"):
        list(client.pages("the comments", "/repos/acme/launches/issues/7/comments"))


def test_every_request_carries_the_token(
    stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    collect(client, event)
    assert {call.token for call in stub.calls} == {TOKEN}


TELLTALES = {
    "a refusal that quotes it": Answer(401, f'{{"message": "bad token {TOKEN}"}}'.encode()),
    "an error that quotes it": Answer(
        200, f'{{"errors": [{{"message": "bad token {TOKEN}"}}]}}'.encode()
    ),
    "a page that quotes it": Answer(200, TOKEN.encode()),
    "a redirect that quotes it": Answer(302, headers={"Location": f"/?access_token={TOKEN}"}),
    "a header that quotes it": Answer(429, headers={"Retry-After": TOKEN}),
    "a broken connection": Reset(),
}


@pytest.mark.parametrize("wrong", TELLTALES.values(), ids=TELLTALES.keys())
def test_the_token_is_in_no_message(
    wrong: Answer | Reset, stub: Stub, client: Client, event: PullRequestEvent
) -> None:
    stub.faults.append(Fault("reviews", wrong))
    with pytest.raises(UndecidedError) as raised:
        collect(client, event)
    _assert_untold(raised.value, TOKEN)


def _assert_untold(error: UndecidedError, token: str) -> None:
    """Neither the messages nor what Python prints of the error and its causes holds the token."""
    said = [error.problem.en, error.problem.zh, error.remedy.en, error.remedy.zh]
    printed = "".join(traceback.format_exception(error))
    assert token not in printed + "".join(said)


@pytest.mark.parametrize("broken", ["ghs_One\nghs_Two", "ghs One", "ghs_Ône", "ghs_\x00One"])
def test_what_is_no_token_is_not_quoted_either(broken: str) -> None:
    with pytest.raises(UndecidedError, match="GITHUB_TOKEN is no token") as raised:
        connect({"GITHUB_TOKEN": broken})
    _assert_untold(raised.value, "ghs")


@pytest.mark.parametrize("environ", [{}, {"GITHUB_TOKEN": ""}, {"GITHUB_TOKEN": " \n"}])
def test_without_a_token_nothing_is_asked(environ: dict[str, str]) -> None:
    with pytest.raises(UndecidedError, match="GITHUB_TOKEN is not set"):
        connect(environ)


@pytest.mark.parametrize("address", ["ftp://a", "api.example.com", "http://", "http://a:port/"])
def test_an_address_of_no_server_is_undecided(address: str) -> None:
    with pytest.raises(UndecidedError, match="GITHUB_API_URL is no address"):
        connect({"GITHUB_TOKEN": TOKEN, "GITHUB_API_URL": address})


def test_without_httpx_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(UndecidedError, match=r"install launchpolicy\[github\]"):
        connect({"GITHUB_TOKEN": TOKEN})


def test_the_time_is_that_of_the_last_answer(stub: Stub, client: Client) -> None:
    stub.date = "Mon, 23 Nov 2026 16:00:00 GMT"
    _ask(client)
    assert client.server_time == NOW


@pytest.mark.parametrize(
    "date", [None, "", "yesterday", "Fri, 31 Dec 9999 23:59:59 -2300", "Mon, 99 Nov 2026 16:00:00"]
)
def test_an_answer_at_no_time_leaves_the_time_unknown(
    date: str | None, stub: Stub, client: Client
) -> None:
    stub.date = date
    _ask(client)
    assert client.server_time is None


@pytest.mark.parametrize("apart", [timedelta(0), timedelta(minutes=5), -timedelta(minutes=5)])
def test_clocks_may_be_five_minutes_apart(apart: timedelta) -> None:
    assert clock_problem(NOW + apart, NOW, "GitHub") is None


@pytest.mark.parametrize(
    "apart", [timedelta(minutes=6), -timedelta(minutes=6), timedelta(minutes=5, seconds=1)]
)
def test_clocks_further_apart_are_undecided(apart: timedelta) -> None:
    problem = clock_problem(NOW + apart, NOW, "GitHub")
    assert isinstance(problem, UndecidedError)
    assert "minutes away from GitHub's" in problem.problem.en


def test_no_time_from_github_is_undecided() -> None:
    assert isinstance(clock_problem(NOW, None, "GitHub"), UndecidedError)


def test_a_run_waits_five_minutes_altogether_however_many_questions_it_has(
    stub: Stub, client: Client, waits: list[float]
) -> None:
    stub.faults.append(Fault("pulls", Answer(503, b"", {"Retry-After": "60"})))
    for _ in range(4):
        with pytest.raises(UndecidedError):
            client.rest("something", "GET", "/repos/acme/launches/pulls")
    assert sum(waits) == 300.0
    assert len(stub.asked("pulls")) == 9
