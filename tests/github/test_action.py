"""The steps of the action, run as on GitHub, against a real server of git repositories."""

from __future__ import annotations

import base64
import json
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.cli.launch_repository import REQUEST
from tests.github.conftest import NAME, NUMBER, Installed, PullRequest
from tests.github.git_server import TOKEN
from tests.github.runner import Job

pytestmark = pytest.mark.index

BREAK = ("    watcher: qian.na\n", "")


def report_of(job: Job) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(Path(job.result("report-json")).read_text("utf-8"))
    return report


def seen_by(job: Job) -> dict[str, Any]:
    """What the program that judged saw of its surroundings."""
    file = Path(job.result("report-json")).with_name("seen.json")
    seen: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return seen


def failed_policies(job: Job) -> set[str]:
    return {
        result["policy"]
        for request in report_of(job)["requests"]
        for result in request["results"]
        if result["outcome"] == "failed"
    }


def test_the_action_installs_itself_from_its_own_checkout(installed: Installed) -> None:
    python = installed.folder / "environment/bin/python"
    program = installed.folder / "environment/bin/launchpolicy"
    version = subprocess.run(
        [python, "-I", program, "--version"], check=True, capture_output=True, text=True
    )
    where = subprocess.run(
        [python, "-I", "-c", "import launchpolicy; print(launchpolicy.__file__)"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert version.stdout.startswith("launchpolicy, version ")
    assert Path(where.stdout).is_relative_to(installed.folder)


def test_an_event_that_names_no_commit_is_undecided_and_says_what_to_do(
    installed: Installed,
) -> None:
    assert installed.job.code == 3
    assert "::error title=launchpolicy::This event names no commit" in installed.job.log
    assert "judge" not in installed.job.outputs


def test_a_bad_request_is_blocked_with_all_outputs(pull_request: PullRequest) -> None:
    pull_request.author.edit(BREAK)
    head = pull_request.open()
    job = pull_request.judge()
    assert job.code == 1, job.log
    assert job.result("verdict") == "blocked"
    assert job.result("exit-code") == "1"
    assert Path(job.result("sarif")).is_file()
    assert report_of(job)["head"] == head
    assert failed_policies(job) == {"launch-people-named"}


def test_a_proposal_that_touches_no_request_passes(pull_request: PullRequest) -> None:
    (pull_request.author.folder / "notes.txt").write_text("hello\n")
    pull_request.open()
    job = pull_request.judge()
    assert (job.code, job.result("exit-code")) == (0, "0"), job.log


def test_the_proposal_is_never_checked_out(pull_request: PullRequest) -> None:
    pull_request.author.edit(BREAK)
    pull_request.open()
    job = pull_request.judge()
    (marker,) = map(Path, seen_by(job)["files"])
    assert (marker.name, marker.read_bytes()) == (".launchpolicy.yaml", b"")
    assert list(job.workspace.iterdir()) == []


def test_the_program_is_isolated_from_where_it_runs(pull_request: PullRequest) -> None:
    pull_request.open()
    seen = seen_by(pull_request.judge())
    assert seen["isolated"] == 1
    assert not any(Path(entry).is_relative_to(pull_request.author.folder) for entry in seen["path"])


def test_the_token_is_given_to_the_program_and_neither_kept_nor_printed(
    pull_request: PullRequest,
) -> None:
    pull_request.author.environment["GIT_TRACE_CURL"] = "1"
    pull_request.author.environment["GIT_TRACE_REDACT"] = "0"
    pull_request.open()
    job = pull_request.judge()
    secrets = (TOKEN, base64.b64encode(f"x-access-token:{TOKEN}".encode()).decode())
    assert seen_by(job)["environment"]["GITHUB_TOKEN"] == TOKEN
    config = Path(job.outputs["fetch"]["repository"]) / ".git/config"
    for secret in secrets:
        assert secret not in job.log
        assert secret not in config.read_text("utf-8")
        assert secret not in json.dumps({**job.outputs, **job.exported})


def test_a_wrong_token_is_undecided_and_nothing_is_judged(pull_request: PullRequest) -> None:
    pull_request.open()
    job = pull_request.judge(token=TOKEN[::-1])
    assert job.code == 3
    assert "could not be fetched" in job.log
    assert job.result("exit-code") == job.result("verdict") == ""


def test_a_base_that_is_gone_is_undecided(pull_request: PullRequest) -> None:
    pull_request.open()
    job = pull_request.judge(base="release")
    assert job.code == 3
    assert "judge" not in job.outputs


def test_inputs_reach_the_program(pull_request: PullRequest) -> None:
    pull_request.open()
    job = pull_request.judge(language="zh", comment="false", sarif_file="out.sarif")
    arguments = seen_by(job)["arguments"]
    assert arguments[0] == "github"
    assert arguments[arguments.index("--lang") + 1] == "zh"
    assert "--no-comment" in arguments
    assert job.result("sarif") == str(job.workspace / "out.sarif")


def test_a_launch_repository_in_a_folder_of_another_one(pull_request: PullRequest) -> None:
    author = pull_request.author
    author.git("switch", "--quiet", "main")
    author.git("rm", "-r", "--quiet", "--cached", ".")
    (author.folder / "office").mkdir()
    for name in (".launchpolicy.yaml", "people.yaml", "calendar.yaml", "launches"):
        (author.folder / name).rename(author.folder / "office" / name)
    author.commit("move")
    author.git("switch", "--quiet", "--create", "moved")
    author.edit(BREAK, path=f"office/{REQUEST}")
    pull_request.open()
    job = pull_request.judge(working_directory="office")
    assert job.code == 1, job.log
    assert [each["path"] for each in report_of(job)["requests"]] == [REQUEST]


def test_o9_the_real_program_without_github_is_undecided(pull_request: PullRequest) -> None:
    """It understands what the action asks of it, and nothing it cannot learn becomes a pass."""
    head = pull_request.open()
    real = replace(pull_request, stand_in=pull_request.installed.folder)
    for name in ("GITHUB_API_URL", "GITHUB_GRAPHQL_URL"):
        real.author.environment[name] = "http://127.0.0.1:9"
    repository = {"full_name": NAME}
    event = {
        "number": NUMBER,
        "base": {"ref": "main", "sha": head, "repo": repository},
        "head": {"ref": "proposal", "sha": head, "repo": repository},
    }
    job = real.run("pull_request_target", {"pull_request": event}, language="en", comment="false")
    assert (job.code, job.result("exit-code")) == (3, "3"), job.log
    assert "unexpected" not in job.log
    assert job.result("verdict") == "undecided"
    assert json.loads(Path(job.result("report-json")).read_text("utf-8"))["verdict"] == "undecided"


@pytest.mark.parametrize("event", ["workflow_run", "merge_group"])
def test_a_signal_is_judged_for_its_commit_and_the_branches_as_they_are(
    pull_request: PullRequest, event: str
) -> None:
    pull_request.author.edit(BREAK)
    head = pull_request.open()
    job = pull_request.run(event, {event: {"head_sha": head, "pull_requests": []}})
    assert job.code == 1, job.log
    assert report_of(job)["head"] == head


def test_what_the_pull_request_points_to_now_is_judged_not_what_the_event_said(
    pull_request: PullRequest,
) -> None:
    pull_request.open()
    pull_request.author.edit(BREAK)
    newer = pull_request.open()
    job = pull_request.judge()
    assert report_of(job)["head"] == newer
    assert NUMBER == 7
