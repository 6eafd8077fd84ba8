"""GitHub's description of its REST API, cut to what is used, and a server that holds us to it."""

from __future__ import annotations

import contextlib
import json
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.hosts.github.counterparts import OPENAPI, PRISM, file_of, program_of

Json = Any

_STARTS_WITHIN = 120
_METHODS = {"GET": "get", "POST": "post", "PATCH": "patch", "DELETE": "delete"}


class Reply(NamedTuple):
    """What the server made of a request."""

    status: int
    body: Json

    @property
    def is_taken(self) -> bool:
        """Whether nothing is wrong with the request.

        Some of GitHub's examples are not what its description says; that is not our mistake.
        """
        wrong = self.body.get("validation", []) if isinstance(self.body, dict) else []
        ours = [each for each in wrong if each["location"][0] != "response"]
        return self.status < 400 or bool(wrong and not ours)


class Described:
    """The paths that are used, with everything they refer to."""

    def __init__(self, paths: Iterable[str]) -> None:
        whole = json.loads(file_of(OPENAPI, "generated/api.github.com.json").read_text("utf-8"))
        self.document = {
            "openapi": whole["openapi"],
            "info": {"title": "what is used", "version": "1"},
            "paths": {path: whole["paths"][path] for path in paths},
            "components": {},
        }
        self._keep_what_is_referred_to(whole)
        for path in self.document["paths"].values():
            for method in set(path) & set(_METHODS.values()):
                _let_nothing_unknown_in(path[method].get("requestBody"))

    def unknown_in_query(self, verb: str, address: str) -> set[str]:
        """The names in a query that the description does not have."""
        parts = urlsplit(address)
        (path,) = [
            found
            for template, found in self.document["paths"].items()
            if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", template), parts.path)
        ]
        given = path[_METHODS[verb]].get("parameters", [])
        parameters = [self._resolved(each) for each in given]
        return set(parse_qs(parts.query)) - {
            each["name"] for each in parameters if each["in"] == "query"
        }

    def _keep_what_is_referred_to(self, whole: Json) -> None:
        waiting = list(_references(self.document["paths"]))
        while waiting:
            _, _, kind, name = waiting.pop().split("/")
            kept = self.document["components"].setdefault(kind, {})
            if name not in kept:
                kept[name] = whole["components"][kind][name]
                waiting += _references(kept[name])

    def _resolved(self, value: Json) -> Json:
        if "$ref" not in value:
            return value
        _, _, kind, name = value["$ref"].split("/")
        return self.document["components"][kind][name]


def _references(value: Json) -> Iterator[str]:
    if isinstance(value, dict):
        reference = value.get("$ref")
        if isinstance(reference, str):
            yield reference
    inner = value.values() if isinstance(value, dict) else value
    for each in inner if isinstance(value, dict | list) else ():
        yield from _references(each)


def _let_nothing_unknown_in(schema: Json) -> None:
    """GitHub overlooks a field that it does not know; a wrongly spelt one is to be seen here."""
    if isinstance(schema, list):
        for each in schema:
            _let_nothing_unknown_in(each)
    if isinstance(schema, dict):
        if schema.get("type") == "object" and isinstance(schema.get("properties"), dict):
            schema["additionalProperties"] = False
        for key, each in schema.items():
            if key not in ("oneOf", "anyOf", "allOf", "examples"):
                _let_nothing_unknown_in(each)


@contextlib.contextmanager
def prism(described: Described, folder: Path) -> Iterator[str]:
    """The address of a server that answers as described, and refuses what is not."""
    source = folder / "described.json"
    source.write_text(json.dumps(described.document), "utf-8")
    port = _free_port()
    program = str(program_of(PRISM, "prism"))
    command = [program, "mock", "-h", "127.0.0.1", "-p", str(port), "--errors", str(source)]
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT) as server,
    ):
        try:
            _wait(server, port, folder / "log")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return int(bound.getsockname()[1])


def _wait(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + _STARTS_WITHIN
    while server.poll() is None and time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    pytest.fail(f"the server of the description does not start: {log.read_text('utf-8')}")


def send(address: str, verb: str, path: str, body: Json = None) -> Reply:
    """One request, as it is."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(  # noqa: S310 (our own server, on the loopback address)
        address + path, data, {"Content-Type": "application/json"}, method=verb
    )
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 (likewise)
            return Reply(answer.status, _read(answer.read()))
    except urllib.error.HTTPError as refused:
        with refused:
            return Reply(refused.code, _read(refused.read()))


def _read(source: bytes) -> Json:
    return json.loads(source) if source else None
