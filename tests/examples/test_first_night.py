"""The guide's own commands for the night: run as they stand, each at a time of the night."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from launchpolicy.documents.instants import instant
from tests.cli.launch_repository import PROJECT
from tests.extent import share_of
from tests.operations.gate.conftest import (
    _approved,  # noqa: F401 (a fixture)
    approved,  # noqa: F401 (a fixture)
)
from tests.operations.gate.night import NAME, Night

GUIDES = ("first-launch.md", "first-launch.zh-CN.md")
CLOCK = {
    "backup": "20:10",
    "check": "21:30",
    "gate": "22:00",
    "start": "22:01",
    "step": "22:05",
    "finish": "22:40",
    "after": "22:50",
}
"""When the first command of a kind is run; the next ones follow minute by minute."""


def commands_of_the_night(guide: str) -> list[list[str]]:
    """Return the commands of the guide's section about the night, in order, for our launch."""
    text = (PROJECT / ".github/guides" / guide).read_text("utf-8")
    section = text.partition("\n## 5. ")[2].partition("\n## ")[0]
    blocks = "".join(re.findall(r"```sh\n(.*?)```", section, re.DOTALL))
    return [shlex.split(line.replace("LR-2026-0001", NAME)) for line in blocks.splitlines()]


@pytest.mark.parametrize("guide", share_of(GUIDES, 1))
def test_the_guide_leads_through_the_night(
    approved: Night,  # noqa: F811 (the fixture)
    guide: str,
    tmp_path: Path,
) -> None:
    repository, last, is_over = approved.clone, "", False
    for name, value in (("name", "Zhao Min"), ("email", "zhao.min@example.com")):
        repository.git("config", f"user.{name}", value)
    repository.git("remote", "remove", "origin")  # on one machine
    minutes = 0
    for program, *words in commands_of_the_night(guide):
        if program == "git":
            repository.git(words[0], "--quiet", *words[1:])
            continue
        kind = words[1] if words[0] == "record" else words[0]
        kind = "after" if is_over else kind
        minutes, last = (minutes + 1, kind) if kind == last else (0, kind)
        moment = instant(f"2026-12-01T{CLOCK.get(kind, '22:55')}:00+08:00")
        now = (moment + timedelta(minutes=minutes)).isoformat()
        files = [backup(word, tmp_path) for word in words]
        content = ("--partial",) if kind == "gate" else ()  # our plan names a commit
        done = repository.run(*files, *content, "--now", now)
        is_over = is_over or kind == "finish"
        expected = 3 if kind == "gate" else 0  # a time that is given is only a trial
        assert done.code == expected, (words, done.output, done.complaint)
    shown = repository.run("ledger", "show", NAME, "--format", "json")
    stages = [json.loads(line).get("stage") for line in shown.output.splitlines()]
    assert stages[-1] == "launched", shown.output


def backup(word: str, folder: Path) -> str:
    """Return a word of a command; the file of a backup is made here."""
    if not word.startswith("/backup/"):
        return word
    file = folder / Path(word).name
    file.write_bytes(word.encode() * 1000)
    return str(file)


def test_both_guides_give_the_same_commands() -> None:
    english, chinese = map(commands_of_the_night, GUIDES)
    assert english == chinese
    assert shutil.which("git") is not None
    assert {words[1] for words in english} >= {"record", "gate", "check", "ledger", "merge"}
