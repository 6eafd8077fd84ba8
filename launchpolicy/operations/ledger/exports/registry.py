"""Register every format of an export by its name; one is imported when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from launchpolicy.ledger.rows import ExportTable
from launchpolicy.vocabulary.text import Text

Exporter = Callable[[Iterable[ExportTable], Path], None]
"""Writes the tables into a folder, which is there and empty."""


class ExportRegistration(NamedTuple):
    """The loader of an exporter, and what its files are for."""

    load: Callable[[], Exporter]
    title: Text


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


EXPORTERS: dict[str, ExportRegistration] = {
    "parquet": ExportRegistration(
        _parquet, Text("DuckDB, Spark, Trino and data frames", "DuckDB、Spark、Trino 和数据框")
    ),
    "jsonl": ExportRegistration(_jsonl, Text("programs: one object a line", "程序：每行一个对象")),
    "csv": ExportRegistration(_csv, Text("spreadsheets", "电子表格")),
    "sqlite": ExportRegistration(_sqlite, Text("SQL on one file", "单个文件上的 SQL 查询")),
}
