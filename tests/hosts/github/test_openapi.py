"""Our REST calls against GitHub's own description of its API, behind a server that checks them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from launchpolicy.hosts.forges.forge import CheckContent, PullRequestEvent
from launchpolicy.hosts.forges.github.client import Client
from launchpolicy.hosts.forges.github.connection import connect
from launchpolicy.hosts.forges.github.deployments import successful_deployments
from launchpolicy.hosts.forges.github.event import pull_request_event
from launchpolicy.hosts.forges.github.proposals import open_pull_requests
from launchpolicy.hosts.forges.github.publishing import MARKER, comment, finish, start, withdraw
from launchpolicy.hosts.forges.github.pull_request import collect
from launchpolicy.operations.check.annotations import annotations_of
from launchpolicy.vocabulary.finding import Verdict
from tests.hosts.github import said
from tests.hosts.github.conftest import TOKEN
from tests.hosts.github.judged import SPANS, blocked
from tests.hosts.github.openapi import Described, prism, send
from tests.hosts.github.stub import Call, Stub

pytestmark = pytest.mark.npm

Json = Any

_REPOSITORY = "/repos/{owner}/{repo}"
USED = (
    f"{_REPOSITORY}/activity",
    f"{_REPOSITORY}/check-runs",
    f"{_REPOSITORY}/check-runs/{{check_run_id}}",
    f"{_REPOSITORY}/commits/{{ref}}/check-runs",
    f"{_REPOSITORY}/deployments",
    f"{_REPOSITORY}/deployments/{{deployment_id}}/statuses",
    f"{_REPOSITORY}/issues/comments/{{comment_id}}",
    f"{_REPOSITORY}/issues/{{issue_number}}/comments",
    f"{_REPOSITORY}/pulls",
)
CHECKS = "/repos/acme/launches/check-runs"


@pytest.fixture(scope="session")
def described() -> Described:
    return Described(USED)


@pytest.fixture(scope="session")
def server(described: Described, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with prism(described, tmp_path_factory.mktemp("prism")) as address:
        yield address


@pytest.fixture
def strict_client(server: str) -> Iterator[Client]:
    """A client of the server that answers with GitHub's own examples."""
    connected = connect({"GITHUB_TOKEN": TOKEN, "GITHUB_API_URL": server}, lambda _: None)
    yield connected
    connected.http.close()


def _everything(
    stub: Stub, client: Client, event: PullRequestEvent, received: Callable[..., PullRequestEvent]
) -> None:
    """A run that makes every kind of call."""
    ours = {"id": 1, "user": {"login": stub.viewer}, "body": f"{MARKER}\nold"}
    stub.open_pulls = [said.rest_pull()]
    received("workflow_run", said.workflow_run())
    list(open_pull_requests(client, said.REPOSITORY, "main"))
    collect(client, event)
    run = start(client, event)
    withdraw(client, event)
    comment(client, event, 7, "first")
    stub.comments += [ours, {**ours, "id": 2}]
    comment(client, event, 7, "second")
    annotations = annotations_of(blocked(*SPANS * 40), "zh", "")
    finish(client, event, run, CheckContent(Verdict.BLOCKED, "t" * 300, "长" * 70_000, annotations))
    finish(client, event, run, CheckContent(Verdict.PASS, "title", "summary"))


@pytest.fixture
def calls(
    stub: Stub, client: Client, event: PullRequestEvent, received: Callable[..., PullRequestEvent]
) -> list[Call]:
    _everything(stub, client, event, received)
    return [call for call in stub.calls if call.path != "/graphql"]


def test_every_kind_of_call_is_made(calls: list[Call]) -> None:
    assert {(call.what, call.verb) for call in calls} == {
        ("activity", "GET"),
        ("check-run", "PATCH"),
        ("check-run", "POST"),
        ("comments", "DELETE"),
        ("earlier-checks", "GET"),
        ("comments", "GET"),
        ("comments", "PATCH"),
        ("comments", "POST"),
        ("pulls", "GET"),
    }


def test_github_takes_every_call(calls: list[Call], server: str, described: Described) -> None:
    for call in calls:
        reply = send(server, call.verb, call.path, call.body)
        assert reply.is_taken, (call, reply)
        assert described.unknown_in_query(call.verb, call.path) == set(), call


_GOOD = {"name": "launchpolicy (main)", "head_sha": said.HEAD, "status": "in_progress"}
_DONE = {"status": "completed", "conclusion": "success", "output": {"title": "t", "summary": "s"}}
_NOTE = {
    "path": "a",
    "start_line": 1,
    "end_line": 1,
    "annotation_level": "failure",
    "message": "m",
}


