"""Appending at once, after each commit, and building again give one ledger, whatever lands.

Rules, people, schemas, packs, waivers and requests arrive, break and are repaired in random order;
merges are nested; commits are pushed together; a run is left out, or is killed before or after it
has moved the branch. Seeds are fixed in `make test`, and more are tried in `make full`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from launchpolicy.hosts.git.repository import open_repository
from launchpolicy.operations.ledger.branch.branch_files import LedgerFiles
from launchpolicy.operations.ledger.branch.entries import entries
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.packs_over_time import since_of
from launchpolicy.operations.ledger.branch.state import LedgerState, read_state
from launchpolicy.operations.ledger.growth.append import AppendOptions, append, grow_by_history
from launchpolicy.operations.ledger.growth.build import build
from launchpolicy.operations.ledger.sources.push_records import push_record
from launchpolicy.operations.ledger.verification.verify import verify
from launchpolicy.requests.configuration import LedgerSettings, configuration_of
from tests.cli.launch_repository import clean_environment
from tests.extent import is_whole
from tests.ledger.histories import HISTORIES, Landed, Step, write_history

NOW = datetime(2027, 1, 1, tzinfo=UTC)
IN_TEST, IN_FULL = 5, 400


@contextmanager
def places(folder: Path, head: str, *names: str) -> Iterator[list[LedgerLocation]]:
    """The locations of ledgers with these names, all of main as it is at `head`."""
    environ = clean_environment(folder.parent)
    with open_repository(folder, environ) as repository:
        yield [
            LedgerLocation(
                repository=repository,
                prefix="",
                head=head,
                settings=LedgerSettings(branch=name, of="main", heads_branch=f"{name}-heads"),
                configuration=configuration_of({"processes": {}}),
                remote=None,
                heads_remote=None,
                verifiers=(),
                environ=environ,
            )
            for name in names
        ]


def state_of(place: LedgerLocation) -> LedgerState:
    return read_state(LedgerFiles(place.repository, place.tip()), ())


def append_step(place: LedgerLocation, landed: Landed) -> None:
    """Appends, or dies on the way, as the step says."""
    after = landed.before
    writing = AppendOptions(
        None, lambda: NOW, None if after is None else lambda new: push_record(new, after)
    )
    if landed.step.append == "yes":
        append(place, writing)
    elif landed.step.append != "not":
        tip = place.tip()
        grown, _, _ = grow_by_history(replace(place, branch="main"), state_of(place), writing)
        if landed.step.append == "killed after" and grown.files.commit is not None:
            assert place.advance(tip, grown.files.commit)


def check_history(folder: Path, history: Sequence[Step]) -> None:
    landings = write_history(folder, history, clean_environment(folder.parent))
    for landed in landings:
        with places(folder, landed.commit, "bit-by-bit") as (place,):
            append_step(place, landed)
    with places(folder, landings[-1].commit, "bit-by-bit", "at-once") as (bit_by_bit, at_once):
        writing = AppendOptions(None, lambda: NOW)
        append(bit_by_bit, writing)
        whole = state_of(bit_by_bit)
        append(at_once, replace(writing, records=whole.files.record))
        again = state_of(at_once)
        assert [entry.source.decode() for entry in entries(whole)] == [
            entry.source.decode() for entry in entries(again)
        ]
        if whole.checkpoint is None:
            return
        assert since_of(whole.files) == since_of(again.files)
        for replay in (True, False):
            verification = verify(bit_by_bit, replay=replay)
            assert verification.complaints == []
            assert verification.pending == []
        assert build(bit_by_bit, "built", writing).is_same is True


@pytest.mark.slow
@seed(20261125)
@settings(
    max_examples=IN_FULL if is_whole() else IN_TEST,
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(HISTORIES)
def test_appending_at_once_bit_by_bit_and_building_give_one_ledger(history: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        check_history(Path(folder) / "launches", history)
