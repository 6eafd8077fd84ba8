"""Each process walked from `new` to `closed` by the commands alone, its night by `record`.

In between the gate is asked, and refuses what may not start: before the merge, before the
preparation and the window, another artifact, and a launch that is over.
"""

from __future__ import annotations

import copy
import json
import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from launchpolicy.documents.instants import instant
from tests.examples.answering import examples_at
from tests.examples.catalogue import PROCESSES
from tests.examples.conftest import Adopted
from tests.examples.walking import Walk, without_mishaps
from tests.extent import share_of

COMMIT = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
OTHER = "0" * 40
BEFORE_THE_NIGHT = (
    *("rehearsal", "conversionRehearsal", "notice", "tasks", "equipment", "confirmation"),
    "ports",
)
"""What `status` holds before the launch, without a command of `record`."""
IN_THE_NIGHT = ("readiness", "suspension")
"""The same, of the last hours: written on the branch of the night."""


def night_of(status: dict[str, Any]) -> list[tuple[str, ...]]:
    """The commands by which a night is recorded as an example has it, in the order of time."""
    execution = status["execution"]
    commands: list[tuple[str, ...]] = []
    for taken in status.get("backups", ()):
        rehearsal = taken["rehearsal"]
        backup = ("backup", taken["name"], "--by", taken["by"])
        kept = ("--sha256", taken["sha256"], "--location", taken["location"])
        commands.append((*backup, *kept, "--now", taken["takenAt"]))
        commands.append((*backup, "--restored", rehearsal["takes"], "--now", rehearsal["at"]))
    for done in status["checksBefore"]:
        by_whom = ("--by", done["by"], "--now", done["at"])
        commands.append(("check", done["name"], done["result"], *by_whom))
    by = ("--by", execution["by"])
    commands.append(("start", *by, "--now", execution["startedAt"]))
    for step in execution["steps"]:
        by_whom = ("--by", step["by"], "--now", step["at"])
        commands.append(("step", step["name"], step["result"], *by_whom))
    commands.append(("finish", *by, "--now", execution["finishedAt"]))
    return sorted(commands, key=lambda words: instant(words[-1]))


def night_walk(repository_of: Adopted, process: str) -> tuple[Walk, dict[str, Any], Path]:
    """A walk in a process whose only request is to come, with the example that it follows."""
    folder, closed = examples_at(process, "closed")[0]
    closed = copy.deepcopy(closed)
    content, implementation = closed["spec"]["content"][0], closed["spec"].get("development", {})
    if implementation.get("implementation", {}).get("reference") == content["reference"]:
        implementation["implementation"]["reference"] = COMMIT
    content["reference"] = COMMIT
    repository = repository_of(process)
    opened = instant(Walk.opening(closed)) - timedelta(days=20)
    repository.environment.update(
        dict.fromkeys(("GIT_COMMITTER_DATE", "GIT_AUTHOR_DATE"), opened.isoformat())
    )
    for name, value in (("name", "Zhao Min"), ("email", "zhao.min@example.com")):
        repository.git("config", f"user.{name}", value)
    shutil.rmtree(repository.folder / "launches")
    repository.commit("before the request")
    return Walk(repository, folder.name), closed, folder


def gate(walk: Walk, at: datetime | str, commit: str = COMMIT) -> dict[str, str]:
    """Ask the gate at a time of the example; return the state of each condition: a trial."""
    moment = at if isinstance(at, str) else at.isoformat()
    name = walk.data["spec"]["content"][0]["name"]
    deployed = ("--commit", f"{name}={commit}", "--partial")
    asked = ("gate", walk.name, "--remote", ".", *deployed, "--format", "json", "--now", moment)
    done = walk.repository.run(*asked)
    assert done.code in {1, 3}, done.complaint
    answer = json.loads(done.output)
    assert answer["mayStart"] is False
    return {one["id"]: one["state"] for one in answer["conditions"]}


@pytest.mark.parametrize("process", share_of(PROCESSES, 1))
def test_a_launch_is_walked_from_new_to_closed_with_its_night_and_its_gate(
    adopted: Adopted, process: str
) -> None:
    walk, closed, folder = night_walk(adopted, process)
    repository, window = walk.repository, closed["spec"]["window"]
    inside = instant(window["start"]) + timedelta(minutes=1)
    walk.begin(closed, folder)
    assert gate(walk, inside) == {"merged": "not-met"}

    status = without_mishaps(closed)["status"]
    own = {key: status[key] for key in closed["status"] if key in status} | {
        "tasks": status.get("tasks")
    }
    before = {key: own[key] for key in BEFORE_THE_NIGHT if own.get(key)}
    for prepared in ({}, before) if before else ({},):  # approved first, prepared then
        walk.write({**closed, "status": {"stage": "requested", **prepared}})
        walk.merge(Walk.opening(closed))
    early = gate(walk, instant(window["start"]) - timedelta(minutes=1))
    assert (early["merged"], early["window"], early["preparation"]) == ("met", *["not-met"] * 2)

    commands = night_of(status)
    start = next(number for number, words in enumerate(commands) if words[0] == "start")
    for words in commands[:start]:
        walk.run("record", *words)
    late = {key: status[key] for key in IN_THE_NIGHT if key in status}
    if late:
        data = walk.data
        walk.write({**data, "status": {**data["status"], **late}})
        repository.commit("ready")
    begins = commands[start][-1]
    ready = gate(walk, begins)
    assert (ready["window"], ready["preparation"], ready["content"]) == ("met",) * 3, ready
    assert gate(walk, begins, OTHER)["content"] == "not-met"
    assert gate(walk, window["end"])["window"] == "not-met"

    for words in commands[start:]:
        walk.run("record", *words)
    assert gate(walk, status["execution"]["finishedAt"])["stage"] == "not-met"
    branch = f"launch/{walk.name}-launched"
    assert repository.git("branch", "--show-current") == branch
    assert "TODO" not in walk.file.read_text("utf-8")
    repository.git("switch", "--quiet", "main")
    repository.git("merge", "--quiet", "--squash", branch)
    walk.merge()
    assert gate(walk, inside)["stage"] == "not-met"

    for stage in ("verified", "closed"):
        walk.advance(stage, closed)
        walk.merge()
