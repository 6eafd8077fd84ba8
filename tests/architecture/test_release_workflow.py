"""The workflow that publishes: by a tag that names the version, without any stored secret."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

import launchpolicy

ROOT = Path(__file__).parents[2]
WORKFLOWS = ROOT / ".github/workflows"


def _jobs(name: str = "release.yml") -> dict[str, Any]:
    jobs: dict[str, Any] = yaml.safe_load((WORKFLOWS / name).read_text("utf-8"))["jobs"]
    return jobs


def _refuse(tag: str) -> int:
    step = next(each for each in _jobs()["build"]["steps"] if "Refuse" in each.get("name", ""))
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "TAG": tag},
        check=False,
        capture_output=True,
    ).returncode


def test_the_tag_of_this_version_is_released() -> None:
    assert _refuse(f"v{launchpolicy.__version__}") == 0


@pytest.mark.parametrize("tag", ["v99.0.0", launchpolicy.__version__, "v", "", "v.*"])
def test_another_tag_is_refused(tag: str) -> None:
    assert _refuse(tag) == 1


def test_nothing_is_published_that_was_not_checked_and_attested() -> None:
    jobs = _jobs()
    assert jobs["publish"]["needs"] == "attest"
    assert jobs["attest"]["needs"] == "build"
    assert "make dist" in [each.get("run") for each in jobs["build"]["steps"]]


def test_only_the_jobs_that_sign_may_sign_and_no_secret_is_used() -> None:
    assert "secrets." not in (WORKFLOWS / "release.yml").read_text("utf-8")
    signing = {name for name, job in _jobs().items() if "id-token" in job["permissions"]}
    assert signing == {"attest", "publish"}
    assert _jobs()["publish"]["environment"] == "release"


def test_what_a_user_may_get_is_tested_every_week() -> None:
    job = _jobs("versions.yml")["test"]
    assert job["strategy"]["matrix"]["resolution"] == ["newest", "oldest"]


def test_what_a_pull_request_runs_by_sample_runs_whole_every_week() -> None:
    steps = _jobs("full.yml")["test"]["steps"]
    assert steps[-1]["run"] == "make full"
    assert "schedule:" in (WORKFLOWS / "full.yml").read_text("utf-8")


@pytest.mark.parametrize("file", sorted(WORKFLOWS.glob("*.yml")), ids=lambda file: file.name)
def test_every_action_is_pinned_by_its_commit(file: Path) -> None:
    used = re.findall(r"uses: (\S+)", file.read_text("utf-8"))
    assert used
    assert [each for each in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", each)] == []
