"""Several processes that answer questions, one question at a time each.

The process that asks starts no thread: where memory is short, the system may refuse one, and
waiting for what that thread was to do would never end.
"""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Callable, Generator, Sequence
from functools import partial
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from launchpolicy.engine.submission import UnjudgedReason
from launchpolicy.hosts import forked_process
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.finding import Verdict
from launchpolicy.vocabulary.text import Text

Question = TypeVar("Question")
Answer = TypeVar("Answer")
FromProcess_co = TypeVar("FromProcess_co", covariant=True)
Begin = Callable[[], Callable[[Question], Answer]]
"""A function that runs once in each process, and returns the one that answers."""


NOT_ANSWERED = UnjudgedReason(
    "request/not-answered",
    Verdict.UNDECIDED,
    Text(
        "The process that was to judge this request ended before it answered.",
        "负责判定该申请的进程在得出结论之前已终止。",
    ),
    Text(
        "Check that there is enough memory, and run again with fewer processes, such as --jobs 1.",
        "请确认内存充足，并减少进程数后重新运行，例如 --jobs 1。",
    ),
)
"""Why a request is undecided whose process gave no answer."""


class _Failure(NamedTuple):
    """An exception in another process as text: an exception itself may not survive the way."""

    kind: str
    message: str
    trace: str


class _AnsweringProcess(Protocol[FromProcess_co]):
    """A process that answers one question at a time."""

    def ask(self, number: int) -> None: ...

    def answer(self) -> FromProcess_co: ...

    def let_go(self) -> None: ...

    def end(self) -> None: ...


def answers_of_processes(
    questions: Sequence[Question], begin: Begin[Question, Answer], size: int
) -> Generator[Answer | None]:
    """Yield the answer to each question, in order; None where a process ended before it answered.

    Args:
        questions: what to ask; where processes are not forked, each goes through a pipe (pickle),
            and so does each answer everywhere.
        begin: what each process runs first, likewise.
        size: the number of processes; fewer where the system refuses some.

    Raises:
        UndecidedError: not one process can be started.
        MemoryError: memory ran out in a process.
        ImportError: a library cannot be loaded in a process.
        RuntimeError: another exception in a process, by name and text.
    """
    group = _ProcessGroup(questions, begin, size)
    waiting = deque(range(len(questions)))
    answers: dict[int, Answer | None] = {}
    try:
        for number in range(len(questions)):
            while number not in answers:
                while waiting and group.has_room():
                    group.ask(waiting.popleft())
                answers.update(group.next_answers())
            yield answers.pop(number)
    finally:
        group.close()


class _Answering(Generic[Question, Answer]):
    """Answers questions, or says what went wrong; what `begin` does belongs to the first answer."""

    def __init__(self, begin: Begin[Question, Answer]) -> None:
        self._begin = begin
        self._answer: Callable[[Question], Answer] | None = None

    def __call__(self, question: Question) -> Answer | _Failure:
        try:
            if self._answer is None:
                self._answer = self._begin()
            return self._answer(question)
        except Exception as error:  # noqa: BLE001 (raised again in the process that asks)
            return _Failure(type(error).__name__, str(error), traceback.format_exc())


class _AnsweringByNumber(Generic[Question, Answer]):
    """Answers the questions of a list, by their numbers in it."""

    def __init__(self, questions: Sequence[Question], begin: Begin[Question, Answer]) -> None:
        self._questions = questions
        self._answer = _Answering(begin)

    def __call__(self, number: int) -> Answer | _Failure:
        return self._answer(self._questions[number])


class _ProcessGroup(Generic[Question, Answer]):
    """The processes that are there, started when they are first needed."""

    def __init__(
        self, questions: Sequence[Question], begin: Begin[Question, Answer], size: int
    ) -> None:
        self._start_one, self._ready = _way_to_start(questions, begin)
        self._size = size
        self._idle: list[_AnsweringProcess[Answer | _Failure]] = []
        self._busy: dict[_AnsweringProcess[Answer | _Failure], int] = {}

    def has_room(self) -> bool:
        """Return whether one more question can be asked now."""
        if not self._idle and len(self._busy) < self._size:
            self._start()
        return bool(self._idle)

    def ask(self, number: int) -> None:
        """Ask an idle process the question of this number."""
        process = self._idle.pop()
        self._busy[process] = number
        process.ask(number)

    def next_answers(self) -> dict[int, Answer | None]:
        """Return what is answered next, by the number of the question; wait for it."""
        answers: dict[int, Answer | None] = {}
        for process in self._ready(list(self._busy)):
            number = self._busy.pop(process)
            self._idle.append(process)
            try:
                answer = process.answer()
            except EOFError:
                self._idle.remove(process)
                process.end()
                answers[number] = None
                continue
            if isinstance(answer, _Failure):
                raise _exception_of(answer)
            answers[number] = answer
        return answers

    def close(self) -> None:
        """End all processes, and wait until they have ended."""
        processes = (*self._idle, *self._busy)
        for process in processes:
            process.let_go()
        for process in processes:
            process.end()

    def _start(self) -> None:
        try:
            self._idle.append(self._start_one([*self._idle, *self._busy]))
        except OSError as error:  # no memory, too many processes or open files
            self._size = len(self._busy)
            if not self._size:
                raise _cannot_start(error) from error


def _way_to_start(questions: Sequence[Question], begin: Begin[Question, Answer]) -> tuple[Any, Any]:
    """Return how a process is started beside others, and how the first answers are waited for."""
    if forked_process.can_fork():
        by_number = partial(_AnsweringByNumber, questions, begin)
        return partial(forked_process.ForkedProcess, by_number), forked_process.ready
    # Loaded here on purpose: it takes longer than the check of ten files.
    from launchpolicy.hosts import spawned_process  # noqa: PLC0415

    answering = partial(_Answering, begin)
    return (
        lambda _: spawned_process.SpawnedProcess(answering, questions),
        spawned_process.ready,
    )


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
