"""Write CSV (RFC 4180) for spreadsheets: every cell quoted, none of them a formula (threat O4)."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from launchpolicy.ledger.rows import ExportTable
from launchpolicy.reporters.ledger.cells import guard

SUFFIX = "csv"


def write(tables: Iterable[ExportTable], folder: Path) -> None:
    """Write a file for each table; lists stand in their cells as JSON."""
    for table in tables:
        path = folder / f"{table.name}.{SUFFIX}"
        with path.open("w", encoding="utf-8", newline="") as sink:
            writer = csv.writer(sink, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
            writer.writerow(table.columns)
            for row in table.rows:
                writer.writerow([guard(_text(row[name])) for name in table.columns])


def _text(value: Any) -> str:  # noqa: ANN401 (a cell)
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case list():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)
