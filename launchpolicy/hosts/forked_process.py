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
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from threading import Thread, active_count
from typing import Generic, NoReturn, TypeVar

Answer = TypeVar("Answer")
Begin = Callable[[], Callable[[int], Answer]]
"""A function that runs once in the process, and returns the one that answers."""


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

    __slots__ = ("_answers", "_id", "_questions")

    def __init__(self, begin: Begin[Answer], others: Iterable[ForkedProcess[Answer]] = ()) -> None:
        """Start it.

        Args:
            begin: what it runs before its first answer.
            others: what else was started and not ended; it lets go of their pipes.

        Raises:
            OSError: the system starts no further process.
        """
        ends: list[int] = []
        try:
            ends += os.pipe()
            ends += os.pipe()
            self._id = os.fork()
        except OSError:
            for end in ends:
                os.close(end)
            raise
        asked, self._questions, self._answers, answered = ends
        if self._id == 0:
            _answer_until_nobody_asks(begin, (asked, answered), [self, *others])
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
        """End the process, whatever it is doing, and wait until it has ended."""
        with suppress(ProcessLookupError):
            os.kill(self._id, signal.SIGKILL)
        self.let_go()
        with suppress(ChildProcessError):
            os.waitpid(self._id, 0)

    def let_go(self) -> None:
        """Close the pipes to the process: here, or in one that was forked after it."""
        os.close(self._questions)
        os.close(self._answers)


def ready(processes: Sequence[ForkedProcess[Answer]]) -> list[ForkedProcess[Answer]]:
    """Return which of some processes have answered, or have ended; wait for the first."""
    waiting = select.poll()
    for process in processes:
        waiting.register(process, select.POLLIN)
    descriptors = {descriptor for descriptor, _ in waiting.poll()}
    return [process for process in processes if process.fileno() in descriptors]


def _answer_until_nobody_asks(
    begin: Begin[Answer], ends: tuple[int, int], pipes: Iterable[ForkedProcess[Answer]]
) -> NoReturn:
    """Answer questions, and end without any of what a program does at its end.

    Args:
        begin: what runs before the first answer.
        ends: the descriptors of questions and of answers.
        pipes: other ends to let go of: while this process held one, no other would see that the
            one that asks has ended.
    """
    code = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that asks says how the run ends
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        for other in pipes:
            other.let_go()
        with suppress(RuntimeError):  # no thread: then it ends when nobody asks any more
            Thread(target=_end_with, args=(ends[0],), daemon=True).start()
        answer = begin()
        with open(ends[0], "rb") as questions, open(ends[1], "wb") as answers:  # noqa: PTH123
            for question in questions:
                pickle.dump(answer(int(question)), answers)
                answers.flush()
        code = 0
    finally:
        os._exit(code)


def _end_with(questions: int) -> None:
    """End this process at once when the one that asks has ended, however that was killed."""
    waiting = select.poll()
    waiting.register(questions, 0)  # no question, only that nobody can ask any more
    waiting.poll()
    os._exit(1)
