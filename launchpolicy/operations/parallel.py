"""Many requests judged on all cores; a few in this process, which is faster.

A process reads the files that it judges itself, so no process ever holds all of them. What is equal
in the judgements of many requests is kept once. Requests whose process ends before it answers are
undecided, and never missing.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from launchpolicy.engine.request import judge, not_judged
from launchpolicy.engine.submission import Submission, expect_approvals_later
from launchpolicy.hosts.platform import usable_cores
from launchpolicy.operations.request_sources import RequestSources
from launchpolicy.operations.submissions import RequestFile, read_submissions, unread_submission
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.finding import Finding, Judgement, PolicyResult, Verdict
from launchpolicy.vocabulary.place import START, Place
from launchpolicy.vocabulary.snapshot import Snapshot
from launchpolicy.vocabulary.text import Text

if TYPE_CHECKING:  # loaded only where several processes judge
    from concurrent.futures import Future, ProcessPoolExecutor

Progress = Callable[[int, int], None]
"""Called with the number of requests judged so far and the number of all."""

MANY = 150
"""From so many requests on, several processes are faster than one."""

_CHUNK = 64
_AHEAD = 2
"""Chunks that wait for each process; more would only fill memory."""

Chunk = Sequence[Submission | RequestFile]
Results = tuple[PolicyResult, ...]


class _Answer(NamedTuple):
    """The judgements of a chunk, or why the run must stop: an error as problem and remedy."""

    judgements: list[Judgement]
    problem: tuple[Text, Text] | None = None


class _CheckRun(NamedTuple):
    """What every process of a run needs."""

    rules: PackSet
    now: datetime
    sources: RequestSources | None


def judge_all(
    requests: Chunk,
    rules: PackSet,
    now: datetime,
    jobs: int | None = None,
    progress: Progress | None = None,
    sources: RequestSources | None = None,
) -> list[Judgement]:
    """Return the judgements of all requests, in their order.

    Args:
        requests: what to judge: read already, or files that are still to be read.
        rules: the pack set of the base.
        now: the one time of the run.
        jobs: number of processes; None is one per core that this process may use.
        progress: called after every chunk.
        sources: where the files are read from.

    Raises:
        UndecidedError: a file cannot be read.
    """
    workers = jobs or usable_cores()
    run = _CheckRun(rules, now, sources)
    chunks = [requests[start : start + _CHUNK] for start in range(0, len(requests), _CHUNK)]
    is_alone = workers == 1 or len(requests) < MANY
    done: list[Judgement] = []
    shared: dict[Results, Results] = {}
    for answer in _in_process(chunks, run) if is_alone else _in_parallel(chunks, run, workers):
        if answer.problem is not None:
            raise UndecidedError(*answer.problem)
        done += [_share_results(judgement, shared) for judgement in answer.judgements]
        if progress is not None:
            progress(len(done), len(requests))
    return done


class _Judging:
    """A process that judges; what it reads from is opened when it is first needed."""

    def __init__(self, run: _CheckRun) -> None:
        self._run = run
        self._stack = ExitStack()
        self._opened: tuple[Snapshot, Snapshot | None] | None = None

    def answer(self, chunk: Chunk) -> _Answer:
        """Return the judgements of a chunk; equal results are one object."""
        shared: dict[Results, Results] = {}
        try:
            submissions = self._read(chunk)
        except UndecidedError as error:  # an exception would not survive the way to the parent
            return _Answer([], (error.problem, error.remedy))
        judgements = [
            judge(submission, self._run.rules, self._run.now) for submission in submissions
        ]
        return _Answer([_share_results(judgement, shared) for judgement in judgements])

    def _read(self, chunk: Chunk) -> list[Submission]:
        files = [request for request in chunk if isinstance(request, RequestFile)]
        if not files:
            return [request for request in chunk if isinstance(request, Submission)]
        submissions = iter(expect_approvals_later(read_submissions(files, *self._snapshots())))
        return [
            next(submissions) if isinstance(request, RequestFile) else request for request in chunk
        ]

    def _snapshots(self) -> tuple[Snapshot, Snapshot | None]:
        if self._opened is None:
            if self._run.sources is None:
                message = "files to read, and nothing to read them from"
                raise ValueError(message)
            self._opened = self._stack.enter_context(self._run.sources.open())
        return self._opened

    def close(self) -> None:
        self._stack.close()


def _share_results(judgement: Judgement, shared: dict[Results, Results]) -> Judgement:
    """Return an equal judgement: ten thousand plain passes then have one tuple of results."""
    results = judgement.results
    if judgement.verdict is not Verdict.PASS or any(result.findings for result in results):
        return judgement
    known = shared.setdefault(results, results)
    return judgement if known is results else judgement._replace(results=known)


def _in_process(chunks: Sequence[Chunk], run: _CheckRun) -> Iterator[_Answer]:
    judging = _Judging(run)
    try:
        yield from map(judging.answer, chunks)
    finally:
        judging.close()


def _in_parallel(chunks: Sequence[Chunk], run: _CheckRun, workers: int) -> Iterator[_Answer]:
    """Return the answers of several processes; when one ends early, the others are replaced too."""
    # Loaded here on purpose: a check of one request never needs it.
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    waiting = deque(chunks)
    while waiting:
        with ProcessPoolExecutor(workers, initializer=_start, initargs=(run,)) as pool:
            try:
                yield from _answers_of(pool, waiting, workers)
            finally:
                pool.shutdown(cancel_futures=True)


def _answers_of(
    pool: ProcessPoolExecutor, waiting: deque[Chunk], workers: int
) -> Iterator[_Answer]:
    """Return answers in order, until nothing is waiting, or the pool is broken."""
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415

    begun: deque[tuple[Chunk, Future[_Answer]]] = deque()
    is_broken = False
    while begun or (waiting and not is_broken):
        try:
            while waiting and not is_broken and len(begun) < workers * _AHEAD:
                begun.append((waiting[0], pool.submit(_answer, waiting[0])))
                waiting.popleft()
        except BrokenProcessPool:
            is_broken = True
        if begun:
            chunk, future = begun.popleft()
            try:
                yield future.result()
            except BrokenProcessPool:
                is_broken = True
                yield _Answer([_not_answered(request) for request in chunk])


_judging: list[_Judging] = []
"""The one of this process, which judges for another."""


def _start(run: _CheckRun) -> None:
    _judging.append(_Judging(run))
    # Loaded here on purpose: only such a process needs it.
    from threading import Thread  # noqa: PLC0415

    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End this process when the one that it judges for has ended, however that was killed."""
    from multiprocessing import parent_process  # noqa: PLC0415

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _answer(chunk: Chunk) -> _Answer:
    return _judging[-1].answer(chunk)


def _not_answered(request: Submission | RequestFile) -> Judgement:
    submission = unread_submission(request) if isinstance(request, RequestFile) else request
    finding = Finding("request/not-answered", _ENDED, Place(submission.path, START), _FEWER)
    return not_judged(submission, Verdict.UNDECIDED, (finding,))


_ENDED = Text(
    "The process that was to judge this request ended before it answered.",
    "负责判定该申请的进程在得出结论之前已终止。",
)
_FEWER = Text(
    "Check that there is enough memory, and run again with fewer processes, such as --jobs 1.",
    "请确认内存充足，并减少进程数后重新运行，例如 --jobs 1。",
)
