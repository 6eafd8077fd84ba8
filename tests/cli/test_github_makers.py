"""Who made a pull request decides who may approve it, as the whole check tells (threats N5, N6)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable

import pytest

from tests.cli.launch_repository import REQUEST
from tests.cli.workflow import LI, WANG, ZHAO, ZHOU, Workflow
from tests.hosts.github import said
from tests.hosts.github.stub import Answer, Fault

STRANGER = 666_001


def _approve(workflow: Workflow) -> None:
    workflow.reviewed(1, WANG, "wangfang-example")
    workflow.reviewed(2, ZHOU, "zhoukai-example")
    workflow.reviewed(5, ZHAO, "zhaomin-example")


@pytest.mark.parametrize("status", [500, 404, 403, 429])
def test_an_error_about_the_pushes_is_no_pass(status: int, workflow: Workflow) -> None:
    _approve(workflow)
    workflow.stub.faults.append(Fault("activity", Answer(status, b"{}", {"Retry-After": "0"})))
    finished = workflow.run(event=workflow.event() | {"action": "synchronize"})
    assert finished.code == 3
    assert "unknown who did" in finished.output
    assert "opens a new pull request" in finished.output
    assert workflow.conclusion() == "failure"


def test_an_approver_who_pushed_the_content_beyond_the_first_page_cannot_approve_it(
    workflow: Workflow,
) -> None:
    _approve(workflow)
    (push,) = workflow.stub.pushes
    head = push["after"]
    later = [said.pushed("liwei-example", LI, head, before=head)] * 100
    workflow.stub.pushes = [*later, said.pushed("wangfang-example", WANG, head)]
    finished = workflow.run()
    assert finished.code == 1
    assert "pushed to the branch" in finished.output


def _opened(workflow: Workflow) -> None:
    workflow.stub.pulls[7].found["author"] = said.actor(STRANGER, "second-account")


def _pushed(workflow: Workflow) -> None:
    workflow.stub.pushes[0]["actor"] = {"id": 41898282, "login": "github-actions[bot]"}


def _wrote(workflow: Workflow) -> None:
    head = workflow.repository.git("rev-parse", "HEAD")
    workflow.stub.pulls[7].commits = [workflow.commit(head, STRANGER, "second-account")]


@pytest.mark.parametrize("make", [_opened, _pushed, _wrote])
def test_a_second_account_or_a_bot_that_makes_the_change_is_no_way_around(
    make: Callable[[Workflow], None], workflow: Workflow
) -> None:
    _approve(workflow)
    make(workflow)
    finished = workflow.run()
    assert finished.code == 3
    assert "belongs to nobody in the directory" in finished.output
    assert workflow.conclusion() == "failure"


def _update_branch(workflow: Workflow, *, evil: bool = False) -> None:
    """The product lead merges the base into the branch; an evil merge also moves the window."""
    repository, topic = workflow.repository, workflow.stub.pulls[7].commits
    git = repository.git
    first = git("rev-parse", "HEAD")
    branch = git("rev-parse", "--abbrev-ref", "HEAD")
    git("switch", "--quiet", "main")
    (repository.folder / "NOTES.md").write_text("something else\n", "utf-8")
    repository.commit("something else on the base")
    git("switch", "--quiet", branch)
    git("merge", "--quiet", "--no-edit", "main")
    if evil:
        repository.edit(("22:05:00+08:00, end", "22:10:00+08:00, end"))
        git("commit", "--quiet", "--all", "--amend", "--no-edit")
    head = workflow.pushed()
    workflow.stub.pulls[7].commits = [*topic, workflow.commit(head, WANG, "wangfang-example")]
    workflow.stub.pushes = [
        said.pushed("wangfang-example", WANG, head, before=first),
        said.pushed("liwei-example", LI, first),
    ]


def test_an_approver_who_merges_the_base_into_the_branch_may_still_approve(
    workflow: Workflow,
) -> None:
    _update_branch(workflow)
    _approve(workflow)
    finished = workflow.run()
    assert finished.code == 0, finished.output + finished.complaint


def test_an_approver_whose_merge_changes_the_request_is_an_author(workflow: Workflow) -> None:
    _update_branch(workflow, evil=True)
    _approve(workflow)
    finished = workflow.run()
    assert finished.code == 1
    assert "wang.fang" in finished.output
    assert "cannot" in finished.output


def test_a_mere_merge_does_not_hide_what_else_its_author_wrote(workflow: Workflow) -> None:
    _update_branch(workflow)
    *_, first, _ = workflow.stub.pulls[7].commits
    first["commit"]["authors"]["nodes"] = [said.person("w@example.com", WANG, "wangfang-example")]
    _approve(workflow)
    assert workflow.run().code == 1


def test_a_mere_merge_does_not_hide_what_else_its_author_pushed(workflow: Workflow) -> None:
    _update_branch(workflow)
    workflow.stub.pushes[1]["actor"] = {"id": WANG, "login": "wangfang-example"}
    _approve(workflow)
    assert workflow.run().code == 1


@pytest.mark.parametrize(
    ("opener", "outcome"),
    [((LI, "liwei-example"), "passed"), ((WANG, "wangfang-example"), "failed")],
    ids=["the requester", "somebody else"],
)
def test_a_new_request_that_its_requester_neither_opened_nor_wrote_is_recorded(
    opener: tuple[int, str], outcome: str, workflow: Workflow
) -> None:
    request = workflow.repository.folder / REQUEST
    folder = request.parent.with_name("LR-2026-0199")
    shutil.copytree(request.parent, folder)
    text = request.read_text("utf-8").replace("LR-2026-0042", folder.name)
    (folder / request.name).write_text(text, "utf-8")
    workflow.repository.commit("a new request")
    head = workflow.pushed()
    workflow.stub.pulls[7].found["author"] = said.actor(*opener)
    workflow.stub.pulls[7].commits = [workflow.commit(head, *opener)]
    file = workflow.folder / "report.json"
    workflow.run("--output", f"json={file}")
    (new,) = (
        judged
        for judged in json.loads(file.read_text("utf-8"))["requests"]
        if judged["name"] == folder.name
    )
    (result,) = (r for r in new["results"] if r["policy"] == "requester-opened-the-change")
    assert (result["outcome"], result["action"]) == (outcome, "audit")
