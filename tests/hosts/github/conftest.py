"""A stub of GitHub, and a client that talks to it and never really waits."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from launchpolicy.hosts.forges.forge import PullRequestEvent
from launchpolicy.hosts.forges.github.client import Client
from launchpolicy.hosts.forges.github.connection import connect
from launchpolicy.hosts.forges.github.event import read_events
from tests.hosts.github import said
from tests.hosts.github.stub import Stub, serving

TOKEN = "ghs_OnlyForTheseTests0123456789"  # noqa: S105 (no token of anybody)


@pytest.fixture
def stub() -> Iterator[Stub]:
    with serving(Stub()) as running:
        yield running


@pytest.fixture
def waits() -> list[float]:
    """The seconds that the client would have waited."""
    return []


@pytest.fixture
def client(stub: Stub, waits: list[float]) -> Iterator[Client]:
    environ = {"GITHUB_TOKEN": TOKEN, "GITHUB_API_URL": stub.url}
    connected = connect(environ, waits.append)
    yield connected
    connected.http.close()


@pytest.fixture
def event() -> PullRequestEvent:
    """A push to pull request 7."""
    return PullRequestEvent(
        repository=said.REPOSITORY,
        numbers=(7,),
        base_ref="main",
        base=said.BASE,
        head=said.HEAD,
    )


@pytest.fixture
def received(tmp_path: Path, client: Client) -> Callable[..., PullRequestEvent]:
    """Reads an event as the runner hands it over: `received(name, payload)`."""

    def read(name: str, payload: Any) -> PullRequestEvent:
        path = tmp_path / "event.json"
        path.write_text(payload if isinstance(payload, str) else json.dumps(payload), "utf-8")
        environ = {
            "GITHUB_EVENT_NAME": name,
            "GITHUB_EVENT_PATH": str(path),
            "GITHUB_REPOSITORY": said.REPOSITORY,
        }
        (only,) = read_events(environ, client)
        return only

    return read
