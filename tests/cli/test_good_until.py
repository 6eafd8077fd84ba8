"""A pass has an end, and is judged again then (threat N11)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.workflow import LI, WANG, ZHAO, ZHOU, Workflow
from tests.hosts.github import said
from tests.hosts.github.stub import Answer, Fault, Pull


def _approve(workflow: Workflow) -> None:
    workflow.reviewed(1, WANG, "wangfang-example")
    workflow.reviewed(2, ZHOU, "zhoukai-example")
    workflow.reviewed(5, ZHAO, "zhaomin-example")


def _report(workflow: Workflow, *arguments: str) -> Any:
    file = workflow.folder / "report.json"
    assert workflow.run("--output", f"json={file}", *arguments).code == 0
    return json.loads(file.read_text("utf-8"))


def test_a_pass_says_until_when_it_holds_and_the_check_shows_it(workflow: Workflow) -> None:
    _approve(workflow)
    assert _report(workflow)["goodUntil"] == "2026-11-26T02:00:00Z"
    ended = workflow.stub.asked("check-run")[-1].body["output"]
    assert ended["title"].endswith("good until 2026-11-26 02:00 UTC")
    assert "Good until" in ended["summary"]


def test_what_does_not_pass_has_no_end(workflow: Workflow) -> None:
    workflow.run()
    assert "good until" not in workflow.stub.asked("check-run")[-1].body["output"]["title"]
    assert "Good until" not in workflow.shown()


@pytest.mark.parametrize(
    ("freeze", "end"),
    [
        (
            "from: 2026-11-25T18:00:00+08:00, until: 2026-11-28T00:00:00+08:00",
            "2026-11-25T10:00:00Z",
        ),
        (
            "from: 2026-11-20T00:00:00+08:00, until: 2026-11-25T20:00:00+08:00",
            "2026-11-25T12:00:00Z",
        ),
        (
            "from: 2026-11-20T00:00:00+08:00, until: 2026-11-24T00:00:00+08:00",
            "2026-11-26T02:00:00Z",
        ),
    ],
    ids=["begins", "ends", "is over"],
)
def test_a_pass_holds_until_a_freeze(freeze: str, end: str, workflow: Workflow) -> None:
    repository = workflow.repository
    repository.git("switch", "--quiet", "main")
    calendar = repository.folder / "calendar.yaml"
    before, _, after = calendar.read_text("utf-8").partition("freezes:\n")
    entry = f"freezes:\n  - {{name: audit, {freeze}}}\n"
    calendar.write_text(f"{before}{entry}{after}", "utf-8")
    repository.commit("another freeze")
    repository.git("switch", "--quiet", "-")
    repository.git("rebase", "--quiet", "main")
    workflow.pushed()
    _approve(workflow)
    assert _report(workflow)["goodUntil"] == end


def _by_clock(workflow: Workflow, *pulls: Any) -> Any:
    workflow.stub.open_pulls = list(pulls)
    return workflow.run(event={}, event_name="schedule")


def _open(workflow: Workflow, number: int = 7, branch: str = "main") -> Any:
    pull = workflow.event()["pull_request"] | {"number": number}
    return pull | {"base": pull["base"] | {"ref": branch}}


def test_a_check_that_was_green_yesterday_is_judged_again_by_the_clock(workflow: Workflow) -> None:
    _approve(workflow)
    assert workflow.run().code == 0
    workflow.reviewed(9, ZHOU, "zhoukai-example", state="CHANGES_REQUESTED")
    assert _by_clock(workflow, _open(workflow)).code == 1
    begun = [call for call in workflow.stub.asked("check-run") if call.verb == "POST"]
    assert len(begun) == 2
    assert workflow.conclusion() == "failure"


def test_by_the_clock_without_an_open_pull_request_nothing_is_judged(workflow: Workflow) -> None:
    finished = _by_clock(workflow)
    assert finished.code == 0
    assert "No pull request is open" in finished.output
    assert workflow.stub.asked("check-run") == []


def test_one_pull_request_that_cannot_be_judged_keeps_no_other_from_it(workflow: Workflow) -> None:
    _approve(workflow)
    gone = _open(workflow, 8, "release")
    assert _by_clock(workflow, gone, _open(workflow)).code == 3
    bodies = [call.body for call in workflow.stub.asked("check-run")]
    assert [body["name"] for body in bodies if "name" in body] == [
        "launchpolicy (release)",
        "launchpolicy (main)",
    ]
    assert [b["conclusion"] for b in bodies if "conclusion" in b] == ["failure", "success"]


def test_a_second_open_pull_request_of_the_branch_does_not_keep_the_first_green(
    workflow: Workflow,
) -> None:
    head = workflow.repository.git("rev-parse", "HEAD")
    other = said.pull(
        headRefOid=head, baseRefName="release", author=said.actor(LI, "liwei-example")
    )
    workflow.stub.pulls[8] = Pull(other, [], [workflow.commit(head)])
    workflow.stub.open_pulls = [
        {**_open(workflow), "head": said.rest_pull(head=head)["head"]},
        {**_open(workflow, 8, "release"), "head": said.rest_pull(head=head)["head"]},
    ]
    workflow.repository.git("update-ref", "refs/remotes/origin/release", "main")
    run = said.workflow_run(head=head)
    assert workflow.run(event=run, event_name="workflow_run").code == 1
    bodies = [call.body for call in workflow.stub.asked("check-run")]
    assert [b["conclusion"] for b in bodies if "conclusion" in b] == ["failure", "failure"]


def test_a_check_that_cannot_begin_withdraws_the_green_one_before_it(workflow: Workflow) -> None:
    workflow.stub.earlier_checks = [{"id": 600, "status": "completed", "conclusion": "success"}]
    workflow.stub.faults.append(Fault("check-run", Answer(403, b"{}"), times=1))
    assert workflow.run().code == 3
    _, withdrawn = workflow.stub.asked("check-run")
    assert withdrawn.path.endswith("/600")
    assert withdrawn.body["conclusion"] == "failure"


def test_git_is_told_to_fetch_every_open_pull_request(workflow: Workflow) -> None:
    workflow.stub.open_pulls = [_open(workflow), _open(workflow, 8, "release")]
    finished = workflow.run("--refspecs", event={}, event_name="schedule")
    assert finished.output.splitlines() == [
        "+refs/heads/*:refs/remotes/origin/*",
        "+refs/pull/7/head:refs/launchpolicy/pull/7",
        "+refs/pull/8/head:refs/launchpolicy/pull/8",
    ]
    assert workflow.stub.asked("check-run") == []
