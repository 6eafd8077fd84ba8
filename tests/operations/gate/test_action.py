"""The action that stops a deployment, run as on GitHub with a real git server."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.github.git_server import TOKEN, serving
from tests.github.runner import Job
from tests.operations.gate.night import COMMIT, NAME, Night

ACTION = Path(__file__).parents[3] / ".github/actions/gate"


def test_the_action_asks_with_its_token_alone_and_stops_the_job(
    night: Night, tmp_path: Path
) -> None:
    folder = tmp_path / "runner"
    programs = folder / "installed/environment/bin"
    programs.mkdir(parents=True)
    (folder / "workspace").mkdir()
    python = programs / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', "utf-8")
    python.chmod(0o755)
    (programs / "launchpolicy").write_text(
        "from launchpolicy.cli.main import main\nmain()\n", "utf-8"
    )
    inputs = {
        "request": NAME,
        "commits": f"checkout-service={COMMIT}\n",
        "artifacts": "orders-db=sha256:$(touch pwned)",
    }
    with serving(night.clone.folder.parent) as server:
        job = Job(
            action=ACTION,
            folder=folder,
            workspace=folder / "workspace",
            github={
                "event_name": "workflow_dispatch",
                "event": {},
                "repository": "origin.git",
                "server_url": server.url,
                "token": TOKEN,
            },
            environment=night.clone.environment,
            inputs=inputs,
        )
        job.outputs["install"] = {"folder": str(folder / "installed")}
        refused = job.run(start="gate")
        assert refused.code == 2, refused.log  # what is no digest is passed on as it is
        inputs |= {"artifacts": "", "commits": f"checkout-service={COMMIT[::-1]}\n"}
        answered = job.run(start="gate")  # by the real clock, so it is the commit that stops it
    assert not list(tmp_path.rglob("pwned"))
    assert answered.code == 1, answered.log
    assert answered.outputs["gate"]["may-start"] == "false"
    assert answered.outputs["gate"]["name"] == NAME
