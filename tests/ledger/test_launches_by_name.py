"""The launches of one name, found without parsing all entries, are those of the whole fold."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from launchpolicy.hosts.git.repository import Repository, open_repository
from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.launches import Launches, launches_of
from launchpolicy.operations.ledger.branch import launches_by_name as by_name
from launchpolicy.operations.ledger.branch.branch_files import LedgerFiles
from launchpolicy.operations.ledger.branch.state import LedgerState, parse_entry
from tests.ledger.sample import sample_entries
from tests.ledger.small_ledger import ledger_of
from tests.ledger.views.ledgers import entry

GONE = {"stage": "", "content": ""}


def _renamed(name: str, before: str, at: str) -> Entry:
    moved = {"name": before, "path": f"launches/{before}/request.yaml"}
    return entry("renamed", name, at, renamed_from=moved)


def _voided(number: int) -> Entry:
    return entry(
        "voided",
        "rules",
        "2026-11-20T00:00:00Z",
        format="launchpolicy/ledger-entry/v3",
        kind="Rules",
        voids={"first": number, "last": number},
        **GONE,
    )


HISTORY = (
    entry("approved", "A", "2026-11-01T00:00:00Z"),
    _renamed("B", "A", "2026-11-02T00:00:00Z"),
    entry("approved", "A", "2026-11-03T00:00:00Z"),
    _renamed("C", "B", "2026-11-04T00:00:00Z"),
    entry("withdrawn", "A", "2026-11-05T00:00:00Z", **GONE),
    entry("approved", "A", "2026-11-06T00:00:00Z"),
    entry("approved", 'odd "name"\\ 名称', "2026-11-07T00:00:00Z"),
    entry("withdrawn", "A", "2026-11-08T00:00:00Z", **GONE),
    _voided(7),
    entry("launched", "A", "2026-11-09T00:00:00Z", stage="launched"),
    entry("approved", "D", "2026-11-10T00:00:00Z", path="launches/A/request.yaml"),
)


@pytest.fixture
def repository(tmp_path: Path) -> Iterator[Repository]:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    with open_repository(tmp_path) as opened:
        yield opened


def _launches(state: LedgerState, *names: str) -> Launches:
    return by_name.launches_by_name(state, names, uses_kept_index=False)


@pytest.mark.parametrize("entries", [HISTORY, tuple(sample_entries(84))], ids=["odd", "sample"])
def test_a_launch_found_by_its_name_is_the_one_of_the_whole_fold(
    entries: tuple[Entry, ...], repository: Repository
) -> None:
    whole = launches_of(entries)
    state = ledger_of(repository, entries)
    names = {launch.name for launch in whole.all}
    assert len(names) > 3
    for name in names:
        assert _launches(state, name).with_name(name) == whole.with_name(name)


def test_a_name_that_nothing_has_finds_nothing(repository: Repository) -> None:
    assert _launches(ledger_of(repository, HISTORY), "E", "\ud800").all == ()
    assert _launches(LedgerState(LedgerFiles(repository, None), None, None), "A").all == ()


def test_entries_of_other_launches_are_not_parsed(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = ledger_of(repository, sample_entries(200))
    parsed: list[int] = []

    def count(number: int, source: bytes) -> Entry:
        parsed.append(number)
        return parse_entry(number, source)

    monkeypatch.setattr(by_name, "parse_entry", count)
    (launch,) = _launches(state, "LR-2026-0042").with_name("LR-2026-0042")
    assert sorted(parsed) == [event.number for event in launch.events]
