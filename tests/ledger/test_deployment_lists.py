"""Lists of deployments: read whole, or refused with the file, the line and what to do."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from launchpolicy.ledger.reconciliation import Deployment
from launchpolicy.operations.ledger.deployments import deployment_lists
from launchpolicy.operations.ledger.deployments.deployment_lists import read_deployments
from launchpolicy.vocabulary.errors import UsageError

AT = datetime(2026, 12, 1, 14, 10, tzinfo=UTC)
CSV = (
    "time,product,artifact,environment,launch\r\n"
    "2026-12-01T22:10:00+08:00,checkout,web:v3,production,LR-1\r\n"
)


def read(folder: Path, name: str, source: str | bytes) -> tuple[Deployment, ...]:
    file = folder / name
    file.write_bytes(source.encode() if isinstance(source, str) else source)
    return read_deployments(file)


def refusal(folder: Path, name: str, source: str | bytes) -> str:
    with pytest.raises(UsageError) as caught:
        read(folder, name, source)
    assert "columns or keys" in caught.value.remedy.en
    return caught.value.problem.en


def test_a_csv_file_is_read_with_the_line_of_each_row(tmp_path: Path) -> None:
    expected = Deployment(AT, "checkout", ("web:v3",), "production", "LR-1", "list.csv:2")
    assert read(tmp_path, "list.csv", CSV) == (expected,)


def test_a_spreadsheet_in_chinese_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    source = "\ufeff时间,产品,提交,备注\n\n2026-12-01T22:10:00+08:00,收银台,4f1c0ff,夜间\n"
    assert read(tmp_path, "列表.csv", source) == (
        Deployment(AT, "收银台", ("4f1c0ff",), "", "", "列表.csv:3"),
    )


@pytest.mark.parametrize("form", ["[%s]", '{"deployments": [%s]}'])
def test_a_json_list_is_read_with_the_number_of_each_item(tmp_path: Path, form: str) -> None:
    what = '"product": "checkout", "sha": "4f1c0ff", "ref": "v3", "id": 7'
    item = f'{{"at": "2026-12-01T14:10:00Z", {what}}}'
    assert read(tmp_path, "list.json", form % item) == (
        Deployment(AT, "checkout", ("4f1c0ff", "v3"), "", "", "list.json: item 1"),
    )


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("", "list.csv: it is empty."),
        ("product,artifact\n", "list.csv:1: the column `time` is missing."),
        ("time,artifact\n", "list.csv:1: the column `product` is missing."),
        ("time,product\n", "list.csv:1: it does not say what was deployed"),
        ("time,at,product,sha\n", "list.csv:1: the column `time` is there twice."),
        (CSV.replace("+08:00", ""), "list.csv:2: `time` is no time with its offset"),
        (CSV.replace("checkout", " "), "list.csv:2: `product` is missing."),
        (CSV.replace("web:v3", ""), "list.csv:2: it does not say what was deployed"),
        (CSV.replace(",LR-1", ""), "list.csv:2: it has 4 cells, and the header 5."),
        (CSV.replace("web:v3", "x" * 1001), "list.csv:2: a value is longer than 1000 signs."),
        (CSV.replace("web:v3", '"web'), "list.csv:2: it is not CSV"),
        (CSV.encode("utf-16"), "list.csv: byte 1 is not UTF-8: save it as UTF-8."),
        (CSV.replace("checkout", "结算").encode("gbk"), "list.csv: byte"),
    ],
)
def test_a_row_that_cannot_be_read_is_never_skipped(
    tmp_path: Path, source: str | bytes, problem: str
) -> None:
    assert refusal(tmp_path, "list.csv", source).startswith(problem)


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("{", "list.json:1:2: it is not JSON"),
        ("3", "list.json: it is no list of deployments."),
        ('{"rows": []}', "list.json: it is no list of deployments."),
        ("[[]]", "list.json: item 1: it is no object."),
        ('[{"time": 7, "product": "a", "sha": "b"}]', "list.json: item 1: `time` is not one text."),
        ('[{"time": "x", "at": "y"}]', "list.json: item 1: `at` is not one text."),
        ('[{"sha": "a", "sha": "b"}]', "list.json: it is not JSON: a key is there twice"),
        ("[" * 200_000, "list.json: it is not JSON"),
    ],
)
def test_json_that_two_readers_could_read_differently_is_refused(
    tmp_path: Path, source: str, problem: str
) -> None:
    assert refusal(tmp_path, "list.json", source).startswith(problem)


def test_a_file_that_is_not_there_or_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UsageError, match=r"gone\.csv: it cannot be read"):
        read_deployments(tmp_path / "gone.csv")
    with pytest.raises(UsageError, match="it cannot be read"):
        read_deployments(tmp_path)
    monkeypatch.setattr(deployment_lists, "MOST_BYTES", 100)
    assert "it holds more than" in refusal(tmp_path, "list.csv", CSV)
    monkeypatch.undo()
    monkeypatch.setattr(deployment_lists, "MOST_DEPLOYMENTS", 1)
    assert "it holds more than 1 deployments" in refusal(
        tmp_path, "list.csv", CSV + CSV.splitlines()[1]
    )
