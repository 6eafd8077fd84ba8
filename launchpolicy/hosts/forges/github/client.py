"""One strict client: every answer is success, JSON, and of the shape that was asked for.

httpx carries the requests and follows no redirect, so the token goes to the one address that the
environment names. Whether an answer can be used is decided here.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlsplit

from launchpolicy.documents.instants import parse_instant
from launchpolicy.hosts.forges.github import problems
from launchpolicy.hosts.forges.github.transfer import (
    LateReplyError,
    Reply,
    UnusableBodyError,
    exchange,
)
from launchpolicy.vocabulary.errors import UndecidedError

if TYPE_CHECKING:  # an extra, loaded by the connection
    import httpx

Json = Any

_TRIES = 4
_LONGEST_WAIT = 60.0
_PATIENCE = 300.0
"""Seconds that a whole run waits for a host in trouble, however many questions it has."""

_LONGEST_ANSWER = 60.0
"""Seconds for one answer, from the connection to the last byte."""

_LONGEST_RUN = 1800.0
"""Seconds from the first question of a run, after which nothing is asked any more."""

_MAX_PAGES = 100
_NEXT_PAGE = re.compile(r'<([^<>]*)>[^<>]*;[ \t]*rel="?next\b', re.IGNORECASE)
_NOT_YET = (202, 500, 502, 503, 504)


@dataclass(slots=True)
class Client:
    """Ask GitHub; `server_time` is the time that its last answer names.

    `waited` are the seconds that it has waited between tries so far, `started` the reading of
    `clock` at the first question.
    """

    http: httpx.Client
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    server_time: datetime | None = field(default=None, init=False)
    waited: float = field(default=0.0, init=False)
    started: float | None = field(default=None, init=False)

    def graphql(self, asked: str, query: str, variables: Mapping[str, Json]) -> dict[str, Json]:
        """Return the `data` of a query.

        Raises:
            UndecidedError: there is none, or the answer names errors beside it.
        """
        body = {"query": query, "variables": dict(variables)}
        answer = self._ask(asked, "POST", _graphql_address(self.http.base_url), body, {200})
        if not isinstance(answer, dict) or answer.get("errors"):
            raise problems.odd_answer(asked, _errors(answer))
        data: dict[str, Json] = value_in(asked, answer, "data")
        return data

    def rest(
        self,
        asked: str,
        verb: str,
        path: str,
        body: Json = None,
        expected: tuple[int, ...] = (200,),
    ) -> Json:
        """Return the answer of a REST call to a path such as `/repos/o/r/check-runs`.

        Raises:
            UndecidedError: it is not one of the `expected` statuses, or not JSON.
        """
        return self._ask(asked, verb, path, body, set(expected))

    def pages(self, asked: str, path: str) -> Iterator[Json]:
        """Return the items of a REST list, page after page until one has fewer than 100 items.

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

    def linked_pages(self, asked: str, path: str) -> Iterator[Json]:
        """Return the items of a REST list whose answers name the next page by a cursor.

        Of the address in the header `Link` only the cursor is used, so the token goes nowhere else.

        Raises:
            UndecidedError: a page is missing or comes again, or there are more than 100.
        """
        separator = "&" if "?" in path else "?"
        cursors = [""]
        while len(cursors) <= _MAX_PAGES:
            after = f"&after={quote(cursors[-1], safe='')}" if cursors[-1] else ""
            url = f"{path}{separator}per_page=100{after}"
            reply = self._reply(asked, "GET", url, None, {200})
            page = _json_of(asked, reply)
            if not isinstance(page, list):
                raise problems.odd_answer(asked, f"page {len(cursors)} is no list")
            yield from page
            following = _next_cursor(asked, reply.headers.get("link", ""))
            if not following:
                return
            if following in cursors:
                raise problems.odd_answer(asked, "a page comes again")
            cursors.append(following)
        raise problems.odd_answer(asked, f"more than {_MAX_PAGES} pages")

    def _ask(self, asked: str, verb: str, url: str, body: Json, expected: set[int]) -> Json:
        return _json_of(asked, self._reply(asked, verb, url, body, expected))

    def _reply(self, asked: str, verb: str, url: str, body: Json, expected: set[int]) -> Reply:
        for attempt in range(1, _TRIES + 1):
            answer = self._send(asked, verb, url, body, last=attempt == _TRIES)
            wait = _retry_after(answer, attempt)
            if wait is None or attempt == _TRIES or self.waited + wait > _PATIENCE:
                break
            self.waited += wait
            self.sleep(wait)
        if answer is None:
            raise problems.no_answer(asked, "the connection failed")
        self._note_time(answer)
        if answer.status not in expected:
            raise _failure(asked, answer.status)
        return answer

    def _send(self, asked: str, verb: str, url: str, body: Json, *, last: bool) -> Reply | None:
        """Return the answer to one request; None where asking again may help.

        Raises:
            UndecidedError: the last try failed, or the answer takes too long or is too large.
        """
        content = None if body is None else json.dumps(body)
        headers = None if body is None else {"Content-Type": "application/json"}
        seconds = self._seconds_left(asked)
        try:
            request = self.http.build_request(verb, url, content=content, headers=headers)
            return exchange(self.http, request, seconds)
        except LateReplyError as error:
            why = f"no whole answer within {seconds:.0f} seconds"
            raise problems.no_answer(asked, why) from error
        except UnusableBodyError as error:
            raise problems.odd_answer(asked, str(error)) from error
        except Exception as error:  # (the transport raises whatever its layers raise)
            if last:
                raise problems.no_answer(asked, type(error).__name__) from error
            return None

    def _seconds_left(self, asked: str) -> float:
        now = self.clock()
        if self.started is None:
            self.started = now
        left = self.started + _LONGEST_RUN - now
        if left <= 0:
            minutes = round(_LONGEST_RUN / 60)
            raise problems.no_answer(asked, f"all answers together took over {minutes} minutes")
        return min(left, _LONGEST_ANSWER)

    def _note_time(self, answer: Reply) -> None:
        """Keep the time of an answer; one without a date leaves the earlier time as it is."""
        try:
            self.server_time = parsedate_to_datetime(answer.headers["date"]).astimezone(UTC)
        except (KeyError, ValueError, TypeError, OverflowError):
            return


