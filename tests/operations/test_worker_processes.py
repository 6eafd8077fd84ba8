"""Several processes answer questions: none waits without end, whatever the system refuses."""

from __future__ import annotations

import multiprocessing
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing import active_children
from multiprocessing.context import ForkProcess
from pathlib import Path
from threading import Thread

import pytest

from launchpolicy.operations.submissions.worker_processes import answers_of_processes
from launchpolicy.vocabulary.errors import UndecidedError
from tests.operations.launch_folder import commit, launch_folder

QUESTIONS = range(20)


def _doubling() -> Callable[[int], int]:
    return lambda number: 2 * number


def _no_thread(_: Thread) -> None:
    message = "can't start new thread"
    raise RuntimeError(message)


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    yield
    assert active_children() == []


@pytest.mark.parametrize("size", [1, 3, 30])
def test_each_question_has_its_answer_in_order(size: int) -> None:
    answers = list(answers_of_processes(QUESTIONS, _doubling, size))
    assert answers == [2 * number for number in QUESTIONS]


def test_no_thread_can_be_started_and_all_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Thread, "start", _no_thread)
    answers = list(answers_of_processes(QUESTIONS, _doubling, 2))
    assert answers == [2 * number for number in QUESTIONS]


def _refusing_after(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    start = ForkProcess.start
    started: list[object] = []

    def refusing(process: object) -> None:
        if len(started) >= number:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        started.append(process)
        start(process)  # type: ignore[arg-type]

    monkeypatch.setattr(multiprocessing.Process, "start", refusing)


def test_no_process_can_be_started_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    _refusing_after(0, monkeypatch)
    with pytest.raises(UndecidedError, match=r"no further process .*: Resource temporarily"):
        list(answers_of_processes(QUESTIONS, _doubling, 2))


def test_a_system_that_refuses_the_second_process_is_asked_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _refusing_after(1, monkeypatch)
    answers = list(answers_of_processes(QUESTIONS, _doubling, 4))
    assert answers == [2 * number for number in QUESTIONS]


def _killed_by(*numbers: int) -> Callable[[], Callable[[int], int]]:
    def answer(number: int) -> int:
        if number in numbers:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    return lambda: answer


def test_only_what_a_killed_process_was_asked_has_no_answer() -> None:
    answers = list(answers_of_processes(QUESTIONS, _killed_by(3, 7), 2))
    assert answers == [None if number in {3, 7} else number for number in QUESTIONS]


def _raising(error: Exception) -> Callable[[], Callable[[int], int]]:
    def answer(_: int) -> int:
        raise error

    return lambda: answer


@pytest.mark.parametrize(
    ("error", "kind", "text"),
    [
        (MemoryError("4 GiB"), MemoryError, "4 GiB"),
        (ImportError("failed to map segment"), ImportError, "failed to map segment"),
        (KeyError("x"), RuntimeError, "KeyError: 'x'"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "bad"), RuntimeError, "UnicodeDecodeError: "),
    ],
)
def test_an_exception_in_a_process_is_raised_here(
    error: Exception, kind: type[Exception], text: str
) -> None:
    with pytest.raises(kind, match=re.escape(text)) as raised:
        list(answers_of_processes(QUESTIONS, _raising(error), 2))
    assert "in answer" in raised.value.__notes__[0]


def test_an_interrupt_ends_processes_in_the_middle_of_an_answer() -> None:
    begun = time.monotonic()
    answers = answers_of_processes([0, 60, 60], lambda: time.sleep, 2)
    assert next(answers) is None
    answers.close()  # type: ignore[attr-defined]
    assert time.monotonic() - begun < 30


@pytest.mark.skipif(sys.platform != "linux", reason="the limit holds on Linux alone")
def test_a_check_ends_however_little_memory_it_may_use(tmp_path: Path) -> None:
    commit(launch_folder(tmp_path, ["true"], range(1, 401)))
    command = [sys.executable, "-m", "launchpolicy", "check", "--jobs", "2", "--lang", "en"]
    # Coverage needs memory of its own, and ends with a traceback of its own where there is none.
    environment = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    codes = set()
    for kilobytes in range(30_000, 100_000, 10_000):
        limit = kilobytes * 1024
        done = subprocess.run(
            command,
            cwd=tmp_path,
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
            env=environment,
            preexec_fn=lambda limit=limit: resource.setrlimit(resource.RLIMIT_AS, (limit, limit)),  # type: ignore[misc]
        )
        codes.add(done.returncode)
        assert done.returncode in {0, 3}, (kilobytes, done.stderr)
        assert ("exit code 0" in done.stdout) is (done.returncode == 0)
        assert "Traceback" not in done.stderr, kilobytes
        assert "defect" not in done.stderr, (kilobytes, done.stderr)
        assert len(done.stderr.splitlines()) <= 2, (kilobytes, done.stderr)
    assert 3 in codes
