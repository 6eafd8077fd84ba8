"""Starts one process and measures it; run by itself, in an interpreter as small as can be.

The kernel counts the memory of the process that calls `exec` into the peak of the program it
becomes, so a process must not be started from a large one when its peak is to be known.

Arguments: the folder to run in, the file for its output (errors go beside it), the command.
Prints: seconds of wall clock, seconds of processors, bytes at the peak, exit code.
"""

from __future__ import annotations

import os
import sys
import threading
import time

SAMPLE_EVERY = 0.25
"""Seconds between two looks at whether a process has children, and at their memory."""


def measure(folder: str, output: str, argv: list[str]) -> tuple[float, float, int, int]:
    """Runs the command to its end.

    The peak is the larger of what the kernel kept for the largest single process (`ru_maxrss`)
    and of what was seen of all of its processes together (proportional set size, sampled), so
    that a tool gains nothing by spreading its memory over workers.
    """
    os.chdir(folder)
    writing = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    files = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, output, writing, 0o644),
        (os.POSIX_SPAWN_OPEN, 2, output + ".err", writing, 0o644),
    ]
    seen = [0]
    ended = threading.Event()
    started = time.perf_counter()
    child = os.posix_spawn(argv[0], argv, os.environ, file_actions=files, setpgroup=0)
    watcher = threading.Thread(target=_watch, args=(child, ended, seen))
    watcher.start()
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - started
    ended.set()
    watcher.join()
    peak = max(usage.ru_maxrss * 1024, *seen)
    return wall, usage.ru_utime + usage.ru_stime, peak, os.waitstatus_to_exitcode(status)


def _watch(group: int, ended: threading.Event, seen: list[int]) -> None:
    while not ended.wait(SAMPLE_EVERY):
        processes = [name for name in os.listdir("/proc") if _is_of(group, name)]  # noqa: PTH208 (pathlib is memory, too)
        # Looking closely slows the process that is looked at; of a single one the kernel knows.
        if len(processes) > 1:
            seen.append(sum(_proportional_size(process) for process in processes))


def _is_of(group: int, process: str) -> bool:
    try:
        return process.isdigit() and os.getpgid(int(process)) == group
    except ProcessLookupError:
        return False


def _proportional_size(process: str) -> int:
    """Bytes that a process holds, shared pages counted in proportion."""
    try:
        with open(f"/proc/{process}/smaps_rollup", encoding="ascii") as rollup:  # noqa: PTH123 (as above)
            return sum(int(line.split()[1]) * 1024 for line in rollup if line.startswith("Pss:"))
    except OSError:
        return 0


if __name__ == "__main__":
    sys.stdout.write(" ".join(map(str, measure(sys.argv[1], sys.argv[2], sys.argv[3:]))))
