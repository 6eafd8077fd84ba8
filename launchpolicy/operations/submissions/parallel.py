"""Many requests judged on all cores; a few in this process, which is faster.

A process reads the files that it judges itself, so no process ever holds all of them. What is equal
in the judgements of many requests is kept once. Requests whose process ends before it answers are
undecided, and never missing.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, closing
from datetime import datetime
from functools import partial

from launchpolicy.engine.request import judge, without_judging
from launchpolicy.engine.submission import Submission, expect_approvals_later
from launchpolicy.facts.facts import NO_FACTS
from launchpolicy.hosts.platform import AddressSpaceBound, usable_cores
from launchpolicy.operations.submissions.read import (
    RequestFile,
    read_submissions,
    unread_submission,
)
from launchpolicy.operations.submissions.request_sources import RequestSources
from launchpolicy.policy.cel.memory import ALLOWANCE, bound_evaluations
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.finding import Judgement, PolicyResult, Verdict
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.snapshot import Snapshot
from launchpolicy.vocabulary.text import Text

Progress = Callable[[int, int], None]
"""Called with the number of requests judged so far and the number of all."""

MANY = 150
"""From so many requests on, several processes are faster than one."""

_LONG = 10
"""As many requests of which policies ask no facts take as long as one of which they do."""

_CHUNK = 64
_CHUNKS_EACH = 2
"""Chunks for each process at least: with one, all would wait for the slowest."""

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
    is_alone = workers == 1 or not _are_many(requests)
    done: list[Judgement] = []
    shared: dict[Results, Results] = {}
    judging = _in_process(requests, run) if is_alone else _in_parallel(requests, run, workers)
    with closing(judging) as answers:
        for answer in answers:
            if answer.problem is not None:
                raise UndecidedError(*answer.problem)
            done += [_share_results(judgement, shared) for judgement in answer.judgements]
            if progress is not None:
                progress(len(done), len(requests))
    return done


def _are_many(requests: Chunk) -> bool:
    """Return whether several processes are faster than one."""
    if len(requests) * _LONG < MANY or len(requests) >= MANY:
        return len(requests) >= MANY
    long = sum(isinstance(one, Submission) and one.facts is not NO_FACTS for one in requests)
    if long * _LONG < MANY:
        return False
    # Loaded here on purpose: a check of few requests never needs it. What starts anew is slower.
    from launchpolicy.hosts.forked_process import can_fork  # noqa: PLC0415

    return can_fork()


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
        submissions = iter(
            expect_approvals_later(read_submissions(files, self._run.rules, *self._snapshots()))
        )
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

    def __reduce__(self) -> tuple[object, ...]:
        """Return what another process needs; what is open stays behind."""
        return _Judging, (self._run,)


def _share_results(judgement: Judgement, shared: dict[Results, Results]) -> Judgement:
    """Return an equal judgement: ten thousand plain passes then have one tuple of results."""
    results = judgement.results
    if judgement.verdict is not Verdict.PASS or any(result.findings for result in results):
        return judgement
    known = shared.setdefault(results, results)
    return judgement if known is results else judgement._replace(results=known)


def _in_process(requests: Chunk, run: _CheckRun) -> Generator[_Answer]:
    judging = _Judging(run)
    try:
        yield from map(judging.answer, _chunks(requests, _CHUNK))
    finally:
        judging.close()


def _in_parallel(requests: Chunk, run: _CheckRun, workers: int) -> Generator[_Answer]:
    """Yield the answers of several processes; what one did not answer is undecided.

    This process judges the first request, so that those that are forked share what it had to load,
    compile and open for it.
    """
    # Loaded here on purpose: a check of one request never needs it.
    from launchpolicy.operations.submissions.worker_processes import answers_of_processes  # noqa: PLC0415

    chunks = _chunks(requests[1:], min(_CHUNK, -(-len(requests) // (workers * _CHUNKS_EACH))))
    judging = _Judging(run)
    try:
        yield judging.answer(requests[:1])
        begin = partial(_begin_to_judge, judging)
        with closing(answers_of_processes(chunks, begin, workers)) as answers:
            for chunk, answer in zip(chunks, answers, strict=True):
                yield answer or _Answer([_not_answered(request) for request in chunk])
    finally:
        judging.close()


def _chunks(requests: Chunk, length: int) -> list[Chunk]:
    return [requests[start : start + length] for start in range(0, len(requests), length)]


def _begin_to_judge(judging: _Judging) -> Callable[[Chunk], _Answer]:
    bound_evaluations(AddressSpaceBound(ALLOWANCE))  # not inherited where processes are not forked
    return judging.answer


def _not_answered(request: Submission | RequestFile) -> Judgement:
    # Loaded here on purpose, as above.
    from launchpolicy.operations.submissions.worker_processes import NOT_ANSWERED  # noqa: PLC0415

    submission = unread_submission(request) if isinstance(request, RequestFile) else request
    return without_judging(submission, NOT_ANSWERED)
