"""A process that starts anew and answers questions which are sent to it.

For systems where a process cannot be forked safely; all that it is given goes through a pipe.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from multiprocessing import Pipe, Process, parent_process
from multiprocessing.connection import Connection, wait
from threading import Thread
from typing import Generic, TypeVar

Question = TypeVar("Question")
Answer = TypeVar("Answer")
Begin = Callable[[], Callable[[Question], Answer]]
"""A function that runs once in the process, and returns the one that answers."""

_PATIENCE = 5.0
"""Seconds that a process has to end after it was asked to."""


class SpawnedProcess(Generic[Question, Answer]):
    """A process that answers one question at a time, until it is ended."""

    __slots__ = ("_pipe", "_process", "_questions")

    def __init__(self, begin: Begin[Question, Answer], questions: Sequence[Question]) -> None:
        """Start it.

        Args:
            begin: what it runs before its first answer; it goes through a pipe (pickle).
            questions: what may be asked; likewise.

        Raises:
            OSError: the system starts no further process.
        """
        self._questions = questions
        self._pipe, theirs = Pipe()
        self._process = Process(target=_answer_until_nobody_asks, args=(begin, theirs), daemon=True)
        try:
            self._process.start()
        except OSError:
            self._pipe.close()
            raise
        finally:
            theirs.close()

    @property
    def pipe(self) -> Connection:
        """Return where its answers are waited for."""
        return self._pipe

    def ask(self, number: int) -> None:
        """Ask the question of this number; what has ended gives no answer."""
        with suppress(ConnectionError):
            self._pipe.send(self._questions[number])

    def answer(self) -> Answer:
        """Return the answer to the last question; wait for it.

        Raises:
            EOFError: the process has ended before it was done.
        """
        try:
            answer: Answer = self._pipe.recv()
        except ConnectionError as error:
            raise EOFError from error
        return answer

    def let_go(self) -> None:
        """Close the pipe to the process."""
        self._pipe.close()

    def end(self) -> None:
        """End the process, whatever it is doing, and wait until it has ended."""
        self._process.terminate()
        self.let_go()
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process.close()


def ready(
    processes: Sequence[SpawnedProcess[Question, Answer]],
) -> list[SpawnedProcess[Question, Answer]]:
    """Return which of some processes have answered, or have ended; wait for the first."""
    pipes = wait([process.pipe for process in processes])
    return [process for process in processes if process.pipe in pipes]


def _answer_until_nobody_asks(begin: Begin[Question, Answer], pipe: Connection) -> None:
    begin_worker()
    with suppress(EOFError, ConnectionError):
        answer = begin()
        while True:
            pipe.send(answer(pipe.recv()))


def begin_worker() -> None:
    """Make this process end only when the one that asks says so, or has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with suppress(RuntimeError):  # no thread: then it ends when the pipe says that nobody asks
        Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process at once when the one that asks has ended, however that was killed."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
