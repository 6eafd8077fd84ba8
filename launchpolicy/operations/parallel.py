"""Many submissions judged on all cores; a few in this process, which is faster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from launchpolicy.engine.request import judge
from launchpolicy.engine.submission import Submission
from launchpolicy.hosts.platform import usable_cores
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.vocabulary.finding import Judgement

Progress = Callable[[int, int], None]
"""Called with the number of submissions judged so far and the number of all."""

_WORTH_FORKING = 150
_CHUNK = 64

_worker_rules: list[tuple[PackSet, datetime]] = []


def judge_all(
    submissions: Sequence[Submission],
    rules: PackSet,
    now: datetime,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> list[Judgement]:
    """The judgements of all submissions, in their order.

    Args:
        submissions: what to judge.
        rules: the pack set of the base.
        now: the one time of the run.
        jobs: number of processes; None is one per core that this process may use.
        progress: told after every chunk.
    """
    workers = jobs or usable_cores()
    done: list[Judgement] = []
    chunks = (
        _in_process(submissions, rules, now)
        if workers == 1 or len(submissions) < _WORTH_FORKING
        else _in_parallel(submissions, rules, now, workers)
    )
    for chunk in chunks:
        done += chunk
        if progress is not None:
            progress(len(done), len(submissions))
    return done


def _in_process(
    submissions: Sequence[Submission], rules: PackSet, now: datetime
) -> Iterator[list[Judgement]]:
    for chunk in _chunks(submissions):
        yield [judge(submission, rules, now) for submission in chunk]


def _in_parallel(
    submissions: Sequence[Submission], rules: PackSet, now: datetime, workers: int
) -> Iterator[list[Judgement]]:
    # Loaded here on purpose: a check of one request never needs it.
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    initial = (rules, now)
    with ProcessPoolExecutor(workers, initializer=_start_worker, initargs=initial) as pool:
        yield from pool.map(_judge_chunk, _chunks(submissions))


def _start_worker(rules: PackSet, now: datetime) -> None:
    _worker_rules.append((rules, now))


def _judge_chunk(chunk: Sequence[Submission]) -> list[Judgement]:
    rules, now = _worker_rules[-1]
    return [judge(submission, rules, now) for submission in chunk]


def _chunks(submissions: Sequence[Submission]) -> Iterator[Sequence[Submission]]:
    for start in range(0, len(submissions), _CHUNK):
        yield submissions[start : start + _CHUNK]
