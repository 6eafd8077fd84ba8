"""A launch walked from `new` to `closed` by the commands alone, its night by `record`."""

from __future__ import annotations

import shutil
from typing import Any

from launchpolicy.documents.instants import instant
from tests.examples.answering import examples_at
from tests.examples.conftest import Adopted
from tests.examples.walking import Walk, without_mishaps

PROCESS = "product-launch"


def night_of(status: dict[str, Any]) -> list[tuple[str, ...]]:
    """The commands by which a night is recorded as an example has it, in the order of time."""
    execution = status["execution"]
    commands: list[tuple[str, ...]] = []
    for taken in status["backups"]:
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


def test_a_launch_is_walked_from_new_to_closed_with_its_night_recorded(adopted: Adopted) -> None:
    folder, closed = examples_at(PROCESS, "closed")[0]
    repository = adopted(PROCESS)
    repository.environment.update(
        dict.fromkeys(("GIT_COMMITTER_DATE", "GIT_AUTHOR_DATE"), "2026-10-28T10:00:00+08:00")
    )
    for name, value in (("name", "Zhao Min"), ("email", "zhao.min@example.com")):
        repository.git("config", f"user.{name}", value)
    shutil.rmtree(repository.folder / "launches")
    repository.commit("before the request")
    walk = Walk(repository, folder.name)
    walk.begin(closed, folder)
    walk.write({**closed, "status": {"stage": "requested"}})  # its steps go by their own names
    walk.merge(Walk.opening(closed))

    for words in night_of(without_mishaps(closed)["status"]):
        walk.run("record", *words)
    branch = f"launch/{walk.name}-launched"
    assert repository.git("branch", "--show-current") == branch
    assert "TODO" not in walk.file.read_text("utf-8")
    repository.git("switch", "--quiet", "main")
    repository.git("merge", "--quiet", "--squash", branch)
    walk.merge()

    for stage in ("verified", "closed"):
        walk.advance(stage, closed)
        walk.merge()