def _noted(*annotations: Json) -> Json:
    return {"output": {"title": "t", "summary": "s", "annotations": list(annotations)}}


MISTAKES: dict[str, tuple[str, str, Json]] = {
    "a required field that is wrongly spelt": (
        "POST",
        CHECKS,
        {"name": "launchpolicy", "head_oid": said.HEAD},
    ),
    "a field more": ("POST", CHECKS, {**_GOOD, "conclussion": "success"}),
    "a status that does not exist": ("POST", CHECKS, {**_GOOD, "status": "running"}),
    "a conclusion that does not exist": (
        "PATCH",
        f"{CHECKS}/501",
        {**_DONE, "conclusion": "passed"},
    ),
    "an output without a summary": ("PATCH", f"{CHECKS}/501", {"output": {"title": "t"}}),
    "51 annotations": ("PATCH", f"{CHECKS}/501", _noted(*[_NOTE] * 51)),
    "an annotation of a level that does not exist": (
        "PATCH",
        f"{CHECKS}/501",
        _noted({**_NOTE, "annotation_level": "error"}),
    ),
    "an annotation with a field more": (
        "PATCH",
        f"{CHECKS}/501",
        _noted({**_NOTE, "column": 1}),
    ),
    "a summary that is too long": (
        "PATCH",
        f"{CHECKS}/501",
        {"output": {"title": "t", "summary": "s" * 65_536}},
    ),
    "a check run whose number is a word": ("PATCH", f"{CHECKS}/last", _DONE),
    "a comment without a text": ("POST", "/repos/acme/launches/issues/7/comments", {"text": "x"}),
    "a page that is a word": ("GET", "/repos/acme/launches/pulls?page=last", None),
    "a state that does not exist": ("GET", "/repos/acme/launches/pulls?state=opened", None),
    "a path that does not exist": ("POST", "/repos/acme/launches/check_runs", _GOOD),
    "a verb that does not exist": ("DELETE", f"{CHECKS}/501", None),
}


@pytest.mark.parametrize(("verb", "path", "body"), MISTAKES.values(), ids=MISTAKES.keys())
def test_github_refuses(verb: str, path: str, body: Json, server: str) -> None:
    assert not send(server, verb, path, body).is_taken


@pytest.mark.parametrize(
    ("verb", "path", "body"),
    [("POST", CHECKS, _GOOD), ("PATCH", f"{CHECKS}/501", _DONE)],
    ids=["a start", "a conclusion"],
)
def test_what_the_mistakes_are_made_of_is_taken(
    verb: str, path: str, body: Json, server: str
) -> None:
    assert send(server, verb, path, body).is_taken


def test_a_name_in_a_query_can_be_unknown(described: Described) -> None:
    path = "/repos/acme/launches/pulls?status=open&head=a:b"
    assert described.unknown_in_query("GET", path) == {"status"}


def test_the_check_run_of_githubs_example_is_begun(
    strict_client: Client, event: PullRequestEvent
) -> None:
    assert start(strict_client, event) > 0


READ = {
    "activity": {"before", "after", "actor"},
    "simple-user": {"id", "login"},
    "check-run": {"id", "conclusion"},
    "issue-comment": {"id", "user"},
    "pull-request-simple": {"number", "head", "base"},
}


@pytest.mark.parametrize(("schema", "names"), READ.items(), ids=READ.keys())
def test_what_is_read_is_always_there(schema: str, names: set[str], described: Described) -> None:
    assert names <= set(described.document["components"]["schemas"][schema]["required"])


def test_githubs_example_of_a_pull_request_is_an_event(described: Described) -> None:
    examples = described.document["components"]["examples"]
    (found,) = examples["pull-request-simple-items"]["value"]
    event = pull_request_event("octocat/Hello-World", found)
    assert event.numbers == (found["number"],)


def test_githubs_example_of_a_comment_is_somebody_elses(
    stub: Stub, client: Client, event: PullRequestEvent, server: str
) -> None:
    examples = send(server, "GET", "/repos/acme/launches/issues/7/comments").body
    stub.comments = json.loads(json.dumps(examples))
    assert comment(client, event, 7, "text") is None
    assert stub.comments[:-1] == examples


def test_githubs_own_example_of_a_deployment_is_read(strict_client: Client) -> None:
    (done,) = successful_deployments(strict_client, "acme/shop", None)
    assert (done.commit, done.reference) == (
        "a84d88e7554fc1fa21bcbc4efae3c782a70d2b9d",
        "topic-branch",
    )
    assert done.environment == "production"
