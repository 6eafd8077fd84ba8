"""Whatever an executor does, a replay answers for every landing, in order, or for none."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from launchpolicy.engine.analysis.decision_changes import ReplayedLanding
from launchpolicy.hosts.git.repository import open_repository
from launchpolicy.operations.ledger.branch.branch_files import LedgerFiles
from launchpolicy.operations.ledger.branch.location import LocationOptions, location_of
from launchpolicy.operations.ledger.branch.state import LedgerState
from launchpolicy.operations.replay.executors import chunks_of, replay_here, replay_on
from launchpolicy.operations.replay.judge_chunk import (
    ChunkAnswer,
    PastLanding,
    ReplayInputs,
    judge_chunk,
)
from launchpolicy.operations.replay.past_landings import ReplayPeriod, past_landings
from launchpolicy.operations.replay.rules_instead import RulesOrigin, load_origin, same_rules
from launchpolicy.vocabulary.errors import UndecidedError
from tests.cli.launch_repository import LaunchRepository
from tests.operations.replay.local_cluster import local_cluster
from tests.operations.replay.thing_history import stricter, thing_repository

Change = Callable[[ChunkAnswer], ChunkAnswer]


@pytest.fixture
def things(tmp_path: Path) -> LaunchRepository:
    repository = thing_repository(tmp_path / "things", (1, 6, 9, 3), tmp_path / "home")
    stricter(repository, 5)
    return repository


def _asked(things: LaunchRepository) -> tuple[ReplayInputs, list[PastLanding]]:
    """What a replay by the rules of the work tree asks."""
    with open_repository(things.folder) as repository:
        place = location_of(repository, LocationOptions(things.folder), {})
        state = LedgerState(LedgerFiles(repository, None), None, None)
        rules = load_origin(repository, things.folder, "", RulesOrigin(is_work_tree=True))
        landings = past_landings(place, state, [rules], ReplayPeriod())
        origin = RulesOrigin(is_work_tree=True, digest=rules.digest)
        root = str(things.folder)
        return ReplayInputs(root, "", place.head, "", "", RulesOrigin(), origin), landings


def _nothing(_: int) -> None:
    """What is done about progress."""


class Altering(Executor):
    """Judges here, and changes the answers on their way."""

    def __init__(self, change: Change) -> None:
        self._change = change

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(self._change(fn(*args, **kwargs)))
        return future


class Killing(ProcessPoolExecutor):
    """Kills each process that is asked."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        del fn, args, kwargs
        return super().submit(_kill)


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_an_executor_that_changes_nothing_says_what_this_process_says(
    things: LaunchRepository,
) -> None:
    inputs, landings = _asked(things)
    chunks = chunks_of(landings, 1)
    here = list(replay_here(inputs, chunks, _nothing))
    with ThreadPoolExecutor(2) as threads:
        assert list(replay_on(threads, inputs, chunks, _nothing)) == here
    assert [landing.commit for landing in here] == [landing.commit for landing in landings]
    assert sum(bool(landing.decisions) for landing in here) == 1


def _without_the_last(answer: ChunkAnswer) -> ChunkAnswer:
    return answer._replace(landings=answer.landings[:-1])


def _nothing_at_all(answer: ChunkAnswer) -> ChunkAnswer:
    return answer._replace(landings=())


def _backwards(answer: ChunkAnswer) -> ChunkAnswer:
    return answer._replace(landings=answer.landings[::-1])


def _twice(answer: ChunkAnswer) -> ChunkAnswer:
    return answer._replace(landings=(*answer.landings, *answer.landings))


def _of_another_history(answer: ChunkAnswer) -> ChunkAnswer:
    made_up: list[ReplayedLanding] = [
        landing._replace(commit="0" * 40) for landing in answer.landings
    ]
    return answer._replace(landings=tuple(made_up))


@pytest.mark.parametrize(
    "change", [_without_the_last, _nothing_at_all, _backwards, _twice, _of_another_history]
)
def test_an_executor_that_loses_or_invents_landings_is_undecided(
    things: LaunchRepository, change: Change
) -> None:
    inputs, landings = _asked(things)
    with pytest.raises(UndecidedError, match="no answer for"):
        list(replay_on(Altering(change), inputs, [tuple(landings)], _nothing))


def test_a_process_that_is_killed_leaves_no_landing_out(things: LaunchRepository) -> None:
    inputs, landings = _asked(things)
    with Killing(1) as executor, pytest.raises(UndecidedError, match="A process ended"):
        list(replay_on(executor, inputs, chunks_of(landings, 1), _nothing))


def test_tasks_that_an_executor_cancels_are_undecided(things: LaunchRepository) -> None:
    inputs, landings = _asked(things)

    class Cancelling(Executor):
        def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
            del fn, args, kwargs
            future: Future[Any] = Future()
            future.cancel()
            return future

    with pytest.raises(UndecidedError, match="A process ended"):
        list(replay_on(Cancelling(), inputs, chunks_of(landings, 1), _nothing))


def test_rules_that_change_while_landings_are_judged_are_undecided(
    things: LaunchRepository,
) -> None:
    inputs, landings = _asked(things)
    things.edit(("most: 5", "most: 50"), path="policies/own/is-small.yaml")
    same_rules.cache_clear()
    with pytest.raises(UndecidedError, match="not the same in every process"):
        list(replay_here(inputs, chunks_of(landings, 1), _nothing))


def test_a_worker_with_another_program_is_undecided(things: LaunchRepository) -> None:
    inputs, landings = _asked(things)
    answer = judge_chunk(inputs._replace(program="0.0.1"), tuple(landings))
    assert answer.landings == ()
    assert answer.problem is not None
    assert "0.0.1" in answer.problem[0].en


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64])
@pytest.mark.parametrize("count", [0, 1, 5, 49, 50, 51, 999])
def test_chunks_hold_every_landing_once_and_in_order(size: int, count: int) -> None:
    numbers: list[Any] = list(range(count))
    chunks = chunks_of(numbers, size)
    assert [number for chunk in chunks for number in chunk] == numbers
    assert all(chunks)


@pytest.mark.slow
def test_a_dask_cluster_says_the_same_as_processes(things: LaunchRepository) -> None:
    command = ("policy", "replay", "--format", "json")
    by_processes = things.run(*command, "--jobs", "2")
    with local_cluster() as address:
        by_cluster = things.run(*command, "--executor", f"dask:{address}", "--jobs", "2")
    assert by_cluster.code == 0, by_cluster
    assert by_cluster.output == by_processes.output
    assert json.loads(by_cluster.output)["summary"]["otherwise"] == 1
    gone = things.run(*command, "--executor", f"dask:{address}")
    assert (gone.code, gone.output) == (3, "")
    assert f"The Dask cluster at {address} cannot be used" in gone.complaint
    assert "Traceback" not in gone.complaint
