"""Write Parquet: typed columns for DuckDB, Spark, Trino. The one module with pyarrow."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from launchpolicy.ledger.rows import ExportTable
from launchpolicy.vocabulary.errors import UndecidedError
from launchpolicy.vocabulary.text import Text

SUFFIX = "parquet"
_GROUP = 8192
"""Rows that are held in memory at once: one row group."""


def write(tables: Iterable[ExportTable], folder: Path) -> None:
    """Write a file for each table.

    Raises:
        UndecidedError: pyarrow is not installed.
    """
    arrow, parquet = _libraries()
    types = {
        "text": arrow.string(),
        "whole": arrow.int64(),
        "yes_no": arrow.bool_(),
        "moment": arrow.timestamp("us", tz="UTC"),
        "texts": arrow.list_(arrow.string()),
    }
    for table in tables:
        schema = arrow.schema([(name, types[kind]) for name, kind in table.columns.items()])
        path = folder / f"{table.name}.{SUFFIX}"
        rows = iter(table.rows)
        with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
            while group := [dict(row) for row in islice(rows, _GROUP)]:
                writer.write_table(arrow.Table.from_pylist(group, schema=schema))


def _libraries() -> tuple[Any, Any]:
    try:
        import pyarrow as pa  # noqa: PLC0415 (an extra)
        from pyarrow import parquet  # noqa: PLC0415 (likewise)
    except ImportError as error:
        raise UndecidedError(
            Text(
                "Parquet needs the library `pyarrow`, which is not installed.",
                "导出 Parquet 需要 `pyarrow` 库，而它尚未安装。",
            ),
            Text(
                "Install it: pip install 'launchpolicy[export]'; or choose another format.",
                "请安装：pip install 'launchpolicy[export]'；或选择其他格式。",
            ),
        ) from error
    return pa, parquet
