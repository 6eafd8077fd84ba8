"""Whole processes, measured: wall time, processor time and peak memory."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.conditions import clean_environment


def nothing() -> None:
    """Prepare nothing."""


@dataclass(frozen=True, slots=True)
class Command:
    """What is started, where, and how it may end; it writes to `output`, errors beside it.

    `cache` is the user's cache folder (XDG) while it runs, so that what tools remember of earlier
    runs is the same for all, and theirs alone. `prepare` is called before each run, unmeasured.
    """

    argv: list[str]
    folder: Path
    output: Path
    exits: frozenset[int]
    cache: Path
    prepare: Callable[[], None] = nothing


@dataclass(frozen=True, slots=True)
class Measurement:
    """One run: seconds of wall clock and of processors, bytes at the peak, the exit code.

    `peak` is that of all processes together, `largest` that of the largest single one.
    """

    wall: float
    processor: float
    peak: int
    largest: int
    exit_code: int


def run(command: Command) -> Measurement:
    """Start a process, wait for it and its children, and return what it took."""
    launcher = [sys.executable, "-I", "-S", str(Path(__file__).with_name("launcher.py"))]
    command.prepare()
    ended = subprocess.run(
        [*launcher, str(command.folder), str(command.output), *command.argv],
        check=True,
        env={**clean_environment(), "XDG_CACHE_HOME": str(command.cache)},
        stdout=subprocess.PIPE,
        text=True,
    )
    wall, processor, peak, largest, exit_code = ended.stdout.split()
    return Measurement(float(wall), float(processor), int(peak), int(largest), int(exit_code))


@dataclass(frozen=True, slots=True)
class Summary:
    """The runs of one command, in order, and their medians; seconds and bytes.

    `peak` is the median over the runs; `largest` is the largest process of any run.
    """

    walls: tuple[float, ...]
    processors: tuple[float, ...]
    peak: int
    largest: int

    @property
    def runs(self) -> int:
        return len(self.walls)

    @property
    def wall(self) -> float:
        return statistics.median(self.walls)

    @property
    def processor(self) -> float:
        return statistics.median(self.processors)


def paired_ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the median of the ratios ours ÷ theirs, round by round.

    A slow minute slows both runs of a round, so a ratio within one round suffers least from it.

    Raises:
        ValueError: the numbers of runs differ.
    """
    return statistics.median(a / b for a, b in zip(ours, theirs, strict=True))


def interleaved(commands: Mapping[str, Command], runs: int, *, warm: bool) -> dict[str, Summary]:
    """Measure every command once per round, so that a noisy minute meets all of them alike.

    Every second round goes backwards, so that no command always runs after the same one.

    Args:
        commands: What is measured, by name.
        runs: How many rounds.
        warm: Whether one more round is run first and not counted.

    Raises:
        RuntimeError: a command ended with an exit code that it should not have.
    """
    names = list(commands)
    rounds: list[dict[str, Measurement]] = []
    for number in range(runs + warm):
        order = names if number % 2 == 0 else names[::-1]
        rounds.append({name: _checked_run(name, commands[name]) for name in order})
    counted = rounds[warm:]
    return {name: _summary([measured[name] for measured in counted]) for name in names}


def _checked_run(name: str, command: Command) -> Measurement:
    measurement = run(command)
    if measurement.exit_code not in command.exits:
        errors = Path(f"{command.output}.err").read_text(encoding="utf-8")[-1000:]
        message = f"{name} ended with exit code {measurement.exit_code}: {errors}"
        raise RuntimeError(message)
    return measurement


def _summary(measurements: Sequence[Measurement]) -> Summary:
    return Summary(
        walls=tuple(measurement.wall for measurement in measurements),
        processors=tuple(measurement.processor for measurement in measurements),
        peak=round(statistics.median(measurement.peak for measurement in measurements)),
        largest=max(measurement.largest for measurement in measurements),
    )
