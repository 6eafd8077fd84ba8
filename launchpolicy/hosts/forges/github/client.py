"""One strict client: every answer is success, JSON, and of the shape that was asked for.

PyGithub carries the requests (authentication, GraphQL's address on GitHub Enterprise). Whether an
answer is one is decided here: its own reading takes a page of HTML for data.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from launchpolicy.hosts.forges.github import problems
from launchpolicy.vocabulary.errors import UndecidedError

Json = Any

_TRIES = 4
_TIMEOUT = 20
_LONGEST_WAIT = 60.0
_PATIENCE = 300.0
"""Seconds that a whole run waits for a host in trouble, however many questions it has."""

_MAX_PAGES = 100
_CLOCK_MINUTES = 5
_TOKEN = re.compile(r"[!-~]+")


@dataclass(slots=True)
class Client:
    """Asks GitHub. `server_time` is what its last answer says the time is.

    `waited` are the seconds that it has waited between tries so far.
    """

    requester: Any
    sleep: Callable[[float], None] = time.sleep
    connection: Any = None
    server_time: datetime | None = field(default=None, init=False)
    waited: float = field(default=0.0, init=False)

    def graphql(self, asked: str, query: str, variables: Mapping[str, Json]) -> dict[str, Json]:
        """The `data` of a query.

        Raises:
            UndecidedError: there is none, or the answer names errors beside it.
        """
        body = {"query": query, "variables": dict(variables)}
        answer = self._ask(asked, "POST", self.requester.graphql_url, body, {200})
        if not isinstance(answer, dict) or answer.get("errors"):
            raise problems.odd_answer(asked, _errors(answer))
        data: dict[str, Json] = demanded(asked, answer, "data")
        return data

    def rest(
        self,
        asked: str,
        verb: str,
        path: str,
        body: Json = None,
        expected: tuple[int, ...] = (200,),
    ) -> Json:
        """The answer of a REST call to a path such as `/repos/o/r/check-runs`.

        Raises:
            UndecidedError: it is not one of the `expected` statuses, or not JSON.
        """
        return self._ask(asked, verb, path, body, set(expected))

    def pages(self, asked: str, path: str) -> Iterator[Json]:
        """The items of a REST list, page after page until one is not full (100 items a page).

        Raises:
            UndecidedError: a page is missing, or there are more than 100.
        """
        separator = "&" if "?" in path else "?"
        for number in range(1, _MAX_PAGES + 1):
            page = self.rest(asked, "GET", f"{path}{separator}per_page=100&page={number}")
            if not isinstance(page, list):
                raise problems.odd_answer(asked, f"page {number} is no list")
            yield from page
            if len(page) < 100:  # noqa: PLR2004 (what was asked for per page)
                return
        raise problems.odd_answer(asked, f"more than {_MAX_PAGES} pages")

    def _ask(self, asked: str, verb: str, url: str, body: Json, expected: set[int]) -> Json:
        for attempt in range(1, _TRIES + 1):
            status, headers, text = self._send(asked, verb, url, body, last=attempt == _TRIES)
            wait = _retry_after(status, headers, attempt)
            if wait is None or attempt == _TRIES or self.waited + wait > _PATIENCE:
                break
            self.waited += wait
            self.sleep(wait)
        self._note_time(headers)
        if status == 0:
            raise problems.unanswered(asked, "the connection failed")
        if status not in expected:
            raise _failure(asked, status)
        if status == 204:  # noqa: PLR2004 (RFC 9110: no content)
            return None
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise problems.odd_answer(asked, "it is not JSON") from error

    def _send(
        self, asked: str, verb: str, url: str, body: Json, *, last: bool
    ) -> tuple[int, dict[str, str], str]:
        """One request; status 0 is a connection that failed and may be tried again."""
        try:
            status, headers, text = self.requester.requestJson(
                verb, url, input=body, cnx=self.connection
            )
        except Exception as error:  # (the transport raises whatever its layers raise)
            if last:
                raise problems.unanswered(asked, type(error).__name__) from error
            return 0, {}, ""
        return status, {name.lower(): value for name, value in headers.items()}, text

    def _note_time(self, headers: Mapping[str, str]) -> None:
        try:
            self.server_time = parsedate_to_datetime(headers["date"]).astimezone(UTC)
        except (KeyError, ValueError, TypeError, OverflowError):
            return


def connect(environ: Mapping[str, str], sleep: Callable[[float], None] = time.sleep) -> Client:
    """A client for the host and with the token that the environment of a workflow names.

    Raises:
        UndecidedError: there is no token or no such host, or PyGithub is not installed.
    """
    token = environ.get("GITHUB_TOKEN", "").strip()
    if not token:
        raise problems.no_event("GITHUB_TOKEN is not set")
    if not _TOKEN.fullmatch(token):  # the transport would quote it in its own complaint
        raise problems.no_event("GITHUB_TOKEN is no token")
    try:
        import github  # noqa: PLC0415 (heavy, and an extra)

        from launchpolicy.hosts.forges.github.connection import open_connection  # noqa: PLC0415 (likewise)
    except ImportError as error:
        raise problems.no_event("PyGithub is missing: install launchpolicy[github]") from error
    address = environ.get("GITHUB_API_URL") or "https://api.github.com"
    try:
        connection = open_connection(address, _TIMEOUT)
    except ValueError as error:
        raise problems.no_event("GITHUB_API_URL is no address") from error
    host = github.Github(
        auth=github.Auth.Token(token),
        base_url=address,
        timeout=_TIMEOUT,
        user_agent="launchpolicy",
        retry=None,
        seconds_between_requests=0,
        seconds_between_writes=0,
    )
    return Client(host.requester, sleep, connection)


def clock_problem(now: datetime, server: datetime | None) -> UndecidedError | None:
    """Why `now` cannot be believed: GitHub's clock is over 5 minutes away, or not known."""
    if server is None:
        return problems.odd_answer("the time", "no answer has a date")
    minutes = abs((now - server).total_seconds()) / 60
    return problems.clocks_apart(round(minutes)) if minutes > _CLOCK_MINUTES else None


