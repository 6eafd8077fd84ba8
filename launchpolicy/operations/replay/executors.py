"""Run the chunks of a replay on an executor of `concurrent.futures`: processes, or a Dask cluster.

Whatever the executor does, an answer is for the landings that were asked, in their order, or there
is no answer at all: a process that was killed leaves nothing out.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from typing import Any

from launchpolicy.engine.analysis.decision_changes import ReplayedLanding
from launchpolicy.hosts.platform import AddressSpaceBound
from launchpolicy.hosts.spawned_process import begin_worker
from launchpolicy.operations.replay import problems
from launchpolicy.operations.replay.judge_chunk import (
    ChunkAnswer,
    PastLanding,
    ReplayInputs,
    judge_chunk,
)
from launchpolicy.policy.cel.memory import ALLOWANCE, bound_evaluations
from launchpolicy.vocabulary.errors import UndecidedError

PROCESSES = "processes"
_DASK = "dask:"
_PATIENCE = 10
"""Seconds in which the scheduler of a cluster must answer."""

_LONGEST_CHUNK = 50
_CHUNKS_EACH = 4
"""Chunks for each process: with fewer, one process would end with the longest one alone."""

Chunk = tuple[PastLanding, ...]
Count = Callable[[int], None]


def chunks_of(landings: Sequence[PastLanding], size: int) -> list[Chunk]:
    """Return landings in chunks for `size` processes; each chunk follows the one before."""
    each_length = -(-len(landings) // (max(size, 1) * _CHUNKS_EACH))
    length = min(_LONGEST_CHUNK, max(1, each_length))
    return [tuple(landings[start : start + length]) for start in range(0, len(landings), length)]


def replay_here(
    inputs: ReplayInputs, chunks: Sequence[Chunk], count: Count
) -> Iterator[ReplayedLanding]:
    """Yield the landings of chunks, judged in this process.

    Raises:
        UndecidedError: a chunk cannot be judged.
    """
    for chunk in chunks:
        yield from _landings_of(chunk, judge_chunk(inputs, chunk))
        count(len(chunk))


def replay_on(
    executor: Executor, inputs: ReplayInputs, chunks: Sequence[Chunk], count: Count
) -> Iterator[ReplayedLanding]:
    """Yield the landings of chunks in order, judged by an executor.

    Raises:
        UndecidedError: a chunk cannot be judged, or the executor does not answer for all of it.
    """
    futures = _submit(executor, inputs, chunks)
    try:
        for chunk, future in zip(chunks, futures, strict=True):
            yield from _landings_of(chunk, _answer_of(future))
            count(len(chunk))
    finally:
        for future in futures:
            future.cancel()


def _submit(
    executor: Executor, inputs: ReplayInputs, chunks: Sequence[Chunk]
) -> list[Future[ChunkAnswer]]:
    try:
        return [executor.submit(judge_chunk, inputs, chunk) for chunk in chunks]
    except (OSError, RuntimeError) as error:  # no process can be started, or one has ended already
        raise problems.ended_worker(_reason(error)) from error


def _answer_of(future: Future[ChunkAnswer]) -> ChunkAnswer:
    try:
        return future.result()
    except Exception as error:
        # Whatever an executor raises: a process was killed, the cluster is gone, memory ran out.
        raise problems.ended_worker(_reason(error)) from error


def _landings_of(chunk: Chunk, answer: ChunkAnswer) -> tuple[ReplayedLanding, ...]:
    """Return the landings of an answer, which must be those that were asked."""
    if answer.problem is not None:
        raise UndecidedError(*answer.problem)
    asked = [landing.commit for landing in chunk]
    if [landing.commit for landing in answer.landings] != asked:
        raise problems.lost_landings(len(chunk))
    return answer.landings


def _reason(error: Exception) -> str:
    first_line = str(error).partition("\n")[0][:200]
    return f"{type(error).__name__}: {first_line}" if first_line else type(error).__name__


@contextmanager
def executor_named(name: str, size: int) -> Iterator[Executor]:
    """Yield the executor of a name: `processes`, so many of them, or `dask:ADDRESS`.

    Raises:
        UsageError: there is no executor of that name.
        UndecidedError: the library of the cluster is missing, or the cluster does not answer.
    """
    require_executor(name)
    if name == PROCESSES:
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 (few commands need it)

        processes = ProcessPoolExecutor(size, initializer=_begin_process)
        try:
            yield processes
        except BaseException:  # who waits is not kept waiting for what still runs
            processes.shutdown(wait=False, cancel_futures=True)
            raise
        processes.shutdown()  # its thread is gone then: Python's end would meet it closing its pipe
        return
    with _dask_executor(name.removeprefix(_DASK)) as executor:
        yield executor


def require_executor(name: str) -> None:
    """Require that a name stands for an executor.

    Raises:
        UsageError: it does not.
    """
    if name != PROCESSES and not (name.startswith(_DASK) and len(name) > len(_DASK)):
        raise problems.unknown_executor(name)


@contextmanager
def _dask_executor(address: str) -> Iterator[Executor]:
    try:
        distributed: Any = importlib.import_module("distributed")  # an extra, without types
    except ImportError as error:
        raise problems.no_library(error) from error
    try:
        client = distributed.Client(address, timeout=_PATIENCE, set_as_default=False)
        client.wait_for_workers(1, timeout=_PATIENCE)
    except (OSError, TimeoutError, ValueError) as error:
        raise problems.no_cluster(address, _reason(error)) from error
    with client, client.get_executor(pure=False) as executor:
        yield executor


def _begin_process() -> None:
    begin_worker()
    bound_evaluations(AddressSpaceBound(ALLOWANCE))  # not inherited where processes are not forked
