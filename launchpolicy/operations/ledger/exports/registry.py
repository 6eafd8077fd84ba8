"""Every format of an export by its name; one is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from launchpolicy.ledger.rows import ExportTable

Exporter = Callable[[Iterable[ExportTable], Path], None]


def _jsonl() -> Exporter:
    from launchpolicy.operations.ledger.exports import jsonl  # noqa: PLC0415 (loaded when asked for)

    return jsonl.write


def _csv() -> Exporter:
    from launchpolicy.operations.ledger.exports import csv_files  # noqa: PLC0415 (loaded when asked for)

    return csv_files.write


def _parquet() -> Exporter:
    from launchpolicy.operations.ledger.exports import parquet  # noqa: PLC0415 (loaded when asked for)

    return parquet.write


def _sqlite() -> Exporter:
    from launchpolicy.operations.ledger.exports import sqlite  # noqa: PLC0415 (loaded when asked for)

    return sqlite.write


EXPORTERS: dict[str, Callable[[], Exporter]] = {
    "parquet": _parquet,
    "jsonl": _jsonl,
    "csv": _csv,
    "sqlite": _sqlite,
}
