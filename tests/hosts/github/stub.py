"""GitHub on the loopback address, made of plain data, and every way in which it can fail."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from launchpolicy.hosts.clock import now
from tests.hosts.github import said

Json = Any


@dataclass(frozen=True)
class Answer:
    """What goes over the wire, whether it is well-formed or not."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class Reset:
    """The connection breaks without an answer."""


class Silence:
    """Nothing comes until the stub is stopped."""


@dataclass(frozen=True)
class Drip:
    """An answer that comes byte by byte: each in time, and the whole of it never."""

    answer: Answer
    begin: int = 0
    """From which byte on, counted from the status line."""


@dataclass
class Fault:
    """What goes wrong when `what` is asked for: after `after` good answers, `times` times.

    A function is given the good answer and gives the one that is sent.
    """

    what: str
    wrong: Answer | Reset | Silence | Drip | Callable[[Json], Json]
    after: int = 0
    times: int = 1_000


def edited(*way: str | int, to: Json) -> Callable[[Json], Json]:
    """Changes one place of a good answer."""

    def edit(answer: Json) -> Json:
        copy = json.loads(json.dumps(answer))
        inner = copy
        for step in way[:-1]:
            inner = inner[step]
        inner[way[-1]] = to
        return copy

    return edit


@dataclass(frozen=True)
class Call:
    """One request as it arrived."""

    what: str
    verb: str
    path: str
    body: Json
    token: str


@dataclass
class Pull:
    """A pull request with everything that is paged."""

    found: Json = field(default_factory=said.pull)
    reviews: list[Json] = field(default_factory=list)
    commits: list[Json] = field(default_factory=lambda: [said.commit()])


@dataclass
class Stub:
    """The state of one repository; `page_size` is for GraphQL, REST has pages of 100."""

    pulls: dict[int, Pull] = field(default_factory=lambda: {7: Pull()})
    queue: list[Json] | None = None
    open_pulls: list[Json] = field(default_factory=list)
    pushes: list[Json] = field(default_factory=lambda: [said.pushed("pusher", 3)])
    comments: list[Json] = field(default_factory=list)
    earlier_checks: list[Json] = field(default_factory=list)
    viewer: str = "github-actions[bot]"
    page_size: int = 100
    faults: list[Fault] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    url: str = ""
    date: str | None = field(default_factory=lambda: format_datetime(now(), usegmt=False))
    stopped: threading.Event = field(default_factory=threading.Event)

    def asked(self, what: str) -> list[Call]:
        return [call for call in self.calls if call.what == what]

    def wrong(self, what: str) -> Answer | Reset | Silence | Drip | Callable[[Json], Json] | None:
        for fault in self.faults:
            if fault.what != what:
                continue
            if fault.after:
                fault.after -= 1
            elif fault.times:
                fault.times -= 1
                return fault.wrong
        return None


_GRAPHQL = ("reviews(", "commits(", "mergeQueue(", "viewer")
_REST = {
    "check-run": r"/repos/[^/]+/[^/]+/check-runs(/\d+)?",
    "earlier-checks": r"/repos/[^/]+/[^/]+/commits/[^/]+/check-runs",
    "comments": r"/repos/[^/]+/[^/]+/issues/(\d+/comments|comments/\d+)",
    "pulls": r"/repos/[^/]+/[^/]+/pulls",
    "activity": r"/repos/[^/]+/[^/]+/activity",
}


def what_is_asked(path: str, body: Json) -> str:
    """`reviews`, `commits`, `mergeQueue`, `viewer`, `pull`, or a key of the table of REST calls."""
    if path == "/graphql" and body:
        found = (each.rstrip("(") for each in _GRAPHQL if each in body["query"])
        return next(found, "pull")
    plain = urlsplit(path).path
    return next((name for name, way in _REST.items() if re.fullmatch(way, plain)), "nothing")


def answer_to(stub: Stub, call: Call) -> tuple[int, Json]:
    if call.path == "/graphql" and call.body:
        return 200, {"data": _graphql(stub, call.what, call.body["variables"])}
    query = {key: value[0] for key, value in parse_qs(urlsplit(call.path).query).items()}
    if call.what == "comments":
        return _commented(stub, call, query)
    if call.what == "check-run":
        made = {"id": 501, "conclusion": None, **call.body}
        return 201 if call.verb == "POST" else 200, made
    return _listed(stub, call, query) if call.verb == "GET" else (404, {"message": "Not Found"})


def _listed(stub: Stub, call: Call, query: Mapping[str, str]) -> tuple[int, Json]:
    if call.what == "earlier-checks":
        return 200, {"total_count": len(stub.earlier_checks), "check_runs": stub.earlier_checks}
    if call.what == "activity":
        begin, size = int(query.get("after", "0")), int(query.get("per_page", "30"))
        return 200, stub.pushes[begin : begin + size]
    if call.what == "pulls":
        return 200, _rest_page(_with_head(stub.open_pulls, query), query)
    return 404, {"message": "Not Found"}


