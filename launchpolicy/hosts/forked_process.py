"""A process forked from this one, which answers questions that both know by their numbers.

It shares the memory of this process as it was, so nothing is loaded, read or sent a second time.
It needs none of `multiprocessing`, whose import takes longer than the check of ten files.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from threading import active_count
from typing import Generic, NoReturn, TypeVar

Answer = TypeVar("Answer")
Begin = Callable[[], Callable[[int], Answer]]
"""A function that runs once in the process, and returns the one that answers."""


_PATIENCE = 2.0
"""Seconds that a process has to end after it was asked to."""

_PAUSE = 0.001


def can_fork() -> bool:
    """Return whether this process may be forked: on Linux, while it has one thread.

    Where another way to start processes was chosen for all of Python, that counts.
    """
    if sys.platform != "linux" or active_count() > 1:
        return False
    library = sys.modules.get("multiprocessing")
    chosen = library.get_start_method(allow_none=True) if library is not None else None
    return chosen in {None, "fork"}


class ForkedProcess(Generic[Answer]):
    """A process that answers one question at a time, until it is ended."""

    __slots__ = ("_answers", "_ends", "_id", "_questions")

    def __init__(self, begin: Begin[Answer], others: Iterable[ForkedProcess[Answer]] = ()) -> None:
        """Start it.

        Args:
            begin: what it runs before its first answer.
            others: what else was started and not ended; it lets go of their pipes.

        Raises:
            OSError: the system starts no further process.
        """
        ends: list[int] = []
        # What a signal does is decided in the new process before the first one can arrive there.
        ending = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, ending)
        try:
            ends += os.pipe()
            ends += os.pipe()
            asked, self._questions, self._answers, answered = ends
            self._ends = [self._questions, self._answers]
            self._id = os.fork()
            if self._id == 0:
                _answer_until_nobody_asks(begin, (asked, answered), [self, *others], mask)
        except OSError:
            for end in ends:
                os.close(end)
            raise
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        os.close(asked)
        os.close(answered)

    def fileno(self) -> int:
        """Return the descriptor that can be read when there is an answer, or none will come."""
        return self._answers

    def ask(self, number: int) -> None:
        """Ask the question of this number; what has ended gives no answer."""
        with suppress(ConnectionError):
            os.write(self._questions, b"%d\n" % number)

    def answer(self) -> Answer:
        """Return the answer to the last question; wait for it.

        Raises:
            EOFError: the process has ended before it was done.
        """
        with open(self._answers, "rb", closefd=False) as answers:
            try:
                answer: Answer = pickle.load(answers)  # noqa: S301 (written by our own child)
            except (OSError, pickle.UnpicklingError) as error:
                raise EOFError from error
        return answer

    def end(self) -> None:
        """End the process, whatever it is doing, and wait until it has ended.

        It ends the programs that it has started first; it is killed where that takes too long.
        """
        self.let_go()
        with suppress(ProcessLookupError):
            os.kill(self._id, signal.SIGTERM)
        if not self._ends_within(_PATIENCE):
            with suppress(ProcessLookupError):
                os.kill(self._id, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(self._id, 0)

    def _ends_within(self, seconds: float) -> bool:
        limit = time.monotonic() + seconds
        with suppress(ChildProcessError):
            while os.waitpid(self._id, os.WNOHANG) == (0, 0):
                if time.monotonic() > limit:
                    return False
                time.sleep(_PAUSE)
        return True

    def let_go(self) -> None:
        """Close the pipes to the process: here, or in one that was forked after it."""
        while self._ends:
            os.close(self._ends.pop())


def ready(processes: Sequence[ForkedProcess[Answer]]) -> list[ForkedProcess[Answer]]:
    """Return which of some processes have answered, or have ended; wait for the first."""
    waiting = select.poll()
    for process in processes:
        waiting.register(process, select.POLLIN)
    descriptors = {descriptor for descriptor, _ in waiting.poll()}
    return [process for process in processes if process.fileno() in descriptors]


def _answer_until_nobody_asks(
    begin: Begin[Answer],
    ends: tuple[int, int],
    pipes: Iterable[ForkedProcess[Answer]],
    mask: Iterable[int],
) -> NoReturn:
    """Answer questions, and end without any of what a program does at its end.

    Args:
        begin: what runs before the first answer.
        ends: the descriptors of questions and of answers.
        pipes: other ends to let go of: while this process held one, no other would see that the
            one that asks has ended.
        mask: the signals that were blocked before it was forked.
    """
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that asks says how the run ends
        signal.signal(signal.SIGTERM, _end_at_once)
        for other in pipes:
            other.let_go()
        _end_with(ends[0])
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        answer = begin()
        with open(ends[0], "rb") as questions, open(ends[1], "wb") as answers:  # noqa: PTH123
            for question in questions:
                pickle.dump(answer(int(question)), answers)
                answers.flush()
        code = 0
    finally:
        _end_children()
        os._exit(code)


def _end_with(questions: int) -> None:
    """End this process at once when the one that asks has ended, however that was killed.

    Whatever happens to the pipe is a signal (fcntl(2), `O_ASYNC`). A thread that waited for it
    would take a memory arena of its own, of up to 128 MiB of addresses.
    """
    import fcntl  # noqa: PLC0415 (only some systems have it)

    def end_if_nobody_asks(*_: object) -> None:
        # One of its own each time: the signal may come while another one is asked.
        waiting = select.poll()
        waiting.register(questions, 0)  # no question, only that nobody can ask any more
        if waiting.poll(0):
            _end_at_once()

    signal.signal(signal.SIGIO, end_if_nobody_asks)
    fcntl.fcntl(questions, fcntl.F_SETOWN, os.getpid())
    flags = fcntl.fcntl(questions, fcntl.F_GETFL)
    fcntl.fcntl(questions, fcntl.F_SETFL, flags | os.O_ASYNC)
    end_if_nobody_asks()


def _end_at_once(*_: object) -> NoReturn:
    try:
        _end_children()
    finally:
        os._exit(1)


def _end_children() -> None:
    """End the programs that this process has started, and wait until they have ended.

    Left behind, they would stay in the table of processes where the first process of a container
    waits for none but its own.
    """
    with suppress(OSError, ValueError):
        for file in Path("/proc/self/task").glob("*/children"):
            for word in file.read_bytes().split():
                os.kill(int(word), signal.SIGKILL)
                os.waitpid(int(word), 0)
