"""DuckDB on the Parquet says what `measures` says."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.launches import launches_of
from launchpolicy.ledger.measures import Period, measures_of
from launchpolicy.ledger.rows import LAUNCHES, ExportTable, launch_rows
from launchpolicy.operations.ledger.exports import parquet
from tests.ledger.views.ledgers import ORIGIN, entry

QUERY = Path(__file__).parents[3] / "examples" / "ledger" / "dora.sql"
ANNOUNCED = {"at": "2026-11-06T00:00:00Z", "by": "li"}


def _launched(name: str, end: str, **more: Any) -> Entry:
    start = "2026-11-01T00:00:00Z"
    return entry(
        "launched",
        name,
        "2026-11-30T00:00:00Z",
        requested_at=start,
        actual={"start": start, "end": end},
        **{"stage": "launched", **more},
    )


def _trouble(found: str, settled: str | None) -> list[dict[str, str | None]]:
    return [{"name": "slow", "found_at": found, "settled_at": settled, "outcome": "fixed"}]


LEDGER = (
    entry("approved", "LR-0", "2026-11-01T00:00:00Z"),
    _launched("LR-1", "2026-11-02T07:00:00+08:00", announced=ANNOUNCED),
    _launched("LR-2", "2026-11-02T08:00:00+08:00", announced=ANNOUNCED),
    _launched(
        "LR-3",
        "2026-11-05T00:00:00Z",
        problems=_trouble("2026-11-05T01:00:00Z", "2026-11-05T04:00:00Z"),
    ),
    _launched(
        "LR-4",
        "2026-11-18T00:00:00Z",
        stage="rolled-back",
        rollback={"decided_at": "2026-11-18T02:00:00Z", "finished_at": "2026-11-18T02:30:00Z"},
    ),
    _launched(
        "LR-5",
        "2026-11-19T00:00:00Z",
        announced=ANNOUNCED,
        problems=_trouble("2026-11-20T00:00:00Z", None),
    ),
    _launched("LR-6", "2026-12-02T00:00:00Z", announced=ANNOUNCED),
)


def _asked(
    folder: Path, monkeypatch: pytest.MonkeyPatch, entries: tuple[Entry, ...]
) -> list[list[tuple[Any, ...]]]:
    rows = launch_rows(ORIGIN, launches_of(entries).all)
    parquet.write([ExportTable("launches", LAUNCHES, rows)], folder)
    monkeypatch.chdir(folder)
    with duckdb.connect() as database:
        database.execute("SET TimeZone = 'UTC'")
        statements = database.extract_statements(QUERY.read_text("utf-8"))
        return [database.execute(statement).fetchall() for statement in statements]


def _in(time: timedelta | None, seconds: int) -> float | None:
    return time.total_seconds() / seconds if time is not None else None


def _told(period: Period) -> tuple[Any, ...]:
    return (
        period.launched,
        period.unannounced,
        period.failure_rate,
        period.rollback_rate,
        _in(period.lead_time, 3600),
        _in(period.time_to_restore, 60),
    )


def test_the_numbers_by_month_are_those_of_the_measures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    months, _ = _asked(tmp_path, monkeypatch, LEDGER)
    measures = measures_of(launches_of(LEDGER).all)
    assert [(each.name, each.carried_out) for each in measures.months] == [
        ("2026-11", 5),
        ("2026-12", 1),
    ]
    expected = [(each.name, *_told(each)) for each in measures.months]
    assert [each[0] for each in months] == [each[0] for each in expected]
    for found, told in zip(months, expected, strict=True):
        assert found[1:] == pytest.approx(told[1:], abs=0.001)


def test_what_failed_counts_over_everything_that_was_carried_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (november, _), _ = _asked(tmp_path, monkeypatch, LEDGER)
    assert november[1:5] == (3, 1, 0.6, 0.2)


def test_a_failure_is_not_hidden_by_announcing_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (november,), _ = _asked(tmp_path, monkeypatch, (LEDGER[1], LEDGER[3]))
    assert november[1:4] == (1, 1, 0.5)


def test_time_to_restore_is_unknown_while_a_problem_is_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (november,), _ = _asked(tmp_path, monkeypatch, (LEDGER[5],))
    assert november[3] == 1
    assert november[6] is None


def test_what_was_only_approved_is_in_no_month(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    months, _ = _asked(tmp_path, monkeypatch, (LEDGER[0],))
    assert months == []


def test_policies_are_counted_once_a_launch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = [{"policy": "two-eyes", "outcome": "fixed"}]
    entries = (
        entry("approved", "LR-1", "2026-11-01T00:00:00Z", hurdles=held),
        entry("amended", "LR-1", "2026-11-02T00:00:00Z", hurdles=held),
        entry("approved", "LR-2", "2026-11-03T00:00:00Z", hurdles=held),
        entry("approved", "LR-3", "2026-11-04T00:00:00Z"),
    )
    _, policies = _asked(tmp_path, monkeypatch, entries)
    assert policies == [("two-eyes", 2)]
    assert list(measures_of(launches_of(entries).all).hurdles) == policies
