"""The launches of one name, found without parsing all entries, are those of the whole fold."""

from __future__ import annotations

import pytest

from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.launches import launches_of
from launchpolicy.operations.ledger.branch import launches_by_name
from launchpolicy.operations.ledger.branch.launches_by_name import launches_in
from launchpolicy.operations.ledger.branch.state import parse_entry
from tests.ledger.sample import sample_entries
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


@pytest.mark.parametrize("entries", [HISTORY, tuple(sample_entries(84))], ids=["odd", "sample"])
def test_a_launch_found_by_its_name_is_the_one_of_the_whole_fold(
    entries: tuple[Entry, ...],
) -> None:
    whole = launches_of(entries)
    sources = [each.source for each in entries]
    names = {launch.name for launch in whole.all}
    assert len(names) > 3
    for name in names:
        assert launches_in(sources, [name]).with_name(name) == whole.with_name(name)


def test_a_name_that_nothing_has_finds_nothing() -> None:
    sources = [each.source for each in HISTORY]
    assert launches_in(sources, ["E", "\ud800"]).all == ()
    assert launches_in([], ["A"]).all == ()


def test_entries_of_other_launches_are_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = sample_entries(200)
    parsed: list[int] = []

    def count(number: int, source: bytes) -> Entry:
        parsed.append(number)
        return parse_entry(number, source)

    monkeypatch.setattr(launches_by_name, "parse_entry", count)
    launches = launches_in([each.source for each in entries], ["LR-2026-0042"])
    (launch,) = launches.with_name("LR-2026-0042")
    assert sorted(parsed) == [event.number for event in launch.events]
