"""Every format, read back by somebody else's reader, holds the same rows."""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from launchpolicy.ledger.entry import Entry, entry_of
from launchpolicy.ledger.launches import launches_of
from launchpolicy.ledger.rows import ENTRIES, LAUNCHES, ExportTable, entry_rows, launch_rows
from launchpolicy.operations.ledger.exports.registry import EXPORTERS
from launchpolicy.vocabulary.errors import UndecidedError
from tests.ledger.views.ledgers import ORIGIN, entry, product, said

WINDOW = {"start": "2026-12-01T07:00:00+08:00", "end": "2026-12-01T09:00:00+08:00"}
LEDGER = (
    entry(
        "approved",
        "LR-1",
        "2026-11-01T08:00:00Z",
        title=said("Checkout", "结算「新版」"),
        product=product("=HYPERLINK(1)"),
        planned=WINDOW,
        people=[{"person": "li", "role": "requester"}],
    ),
    entry(
        "bypassed",
        "LR-2",
        "2026-11-02T08:00:00Z",
        verdict="blocked",
        attempted="approved",
        hurdles=[{"policy": "two-eyes", "outcome": "failed"}],
    ),
)


def _tables(entries: tuple[Entry, ...] = LEDGER) -> Iterator[ExportTable]:
    yield ExportTable("entries", ENTRIES, entry_rows(ORIGIN, entries, launches_of(entries)))
    yield ExportTable("launches", LAUNCHES, launch_rows(ORIGIN, launches_of(entries).all))


def _written(name: str, folder: Path, entries: tuple[Entry, ...] = LEDGER) -> Path:
    EXPORTERS[name].load()(_tables(entries), folder)
    return folder


def _from_jsonl(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "entries.jsonl").read_text("utf-8").splitlines()]


def _from_csv(folder: Path) -> list[dict[str, Any]]:
    with (folder / "entries.csv").open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source))


def _from_sqlite(folder: Path) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as database:
        database.row_factory = sqlite3.Row
        found = database.execute("SELECT * FROM entries ORDER BY number")
        return [dict(row) for row in found]


def _from_parquet(folder: Path) -> list[dict[str, Any]]:
    """Moments as microseconds since 1970: DuckDB needs one library more to give them typed."""
    shown = ", ".join(
        f'epoch_us("{name}")' if kind == "moment" else f'"{name}"' for name, kind in ENTRIES.items()
    )
    with duckdb.connect() as database:
        entries = database.read_parquet(str(folder / "entries.parquet"))
        return [
            dict(zip(entries.columns, row, strict=True))
            for row in entries.project(shown).fetchall()
        ]


READERS = {
    "jsonl": _from_jsonl,
    "csv": _from_csv,
    "sqlite": _from_sqlite,
    "parquet": _from_parquet,
}


def test_every_format_is_read_back_here() -> None:
    assert READERS.keys() == EXPORTERS.keys()


@pytest.mark.parametrize("name", EXPORTERS)
def test_no_entry_and_no_column_is_lost(name: str, tmp_path: Path) -> None:
    rows = READERS[name](_written(name, tmp_path))
    assert [list(row) for row in rows] == [list(ENTRIES)] * len(LEDGER)
    assert [row["name"] for row in rows] == ["LR-1", "LR-2"]


@pytest.mark.parametrize("name", EXPORTERS)
def test_the_entry_can_be_hashed_again_from_every_format(name: str, tmp_path: Path) -> None:
    rows = READERS[name](_written(name, tmp_path))
    assert [entry_of(row["entry"].encode()) for row in rows] == list(LEDGER)


@pytest.mark.parametrize("name", EXPORTERS)
def test_a_bypassed_change_says_so_in_every_format(name: str, tmp_path: Path) -> None:
    rows = READERS[name](_written(name, tmp_path))
    assert [row["bypassed"] in {True, "yes"} for row in rows] == [False, True]
    assert [row["event"] for row in rows] == ["approved", "bypassed"]


@pytest.mark.parametrize("name", ["jsonl", "csv", "sqlite"])
def test_the_wall_clock_of_the_request_is_written_in_utc(name: str, tmp_path: Path) -> None:
    row = READERS[name](_written(name, tmp_path))[0]
    assert (row["planned_start"], row["planned_end"]) == (
        "2026-11-30T23:00:00Z",
        "2026-12-01T01:00:00Z",
    )


def test_moments_in_parquet_are_typed_and_in_utc(tmp_path: Path) -> None:
    row = _from_parquet(_written("parquet", tmp_path))[0]
    assert row["planned_start"] == datetime(2026, 11, 30, 23, tzinfo=UTC).timestamp() * 1_000_000
    with duckdb.connect() as database:
        entries = database.read_parquet(str(tmp_path / "entries.parquet"))
        types = dict(zip(entries.columns, map(str, entries.types), strict=True))
    assert {types[name] for name, kind in ENTRIES.items() if kind == "moment"} == {
        "TIMESTAMP WITH TIME ZONE"
    }


def test_lists_in_parquet_are_lists(tmp_path: Path) -> None:
    row = _from_parquet(_written("parquet", tmp_path))[0]
    assert row["people"] == ["requester: li"]


def test_a_product_that_is_a_formula_is_text_in_csv(tmp_path: Path) -> None:
    rows = _from_csv(_written("csv", tmp_path))
    assert rows[0]["product"] == "'=HYPERLINK(1)"


@pytest.mark.parametrize("name", ["jsonl", "sqlite", "parquet"])
def test_a_product_that_is_a_formula_stays_as_it_is_elsewhere(name: str, tmp_path: Path) -> None:
    assert READERS[name](_written(name, tmp_path))[0]["product"] == "=HYPERLINK(1)"


@pytest.mark.parametrize("name", EXPORTERS)
def test_a_ledger_without_entries_is_a_table_without_rows(name: str, tmp_path: Path) -> None:
    assert READERS[name](_written(name, tmp_path, ())) == []


@pytest.mark.parametrize("name", ["jsonl", "csv", "parquet"])
def test_the_same_ledger_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        _written(name, folder)
    first, second = ({each.name: each.read_bytes() for each in f.iterdir()} for f in folders)
    assert first == second
    assert len(first) == 2


def test_rows_are_taken_a_group_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from launchpolicy.operations.ledger.exports import parquet  # noqa: PLC0415 (its group is made small)

    monkeypatch.setattr(parquet, "_GROUP", 2)
    entries = tuple(entry("approved", f"LR-{n}", "2026-11-01T08:00:00Z") for n in range(5))
    rows = _from_parquet(_written("parquet", tmp_path, entries))
    assert [row["name"] for row in rows] == ["LR-0", "LR-1", "LR-2", "LR-3", "LR-4"]
    with duckdb.connect() as database:
        path = tmp_path / "entries.parquet"
        query = "SELECT count(DISTINCT row_group_id) FROM parquet_metadata(?)"
        assert database.execute(query, [str(path)]).fetchone() == (3,)


def test_without_pyarrow_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UndecidedError) as caught:
        _written("parquet", tmp_path)
    assert "launchpolicy[export]" in caught.value.remedy.en
    assert "launchpolicy[export]" in caught.value.remedy.zh
