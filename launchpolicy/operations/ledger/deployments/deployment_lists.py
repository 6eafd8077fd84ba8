"""Read lists of what was deployed: CSV with a header, or JSON, as deployment tools write them.

Each deployment has a time with its offset, a product, and what was deployed: an artifact, a commit
or a reference such as a tag. Environment and launch are optional. Nothing is skipped: a row that
cannot be read is an error, or a deployment without a launch would not show.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from launchpolicy.documents.instants import parse_instant
from launchpolicy.ledger.reconciliation import Deployment
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "time": ("time", "at", "deployed_at", "时间", "部署时间"),
    "product": ("product", "产品"),
    "environment": ("environment", "环境"),
    "artifact": ("artifact", "制品"),
    "commit": ("commit", "sha", "提交"),
    "reference": ("reference", "ref", "tag", "标识"),
    "launch": ("launch", "上线申请"),
}
"""The columns or keys, each with the names under which it is read; others are ignored."""

MOST_BYTES: Final = 64 * 1024 * 1024
MOST_DEPLOYMENTS: Final = 200_000
_IDENTIFIERS = ("artifact", "commit", "reference")
_LONGEST = 1000

Row = Mapping[str, str]


def read_deployments(file: Path) -> tuple[Deployment, ...]:
    """Return the deployments in a file, JSON if its name ends so, else CSV.

    Raises:
        UsageError: the file cannot be read, is too large, or a row is not a deployment.
    """
    text = _text_of(file)
    if not text.strip():
        raise _unusable(file.name, Text("it is empty", "文件为空"))
    rows = _json_rows(file.name, text) if file.suffix == ".json" else _csv_rows(file.name, text)
    deployments: list[Deployment] = []
    for origin, row in rows:
        if len(deployments) == MOST_DEPLOYMENTS:
            raise _unusable(file.name, _too_many())
        deployments.append(_deployment(origin, row))
    return tuple(deployments)


def _text_of(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            source = stream.read(MOST_BYTES + 1)
        if len(source) > MOST_BYTES:
            raise _unusable(file.name, _too_many())
        return source.decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        why = Text(f"it cannot be read ({reason})", f"无法读取（{reason}）")
        raise _unusable(file.name, why) from error
    except UnicodeDecodeError as error:
        number = error.start + 1
        why = Text(
            f"byte {number} is not UTF-8: save it as UTF-8",
            f"第 {number} 个字节不是 UTF-8：请另存为 UTF-8",
        )
        raise _unusable(file.name, why) from error


def _csv_rows(name: str, text: str) -> Iterator[tuple[str, Row]]:
    """Yield the rows of a CSV file (RFC 4180), each with its file and line."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    columns: list[str] = []
    try:
        for cells in reader:
            origin = f"{name}:{reader.line_num}"
            if not any(cell.strip() for cell in cells):
                continue
            if not columns:
                columns = _columns(origin, [cell.strip().casefold() for cell in cells])
                continue
            if len(cells) != len(columns):
                raise _unusable(
                    origin,
                    Text(
                        f"it has {len(cells)} cells, and the header {len(columns)}",
                        f"该行有 {len(cells)} 列，而表头有 {len(columns)} 列",
                    ),
                )
            yield (
                origin,
                {column: cell for column, cell in zip(columns, cells, strict=True) if column},
            )
    except csv.Error as error:
        why = Text(f"it is not CSV: {error}", f"不是有效的 CSV：{error}")
        raise _unusable(f"{name}:{reader.line_num}", why) from error


def _columns(origin: str, header: Sequence[str]) -> list[str]:
    """Return which column of ours each cell of a header names, "" for none."""
    names = {name: column for column, names in COLUMNS.items() for name in names}
    columns = [names.get(cell, "") for cell in header]
    for column in COLUMNS:
        if columns.count(column) > 1:
            why = Text(f"the column `{column}` is there twice", f"`{column}` 列重复")
            raise _unusable(origin, why)
    _require(origin, set(columns))
    return columns