def demanded(asked: str, value: Json, *keys: str) -> Json:
    """The mapping that the keys lead to, one after the other.

    Raises:
        UndecidedError: something on the way is missing or null.
    """
    for key in keys:
        if not isinstance(value, dict) or value.get(key) is None:
            raise problems.odd_answer(asked, f"`{key}` is missing")
        value = value[key]
    return value


def text_in(asked: str, value: Json, *keys: str) -> str:
    """A text that must be there.

    Raises:
        UndecidedError: it is not.
    """
    found = demanded(asked, value, *keys)
    if not isinstance(found, str) or not found:
        raise problems.odd_answer(asked, f"`{keys[-1]}` is no text")
    return found


def number_in(asked: str, value: Json, key: str) -> int:
    """A whole number that must be there.

    Raises:
        UndecidedError: it is not.
    """
    found = demanded(asked, value, key)
    if type(found) is not int:
        raise problems.odd_answer(asked, f"`{key}` is no whole number")
    return found


def _errors(answer: Json) -> str:
    if not isinstance(answer, dict):
        return "it is no object"
    errors = answer["errors"]
    first = errors[0] if isinstance(errors, list) and errors else {}
    kind = first.get("type") if isinstance(first, dict) else None
    return f"it names errors ({kind or 'of no type'})"


def _retry_after(status: int, headers: Mapping[str, str], attempt: int) -> float | None:
    """Seconds to wait before asking again; None if asking again would not help."""
    limited = status == 429 or (  # noqa: PLR2004 (RFC 6585: too many requests)
        status == 403 and ("retry-after" in headers or headers.get("x-ratelimit-remaining") == "0")  # noqa: PLR2004
    )
    if not limited and status not in (0, 500, 502, 503, 504):
        return None
    try:
        named = float(headers.get("retry-after", ""))
    except ValueError:
        named = float(2**attempt)
    return max(0.0, min(named, _LONGEST_WAIT))


def _failure(asked: str, status: int) -> UndecidedError:
    if status in (401, 403, 404, 422):
        return problems.refused(asked, status)
    return problems.unanswered(asked, f"status {status}")
