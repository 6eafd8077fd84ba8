"""The workflow that guards this repository: its gate opens only when everything ran and passed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOW = ROOT / ".github/workflows/ci.yml"
COMMIT = "0123456789abcdef0123456789abcdef01234567"


def _jobs() -> dict[str, Any]:
    jobs: dict[str, Any] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]
    return jobs


def _run(job: str, step: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs one step's script as a runner does: `bash -e -o pipefail`."""
    script = next(each["run"] for each in _jobs()[job]["steps"] if each.get("name") == step)
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        env={"PATH": "/usr/bin:/bin", **environment},
        check=False,
        capture_output=True,
        text=True,
    )


def test_the_gate_waits_for_every_other_job_and_always_runs() -> None:
    jobs = _jobs()
    gate = jobs["all-green"]
    assert set(gate["needs"]) == set(jobs) - {"all-green"}
    assert gate["if"] == "always()"


def test_the_gate_opens_when_every_job_succeeded() -> None:
    gate = _run("all-green", "Require that every job succeeded", RESULTS="success success")
    assert gate.returncode == 0


@pytest.mark.parametrize(
    "results",
    ["success skipped", "failure success", "success cancelled", "skipped skipped", ""],
)
def test_the_gate_stays_shut_when_a_job_did_not_succeed(results: str) -> None:
    gate = _run("all-green", "Require that every job succeeded", RESULTS=results)
    assert gate.returncode == 1


@pytest.mark.parametrize(
    ("repository", "commit"),
    [("", ""), ("", COMMIT), ("owner/name", ""), ("owner/name", "main"), ("name", COMMIT)],
    ids=["neither", "no repository", "no commit", "a branch is no commit", "no owner"],
)
def test_missing_shared_data_fails_loudly(repository: str, commit: str) -> None:
    demand = _run("test", "Require the shared data", REPOSITORY=repository, COMMIT=commit)
    assert demand.returncode == 1
    assert "LAUNCHPOLICY_SHARED_REPOSITORY" in demand.stdout


def test_shared_data_that_is_named_in_full_is_accepted() -> None:
    demand = _run("test", "Require the shared data", REPOSITORY="owner/name", COMMIT=COMMIT)
    assert demand.returncode == 0


def test_the_oldest_python_that_we_promise_is_tested() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    versions = _jobs()["test"]["strategy"]["matrix"]["python"]
    assert project["requires-python"] == f">={versions[0]}"


def test_the_script_of_ci_ends_in_the_tests() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert script.rstrip().endswith("\nexec make test")


def test_a_step_of_ci_that_fails_ends_it_with_all_of_its_output(tmp_path: Path) -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    head = script[: script.index("\n# The demo's first call")]
    (tmp_path / ".ci").mkdir()
    run = tmp_path / ".ci/run"
    run.write_text(
        f"{head}\nbroken() {{ echo the reason; false; echo never; }}\n"
        "step works true\nstep breaks broken\necho went on\n",
        "utf-8",
    )
    done = subprocess.run(["bash", run], check=False, capture_output=True, text=True)
    assert done.returncode == 1
    works, *others = done.stdout.splitlines()
    assert re.fullmatch(r"==> works: \d+ s", works)
    assert others == ["the reason"]
    assert "breaks: failed with exit code 1" in done.stderr


@pytest.mark.parametrize(
    ("stranger", "lint", "code"), [("true", "true", 0), ("false", "true", 1), ("true", "false", 1)]
)
def test_what_runs_side_by_side_in_ci_has_to_pass_before_the_tests(
    tmp_path: Path, stranger: str, lint: str, code: int
) -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    head = script[: script.index("\n# The demo's first call")]
    tail = script[script.index("\n# Side by side") :].replace("exec make test", "echo the tests")
    (tmp_path / ".ci").mkdir()
    run = tmp_path / ".ci/run"
    run.write_text(
        f"{head}\nstranger() {{ step stranger {stranger}; step happy true; }}\n"
        f"make() {{ {lint}; }}\n{tail}",
        "utf-8",
    )
    for name in ("packages", "tree"):
        (tmp_path / ".ci" / name).write_text("#!/bin/sh\n", "utf-8")
        (tmp_path / ".ci" / name).chmod(0o755)
    done = subprocess.run(["bash", run], check=False, capture_output=True, text=True)
    assert done.returncode == code, done.stdout + done.stderr
    assert ("the tests" in done.stdout) is (code == 0)
    assert (re.search(r"==> happy: \d+ s", done.stdout) is not None) is (code == 0)


def test_the_checks_are_made_again_where_a_file_has_changed(tmp_path: Path) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci/tree", tmp_path / ".ci")

    def digest() -> str:
        done = subprocess.run([tmp_path / ".ci/tree"], check=True, capture_output=True, text=True)
        return done.stdout.strip()

    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    assert digest() == ""  # no repository: nothing is known
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True, env=environment)
    (tmp_path / "a.py").write_text("1\n", "utf-8")
    digests = [digest(), digest()]
    (tmp_path / "a.py").write_text("2\n", "utf-8")
    digests.append(digest())
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    digests.append(digest())
    assert digests[0] == digests[1] != ""
    assert len(set(digests)) == 3

    recipe = (ROOT / "Makefile").read_text("utf-8").split("\ntest: packages", 1)[1]
    assert '== "$$(.ci/tree)" ]]; then' in recipe.split("\n\n", 1)[0]
    assert "else $(MAKE) lint; fi" in recipe.split("\n\n", 1)[0]


def test_ci_leaves_no_suite_out_and_proves_both_pages() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "WITHOUT" not in script
    assert "readme README.md" in script
    assert "readme README.zh-CN.md" in script
    assert "env -i" in script
