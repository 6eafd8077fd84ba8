"""The units of bare numbers in a table: by the heading of a column, a line above, or the tool.

JMeter's aggregate report ("The times are in milliseconds") and the statistics of Locust give their
times without a unit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from launchpolicy.vocabulary.late_pattern import LatePattern

_IN_HEADING: Final = LatePattern(
    r"[(\[（/]\s*(%|[A-Za-z/]{1,12}|毫秒|秒|分钟)\s*[)\]）]?\s*\Z|_(ms|s)\Z"
)
_RATE: Final = LatePattern(
    r"(?<![A-Za-z])([KMGT]?i?B|bytes?|bits?|req(?:uest)?s?|fail(?:ure)?s?|errors?|tr?ans(?:action)?s?"
    r"|hits?|samples?|ops|operations?|calls?|queries|messages?|orders?|users?)"
    r" ?/ ?(s|secs?|seconds?|min|minutes?|h|hours?)\s*[)\]）]?\s*\Z",
    re.IGNORECASE,
)
_RATE_IN_CHINESE: Final = LatePattern(r"[次个笔条件份人单]数? ?/ ?(?:毫秒|秒|分钟|小时|min|ms|s|h)")
_ANSWER: Final = (
    r"(?:目标|要求|上限|阈值|预期|期望|标准|基线|实测|实际|结果|数?值|target|limit|threshold|expected|goal"
    r"|baseline|measured|actual|result|value|before|after)(?:结果|数?值)?"
)
_ANSWERS: Final = LatePattern(_ANSWER, re.IGNORECASE)
_STATISTIC: Final = LatePattern(
    r"(?:average|avg\.?|mean|median|min(?:imum)?|max(?:imum)?|std\.? ?dev\.?"
    r"|t?p\d{2,3}(?:\.\d{1,3})?"
    r"|\d{2}(?:\.\d{1,3})? ?%?(?= ?(?:百?分位|线))|平均|中位|最小|最大|标准偏?差)"
    r"(?: ?(?:line|percentile|百?分位[数值]?|线|数|值|rt))?"
    rf"(?: ?[(（]?{_ANSWER}[)）]?)?"
    r"|.*(?:response time|latency|elapsed|响应时间|时延|延迟|耗时).*",
    re.IGNORECASE,
)
_CAPTION: Final = LatePattern(
    r"单位(?:均|都)?[为是]?[:：]?\s*(毫秒|秒|ms|s)(?=\s*(?:[，,。.;；)）]|\Z))"
    r"|\b(?:times?|latenc(?:y|ies)|durations?|values|figures|units?)\b[^.。;；]{0,40}?"
    r"(?:\b(?:in|are|is)|:)\s+(ms|milliseconds?|s|seconds?)\b",
    re.IGNORECASE,
)
_TOOLS: Final = (
    ({"# samples", "#samples", "# 样本", "#样本"}, {"average", "平均值"}),
    ({"request count"}, {"median response time"}),
)
"""For each load test tool whose times are milliseconds, headings of its table: one of each set."""


def unit_above(line: str) -> str:
    """Return the unit that a line gives for times in the table below; "" where it gives none."""
    caption = _CAPTION.search(line)
    return caption[1] or caption[2] if caption else ""


def units_of(headings: Sequence[str], above: str) -> list[str]:
    """Return the unit of the bare numbers in each column; "" for a column without one.

    Args:
        headings: of the columns, in their order.
        above: the unit that a line above the table gives for times.
    """
    lower = {heading.lower() for heading in headings}
    is_of_tool = any(all(lower & names for names in tool) for tool in _TOOLS)
    times = "ms" if is_of_tool else above
    return [
        unit_in(heading) or (times if _STATISTIC.fullmatch(heading) else "") for heading in headings
    ]


def is_value_of_time(name: str, heading: str) -> bool:
    """Return whether a row is named after a time, and a column after what is asked or answered."""
    return bool(_STATISTIC.fullmatch(name) and _ANSWERS.fullmatch(heading))


def unit_in(heading: str) -> str:
    """Return the unit that a heading names: `ms` of `p95 (ms)`, `KB/sec` of `Received KB/sec`."""
    if rate := _RATE.search(heading):
        return f"{rate[1]}/{rate[2]}"
    return "" if _RATE_IN_CHINESE.search(heading) else unit_at_the_end_of(heading)


def unit_at_the_end_of(heading: str) -> str:
    """Return the unit with which a heading ends, as editions up to the eleventh read it."""
    unit = _IN_HEADING.search(heading)
    return unit[1] or unit[2] if unit else ""
