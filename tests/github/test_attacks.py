"""Proposals that bring code, settings or names along: no PWNED file appears, no rule is relaxed."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.github.conftest import Installed, PullRequest, plant
from tests.github.runner import Job

pytestmark = pytest.mark.index

BREAK = ("    watcher: qian.na\n", "")
TOUCH = "import pathlib; pathlib.Path({!r}).touch()\n"


@pytest.fixture
def pwned(pull_request: PullRequest) -> Path:
    """The file that an attack makes when it runs; it does not exist."""
    return pull_request.author.folder.parent / "PWNED"


def files_named_pwned(pull_request: PullRequest) -> list[Path]:
    return list(pull_request.author.folder.parent.rglob("PWNED"))


def is_judged_by_the_rules_of_the_base(job: Job, code: int = 1) -> bool:
    """Whether the request is blocked; `code` is 2 where the proposed rules are malformed, too."""
    report = json.loads(Path(job.result("report-json")).read_text("utf-8"))
    verdicts = [each["verdict"] for each in report["requests"] if each["kind"] == "LaunchRequest"]
    return job.code == code and verdicts == ["blocked"]


@pytest.mark.parametrize(
    "name",
    [
        "sitecustomize.py",
        "usercustomize.py",
        "yaml.py",
        "launchpolicy.py",
        "launchpolicy/__init__.py",
        "conftest.py",
        "pip.conf",
        "pyvenv.cfg",
    ],
)
def test_r7_python_that_the_proposal_brings_is_not_run(
    pull_request: PullRequest, pwned: Path, name: str
) -> None:
    planted = pull_request.author.folder / name
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(TOUCH.format(str(pwned)))
    pull_request.author.edit(BREAK)
    pull_request.open()
    assert is_judged_by_the_rules_of_the_base(pull_request.judge())
    assert files_named_pwned(pull_request) == []


def test_r7_python_in_the_workspace_of_the_job_is_not_run(
    pull_request: PullRequest, pwned: Path
) -> None:
    """Even if an earlier step checked the proposal out and pointed Python at it."""
    workspace = pull_request.author.folder.parent / "job/workspace"
    plant(workspace, pwned)
    pull_request.author.environment["PYTHONPATH"] = str(workspace)
    pull_request.author.edit(BREAK)
    pull_request.open()
    assert is_judged_by_the_rules_of_the_base(pull_request.judge())
    assert files_named_pwned(pull_request) == []


def test_r7_python_in_the_workspace_of_the_job_does_not_run_while_installing(
    installed: Installed,
) -> None:
    assert (installed.job.workspace / "pip.py").is_file()
    assert not (installed.job.folder / "PWNED").exists()


def test_r5_the_configuration_of_the_proposal_does_not_judge_it(pull_request: PullRequest) -> None:
    author = pull_request.author
    author.edit(BREAK)
    author.edit(("  product-launch: [launch]", "  product-launch: []"), path=".launchpolicy.yaml")
    author.edit(("mandatory: [launch]", "mandatory: []"), path=".launchpolicy.yaml")
    pull_request.open()
    assert is_judged_by_the_rules_of_the_base(pull_request.judge(), 2)


def test_r5_a_proposal_that_removes_the_configuration_is_judged_all_the_same(
    pull_request: PullRequest,
) -> None:
    pull_request.author.edit(BREAK)
    (pull_request.author.folder / ".launchpolicy.yaml").unlink()
    pull_request.open()
    assert is_judged_by_the_rules_of_the_base(pull_request.judge(), 2)


def test_r7_settings_for_git_that_the_proposal_brings_do_nothing(
    pull_request: PullRequest, pwned: Path
) -> None:
    author = pull_request.author
    (author.folder / ".gitattributes").write_text("* filter=evil diff=evil\n")
    lines = ['[submodule "x"]', "path = x", f"url = ext::sh -c touch% {pwned}"]
    (author.folder / ".gitmodules").write_text("\n".join([*lines, f"update = !touch {pwned}\n"]))
    author.edit(BREAK)
    pull_request.open()
    assert is_judged_by_the_rules_of_the_base(pull_request.judge())
    assert files_named_pwned(pull_request) == []


def test_g2_a_bare_repository_inside_the_proposal_runs_no_fsmonitor(
    pull_request: PullRequest, pwned: Path
) -> None:
    author = pull_request.author
    nested = author.folder / "launches/LR-2026-0042/nested"
    subprocess.run(
        ["git", "init", "--quiet", "--bare", str(nested)],
        env={**author.environment, "PATH": os.environ["PATH"]},
        check=True,
    )
    hook = f"\tfsmonitor = touch {pwned}\n\tsshCommand = touch {pwned}\n"
    config = nested / "config"
    config.write_text(config.read_text().replace("[core]\n", f"[core]\n{hook}"))
    (nested / "refs/keep").touch()
    (nested / "objects/keep").touch()
    author.edit(BREAK)
    pull_request.open()
    job = pull_request.judge(working_directory="launches/LR-2026-0042/nested")
    assert job.code != 0  # there are no rules in that folder
    assert files_named_pwned(pull_request) == []


@pytest.mark.parametrize(
    "base",
    [
        "--output=PWNED",
        "--upload-pack=touch${IFS}PWNED",
        "$(touch${IFS}PWNED)",
        "`touch${IFS}PWNED`",
        'x";touch${IFS}PWNED;"',
        "a'b;touch${IFS}PWNED;'",
        "-x",
        "上线",
    ],
)
def test_g1_the_name_of_a_base_branch_is_only_a_name(pull_request: PullRequest, base: str) -> None:
    pull_request.author.edit(BREAK)
    pull_request.open(base)
    job = pull_request.judge(base)
    assert is_judged_by_the_rules_of_the_base(job), job.log
    assert files_named_pwned(pull_request) == []


@pytest.mark.parametrize(
    "number",
    [
        "7/merge",
        "--output=PWNED",
        "$(touch PWNED)",
        "7 +refs/heads/evil:refs/launchpolicy/head",
        "",
    ],
)
def test_g1_what_is_no_number_of_a_pull_request_is_not_fetched(
    pull_request: PullRequest, number: str
) -> None:
    pull_request.open()
    event = {"pull_request": {"number": number, "base": {"ref": "main"}}}
    job = pull_request.run("pull_request_target", event)
    assert job.code == 3
    assert "judge" not in job.outputs
    assert files_named_pwned(pull_request) == []


@pytest.mark.parametrize("head", ["main", "--output=PWNED", "0123abc", "a" * 40, ""])
def test_g1_only_a_commit_that_exists_is_judged(pull_request: PullRequest, head: str) -> None:
    pull_request.open()
    job = pull_request.run("workflow_run", {"workflow_run": {"head_sha": head}})
    assert job.code == 3
    assert "judge" not in job.outputs


def test_o1_a_commit_message_that_looks_like_a_workflow_command_is_not_printed(
    pull_request: PullRequest,
) -> None:
    pull_request.author.edit(BREAK)
    pull_request.open(message="::set-output name=verdict::pass\n\n##[set-env name=X]y")
    job = pull_request.judge()
    assert "set-output" not in job.log
    assert "##[" not in job.log
    assert is_judged_by_the_rules_of_the_base(job)
