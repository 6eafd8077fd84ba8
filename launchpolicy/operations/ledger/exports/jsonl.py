"""Write JSON Lines: one object a row (jsonlines.org)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from launchpolicy.ledger.rows import ExportTable

SUFFIX = "jsonl"


def write(tables: Iterable[ExportTable], folder: Path) -> None:
    """Write a file for each table."""
    for table in tables:
        path = folder / f"{table.name}.{SUFFIX}"
        with path.open("w", encoding="utf-8", newline="\n") as sink:
            for row in table.rows:
                data = {name: _plain(row[name]) for name in table.columns}
                sink.write(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n")


def _plain(value: Any) -> Any:  # noqa: ANN401 (a cell)
    return value.isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else value
