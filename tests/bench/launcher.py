"""Starts one process and measures it; run by itself, in an interpreter as small as can be.

The kernel counts the memory of the process that calls `exec` into the peak of the program it
becomes, so a process must not be started from a large one when its peak is to be known.

Arguments: the folder to run in, the file for its output (errors go beside it), the command.
Prints: seconds of wall clock, seconds of processors, bytes at the peak of all processes together,
bytes at the peak of the largest one, exit code.
"""

from __future__ import annotations

import os
import sys
import threading
import time

SAMPLE_EVERY = 0.25
"""Seconds between two looks at whether a process has children, and at their memory."""


def measure(folder: str, output: str, argv: list[str]) -> tuple[float, float, int, int, int]:
    """Run the command to its end and return what is printed.

    The peak is the larger of what the kernel kept for the largest single process (`ru_maxrss`)
    and of what was seen of all of its processes together (proportional set size, sampled), so
    that a tool gains nothing by spreading its memory over workers. For the largest process the
    kernel's own high-water marks (`VmHWM`) are sampled too: it forgets children that nobody
    waited for.
    """
    os.chdir(folder)
    writing = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    files = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, output, writing, 0o644),
        (os.POSIX_SPAWN_OPEN, 2, output + ".err", writing, 0o644),
    ]
    together, single = [0], [0]
    ended = threading.Event()
    started = time.perf_counter()
    child = os.posix_spawnp(argv[0], argv, os.environ, file_actions=files, setpgroup=0)
    watcher = threading.Thread(target=_watch, args=(child, ended, together, single))
    watcher.start()
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - started
    ended.set()
    watcher.join()
    largest = max(usage.ru_maxrss * 1024, *single)
    seconds = usage.ru_utime + usage.ru_stime
    return wall, seconds, max(largest, *together), largest, os.waitstatus_to_exitcode(status)


def _watch(group: int, ended: threading.Event, together: list[int], single: list[int]) -> None:
    while not ended.wait(SAMPLE_EVERY):
        processes = [name for name in os.listdir("/proc") if _is_of(group, name)]  # noqa: PTH208 (pathlib is memory, too)
        # Looking closely slows the process that is looked at; of a single one the kernel knows.
        if len(processes) > 1:
            together.append(sum(_memory(name, "smaps_rollup", "Pss:") for name in processes))
            single.extend(_memory(name, "status", "VmHWM:") for name in processes)


def _is_of(group: int, process: str) -> bool:
    try:
        return process.isdigit() and os.getpgid(int(process)) == group
    except ProcessLookupError:
        return False


def _memory(process: str, file: str, field: str) -> int:
    """Return the bytes that a file of a process states in kB; 0 for a process that has ended."""
    try:
        with open(f"/proc/{process}/{file}", encoding="utf-8") as lines:  # noqa: PTH123 (as above)
            return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(field))
    except OSError:
        return 0


if __name__ == "__main__":
    sys.stdout.write(" ".join(map(str, measure(sys.argv[1], sys.argv[2], sys.argv[3:]))))
