"""The action that keeps the ledger, run as on GitHub after a merge, with a real git server."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.github.git_server import TOKEN, GitServer, serving
from tests.github.runner import Job
from tests.ledger.chronicle import Chronicle, begun

ROOT = Path(__file__).parents[2]
ACTION = ROOT / ".github/actions/ledger"
WORKFLOW = ROOT / "examples/ledger/launchpolicy-ledger.yml"
NAME = "acme/launches"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[GitServer]:
    folder = tmp_path / "server"
    folder.mkdir()
    with serving(folder) as started:
        yield started


@pytest.fixture
def company(tmp_path: Path, server: GitServer) -> Chronicle:
    """A clone of what the server serves."""
    made = begun(tmp_path / "work")
    bare = server.folder / NAME
    bare.parent.mkdir()
    made.git("init", "--quiet", "--bare", str(bare))
    made.git("--git-dir", str(bare), "config", "http.receivepack", "true")
    made.git("remote", "add", "origin", str(bare))
    made.git("push", "--quiet", "origin", "main")
    return made


def job(company: Chronicle, server: GitServer, before: str, **inputs: str) -> Job:
    """One run of the job; what the install step makes is stood in for by this environment."""
    folder = company.home.parent / "runner"
    programs = folder / "installed/environment/bin"
    programs.mkdir(parents=True, exist_ok=True)
    python = programs / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
    python.chmod(0o755)
    (programs / "launchpolicy").write_text(
        "from launchpolicy.cli.main import main\nmain()\n", "utf-8"
    )
    workspace = folder / "workspace"
    workspace.mkdir(exist_ok=True)
    made = Job(
        action=ACTION,
        folder=folder,
        workspace=workspace,
        github={
            "event_name": "push",
            "event": {"before": before},
            "ref_name": "main",
            "repository": NAME,
            "server_url": server.url,
            "token": TOKEN,
        },
        environment=company.environment,
        inputs=inputs,
    )
    made.outputs["install"] = {"folder": str(folder / "installed")}
    return made.run(start="append")


def test_every_merge_is_entered_and_rendered_with_the_token_alone(
    company: Chronicle, server: GitServer
) -> None:
    first = job(company, server, "0" * 40)
    assert first.code == 0, first.log
    before = company.git("rev-parse", "HEAD")
    company.merged("LR-1")
    company.git("push", "--quiet", "origin", "main")
    second = job(company, server, before)
    assert second.code == 0, second.log
    assert "1 entry appended." in second.log
    assert TOKEN not in first.log + second.log
    done = company.run("verify", "--remote", "origin")
    assert done.code == 0, done.output
    company.git("fetch", "--quiet", "origin", "launch-ledger")
    assert "LR-1" in company.git("show", "FETCH_HEAD:README.md")
    heads = company.git("ls-remote", "origin", "launch-ledger-heads")
    assert heads.endswith("refs/heads/launch-ledger-heads")


def test_a_run_that_was_left_out_is_made_up_for_by_the_next(
    company: Chronicle, server: GitServer
) -> None:
    for name in ("LR-1", "LR-2", "LR-3"):
        before = company.git("rev-parse", "HEAD")
        company.merged(name)
    company.git("push", "--quiet", "origin", "main")
    done = job(company, server, before, render="false")
    assert done.code == 0, done.log
    assert "4 entries appended." in done.log
    assert company.run("verify", "--remote", "origin").code == 0


def test_a_token_that_may_not_push_fails_the_job(company: Chronicle, server: GitServer) -> None:
    company.git("--git-dir", str(server.folder / NAME), "config", "http.receivepack", "false")
    done = job(company, server, "0" * 40)
    assert done.code == 3
    assert "contents: write" in done.log


def test_the_workflow_asks_for_no_more_than_it_needs() -> None:
    content = yaml.safe_load(WORKFLOW.read_text("utf-8").replace("\non:\n", '\n"on":\n'))
    assert content["permissions"] == {}
    assert content["concurrency"] == {"group": "launchpolicy-ledger", "cancel-in-progress": False}
    (append,) = content["jobs"].values()
    assert append["permissions"] == {"contents": "write", "pull-requests": "read"}
    assert content["on"] == {"push": {"branches": ["main"]}}
    assert "secrets" not in WORKFLOW.read_text("utf-8")


def test_a_launch_repository_in_a_folder_has_a_ledger_of_its_own(
    company: Chronicle, server: GitServer
) -> None:
    (company.folder / "ops").mkdir()
    for name in sorted(each.name for each in company.folder.iterdir()):
        if name not in {".git", "ops"}:
            company.git("mv", name, f"ops/{name}")
    company.commit("Move the launch repository")
    company.git("push", "--quiet", "origin", "main")
    at_the_top = job(company, server, "0" * 40)
    assert at_the_top.code == 2, at_the_top.log
    inside = job(company, server, "0" * 40, **{"working-directory": "ops"})
    assert inside.code == 0, inside.log
    assert "1 entry appended." in inside.log
