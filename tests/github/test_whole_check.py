"""From the event to the check run: the real action and program, a git server, and GitHub's API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.github.conftest import NUMBER, PullRequest
from tests.github.git_server import TOKEN
from tests.github.runner import Job
from tests.hosts.github import said
from tests.hosts.github.stub import Pull, Stub, serving

pytestmark = pytest.mark.index

LI_WEI = (583231, "liwei")
BREAK = ("    watcher: qian.na\n", "")


@pytest.fixture
def api() -> Iterator[Stub]:
    with serving(Stub()) as running:
        yield running


def checked(pull_request: PullRequest, api: Stub, event_name: str = "pull_request_target") -> Job:
    """Opens the proposal as it stands and runs the whole job, by the event of that name."""
    head = pull_request.open()
    commit = said.commit(said.person("li.wei@example.com", *LI_WEI), oid=head)
    pull = said.pull(headRefOid=head, author=said.actor(*LI_WEI))
    api.pulls[NUMBER] = Pull(pull, [], [commit])
    api.open_pulls = [said.rest_pull(head=head)]
    number, login = LI_WEI
    api.pushes = [said.pushed(login, number, after=head)]
    pull_request.author.environment["GITHUB_API_URL"] = api.url
    pull_request.author.environment["GITHUB_GRAPHQL_URL"] = f"{api.url}/graphql"
    real = replace(pull_request, stand_in=pull_request.installed.folder)
    events: dict[str, Any] = {
        "pull_request_target": said.payload(pull_request=said.rest_pull(head=head)),
        "workflow_run": said.workflow_run(head=head),
    }
    return real.run(event_name, events[event_name], language="en")


@pytest.mark.parametrize("event", ["pull_request_target", "workflow_run"])
def test_a_bad_request_fails_the_check_named_after_the_base(
    pull_request: PullRequest, api: Stub, event: str
) -> None:
    pull_request.author.edit(BREAK)
    job = checked(pull_request, api, event)
    assert (job.code, job.result("verdict")) == (1, "blocked"), job.log
    begun, *_, ended = api.asked("check-run")
    assert begun.body["name"] == "launchpolicy (main)"
    assert begun.body["head_sha"] == pull_request.author.git("rev-parse", "HEAD")
    assert ended.body["conclusion"] == "failure"
    assert "watcher" in job.summary
    assert len(api.comments) == 1


def test_a_proposal_that_touches_no_request_succeeds(pull_request: PullRequest, api: Stub) -> None:
    (pull_request.author.folder / "notes.txt").write_text("hello\n")
    job = checked(pull_request, api)
    assert (job.code, job.result("verdict")) == (0, "pass"), job.log
    assert api.asked("check-run")[-1].body["conclusion"] == "success"


def test_the_token_goes_to_github_and_nowhere_else(pull_request: PullRequest, api: Stub) -> None:
    pull_request.author.edit(BREAK)
    job = checked(pull_request, api)
    assert {call.token for call in api.calls} == {TOKEN}
    written = [file for file in job.temporary.parent.rglob("*") if file.is_file()]
    own = [file for file in written if "environment" not in file.parts]
    assert own
    assert not any(TOKEN.encode() in file.read_bytes() for file in own)
    assert TOKEN not in job.log + job.summary