def _require(origin: str, columns: set[str]) -> None:
    for column in ("time", "product"):
        if column not in columns:
            why = Text(f"the column `{column}` is missing", f"缺少 `{column}` 列")
            raise _unusable(origin, why)
    if not columns.intersection(_IDENTIFIERS):
        raise _unusable(origin, _NO_IDENTIFIER)


def _json_rows(name: str, text: str) -> Iterator[tuple[str, Row]]:
    """Yield the objects of a JSON list, or of the list under `deployments`."""
    try:
        data = json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        why = Text(f"it is not JSON: {error.msg}", f"不是有效的 JSON：{error.msg}")
        raise _unusable(f"{name}:{error.lineno}:{error.colno}", why) from error
    except (ValueError, RecursionError) as error:
        why = Text(f"it is not JSON: {error}", f"不是有效的 JSON：{error}")
        raise _unusable(name, why) from error
    if isinstance(data, dict):
        data = data.get("deployments")
    if not isinstance(data, list):
        raise _unusable(name, Text("it is no list of deployments", "不是部署列表"))
    keys = {key: column for column, names in COLUMNS.items() for key in names}
    for number, item in enumerate(data, start=1):
        origin = f"{name}: item {number}"
        if not isinstance(item, dict):
            raise _unusable(origin, Text("it is no object", "不是对象"))
        row: dict[str, str] = {}
        for key, value in item.items():
            column = keys.get(key.casefold())
            if column is None or value is None:
                continue
            if not isinstance(value, str) or column in row:
                why = Text(f"`{key}` is not one text", f"`{key}` 不是唯一的文本")
                raise _unusable(origin, why)
            row[column] = value
        yield origin, row


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; one reader would take the first of two equal keys, and another the last."""
    keys = [key for key, _ in pairs]
    if len(set(keys)) < len(keys):
        message = f"a key is there twice in one object: {max(keys, key=keys.count)}"
        raise ValueError(message)
    return dict(pairs)


def _deployment(origin: str, row: Row) -> Deployment:
    values = {column: value.strip() for column, value in row.items()}
    if any(len(value) > _LONGEST for value in values.values()):
        why = Text(f"a value is longer than {_LONGEST} signs", f"有值超过 {_LONGEST} 个字符")
        raise _unusable(origin, why)
    at = parse_instant(values.get("time", ""))
    if at is None:
        raise _unusable(
            origin,
            Text(
                "`time` is no time with its offset, such as 2026-12-01T22:10:00+08:00",
                "`time` 不是带时区的时间，例如 2026-12-01T22:10:00+08:00",
            ),
        )
    if not values.get("product"):
        raise _unusable(origin, Text("`product` is missing", "缺少 `product`"))
    identifiers = tuple(values[column] for column in _IDENTIFIERS if values.get(column))
    if not identifiers:
        raise _unusable(origin, _NO_IDENTIFIER)
    environment, launch = values.get("environment", ""), values.get("launch", "")
    return Deployment(at, values["product"], identifiers, environment, launch, origin)


_NO_IDENTIFIER = Text(
    "it does not say what was deployed: `artifact`, `commit` or `reference`",
    "未写明部署了什么：`artifact`、`commit` 或 `reference`",
)


def _too_many() -> Text:
    return Text(
        f"it holds more than {MOST_DEPLOYMENTS} deployments or {MOST_BYTES // 2**20} MiB",
        f"超过 {MOST_DEPLOYMENTS} 条部署或 {MOST_BYTES // 2**20} MiB",
    )


def _unusable(origin: str, why: Text) -> UsageError:
    return UsageError(
        Text(f"{origin}: {why.en}.", f"{origin}：{why.zh}。"),
        Text(
            "A list of deployments has the columns or keys time, product, artifact (or commit, or "
            "reference), and may have environment and launch; see the guide on the ledger.",
            "部署列表包含列（或键）time、product、artifact（或 commit、reference），"
            "可另有 environment 和 launch；参见上线日志指南。",
        ),
    )
