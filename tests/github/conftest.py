"""A server with a launch repository and a pull request, and the action installed once."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cli.launch_repository import EXAMPLE, LaunchRepository, clean_environment
from tests.github.git_server import TOKEN, GitServer, serving
from tests.github.published import publish
from tests.github.runner import Job

NAME = "acme/launches"
NUMBER = 7

# Judges like the real command and publishes nothing, for there is no GitHub here.
STAND_IN = """\
import json, os, pathlib, sys
from launchpolicy.cli.main import main

event = json.loads(pathlib.Path(os.environ["GITHUB_EVENT_PATH"]).read_text("utf-8"))
base = event.get("pull_request", {"base": {"ref": "main"}})["base"]["ref"]
here = pathlib.Path.cwd()
seen = {
    "arguments": sys.argv[1:],
    "isolated": sys.flags.isolated,
    "path": sys.path,
    "files": [str(file) for file in here.rglob("*") if ".git" not in file.parts],
    "environment": dict(os.environ),
}
outputs = dict(each.split("=") for each in sys.argv if "=" in each)
pathlib.Path(outputs["sarif"]).write_text("{}")
pathlib.Path(outputs["json"]).with_name("seen.json").write_text(json.dumps(seen))
with open(os.environ["GITHUB_OUTPUT"], "a") as file:
    file.write("verdict<<7f3a91\\nblocked\\n7f3a91\\n")
sys.argv = [
    "launchpolicy", "check", "--base", f"refs/remotes/origin/{base}",
    "--head", "refs/launchpolicy/head", "--now", "2026-11-25T10:00:00+08:00",
    "--output", f"json={outputs['json']}",
]
main()
"""


def plant(folder: Path, made: Path) -> None:
    """Writes Python modules which make the file `made` when they are imported."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("sitecustomize", "usercustomize", "pip", "venv", "yaml", "click", "launchpolicy"):
        text = f"import pathlib\npathlib.Path({str(made)!r}).touch()\n"
        (folder / f"{name}.py").write_text(text, "utf-8")


@dataclass(frozen=True)
class Installed:
    """The action's checkout, and the folder that its install step made."""

    action: Path
    folder: Path
    job: Job


@pytest.fixture(scope="session")
def action(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This project, as GitHub lays it out for a job that uses the action."""
    return publish(tmp_path_factory.mktemp("action"))


@pytest.fixture(scope="session")
def installed(action: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The first steps, really run; they stop at the fetch, as the event names no commit.

    They run beside Python modules that an earlier step left there and points to.
    """
    folder = tmp_path_factory.mktemp("job")
    workspace = folder / "workspace"
    plant(workspace, folder / "PWNED")
    github = {
        "event_name": "push",
        "event": {},
        "repository": NAME,
        "server_url": "http://127.0.0.1:9",
    }
    environment = {**clean_environment(folder), "PYTHONPATH": str(workspace)}
    job = Job(action, folder, workspace, github, environment).run()
    assert "install" in job.outputs, job.log
    return Installed(action, Path(job.outputs["install"]["folder"]), job)


@pytest.fixture(scope="session")
def stand_in(installed: Installed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment like the installed one, whose program judges without publishing."""
    folder = tmp_path_factory.mktemp("stand-in")
    environment = folder / "environment"
    shutil.copytree(installed.folder / "environment", environment, symlinks=True)
    (environment / "bin/launchpolicy").write_text(STAND_IN)
    return folder


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GitServer]:
    with serving(tmp_path_factory.mktemp("server")) as server:
        yield server


@dataclass(frozen=True)
class PullRequest:
    """The author's clone, the bare repository on the server, and the job that judges."""

    author: LaunchRepository
    remote: Path
    server: GitServer
    installed: Installed
    stand_in: Path

    def open(self, base: str = "main", message: str = "propose") -> str:
        """Pushes what stands in the clone as the proposal; gives its commit."""
        head = self.author.commit(message)
        self._push(f"+HEAD:refs/pull/{NUMBER}/head")
        self._push(f"+{self.author.git('rev-parse', 'main')}:refs/heads/{base}")
        return head

    def judge(self, base: str = "main", **inputs: str) -> Job:
        pull_request = {"number": NUMBER, "base": {"ref": base}, "head": {"ref": "--output=x"}}
        return self.run("pull_request_target", {"pull_request": pull_request}, **inputs)

    def run(self, event_name: str, event: dict[str, Any], **inputs: str) -> Job:
        """Runs the steps behind the installation, with the program in `stand_in`."""
        folder = self.author.folder.parent / "job"
        workspace = folder / "workspace"
        workspace.mkdir(parents=True, exist_ok=True)
        github = {
            "event_name": event_name,
            "event": event,
            "repository": NAME,
            "server_url": self.server.url,
            "token": TOKEN,
        }
        given = {name.replace("_", "-"): value for name, value in inputs.items()}
        job = Job(self.installed.action, folder, workspace, github, self.author.environment, given)
        own = folder / "launchpolicy"
        own.mkdir()
        (own / "environment").symlink_to(self.stand_in / "environment")
        job.outputs["install"] = {"folder": str(own)}
        return job.run(start="fetch")

    def _push(self, refspec: str) -> None:
        self.author.git("push", "--quiet", str(self.remote), refspec)


@pytest.fixture
def pull_request(
    tmp_path: Path, server: GitServer, installed: Installed, stand_in: Path
) -> PullRequest:
    """main holds the example; the clone stands on the branch of a proposal that is not open yet."""
    folder = tmp_path / "clone"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("broken", "waivers"))
    home = tmp_path / "home"
    home.mkdir()
    author = LaunchRepository(folder, clean_environment(home))
    author.git("init", "--quiet", "--initial-branch=main")
    author.commit("adopt launchpolicy")
    author.git("switch", "--quiet", "--create", "proposal")
    remote = server.folder / NAME
    shutil.rmtree(remote, ignore_errors=True)
    subprocess.run(
        ["git", "init", "--quiet", "--bare", "--initial-branch=main", str(remote)],
        env={**author.environment, "PATH": os.environ["PATH"]},
        check=True,
    )
    return PullRequest(author, remote, server, installed, stand_in)
