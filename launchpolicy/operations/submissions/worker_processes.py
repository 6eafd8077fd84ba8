"""Several processes that answer questions, one question at a time each.

The process that asks starts no thread: where memory is short, the system may refuse one, and
waiting for what that thread was to do would never end.
"""

from __future__ import annotations

import os
import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing import Pipe, Process, get_start_method, parent_process
from multiprocessing.connection import Connection, wait
from threading import Thread
from typing import Generic, NamedTuple, TypeVar

from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.text import Text

Question = TypeVar("Question")
Answer = TypeVar("Answer")
Begin = Callable[[], Callable[[Question], Answer]]
"""A function that runs once in each process, and returns the one that answers."""

_PATIENCE = 5.0
"""Seconds that a process has to end after it was told to."""


class _Failure(NamedTuple):
    """An exception in another process as text: an exception itself may not survive the way."""

    kind: str
    message: str
    trace: str


class _Worker(NamedTuple):
    """A process that answers, and the pipe to it."""

    process: Process
    pipe: Connection


def answers_of_processes(
    questions: Sequence[Question], begin: Begin[Question, Answer], size: int
) -> Iterator[Answer | None]:
    """Yield the answer to each question, in order; None where a process ended before it answered.

    Args:
        questions: what to ask; each must fit through a pipe (pickle).
        begin: what each process runs first; likewise where processes are not forked.
        size: the number of processes; fewer where the system refuses some.

    Raises:
        UndecidedError: not one process can be started.
        MemoryError: memory ran out in a process.
        ImportError: a library cannot be loaded in a process.
        RuntimeError: another exception in a process, by name and text.
    """
    group = _ProcessGroup(begin, size)
    waiting = deque(range(len(questions)))
    answers: dict[int, Answer | None] = {}
    try:
        for number in range(len(questions)):
            while number not in answers:
                while waiting and group.has_room():
                    group.ask(waiting[0], questions[waiting[0]])
                    waiting.popleft()
                answers.update(group.next_answers())
            yield answers.pop(number)
    finally:
        group.close()


class _ProcessGroup(Generic[Question, Answer]):
    """The processes that are there, started when they are first needed."""

    def __init__(self, begin: Begin[Question, Answer], size: int) -> None:
        self._begin = begin
        self._size = size
        self._idle: list[_Worker] = []
        self._busy: dict[Connection, tuple[_Worker, int]] = {}

    def has_room(self) -> bool:
        """Return whether one more question can be asked now."""
        if not self._idle and len(self._busy) < self._size:
            self._start()
        return bool(self._idle)

    def ask(self, number: int, question: Question) -> None:
        """Send a question to an idle process."""
        worker = self._idle.pop()
        self._busy[worker.pipe] = worker, number
        with suppress(ConnectionError):  # it has ended: its pipe says so when it is read
            worker.pipe.send(question)

    def next_answers(self) -> dict[int, Answer | None]:
        """Return what is answered next, by the number of the question; wait for it."""
        answers: dict[int, Answer | None] = {}
        ready = wait(list(self._busy))
        for pipe in [pipe for pipe in self._busy if pipe in ready]:
            worker, number = self._busy.pop(pipe)
            try:
                answer = pipe.recv()
            except (EOFError, ConnectionError):
                _end(worker)
                answers[number] = None
                continue
            self._idle.append(worker)
            if isinstance(answer, _Failure):
                raise _exception_of(answer)
            answers[number] = answer
        return answers

    def close(self) -> None:
        """End all processes, and wait until they have ended."""
        for worker, _ in self._busy.values():
            worker.process.terminate()
        for worker in self._workers():
            _end(worker)

    def _workers(self) -> list[_Worker]:
        return [*self._idle, *(worker for worker, _ in self._busy.values())]

    def _start(self) -> None:
        try:
            self._idle.append(self._started_worker())
        except OSError as error:  # no memory, too many processes or open files
            self._size = len(self._busy)
            if not self._size:
                raise _cannot_start(error) from error

    def _started_worker(self) -> _Worker:
        ours, theirs = Pipe()
        pipes = [ours, *(worker.pipe for worker in self._workers())]
        # A forked process has our ends too; while it holds one, no other sees that we have ended.
        inherited = pipes if get_start_method() == "fork" else []
        process = Process(target=_work, args=(self._begin, theirs, inherited), daemon=True)
        try:
            process.start()
        except OSError:
            ours.close()
            raise
        finally:
            theirs.close()
        return _Worker(process, ours)


def _end(worker: _Worker) -> None:
    worker.pipe.close()
    worker.process.join(_PATIENCE)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()
    worker.process.close()


def _work(
    begin: Begin[Question, Answer], pipe: Connection, inherited: Sequence[Connection]
) -> None:
    """Answer questions until nobody asks; the other process alone says how the run ends."""
    for other in inherited:
        other.close()
    begin_worker()
    with suppress(EOFError, ConnectionError):
        answer = begin()
        while True:
            pipe.send(_answer_or_failure(answer, pipe.recv()))


def begin_worker() -> None:
    """Make this process end only when the one that asks says so, or has ended."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    with suppress(RuntimeError):  # no thread: then it ends when the pipe says that nobody asks
        Thread(target=_end_with_parent, daemon=True).start()


def _answer_or_failure(
    answer: Callable[[Question], Answer], question: Question
) -> Answer | _Failure:
    try:
        return answer(question)
    except Exception as error:  # noqa: BLE001 (raised again in the process that asks)
        return _Failure(type(error).__name__, str(error), traceback.format_exc())


def _end_with_parent() -> None:
    """End this process at once when the one that asks has ended, however that was killed."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _exception_of(failure: _Failure) -> Exception:
    kinds: dict[str, type[Exception]] = {"MemoryError": MemoryError, "ImportError": ImportError}
    kind = kinds.get(failure.kind)
    text = f"{failure.kind}: {failure.message}"
    error = RuntimeError(text) if kind is None else kind(failure.message)
    error.add_note(failure.trace)
    return error


def _cannot_start(error: OSError) -> UndecidedError:
    reason = error.strerror or str(error)
    return UndecidedError(
        Text(
            f"The system starts no further process to judge in: {reason}.",
            f"系统无法再启动用于判定的进程：{reason}。",
        ),
        Text(
            "Allow more memory or processes, or run again with --jobs 1.",
            "请放宽内存或进程数限制，或使用 --jobs 1 重新运行。",
        ),
    )