def links(stub: Stub, call: Call) -> dict[str, str]:
    """The header `Link` of an answer: the activity of a repository is paged by a cursor."""
    query = {key: value[0] for key, value in parse_qs(urlsplit(call.path).query).items()}
    end = int(query.get("after", "0")) + int(query.get("per_page", "30"))
    if call.what != "activity" or end >= len(stub.pushes):
        return {}
    way = call.path.partition("&after=")[0]
    return {"Link": f'<https://elsewhere.example{way}&after={end}>; rel="next"'}


def _graphql(stub: Stub, what: str, given: Json) -> Json:
    if what == "viewer":
        return {"viewer": {"login": stub.viewer}}
    if what == "mergeQueue":
        queue = stub.queue
        pages = None if queue is None else {"entries": _connection(stub, queue, given["after"])}
        return {"repository": {"mergeQueue": pages}}
    found = stub.pulls.get(given["number"])
    if found is None:
        return {"repository": {"pullRequest": None}}
    if what == "pull":
        return {"repository": {"pullRequest": found.found}}
    nodes = found.reviews if what == "reviews" else found.commits
    return {"repository": {"pullRequest": {what: _connection(stub, nodes, given["after"])}}}


def _connection(stub: Stub, nodes: list[Json], after: str | None) -> Json:
    begin = int(after.removeprefix("cursor ")) if after is not None else 0
    end = begin + stub.page_size
    info = {"hasNextPage": end < len(nodes), "endCursor": f"cursor {end}" if nodes else None}
    return {"totalCount": len(nodes), "pageInfo": info, "nodes": nodes[begin:end]}


def _rest_page(items: list[Json], query: Mapping[str, str]) -> list[Json]:
    size, number = int(query.get("per_page", "30")), int(query.get("page", "1"))
    return items[(number - 1) * size : number * size]


def _with_head(pulls: list[Json], query: Mapping[str, str]) -> list[Json]:
    """GitHub's filter `head=owner:branch`, which does not tell two forks of one owner apart."""
    if "head" not in query:
        return pulls
    owner, _, branch = query.get("head", "").partition(":")
    return [
        each
        for each in pulls
        if each["head"]["ref"] == branch
        and (each["head"]["repo"] is None or each["head"]["repo"]["full_name"].startswith(owner))
    ]


def _commented(stub: Stub, call: Call, query: Mapping[str, str]) -> tuple[int, Json]:
    if call.verb == "GET":
        return 200, _rest_page(stub.comments, query)
    if call.verb == "POST":
        made = {"id": 900 + len(stub.comments), "user": {"login": stub.viewer}, **call.body}
        stub.comments.append(made)
        return 201, made
    number = int(call.path.rpartition("/")[2])
    found = next(each for each in stub.comments if each["id"] == number)
    if call.verb == "DELETE":
        stub.comments.remove(found)
        return 204, None
    found.update(call.body)
    return 200, found


class _Handler(BaseHTTPRequestHandler):
    stub: Stub

    def _serve(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        body = json.loads(self.rfile.read(length)) if length else None
        token = (self.headers.get("authorization") or "").rpartition(" ")[2]
        call = Call(what_is_asked(self.path, body), self.command, self.path, body, token)
        self.stub.calls.append(call)
        wrong = self.stub.wrong(call.what)
        if isinstance(wrong, Silence):
            self.stub.stopped.wait(60)
        elif isinstance(wrong, Reset):
            linger = struct.pack("ii", 1, 0)
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            self.connection.close()
        elif isinstance(wrong, Answer):
            self._send(wrong)
        elif isinstance(wrong, Drip):
            self._drip(wrong)
        else:
            status, answer = answer_to(self.stub, call)
            answer = answer if wrong is None else wrong(answer)
            body = b"" if status == 204 else json.dumps(answer).encode()
            self._send(Answer(status, body, links(self.stub, call)))

    do_GET = do_POST = do_PATCH = do_DELETE = _serve  # noqa: N815 (the names that http.server calls)

    def _send(self, answer: Answer) -> None:
        self.send_response_only(answer.status)
        sent = {"Content-Type": "application/json; charset=utf-8", **answer.headers}
        sent.setdefault("Content-Length", str(len(answer.body)))
        if self.stub.date is not None:
            sent.setdefault("Date", self.stub.date)
        for name, value in sent.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(answer.body)

    def _drip(self, wrong: Drip) -> None:
        body = wrong.answer.body
        head = f"HTTP/1.1 {wrong.answer.status} OK\r\nContent-Length: {len(body)}\r\n\r\n"
        sent = head.encode() + body
        self.wfile.write(sent[: wrong.begin])
        for byte in sent[wrong.begin :]:
            if self.stub.stopped.wait(0.1):
                break
            with contextlib.suppress(OSError):
                self.wfile.write(bytes([byte]))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (its name there)
        """Nothing: what was asked is in `calls`."""


@contextlib.contextmanager
def serving(stub: Stub) -> Iterator[Stub]:
    """The stub at an address of its own, until the block ends."""
    handler = type("Handler", (_Handler,), {"stub": stub})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        stub.url = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield stub
        finally:
            stub.stopped.set()
            server.shutdown()
            thread.join()
