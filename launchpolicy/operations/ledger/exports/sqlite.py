"""Write SQLite: all tables in one file; lists are JSON, moments RFC 3339 in UTC."""

from __future__ import annotations

import errno
import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from launchpolicy.ledger.rows import ExportTable, Type

SUFFIX = "sqlite"
_TYPES: dict[Type, str] = {
    "text": "TEXT",
    "whole": "INTEGER",
    "yes_no": "INTEGER",
    "moment": "TEXT",
    "texts": "TEXT",
}

_PRIMARY = 0xFF
"""The bits of a code of SQLite that say which kind of error it is (sqlite.org/rescode.html)."""


def write(tables: Iterable[ExportTable], folder: Path) -> None:
    """Write one file, `ledger.sqlite`.

    Raises:
        OSError: it cannot be written, as for any other file.
    """
    path = folder / f"ledger.{SUFFIX}"
    path.unlink(missing_ok=True)
    try:
        _fill(path, tables)
    except sqlite3.OperationalError as error:
        is_full = error.sqlite_errorcode & _PRIMARY == sqlite3.SQLITE_FULL
        raise OSError(errno.ENOSPC if is_full else errno.EIO, str(error)) from error


def _fill(path: Path, tables: Iterable[ExportTable]) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        for table in tables:
            columns = ", ".join(f'"{name}" {_TYPES[kind]}' for name, kind in table.columns.items())
            database.execute(f'CREATE TABLE "{table.name}" ({columns}) STRICT')
            marks = ", ".join("?" * len(table.columns))
            rows = ([_value(row[name]) for name in table.columns] for row in table.rows)
            database.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)  # noqa: S608 (names of ours)


def _value(value: Any) -> Any:  # noqa: ANN401 (a cell)
    match value:
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case list():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return value
