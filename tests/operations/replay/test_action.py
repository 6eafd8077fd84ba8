"""The action that reports on a change of the rules, run as on GitHub with a real git server."""

from __future__ import annotations

import html
import sys
from pathlib import Path

from tests.cli.launch_repository import LaunchRepository
from tests.github.git_server import TOKEN, serving
from tests.github.runner import Job
from tests.operations.replay.thing_history import stricter, thing_repository

ACTION = Path(__file__).parents[3] / ".github/actions/rules"


def _job(folder: Path, url: str, things: LaunchRepository, base: str) -> Job:
    programs = folder / "installed/environment/bin"
    programs.mkdir(parents=True)
    (folder / "workspace").mkdir()
    python = programs / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
    python.chmod(0o755)
    (programs / "launchpolicy").write_text(
        "from launchpolicy.cli.main import main\nmain()\n", "utf-8"
    )
    pull_request = {"base": {"sha": base, "ref": "main"}, "number": 7}
    job = Job(
        action=ACTION,
        folder=folder,
        workspace=folder / "workspace",
        github={
            "event_name": "pull_request",
            "event": {"pull_request": pull_request},
            "repository": "origin.git",
            "server_url": url,
            "token": TOKEN,
        },
        environment=things.environment,
    )
    job.outputs["install"] = {"folder": str(folder / "installed")}
    return job


def test_the_summary_names_the_weakened_policy_the_request_and_the_past_launch(
    tmp_path: Path,
) -> None:
    things = thing_repository(tmp_path / "things", (1, 6, 9, 3), tmp_path / "home")
    base = things.git("rev-parse", "HEAD")
    things.git("switch", "--quiet", "--create", "weaker")
    stricter(things, 20)
    proposed = things.commit("allow twenty")
    things.git("switch", "--quiet", "main")
    origin = tmp_path / "served/origin.git"
    things.git("clone", "--quiet", "--bare", str(things.folder), str(origin))
    things.git("--git-dir", str(origin), "update-ref", "refs/pull/7/head", proposed)
    with serving(origin.parent) as server:
        done = _job(tmp_path / "runner", server.url, things, base).run(start="report")
    assert done.code == 0, done.log
    summary = html.unescape(done.summary).replace("\u2060", "")
    assert "weakened** <code>own/is-small</code>" in summary
    assert "+ size: 9" in summary
    assert "<code>things/t3.yaml</code>" in summary
    assert "4 landings, 1 decided otherwise: 0 blocked now, 1 let pass now." in summary
