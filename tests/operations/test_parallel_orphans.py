"""Processes that judge end with the one that they judge for, however it is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = """\
import os, signal, sys, time
from threading import Thread
from launchpolicy.operations.submissions.worker_processes import answers_of_processes
def no_thread(thread):
    raise RuntimeError("can't start new thread")
def begin():
    os.write(1, f"{os.getpid()}\\n".encode())  # whole: two processes say theirs at once
    return time.sleep
if __name__ == "__main__":
    signal.signal(signal.SIGHUP, signal.SIG_DFL)  # under nohup it is ignored from the start
    if sys.argv[2] == "without":
        Thread.start = no_thread
    answers = answers_of_processes([0, float(sys.argv[3]), float(sys.argv[3])], begin, 2)
    next(answers)
    time.sleep(1)
    os.kill(os.getpid(), int(sys.argv[1]))
"""


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    file = Path(f"/proc/{process}/stat")  # Linux: one that ended may wait for its new parent
    return not file.exists() or file.read_text("utf-8").rpartition(")")[2].split()[0] != "Z"


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize(("thread", "seconds"), [("with", 600), ("without", 3)])
def test_no_process_is_left_when_the_first_one_is_killed(
    by: signal.Signals, thread: str, seconds: int
) -> None:
    started = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(int(by)), thread, str(seconds)],
        env=dict(os.environ),
        check=False,
        stdout=subprocess.PIPE,
        text=True,
        timeout=60,
    )
    processes = [int(word) for word in started.stdout.split()]
    assert started.returncode == -by
    assert len(processes) == 2
    for _ in range(200):
        if not any(map(_is_alive, processes)):
            break
        time.sleep(0.1)
    assert [process for process in processes if _is_alive(process)] == []
