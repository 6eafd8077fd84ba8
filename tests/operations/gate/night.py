"""The night of a launch: an approved request on main of a remote, and a clone that deploys it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from launchpolicy.engine.launches.start_conditions import GateResult, Shortcoming
from launchpolicy.facts.deployed_content import ContentIdentity
from launchpolicy.hosts.git.repository import open_repository
from launchpolicy.operations.gate.gate import GateOptions, may_start
from launchpolicy.reporters.gate.json_v1 import render
from tests.cli.company import FOLDER, LEADS, Company
from tests.cli.launch_repository import (
    EXAMPLE,
    PROJECT,
    REQUEST,
    LaunchRepository,
    clean_environment,
)

NAME = "LR-2026-0042"
OPENS = datetime.fromisoformat("2026-12-01T22:00:00+08:00")
CLOSES = datetime.fromisoformat("2026-12-01T23:30:00+08:00")
IN_WINDOW = OPENS + timedelta(minutes=10)
APPROVED_AT = "2026-11-25T09:30:00+08:00"
COMMIT = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
DIGEST = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
RECORDING = f"launch/{NAME}-launched"
REQUESTED = "status:\n  stage: requested\n"
FACTS = """\
status:
  stage: launched
  checksBefore:
    - {name: servers, result: passed, at: 2026-12-01T21:30:00+08:00, by: zhao.min}
    - {name: database-connection, result: passed, at: 2026-12-01T21:35:00+08:00, by: he.lin}
  backups:
    - name: orders-db
      kind: database
      takenAt: 2026-12-01T20:10:00+08:00
      by: he.lin
      sha256: "4cd6abd00aab7ba230808540602c3cec04a93893d5c75acbc3624c1c616c5470"
      size: 48 GB
      location: vault-b/orders/2026-12-01
      rehearsal: {at: 2026-12-01T20:50:00+08:00, by: he.lin, result: restored, takes: 18m}
    - name: uploads
      kind: files
      takenAt: 2026-12-01T20:20:00+08:00
      by: gao.peng
      sha256: "3b9b96018c4fd8088d750c48106391a5adaa5aed4d43611f1945862d732a628f"
      size: 7 GB
      location: vault-b/uploads
      rehearsal: {at: 2026-12-01T20:55:00+08:00, by: gao.peng, result: restored, takes: 8m}
"""


SCHEMA: dict[str, Any] = json.loads((PROJECT / "schemas" / "gate.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(
    SCHEMA,
    format_checker=Draft202012Validator.FORMAT_CHECKER,
)


@dataclass(frozen=True)
class Night:
    """A clone whose `origin` is a bare repository; both stand in one folder."""

    company: Company

    @property
    def clone(self) -> LaunchRepository:
        return self.company.repository

    @property
    def request(self) -> Path:
        return self.clone.folder / REQUEST

    def ask(
        self,
        now: datetime = IN_WINDOW,
        *,
        request: str = NAME,
        environ: Mapping[str, str] | None = None,
        deployed: tuple[ContentIdentity, ...] = (),
        **options: Any,
    ) -> GateResult:
        """Ask the gate as a job in the clone does."""
        question = GateOptions(self.clone.folder, request, deployed)._replace(**options)
        environment = self.clone.environment if environ is None else environ
        with open_repository(self.clone.folder, environment) as repository:
            result = may_start(repository, question, now, environment).result
        assert complaints_of_schema("".join(render(result))) == []
        return result

    def push(self, branch: str) -> None:
        self.clone.git("push", "--quiet", "--force", "origin", f"HEAD:refs/heads/{branch}")

    def on_branch(self, branch: str, *edits: tuple[str, str], path: str = REQUEST) -> str:
        """Change a file on a branch of its own, push that, and go back to main."""
        self.clone.git("switch", "--quiet", "--force-create", branch)
        self.clone.edit(*edits, path=path)
        commit = self.clone.commit(branch)
        self.push(branch)
        self.clone.git("switch", "--quiet", "main")
        return commit

    def land(self, *edits: tuple[str, str], path: str = REQUEST, message: str = "land") -> str:
        """Put a change on main of the remote, without asking anybody."""
        self.clone.edit(*edits, path=path)
        commit = self.clone.commit(message)
        self.push("main")
        return commit

    def record(self, facts: str = FACTS, branch: str = RECORDING) -> str:
        """Record facts of the night on a branch of their own."""
        return self.on_branch(branch, (REQUESTED, facts))


def complaints_of_schema(answer: str) -> list[str]:
    """Return what the schema of the gate's JSON has against an answer: every test asks."""
    return [error.message for error in VALIDATOR.iter_errors(json.loads(answer))]


def states(result: GateResult) -> dict[str, str]:
    """Return the state of each condition."""
    return {condition.id: str(condition.state) for condition in result.conditions}


def unmet(result: GateResult) -> set[str]:
    """Return the conditions that are not met, or not known to be."""
    return {one.id for one in result.conditions if one.state != "met"}


def shortcomings(result: GateResult, condition: str) -> tuple[Shortcoming, ...]:
    """Return what is missing of one condition."""
    return next(one.shortcomings for one in result.conditions if one.id == condition)


def says(result: GateResult, condition: str) -> str:
    """Return the English sentence about one condition."""
    return next(one.says.en for one in result.conditions if one.id == condition)


def begin(folder: Path, *edits: tuple[str, str], approvers: tuple[str, ...]) -> Night:
    """Make the night in an empty folder; the request is changed by `edits` before it is asked."""
    home, keys = folder / "home", folder / "keys"
    home.mkdir()
    keys.mkdir()
    environment = clean_environment(home) | {
        "GIT_AUTHOR_DATE": APPROVED_AT,
        "GIT_COMMITTER_DATE": APPROVED_AT,
    }
    clone = LaunchRepository(folder / "clone", environment)
    clone.folder.mkdir()
    for name in (".launchpolicy.yaml", "people.yaml", "calendar.yaml"):
        shutil.copy(EXAMPLE / name, clone.folder)
    company = Company(clone, keys)
    clone.edit(("source: github", "source: signed"), path=".launchpolicy.yaml")
    company.register(*LEADS, "zhao.min")
    clone.git("init", "--quiet", "--initial-branch=main")
    clone.commit("adopt launchpolicy")
    clone.git("switch", "--quiet", "--create", "request")
    shutil.copytree(EXAMPLE / FOLDER, clone.folder / FOLDER)
    clone.edit(("v3.2.0, summary", f"{COMMIT}, summary"), *edits)
    clone.commit("ask")
    for person in approvers:
        company.approve(person)
    clone.git("switch", "--quiet", "main")
    clone.git("merge", "--quiet", "--no-ff", "--message", "merge request", "request")
    origin = folder / "origin.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(origin)], check=True)
    clone.git("remote", "add", "origin", "../origin.git")
    clone.git("push", "--quiet", "origin", "main")
    return Night(company)


def copied(night: Night, folder: Path) -> Night:
    """Return a copy of a night in another folder, to be changed by one test."""
    source = night.clone.folder.parent
    shutil.copytree(source, folder / "night")
    clone = LaunchRepository(folder / "night" / "clone", night.clone.environment)
    return Night(Company(clone, night.company.keys))
