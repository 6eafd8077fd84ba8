"""One table of measurements: the same commands in turns, and the load while they ran."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tests.bench.conditions import load_average
from tests.bench.peers import Tool
from tests.bench.timing import Command, Summary, interleaved

SMALL = 10
"""Up to so many files, a first round is run and not counted, so that all start warm."""
NO_CACHE = Path(os.devnull)
"""A cache folder in which nothing can be kept."""
REMEMBERING = (
    "launchpolicy remembers, in the user's cache folder, what it has compiled or computed before. "
    "One row is without that memory."
)
FORGETFUL = "launchpolicy, remembering nothing"


@dataclass(frozen=True, slots=True)
class Table:
    """The measurements of one scenario by tool; `objections` where tools may differ in them.

    `key` names the scenario for the gates. `load` is the load average when it began and ended.
    """

    key: str
    title: str
    summaries: dict[str, Summary]
    load: tuple[float, float]
    objections: dict[str, int] | None = None
    note: str = ""


def measured_table(
    key: str,
    title: str,
    commands: Mapping[str, Command],
    runs: int,
    *,
    warm: bool,
    note: str = "",
) -> Table:
    """Return the table of commands that take turns, each run `runs` times.

    Args:
        key: The scenario, as the gates name it.
        title: The scenario, in words.
        commands: What is measured, by the name of its row.
        runs: How many rounds are counted.
        warm: Whether one more round is run first and not counted.
        note: What a reader must know about the table.
    """
    began = load_average()
    summaries = interleaved(commands, runs, warm=warm)
    return Table(key, title, summaries, (began, load_average()), note=note)


def check_commands(
    tools: Sequence[Tool], repository: Path, paths: list[str], folder: Path, exits: set[int]
) -> dict[str, Command]:
    """Return the command of each tool for the same files; each tool has a cache of its own."""
    return {
        tool.name: Command(
            tool.command(paths),
            repository,
            folder / f"output-{tool.name}",
            frozenset(exits),
            folder / f"cache-{tool.name}",
        )
        for tool in tools
    }


def with_forgetful(commands: Mapping[str, Command], name: str) -> dict[str, Command]:
    """Return the commands and one more: that of the tool `name`, without a cache folder."""
    return {**commands, FORGETFUL: replace(commands[name], cache=NO_CACHE)}
