"""`python -m tests.operations.replay.local_cluster`: a real Dask cluster until its input ends."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]


@contextmanager
def local_cluster() -> Iterator[str]:
    """Yield the address of a cluster of two processes on this machine."""
    command = [sys.executable, "-m", "tests.operations.replay.local_cluster"]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.stdin.close()
        assert process.wait() == 0


def main() -> None:
    """Print the address of a cluster, and keep it until the input ends."""
    import distributed  # noqa: PLC0415 (in the process of the cluster alone)

    cluster: Any = distributed.LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address=None,
    )
    with cluster:
        sys.stdout.write(f"{cluster.scheduler_address}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main()
