"""In a table a figure belongs to the heading of its column, as people read it."""

from __future__ import annotations

import pytest

from launchpolicy.facts.evidence.contents import EvidenceContents
from launchpolicy.facts.evidence.document import read
from launchpolicy.policy.edition import EDITION, ELEVENTH_EDITION, TENTH_EDITION

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


_JMETER = (
    "Label,# Samples,Average,Median,90% Line,95% Line,99% Line,Min,Max,Error %,Throughput,"
    "Received KB/sec,Std. Dev.\n"
    "POST /checkout,12000,142,130,198,240,410,88,1203,0.013%,199.80020,102.12,40.1\n"
)
_JMETER_IN_CHINESE = (
    "Label,# 样本,平均值,中位数,90% 百分位,95% 百分位,99% 百分位,最小值,最大值,"
    "异常 %,吞吐量,接收 KB/sec\n"
    "下单,12000,142,130,198,240,410,88,1203,0.013%,199.8,102.12\n"
)
_LOCUST = (
    "Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Requests/s,"
    "95%,100%\nPOST,/checkout,12000,0,130,142.5,199.8,240,1203\n"
)


@pytest.mark.parametrize("table", [_JMETER, _JMETER_IN_CHINESE, _LOCUST])
def test_a_load_test_tool_that_gives_times_without_a_unit_means_milliseconds(table: str) -> None:
    measured = _measured("load.csv", table)
    (p95,) = [value for label, value in measured if "p95" in label]
    (average,) = [value for label, value in measured if "average" in label or "平均" in label]
    assert (p95, average) in {("240ms", "142ms"), ("240ms", "142.5ms")}
    counts = ("# samples", "样本", "throughput", "吞吐量", "request count", "failure count")
    assert not any(count in label for label, _ in measured for count in counts)


@pytest.mark.parametrize("table", [_JMETER, _JMETER_IN_CHINESE, _LOCUST])
def test_a_rate_is_no_duration(table: str) -> None:
    rates = [value for label, value in _measured("load.csv", table) if "/s" in label]
    assert rates in (["102.12 KB/sec"], ["199.8 Requests/s"])


@pytest.mark.parametrize(
    "line",
    [
        "单位：ms",
        "（时间单位均为毫秒）",
        "响应时间单位为 ms，吞吐量单位为 TPS。",
        "All response times in ms.",
        "Times are in milliseconds",
        "Unit: ms",
        "Latencies of the run of 24 November, in ms",
    ],
)
def test_a_line_above_a_table_gives_the_unit_of_its_times(line: str) -> None:
    head = "| 接口 | 请求数 | 平均 | p95 | TPS |\n|---|---|---|---|---|\n"
    table = f"{head}| 下单 | 3000 | 98 | 210 | 300 |\n"
    measured = _measured("load.md", f"{_HEAD}{line}\n\n{table}")
    assert [value for label, value in measured if "平均" in label or "p95" in label] == [
        "98ms",
        "210ms",
    ]
    assert not any("请求数" in label or "tps" in label for label, _ in measured)


@pytest.mark.parametrize(
    "text",
    [
        "| 接口 | p95 |\n|---|---|\n| 下单 | 210 |\n",  # no line says what 210 is
        "建设单位：S 公司\n\n| 接口 | p95 |\n|---|---|\n| 下单 | 210 |\n",
        "单位：万元\n\n| 项目 | 平均 |\n|---|---|\n| 采购 | 210 |\n",
        "单位：ms\n\n| 接口 | 请求数 |\n|---|---|\n| 下单 | 210 |\n",  # the unit of times
        (  # the unit of the first table alone
            "单位：ms\n\n| a | p95 |\n|---|---|\n| b | |\n\n其他\n\n"
            "| 接口 | p95 |\n|---|---|\n| 下单 | 210 |\n"
        ),
        "It took time: we met in March.\n\n| name | average |\n|---|---|\n| orders | 210 |\n",
        "| 接口 | 最大并发（次/秒） |\n|---|---|\n| 下单 | 210 |\n",
    ],
)
def test_a_number_whose_unit_nothing_gives_is_no_figure(text: str) -> None:
    assert not any(value.startswith("210") for _, value in _measured("load.md", _HEAD + text))


@pytest.mark.parametrize(
    "table",
    [
        "| 接口 | p95 目标 | p95 实测 |\n|---|---|---|\n| 下单 | 300 | 350 |\n",
        "| 指标 | 目标 | 实测 |\n|---|---|---|\n| p95 | 300 | 350 |\n",
        "| 指标 | 目标值 | 实际结果 |\n|---|---|---|\n| 响应时间 p95 | 300 | 350 |\n",
    ],
)
def test_a_target_and_what_was_measured_have_the_unit_above_and_stay_apart(table: str) -> None:
    target, measured = _measured("load.md", f"{_HEAD}单位：ms\n\n{table}")
    assert (target[1], measured[1]) == ("300ms", "350ms")
    assert "目标" in target[0]
    assert "目标" not in measured[0]


@pytest.mark.parametrize(
    "heading",
    ["TP99", "p99.9", "95%线", "95 分位", "平均值", "最大响应时间", "P95 latency", "平均RT"],
)
def test_a_statistic_of_times_has_the_unit_above(heading: str) -> None:
    table = f"| 接口 | {heading} | 用户数 |\n|---|---|---|\n| 下单 | 210 | 300 |\n"
    measured = _measured("load.md", f"{_HEAD}单位：ms\n\n{table}")
    assert [value for _, value in measured] == ["210ms"]


def test_a_row_of_counts_has_no_unit_of_times() -> None:
    table = "| 指标 | 目标 | 实测 |\n|---|---|---|\n| 并发数 | 300 | 350 |\n"
    assert _measured("load.md", f"{_HEAD}单位：ms\n\n{table}") == []


@pytest.mark.parametrize("table", [_JMETER, _LOCUST])
def test_such_tables_are_read_so_since_edition_12(table: str) -> None:
    assert EDITION > ELEVENTH_EDITION
    then = _measured("load.csv", table, ELEVENTH_EDITION)
    assert not any(value == "240ms" for _, value in then)


def test_a_heading_of_a_rate_was_read_as_seconds_under_edition_11() -> None:
    then = _measured("load.csv", _JMETER, ELEVENTH_EDITION)
    assert ("post /checkout received kb/sec:", "102.12s") in then
