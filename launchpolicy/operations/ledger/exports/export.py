"""Write one dataset out of one or several ledgers, which keeps the checkpoint of each."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from datetime import datetime
from functools import partial
from pathlib import Path

from launchpolicy.hosts.folders import require_own_folder
from launchpolicy.hosts.run_files import note_written
from launchpolicy.hosts.write_errors import ANOTHER_FOLDER, explain_write_errors, not_writable
from launchpolicy.ledger.checkpoint import encode_base64
from launchpolicy.ledger.query import EVERYTHING, Query, select
from launchpolicy.ledger.rows import ENTRIES, LAUNCHES, ExportTable, Row, entry_rows, launch_rows
from launchpolicy.operations.ledger.branch.entries import entries, fold_entries
from launchpolicy.operations.ledger.branch.state import LedgerState
from launchpolicy.operations.ledger.exports.registry import EXPORTERS
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text

MANIFEST = "ledgers.json"
"""What a dataset is made of: the origin, size, root and checkpoint of every ledger, and, where it
holds some launches only, which were asked for."""


def write_dataset(
    ledgers: Sequence[LedgerState], folder: Path, format_: str, query: Query = EVERYTHING
) -> list[str]:
    """Write a dataset into a folder, whole or not at all; return the names of its files.

    A query chooses launches; then the dataset holds their entries alone, and says so.

    Raises:
        UsageError: two ledgers have one origin, the folder is not ours or cannot be written.
        UndecidedError: a library is missing.
        OutputError: there is no room for it.
    """
    states = [state for state in ledgers if state.checkpoint is not None]
    _demand_distinct(states)
    write = EXPORTERS[format_].load()
    require_own_folder(folder, MANIFEST)
    with explain_write_errors(folder, ANOTHER_FOLDER):
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".launchpolicy-", dir=folder.parent) as temporary:
            whole = Path(temporary, "dataset")
            whole.mkdir()
            write(_tables(states, query), whole)
            (whole / MANIFEST).write_text(_manifest(states, query), "utf-8")
            folder.mkdir(exist_ok=True)
            names = sorted(file.name for file in whole.iterdir())
            for name in names:
                _move(whole / name, folder / name)
    note_written(str(folder))
    return names


def _move(file: Path, target: Path) -> None:
    """Move a file to a place that may be on another disk, never into a folder that is there."""
    with explain_write_errors(target, ANOTHER_FOLDER):
        if target.is_dir():
            raise not_writable(target, Text("it is a folder", "它是目录"), ANOTHER_FOLDER)
        shutil.move(file, target)


def _tables(states: Sequence[LedgerState], query: Query) -> Iterator[ExportTable]:
    yield ExportTable("entries", ENTRIES, _rows(states, partial(_entries, query)))
    yield ExportTable("launches", LAUNCHES, _rows(states, partial(_launches, query)))


def _rows(
    states: Sequence[LedgerState], rows_of: Callable[[str, LedgerState], Iterator[Row]]
) -> Iterator[Row]:
    for state in states:
        if state.checkpoint is not None:
            yield from rows_of(state.checkpoint.origin, state)


def _entries(query: Query, origin: str, state: LedgerState) -> Iterator[Row]:
    launches = fold_entries(state)
    rows = entry_rows(origin, entries(state), launches)
    if query.is_unlimited:
        return rows
    numbers = {launch.number for launch in select(launches.all, query)}
    return (row for row in rows if row["launch"] in numbers)


def _launches(query: Query, origin: str, state: LedgerState) -> Iterator[Row]:
    return launch_rows(origin, select(fold_entries(state).all, query))


def _manifest(states: Sequence[LedgerState], query: Query) -> str:
    ledgers = [
        {
            "origin": state.checkpoint.origin,
            "size": state.checkpoint.size,
            "root": encode_base64(state.checkpoint.root),
            "signed": state.note.is_signed,
            "checkpoint": state.note.source,
        }
        for state in states
        if state.checkpoint is not None and state.note is not None
    ]
    selection = {} if query.is_unlimited else {"selection": _selection(query)}
    return json.dumps({"ledgers": ledgers, **selection}, indent=2, ensure_ascii=False) + "\n"


def _selection(query: Query) -> dict[str, object]:
    """Return what was asked for, so that nobody takes a part of a ledger for the whole."""
    asked = ((field.name, getattr(query, field.name)) for field in fields(query))
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in asked
        if value
    }


def _demand_distinct(states: Sequence[LedgerState]) -> None:
    origins: set[str] = set()
    for state in states:
        origin = state.checkpoint.origin if state.checkpoint is not None else ""
        if origin in origins:
            raise UsageError(
                Text(f"Two ledgers call themselves {origin}.", f"有两个上线日志都名为 {origin}。"),
                Text(
                    "Name each ledger once; two that differ under one name are a fork: verify "
                    "them.",
                    "请勿重复指定；同名却不同的上线日志意味着分叉，请先验证。",
                ),
            )
        origins.add(origin)
