"""`python -m tests.bench.replay`: one long history judged again, on processes and on Dask.

Both must say the same, to the byte. The rules of the work tree only warn where those of the time
deny, so every landing is decided otherwise.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import distributed

from launchpolicy.hosts import shipped_files
from tests.bench.conditions import load_average
from tests.bench.long_history import long_history

MERGES = 1_000


def main() -> None:
    """Print the seconds of both, in turn, the ratio of their medians, and what they say."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--merges", type=int, default=MERGES)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    jobs = ("--jobs", str(options.workers))
    seconds: dict[str, list[float]] = {"processes": [], "Dask": []}
    answers = set()
    with tempfile.TemporaryDirectory(prefix="launchpolicy-bench-") as temporary:
        repository = long_history(Path(temporary) / "history", options.merges)
        only_warn(repository)
        with local_cluster(options.workers) as address:
            ways = {"processes": jobs, "Dask": ("--executor", f"dask:{address}", *jobs)}
            for turn in range(options.rounds):
                for name in sorted(ways, reverse=turn % 2 == 0):
                    began = load_average()
                    answer, duration = replayed(repository, *ways[name])
                    answers.add(answer)
                    seconds[name].append(duration)
                    sys.stdout.write(f"{name}: {duration:.1f} s (load {began:.1f})\n")
                    sys.stdout.flush()
    if len(answers) != 1:
        sys.exit("processes and the cluster do not say the same")
    medians = {name: statistics.median(durations) for name, durations in seconds.items()}
    sys.stdout.write(
        f"{json.loads(answers.pop())['summary']}\n"
        f"processes {medians['processes']:.1f} s, Dask {medians['Dask']:.1f} s, "
        f"ratio {medians['Dask'] / medians['processes']:.2f}\n"
    )


def replayed(repository: Path, *options: str) -> tuple[str, float]:
    """Return what a replay of a repository says, as JSON, and its seconds."""
    command = [sys.executable, "-m", "launchpolicy", "policy", "replay", "--format", "json"]
    began = time.monotonic()
    done = subprocess.run(
        [*command, *options], cwd=repository, capture_output=True, text=True, check=True
    )
    return done.stdout, time.monotonic() - began


@contextmanager
def local_cluster(workers: int) -> Iterator[str]:
    """Yield the address of a Dask cluster of this machine, in processes of one thread each."""
    cluster: Any = distributed.LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
    )
    with cluster:
        yield str(cluster.scheduler_address)


def only_warn(repository: Path) -> None:
    """Let the pack of the history deny nothing, in the work tree."""
    configuration = repository / ".launchpolicy.yaml"
    lines = configuration.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("mandatory:")]
    policies = [policy.id for policy in shipped_files.pack("launch").policies]
    bindings = [f"  - {{pack: launch, policy: {name}, action: warn}}\n" for name in policies]
    configuration.write_text("".join([*kept, "bindings:\n", *bindings]), "utf-8")


if __name__ == "__main__":
    main()
