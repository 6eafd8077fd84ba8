"""Several processes answer questions: none waits without end, whatever the system refuses."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import re
import resource
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from multiprocessing import active_children, resource_tracker
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest

from launchpolicy.hosts import forked_process, spawned_process
from launchpolicy.operations.submissions.worker_processes import answers_of_processes
from launchpolicy.vocabulary.errors import UndecidedError
from tests.operations.launch_folder import commit, launch_folder

QUESTIONS = range(20)


@pytest.fixture(params=["forked", "spawned"])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forked_process, "can_fork", lambda: request.param == "forked")
    if request.param == "spawned":
        context = multiprocessing.get_context("spawn")
        monkeypatch.setattr(spawned_process, "Process", context.Process)


@pytest.fixture(autouse=True)
def _forks_if_not_said_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forked_process, "can_fork", lambda: True)


def _doubling() -> Callable[[int], int]:
    return lambda number: 2 * number


def _no_thread(_: Thread) -> None:
    message = "can't start new thread"
    raise RuntimeError(message)


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    before = _children()
    yield
    assert active_children() == []
    assert (
        _children() - before - {getattr(resource_tracker._resource_tracker, "_pid", None)} == set()
    )


def _children() -> set[int]:
    """Return the processes that this one has started and not waited for."""
    files = Path("/proc/self/task").glob("*/children")
    return {int(word) for file in files for word in file.read_text("utf-8").split()}


@pytest.mark.usefixtures("_way")
@pytest.mark.parametrize("size", [1, 3, 30])
def test_each_question_has_its_answer_in_order(size: int) -> None:
    answers = list(answers_of_processes(QUESTIONS, _doubling, size))
    assert answers == [2 * number for number in QUESTIONS]


def _repeating() -> Callable[[int], bytes]:
    return lambda size: b"x" * size


@pytest.mark.usefixtures("_way")
def test_answers_of_any_size_come_whole() -> None:
    sizes = [0, 1, 65_535, 65_536, 65_537, 5_000_000]
    answers = answers_of_processes(sizes, _repeating, 3)
    assert [len(answer or b"") for answer in answers] == sizes


def test_no_thread_can_be_started_and_all_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Thread, "start", _no_thread)
    answers = list(answers_of_processes(QUESTIONS, _doubling, 2))
    assert answers == [2 * number for number in QUESTIONS]


def _refusing_after(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    fork = os.fork
    started: list[int] = []

    def refusing() -> int:
        if len(started) >= number:
            raise BlockingIOError(11, "Resource temporarily unavailable")
        started.append(fork())
        return started[-1]

    monkeypatch.setattr(os, "fork", refusing)


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


def _killed_by(*numbers: int) -> Callable[[int], int]:
    def answer(number: int) -> int:
        if number in numbers:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    return answer


@pytest.mark.usefixtures("_way")
def test_only_what_a_killed_process_was_asked_has_no_answer() -> None:
    answers = list(answers_of_processes(QUESTIONS, partial(_killed_by, 3, 7), 2))
    assert answers == [None if number in {3, 7} else number for number in QUESTIONS]


def _raising(error: Exception) -> Callable[[int], int]:
    def answer(_: int) -> int:
        raise error

    return answer


@pytest.mark.usefixtures("_way")
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
        list(answers_of_processes(QUESTIONS, partial(_raising, error), 2))
    assert "in answer" in raised.value.__notes__[0]


def _no_beginning() -> Callable[[int], int]:
    raise MemoryError


@pytest.mark.usefixtures("_way")
def test_what_goes_wrong_before_the_first_answer_is_raised_here_too() -> None:
    with pytest.raises(MemoryError):
        list(answers_of_processes(QUESTIONS, _no_beginning, 2))


def _half_an_answer(answers: int) -> Callable[[int], int]:
    def answer(number: int) -> int:
        os.write(answers, pickle.dumps(number)[:-1])
        os.kill(os.getpid(), signal.SIGKILL)
        return number

    return answer


def test_half_an_answer_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    ends: list[int] = []
    pipe = os.pipe

    def noted() -> tuple[int, int]:
        ends.extend(pipe())
        return (ends[-2], ends[-1])

    monkeypatch.setattr(os, "pipe", noted)
    half = lambda: _half_an_answer(ends[3])  # noqa: E731 (the end is known only after the start)
    assert list(answers_of_processes([1], half, 1)) == [None]


def test_a_signal_beside_the_fork_stays_with_the_process_that_asks() -> None:
    arrivals: list[int] = []
    before = signal.signal(signal.SIGINT, lambda *_: arrivals.append(os.getpid()))
    fork = os.fork

    def interrupted() -> int:
        process = fork()
        os.kill(os.getpid(), signal.SIGINT)
        return process

    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "fork", interrupted)
            answers = list(answers_of_processes(QUESTIONS, _doubling, 2))
    finally:
        signal.signal(signal.SIGINT, before)
    assert answers == [2 * number for number in QUESTIONS]
    assert set(arrivals) == {os.getpid()}


class _InterruptedPoll:
    """A `select.poll` during whose first wait in another process the signal of a pipe arrives."""

    real = select.poll
    arrivals: ClassVar[list[int]] = []

    def __init__(self) -> None:
        self._poll, self._runs = self.real(), False

    def register(self, *arguments: int) -> None:
        self._poll.register(*arguments)

    def poll(self, *arguments: float) -> list[tuple[int, int]]:
        if self._runs:  # as the library
            message = "concurrent poll() invocation"
            raise RuntimeError(message)
        self._runs = True
        try:
            if os.getpid() not in self.arrivals:
                self.arrivals.append(os.getpid())
                os.kill(os.getpid(), signal.SIGIO)
            return self._poll.poll(*arguments)
        finally:
            self._runs = False


def test_a_signal_of_a_pipe_while_the_pipe_is_looked_at_ends_no_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_InterruptedPoll, "arrivals", [os.getpid()])  # never in this process
    monkeypatch.setattr(select, "poll", _InterruptedPoll)
    answers = list(answers_of_processes(QUESTIONS, _doubling, 4))
    assert answers == [2 * number for number in QUESTIONS]


def test_an_interrupt_ends_processes_in_the_middle_of_an_answer() -> None:
    begun = time.monotonic()
    answers = answers_of_processes([0, 60, 60], lambda: time.sleep, 2)
    assert next(answers) is None
    answers.close()
    assert time.monotonic() - begun < 30


@pytest.mark.skipif(sys.platform != "linux", reason="the limit holds on Linux alone")
def test_a_check_ends_however_few_files_it_may_open(tmp_path: Path) -> None:
    commit(launch_folder(tmp_path, ["true"], range(1, 3)))
    command = [sys.executable, "-m", "launchpolicy", "check", "--lang", "en"]
    environment = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    for count in range(5, 14):
        done = subprocess.run(
            command,
            cwd=tmp_path,
            check=False,
            capture_output=True,
            text=True,
            timeout=60,
            env=environment,
            preexec_fn=lambda count=count: resource.setrlimit(resource.RLIMIT_NOFILE, (count,) * 2),  # type: ignore[misc]
        )
        assert done.returncode in {0, 3}, (count, done.stderr)
        assert "Traceback" not in done.stderr, (count, done.stderr)


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
