"""What a run is about: exactly one change, or it is undecided."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from launchpolicy.facts.approvals.records import Account
from launchpolicy.hosts.forges.forge import PullRequestEvent
from launchpolicy.hosts.forges.github.client import Client
from launchpolicy.hosts.forges.github.event import read_events
from launchpolicy.vocabulary.errors import UndecidedError
from tests.hosts.github import said
from tests.hosts.github.stub import Fault, Stub

Json = Any
Receive = Callable[..., PullRequestEvent]

NAMES = ["pull_request", "pull_request_target", "pull_request_review"]


@pytest.mark.parametrize("name", NAMES)
def test_a_pull_request_says_what_is_merged_into_what(name: str, received: Receive) -> None:
    event = received(name, said.payload("submitted"))
    assert event == PullRequestEvent(
        said.REPOSITORY, (7,), "main", said.BASE, said.HEAD, None, is_queued=False
    )


def test_who_pushes_is_the_sender_of_a_push(received: Receive) -> None:
    event = received("pull_request_target", said.payload("synchronize"))
    assert event.pusher == Account("github", "3", "pusher")


@pytest.mark.parametrize("action", ["opened", "reopened", "edited", "ready_for_review", "labeled"])
def test_who_does_anything_else_need_not_have_pushed(action: str, received: Receive) -> None:
    assert received("pull_request_target", said.payload(action)).pusher is None


def test_a_reviewer_is_no_pusher(received: Receive) -> None:
    assert received("pull_request_review", said.payload("synchronize")).pusher is None


@pytest.mark.parametrize("name", ["", "push", "issue_comment"])
def test_any_other_event_is_undecided(name: str, received: Receive) -> None:
    with pytest.raises(UndecidedError, match="does not say which pull request"):
        received(name, said.payload())


UNREADABLE = {
    "empty": "",
    "no JSON": "{",
    "a list": "[]",
    "null": "null",
    "deep": "[" * 100_000,
    "a number that is longer than Python reads": "9" * 5_000,
}


@pytest.mark.parametrize("source", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_a_payload_that_is(source: str, received: Receive) -> None:
    with pytest.raises(UndecidedError, match="GITHUB_EVENT_PATH"):
        received("pull_request", source)


@pytest.mark.parametrize("path", ["", "/no/such/file", "/"])
def test_a_payload_that_is_not_there_is_undecided(path: str, client: Client) -> None:
    environ = {"GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": path}
    with pytest.raises(UndecidedError, match="GITHUB_EVENT_PATH"):
        read_events({**environ, "GITHUB_REPOSITORY": said.REPOSITORY}, client)


@pytest.mark.parametrize("repository", ["", "acme", "a/b/c", "../..?x/y", "acme/launches\n"])
def test_a_run_of_no_repository_is_undecided(
    repository: str, client: Client, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("runner") / "event.json"
    path.write_text("{}", "utf-8")
    environ = {"GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": str(path)}
    with pytest.raises(UndecidedError, match="GITHUB_REPOSITORY"):
        read_events({**environ, "GITHUB_REPOSITORY": repository}, client)


def _pull(**changes: Json) -> Json:
    return said.payload(pull_request={**said.rest_pull(), **changes})


_BASE = said.rest_pull()["base"]
_HEAD = said.rest_pull()["head"]
ODD = {
    "no pull request": said.payload(pull_request=None),
    "a pull request that is a text": said.payload(pull_request="7"),
    "no number": _pull(number=None),
    "a number that is a text": _pull(number="7"),
    "a number that is true": _pull(number=True),
    "no base": _pull(base=None),
    "a base without a branch": _pull(base={**_BASE, "ref": ""}),
    "a base of another repository": _pull(base={**_BASE, "repo": {"full_name": "acme/other"}}),
    "a base of no repository": _pull(base={**_BASE, "repo": None}),
    "a base that is an option of git": _pull(base={**_BASE, "sha": "--upload-pack=x"}),
    "a head that is a branch": _pull(head={**_HEAD, "sha": "main"}),
    "a head with a line more": _pull(head={**_HEAD, "sha": said.HEAD + "\n"}),
    "a head of half a commit": _pull(head={**_HEAD, "sha": said.HEAD[:10]}),
    "a sender without a number": said.payload(sender={"login": "pusher"}),
    "a sender whose number is a text": said.payload(sender={"id": "3", "login": "pusher"}),
}


@pytest.mark.parametrize("payload", ODD.values(), ids=ODD.keys())
def test_an_event_with(payload: Json, received: Receive) -> None:
    with pytest.raises(UndecidedError) as raised:
        received("pull_request_target", payload)
    assert raised.value.remedy.en
    assert raised.value.remedy.zh


def test_a_merge_group_is_about_every_pull_request_up_to_its_own(
    stub: Stub, received: Receive
) -> None:
    stub.queue = [said.queued(9, 1), said.queued(4, 2), said.queued(7, 3), said.queued(5, 4)]
    stub.page_size = 3
    event = received("merge_group", said.merge_group(7))
    assert event == PullRequestEvent(
        said.REPOSITORY, (4, 7, 9), "main", said.BASE, said.MOVED, is_queued=True
    )


def test_a_merge_group_of_a_branch_with_slashes(stub: Stub, received: Receive) -> None:
    stub.queue = [said.queued(7, 1)]
    event = received("merge_group", said.merge_group(7, "release/2026/pr-3"))
    assert (event.base_ref, event.numbers) == ("release/2026/pr-3", (7,))
    assert stub.calls[0].body["variables"]["branch"] == "release/2026/pr-3"


QUEUES: dict[str, list[Json] | None] = {
    "there is none": None,
    "it is empty": [],
    "another is in it": [said.queued(8, 1)],
    "an entry is null": [said.queued(7, 1), None],
    "an entry has no place": [said.queued(7, 1), {"pullRequest": {"number": 8}}],
    "an entry has no pull request": [said.queued(7, 1), {"position": 1, "pullRequest": None}],
}


@pytest.mark.parametrize("queue", QUEUES.values(), ids=QUEUES.keys())
def test_a_merge_group_without_its_queue(
    queue: list[Json] | None, stub: Stub, received: Receive
) -> None:
    stub.queue = queue
    with pytest.raises(UndecidedError, match=r"merge queue|mergeQueue"):
        received("merge_group", said.merge_group(7))


def _group(**changes: Json) -> Json:
    return {"merge_group": {**said.merge_group()["merge_group"], **changes}}


GROUPS = {
    "of a plain branch": _group(head_ref="refs/heads/launch"),
    "of another base": _group(base_ref="refs/heads/release"),
    "of no pull request": _group(head_ref="refs/heads/gh-readonly-queue/main/pr-x-" + said.BASE),
    "of more digits than Python reads": _group(
        head_ref=f"refs/heads/gh-readonly-queue/main/pr-{'9' * 5000}-{said.BASE}"
    ),
    "of digits that are not ours": _group(
        head_ref=f"refs/heads/gh-readonly-queue/main/pr-٧-{said.BASE}"
    ),
    "with a line more": _group(head_ref=said.merge_group()["merge_group"]["head_ref"] + "\n"),
    "without a base": _group(base_sha=None),
    "without a head": _group(head_sha=""),
    "that is null": {"merge_group": None},
}


@pytest.mark.parametrize("payload", GROUPS.values(), ids=GROUPS.keys())
def test_a_merge_group(payload: Json, stub: Stub, received: Receive) -> None:
    stub.queue = [said.queued(7, 1)]
    with pytest.raises(UndecidedError):
        received("merge_group", payload)


def test_a_finished_workflow_is_about_the_open_pull_request_with_its_head(
    stub: Stub, received: Receive
) -> None:
    stub.open_pulls = [said.rest_pull()]
    event = received("workflow_run", said.workflow_run())
    assert event == PullRequestEvent(said.REPOSITORY, (7,), "main", said.BASE, said.HEAD, None)


def test_a_finished_workflow_of_a_fork_is_about_the_forks_pull_request(
    stub: Stub, received: Receive
) -> None:
    stub.open_pulls = [said.rest_pull(), said.rest_pull(8, source="fork/launches")]
    assert received("workflow_run", said.workflow_run("fork/launches")).numbers == (8,)


OPEN_PULLS = {
    "none": [],
    "one with another head": [said.rest_pull(head=said.MOVED)],
    "one of a fork with the same branch and head": [said.rest_pull(8, source="fork/launches")],
    "one of another fork of the same owner": [said.rest_pull(8, source="acme/launches-2")],
    "one of a fork that was deleted": [said.rest_pull(8, source=None)],
    "one that is for another repository": [
        {**said.rest_pull(), "base": {**_BASE, "repo": {"full_name": "acme/other"}}}
    ],
}


@pytest.mark.parametrize("pulls", OPEN_PULLS.values(), ids=OPEN_PULLS.keys())
def test_a_finished_workflow_where_there_is(
    pulls: list[Json], stub: Stub, received: Receive
) -> None:
    stub.faults.append(Fault("pulls", lambda _: pulls))
    with pytest.raises(UndecidedError):
        received("workflow_run", said.workflow_run())


def _into(pull: Json, branch: str) -> Json:
    return {**pull, "base": {**pull["base"], "ref": branch}}


@pytest.fixture
def all_of(tmp_path: Path, client: Client) -> Callable[..., tuple[PullRequestEvent, ...]]:
    """Reads all events of a run: `all_of(name, payload)`."""

    def read(name: str, payload: Json) -> tuple[PullRequestEvent, ...]:
        path = tmp_path / "event.json"
        path.write_text(json.dumps(payload), "utf-8")
        named = {"GITHUB_EVENT_NAME": name, "GITHUB_EVENT_PATH": str(path)}
        return read_events({**named, "GITHUB_REPOSITORY": said.REPOSITORY}, client)

    return read


AllOf = Callable[..., tuple[PullRequestEvent, ...]]


def test_every_open_pull_request_of_a_branch_is_judged(stub: Stub, all_of: AllOf) -> None:
    stub.open_pulls = [said.rest_pull(7), _into(said.rest_pull(8), "release")]
    events = all_of("workflow_run", said.workflow_run())
    assert [(event.numbers, event.base_ref) for event in events] == [
        ((7,), "main"),
        ((8,), "release"),
    ]


def test_pull_requests_that_share_a_check_are_judged_together(stub: Stub, all_of: AllOf) -> None:
    others = [said.rest_pull(number, head=said.MOVED) for number in range(100, 199)]
    stub.open_pulls = [said.rest_pull(8), *others, said.rest_pull(7)]
    (event,) = all_of("workflow_run", said.workflow_run())
    assert event.numbers == (7, 8)


@pytest.mark.parametrize("name", ["schedule", "workflow_dispatch"])
def test_by_the_clock_every_open_pull_request_is_judged(
    name: str, stub: Stub, all_of: AllOf
) -> None:
    moved = said.rest_pull(9, head=said.MOVED, source="fork/launches")
    stub.open_pulls = [said.rest_pull(7), _into(said.rest_pull(8), "release"), moved]
    events = all_of(name, {})
    assert [event.numbers for event in events] == [(7,), (8,), (9,)]
    assert all(event.pusher is None for event in events)


def test_by_the_clock_there_may_be_nothing_to_judge(all_of: AllOf) -> None:
    assert all_of("schedule", {}) == ()


def test_a_branch_cannot_add_to_the_question(stub: Stub, received: Receive) -> None:
    with pytest.raises(UndecidedError, match="no open pull request"):
        received("workflow_run", said.workflow_run(branch="x&state=all&head=acme:main#"))
    (call,) = stub.asked("pulls")
    assert "state=all&" not in call.path
    assert call.path.count("head=") == 1


def _group_run(source: str = said.REPOSITORY, branch: str | None = None) -> Json:
    ref = said.merge_group(7)["merge_group"]["head_ref"].removeprefix("refs/heads/")
    payload = said.workflow_run(source, branch or ref, said.MOVED)
    payload["workflow_run"]["event"] = "merge_group"
    return payload


def test_a_finished_workflow_of_a_merge_group_is_about_the_group(
    stub: Stub, received: Receive
) -> None:
    stub.queue = [said.queued(9, 1), said.queued(7, 2), said.queued(5, 3)]
    event = received("workflow_run", _group_run())
    assert event == PullRequestEvent(
        said.REPOSITORY, (7, 9), "main", "", said.MOVED, is_queued=True
    )


GROUP_RUNS = {
    "of a fork that names its branch like a queue": _group_run("fork/launches"),
    "of a branch that is no queue": _group_run(branch="launch"),
    "of a pull request that has left the queue": _group_run(
        branch=f"gh-readonly-queue/main/pr-8-{said.BASE}"
    ),
}


@pytest.mark.parametrize("payload", GROUP_RUNS.values(), ids=GROUP_RUNS.keys())
def test_a_finished_workflow_of_a_merge_group(payload: Json, stub: Stub, received: Receive) -> None:
    stub.queue = [said.queued(7, 1)]
    stub.open_pulls = [said.rest_pull(7, said.MOVED)]
    with pytest.raises(UndecidedError):
        received("workflow_run", payload)