def value_in(asked: str, value: Json, *keys: str) -> Json:
    """Return the value that the keys lead to, one after the other.

    Raises:
        UndecidedError: something on the way is missing or null.
    """
    for key in keys:
        if not isinstance(value, dict) or value.get(key) is None:
            raise problems.odd_answer(asked, f"`{key}` is missing")
        value = value[key]
    return value


def text_in(asked: str, value: Json, *keys: str) -> str:
    """Return a text that must be there.

    Raises:
        UndecidedError: it is not.
    """
    text = value_in(asked, value, *keys)
    if not isinstance(text, str) or not text:
        raise problems.odd_answer(asked, f"`{keys[-1]}` is no text")
    return text


def time_in(asked: str, value: Json, *keys: str) -> datetime:
    """Return a time that must be there, in UTC.

    Raises:
        UndecidedError: it is not.
    """
    at = parse_instant(text_in(asked, value, *keys))
    if at is None:
        raise problems.odd_answer(asked, f"`{keys[-1]}` is no time")
    return at.astimezone(UTC)


def number_in(asked: str, value: Json, key: str) -> int:
    """Return a whole number that must be there.

    Raises:
        UndecidedError: it is not.
    """
    number = value_in(asked, value, key)
    if type(number) is not int:
        raise problems.odd_answer(asked, f"`{key}` is no whole number")
    return number


def _json_of(asked: str, reply: Reply) -> Json:
    """Return what the body of an answer says; None where it has no content."""
    if reply.status == 204:  # noqa: PLR2004 (RFC 9110: no content)
        return None
    try:
        return json.loads(reply.body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise problems.odd_answer(asked, "it is not JSON") from error


def _next_cursor(asked: str, link: str) -> str:
    """Return the cursor of the next page that a header `Link` names (RFC 8288); "" for none."""
    match = _NEXT_PAGE.search(link)
    if match is None:
        return ""
    cursors = parse_qs(urlsplit(match[1]).query).get("after", [""])
    if not cursors[0]:
        raise problems.odd_answer(asked, "the next page has no cursor")
    return cursors[0]


def _graphql_address(api: httpx.URL) -> str:
    """Return where GraphQL is asked: beside `/api/v3` on GitHub Enterprise, else below."""
    return str(api.copy_with(path=api.path.rstrip("/").removesuffix("/v3") + "/graphql"))


def _errors(answer: Json) -> str:
    if not isinstance(answer, dict):
        return "it is no object"
    errors = answer["errors"]
    first = errors[0] if isinstance(errors, list) and errors else {}
    kind = first.get("type") if isinstance(first, dict) else None
    return f"it names errors ({kind or 'of no type'})"


def _retry_after(answer: Reply | None, attempt: int) -> float | None:
    """Return the seconds to wait before asking again; None if asking again would not help."""
    if answer is None:
        return float(2**attempt)
    status, headers = answer.status, answer.headers
    limited = status == 429 or (  # noqa: PLR2004 (RFC 6585: too many requests)
        status == 403 and ("retry-after" in headers or headers.get("x-ratelimit-remaining") == "0")  # noqa: PLR2004
    )
    if not limited and status not in _NOT_YET:
        return None
    try:
        named = float(headers.get("retry-after", ""))
    except ValueError:
        named = float(2**attempt)
    return max(0.0, min(named, _LONGEST_WAIT))


def _failure(asked: str, status: int) -> UndecidedError:
    if status in (401, 403, 404, 422):
        return problems.refusal(asked, status)
    return problems.no_answer(asked, f"status {status}")
