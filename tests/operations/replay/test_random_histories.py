"""A replay that begins at any landing judges it as the ledger has it, whatever landed before."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from launchpolicy.engine.analysis.decision_changes import ReplayedLanding
from launchpolicy.operations.ledger.branch.entries import entries
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.growth.append import AppendOptions, append
from launchpolicy.operations.replay.executors import replay_here
from launchpolicy.operations.replay.judge_chunk import PastLanding, ReplayInputs
from launchpolicy.operations.replay.past_landings import ReplayPeriod, past_landings
from launchpolicy.operations.replay.replay import contradictions
from launchpolicy.operations.replay.rules_instead import RulesOrigin, load_origin
from launchpolicy.vocabulary.errors import LaunchpolicyError
from tests.cli.launch_repository import clean_environment
from tests.extent import is_whole
from tests.ledger.histories import HISTORIES, Step, write_history
from tests.ledger.test_random_histories import NOW, append_step, places, state_of

IN_TEST, IN_FULL = 5, 400
OF_THE_TIME = RulesOrigin()


def _nothing(_: int) -> None:
    """What is done about progress."""


def check_replay(folder: Path, history: Sequence[Step]) -> None:
    environ = clean_environment(folder.parent)
    landed = write_history(folder, history, environ)
    for landing in landed:
        with places(folder, landing.commit, "ledger") as (place,):
            append_step(place, landing)
    with places(folder, landed[-1].commit, "ledger") as (place,):
        append(place, AppendOptions(None, lambda: NOW))
        state = state_of(place)
        if state.checkpoint is None:
            return
        landings = past_landings(place, state, (), ReplayPeriod())
        recorded = {entry.commit for entry in entries(state) if entry.kind != "Rules"}
        assert {landing.commit for landing in landings} == recorded
        inputs = ReplayInputs(
            str(folder), "", place.head, place.tip() or "", state.last_commit or "", *_SIDES
        )
        for again in _replays(inputs, landings, environ):
            assert [landing.problem for landing in again] == [None] * len(landings)
            assert [landing.decisions for landing in again] == [()] * len(landings)
            assert list(contradictions(state, again)) == []
        for rules in _usable_rules(place, [landing.commit for landing in landed]):
            first, *others = _replays(inputs._replace(after=rules), landings, environ)
            assert [landing.commit for landing in first] == [item.commit for item in landings]
            assert all(other == first for other in others)


_SIDES = (OF_THE_TIME, OF_THE_TIME)


def _replays(
    inputs: ReplayInputs, landings: Sequence[PastLanding], environ: Mapping[str, str]
) -> Iterator[list[ReplayedLanding]]:
    """The landings judged one by one, three by three, and all at once."""
    for length in (1, 3, max(1, len(landings))):
        chunks = [tuple(landings[at : at + length]) for at in range(0, len(landings), length)]
        with patch.dict(os.environ, environ):
            yield list(replay_here(inputs, chunks, _nothing))


def _usable_rules(place: LedgerLocation, commits: Sequence[str]) -> Iterator[RulesOrigin]:
    """The first and the last rules of a history that can be used."""
    origins = []
    for commit in commits:
        origin = RulesOrigin(commit)
        with suppress(LaunchpolicyError):
            rules = load_origin(place.repository, Path(), "", origin)
            origins.append(origin._replace(digest=rules.digest))
    yield from dict.fromkeys([*origins[:1], *origins[-1:]])


@pytest.mark.slow
@seed(20261130)
@settings(
    max_examples=IN_FULL if is_whole() else IN_TEST,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(HISTORIES)
def test_each_landing_is_judged_as_the_ledger_has_it(history: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        check_replay(Path(folder) / "launches", history)
