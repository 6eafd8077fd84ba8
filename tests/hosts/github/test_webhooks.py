"""The payloads that GitHub publishes as examples: an event, or undecided, and nothing else."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from launchpolicy.hosts.forges.forge import PullRequestEvent
from launchpolicy.hosts.forges.github.client import Client
from launchpolicy.hosts.forges.github.event import read_events
from launchpolicy.vocabulary.errors import UndecidedError
from tests.hosts.github import said
from tests.hosts.github.counterparts import WEBHOOK_EXAMPLES, file_of
from tests.hosts.github.stub import Fault, Stub

pytestmark = pytest.mark.npm

Json = Any

ODD_VALUES: list[Json] = [None, [], {}, "", "odd", 0, True]


def _always(answer: Json, _: Json) -> Json:
    return answer


def _examples(name: str) -> list[Json]:
    source = file_of(WEBHOOK_EXAMPLES, "api.github.com/index.json").read_text("utf-8")
    (found,) = [event["examples"] for event in json.loads(source) if event["name"] == name]
    assert len(found) > 1
    return list(found)


def _read(name: str, payload: Json, client: Client, tmp_path: Path) -> PullRequestEvent | None:
    """The event; None where it is undecided."""
    path = tmp_path / "event.json"
    path.write_text(json.dumps(payload), "utf-8")
    environ = {
        "GITHUB_EVENT_NAME": name,
        "GITHUB_EVENT_PATH": str(path),
        "GITHUB_REPOSITORY": payload["repository"]["full_name"],
    }
    try:
        return read_events(environ, client)[0]
    except UndecidedError:
        return None


@pytest.mark.parametrize("name", ["pull_request", "pull_request_target", "pull_request_review"])
def test_every_example_of_a_pull_request_is_read(name: str, client: Client, tmp_path: Path) -> None:
    for payload in _examples(name.removesuffix("_target")):
        event = _read(name, payload, client, tmp_path)
        found = payload["pull_request"]
        assert event is not None, payload["action"]
        assert event.numbers == (found["number"],)
        assert (event.base_ref, event.base) == (found["base"]["ref"], found["base"]["sha"])
        assert event.head == found["head"]["sha"]
        pushed = payload["action"] == "synchronize"
        assert (event.pusher is not None) is pushed


def test_every_example_of_a_merge_group_is_read(stub: Stub, client: Client, tmp_path: Path) -> None:
    for payload in _examples("merge_group"):
        group = payload["merge_group"]
        number = int(group["head_ref"].rpartition("/pr-")[2].partition("-")[0])
        stub.queue = [said.queued(number, 1)]
        event = _read("merge_group", payload, client, tmp_path)
        assert event is not None
        assert (event.numbers, event.head) == ((number,), group["head_sha"])
        assert event.base == group["base_sha"]


def test_every_example_of_a_finished_workflow_is_read_or_undecided(
    stub: Stub, client: Client, tmp_path: Path
) -> None:
    read = 0
    for payload in _examples("workflow_run"):
        run, repository = payload["workflow_run"], payload["repository"]["full_name"]
        pull = said.rest_pull(3, run["head_sha"], run["head_repository"]["full_name"])
        pull["base"]["repo"]["full_name"] = repository
        stub.faults = [Fault("pulls", partial(_always, [pull]))]
        event = _read("workflow_run", payload, client, tmp_path)
        assert event is None or event.head == run["head_sha"]
        read += event is not None
    assert read > 0


@pytest.mark.parametrize(
    "name", ["pull_request", "pull_request_review", "merge_group", "workflow_run"]
)
def test_no_example_with_something_missing_is_anything_but_undecided(
    name: str, stub: Stub, client: Client, tmp_path: Path
) -> None:
    stub.queue = []
    payload = _examples(name)[0]
    subject = payload["pull_request" if name.startswith("pull") else name]
    for key in list(subject):
        kept = subject[key]
        for odd in ODD_VALUES:
            subject[key] = odd
            _read(name, payload, client, tmp_path)  # raises whatever is not undecided
        subject[key] = kept
    assert payload == _examples(name)[0]
