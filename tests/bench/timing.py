"""Whole processes, measured: wall time, processor time and peak memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Command:
    """What is started, where, and how it may end; it writes to `output`, errors beside it.

    `cache` is the user's cache folder (XDG) while it runs, so that what tools remember of earlier
    runs is the same for all, and theirs alone.
    """

    argv: list[str]
    folder: Path
    output: Path
    exits: frozenset[int]
    cache: Path


@dataclass(frozen=True, slots=True)
class Measurement:
    """One run: seconds of wall clock and of processors, bytes at the peak, the exit code."""

    wall: float
    processor: float
    peak: int
    exit_code: int


def run(command: Command) -> Measurement:
    """Starts a process, waits for it and its children, and says what it took."""
    launcher = [sys.executable, "-I", "-S", str(Path(__file__).with_name("launcher.py"))]
    ended = subprocess.run(
        [*launcher, str(command.folder), str(command.output), *command.argv],
        check=True,
        env={**os.environ, "XDG_CACHE_HOME": str(command.cache)},
        stdout=subprocess.PIPE,
        text=True,
    )
    wall, processor, peak, exit_code = ended.stdout.split()
    return Measurement(float(wall), float(processor), int(peak), int(exit_code))


@dataclass(frozen=True, slots=True)
class Summary:
    """The medians of several runs of one command, and how far they lie apart (wall seconds)."""

    runs: int
    wall: float
    fastest: float
    slowest: float
    processor: float
    peak: int


def interleaved(commands: Mapping[str, Command], runs: int, *, warm: bool) -> dict[str, Summary]:
    """Measures every command once per round, so that a noisy minute meets all of them alike.

    Args:
        commands: What is measured, by name.
        runs: How many rounds.
        warm: Whether one more round is run first and not counted.

    Raises:
        RuntimeError: a command ended with an exit code that it should not have.
    """
    rounds = [
        {name: _checked_run(name, command) for name, command in commands.items()}
        for _ in range(runs + warm)
    ]
    counted = rounds[warm:]
    return {name: _summary([each[name] for each in counted]) for name in commands}


def _checked_run(name: str, command: Command) -> Measurement:
    measurement = run(command)
    if measurement.exit_code not in command.exits:
        errors = Path(f"{command.output}.err").read_text(encoding="utf-8")[-1000:]
        message = f"{name} ended with exit code {measurement.exit_code}: {errors}"
        raise RuntimeError(message)
    return measurement


def _summary(measurements: Sequence[Measurement]) -> Summary:
    return Summary(
        runs=len(measurements),
        wall=statistics.median(each.wall for each in measurements),
        fastest=min(each.wall for each in measurements),
        slowest=max(each.wall for each in measurements),
        processor=statistics.median(each.processor for each in measurements),
        peak=round(statistics.median(each.peak for each in measurements)),
    )
