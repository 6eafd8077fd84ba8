"""In a table a figure belongs to the heading of its column, as people read it."""

from __future__ import annotations

import pytest

from launchpolicy.facts.evidence.contents import EvidenceContents
from launchpolicy.facts.evidence.document import read
from launchpolicy.policy.edition import EDITION, TENTH_EDITION

_HEAD = "# 性能测试报告\n\n由孙宇于 2026-11-24 在预发布环境执行，结论：达标。\n\n"


def _measured(name: str, text: str, edition: int = EDITION) -> list[tuple[str, str]]:
    contents = read(name, text.encode(), {}, edition)
    assert isinstance(contents, EvidenceContents)
    return [(one["label"], one["value"]) for one in contents.details["measurements"]]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("load.csv", "endpoint,p95,errors\nPOST /orders,210ms,0.01%\n"),
        ("load.csv", "endpoint;p95 (ms);error rate (%)\nPOST /orders;210;0.01\n"),
        ("load.csv", "Label,# Samples,95% Line (ms),Error (%)\nPOST /orders,3000,210,0.01\n"),
        ("load.csv", "endpoint,95th percentile (ms),errors\nPOST /orders,210,0.01%\n"),
        (
            "load.md",
            f"{_HEAD}| endpoint | p95 | errors |\n|---|---|---|\n| POST /cart | 210ms | 0.01% |\n",
        ),
    ],
)
def test_a_figure_has_the_heading_of_its_column(name: str, text: str) -> None:
    measured = _measured(name, text)
    assert [value for _, value in measured] == ["210ms", "0.01 %"]
    assert "p95" in measured[0][0]
    assert "error" in measured[1][0]


def test_a_target_column_is_not_what_was_measured() -> None:
    table = "| 指标 | 目标 | 实测 |\n|---|---|---|\n| p95 | 300ms | 350ms |\n"
    assert _measured("load.md", _HEAD + table) == [
        ("p95 目标:", "300ms"),
        ("p95 实测:", "350ms"),
    ]


def test_another_statistic_is_told_from_the_one_that_was_planned() -> None:
    table = "endpoint,average,p95\nPOST /orders,120ms,350ms\n"
    assert _measured("load.csv", table) == [
        ("post /orders average:", "120ms"),
        ("post /orders p95:", "350ms"),
    ]


def test_rows_without_headings_are_read_as_lines() -> None:
    table = "| p95 | 目标 | 300ms |\n| p95 | 实测 | 210ms |\n"
    values = [value for _, value in _measured("load.md", _HEAD + table)]
    assert values == ["300ms", "210ms"]


def test_a_figure_in_the_first_cell_and_a_row_of_another_length_are_kept() -> None:
    table = "| users | p95 |\n|---|---|\n| 300 users | 210ms |\n| 总计 | 90ms | 达标 |\n"
    assert [value for _, value in _measured("load.md", _HEAD + table)] == [
        "300 users",
        "210ms",
        "90ms",
    ]


def test_an_empty_cell_at_either_end_of_a_row_moves_no_heading() -> None:
    table = "endpoint,p95,remark\n,210ms,\nGET /orders,90ms,\n"
    assert _measured("load.csv", table) == [("p95:", "210ms"), ("get /orders p95:", "90ms")]


def test_what_landed_under_an_earlier_edition_is_read_as_then() -> None:
    table = "endpoint,p95,errors\nPOST /orders,210ms,0.01%\n"
    assert _measured("load.csv", table, TENTH_EDITION) == [
        ("post /orders", "210ms"),
        ("post /orders", "0.01 %"),
    ]
