"""What GitHub takes at most, and reviews of accounts that are no more (field cases 26 and 37)."""

from __future__ import annotations

import shutil
from pathlib import Path

from launchpolicy.cli.github import append_within
from tests.cli.launch_repository import REQUEST
from tests.cli.workflow import WANG, ZHAO, ZHOU, Workflow
from tests.hosts.github import said


def test_eighteen_requests_in_chinese_are_cut_by_bytes_and_the_check_is_concluded(
    workflow: Workflow,
) -> None:
    repository = workflow.repository
    request = repository.folder / REQUEST
    for number in range(100, 118):
        folder = request.parent.with_name(f"LR-2026-0{number}")
        shutil.copytree(request.parent, folder)
        text = request.read_text("utf-8").replace("LR-2026-0042", folder.name)
        (folder / request.name).write_text(text, "utf-8")
    repository.commit("the beginning of a quarter")
    workflow.pushed()
    finished = workflow.run("--lang", "zh")
    assert finished.code == 1
    assert workflow.conclusion() == "failure"
    assert 30_000 < len(workflow.shown().encode()) <= 65_535
    (comment,) = workflow.stub.comments
    assert len(comment["body"].encode()) <= 65_536
    assert len((workflow.folder / "summary.md").read_bytes()) <= 2**20


def test_a_summary_of_a_job_that_would_be_too_long_is_left_as_it_is(tmp_path: Path) -> None:
    summary = tmp_path / "summary.md"
    append_within(summary, "长" * 3, 12)
    append_within(summary, "长" * 2, 12)
    append_within(summary, "长", 12)
    assert summary.read_text("utf-8") == "长" * 4


def test_a_review_of_a_deleted_account_is_no_approval_and_no_crash(workflow: Workflow) -> None:
    workflow.reviewed(1, WANG, "wangfang-example")
    workflow.reviewed(2, ZHOU, "zhoukai-example")
    workflow.stub.pulls[7].reviews.append(
        said.review(3, None, commit=workflow.repository.git("rev-parse", "HEAD"))
    )
    assert workflow.run().code == 1
    assert "comes from a deleted account" in workflow.shown()
    workflow.reviewed(5, ZHAO, "zhaomin-example")
    assert workflow.run().code == 0
