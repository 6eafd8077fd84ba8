"""Charts as plain numbers for SVG: bars with their places, so that templates only draw."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from launchpolicy.ledger.measures import Measures, Period
from launchpolicy.vocabulary.text import Text

WIDTH, HEIGHT, BASE = 640, 180, 150
_ROW = 26
_LEFT = 240
_LATEST = 26
_HOUR = 3600
_EDGE = 34


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its place, what it stands for and what it says."""

    x: float
    y: float
    width: float
    height: float
    css: str
    label: str
    value: Text


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its title, its bars, its axis labels, and the same as rows of a table."""

    id: str
    title: Text
    note: Text
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    heads: tuple[Text, ...]
    rows: tuple[tuple[str, ...], ...]
    height: int = HEIGHT
    is_horizontal: bool = False


def charts_of(measures: Measures) -> tuple[Chart, ...]:
    """Return the charts that people ask for."""
    months = measures.months[-12:]
    return (
        _weeks(measures.weeks[-_LATEST:]),
        _rates(
            "failures",
            Text("Change failure rate", "变更失败率"),
            Text("rolled back, or with a problem found", "已回滚或发现问题的占比"),
            months,
            lambda period: period.failure_rate,
        ),
        _rates(
            "rollbacks",
            Text("Rollback rate", "回滚率"),
            Text("of the launches that were carried out", "占已执行上线的比例"),
            months,
            lambda period: period.rollback_rate,
        ),
        _times(
            "lead",
            Text("Lead time", "前置时间"),
            Text("median, from the request to the launch", "从申请到上线的中位数"),
            months,
            lambda period: period.lead_time,
        ),
        _times(
            "restore",
            Text("Time to restore", "恢复时间"),
            Text("median, from the first problem", "自首个问题起的中位数"),
            months,
            lambda period: period.time_to_restore,
        ),
        _hurdles(measures.hurdles),
    )


def percent(rate: float | None) -> str:
    """Return a share as people write it; nothing to divide by is a dash."""
    return "–" if rate is None else f"{rate * 100:.0f} %"


def duration(time: timedelta | None) -> Text:
    """Return a time in the largest unit that fits."""
    if time is None:
        return Text("–", "–")
    hours = time.total_seconds() / _HOUR
    if hours < 1:
        minutes = round(hours * 60)
        return Text(f"{minutes} min", f"{minutes} 分钟")
    if hours < 48:  # noqa: PLR2004 (two days)
        return Text(f"{hours:.1f} h", f"{hours:.1f} 小时")
    return Text(f"{hours / 24:.1f} days", f"{hours / 24:.1f} 天")


def _weeks(weeks: Sequence[Period]) -> Chart:
    most = max((week.launched + week.unannounced for week in weeks), default=0) or 1
    step = WIDTH / max(len(weeks), 12)
    bars = []
    for number, week in enumerate(weeks):
        low = week.launched / most * (BASE - 20)
        high = week.unannounced / most * (BASE - 20)
        x, width = number * step + 2, step - 4
        value = Text(
            f"{week.name}: {week.launched} announced, {week.unannounced} not announced",
            f"{week.name}：已通告 {week.launched}，未通告 {week.unannounced}",
        )
        bars.append(Bar(x, BASE - low, width, low, "bar-good", week.name, value))
        bars.append(Bar(x, BASE - low - high, width, high, "bar-warn", week.name, value))
    return Chart(
        "weeks",
        Text("Launches per week", "每周上线次数"),
        Text("announced ones, and above them those not announced", "下：已通告；上：未通告"),
        tuple(bars),
        _ticks([week.name for week in weeks], step),
        (Text("week", "周"), Text("launched", "已上线"), Text("not announced", "未通告")),
        tuple((week.name, str(week.launched), str(week.unannounced)) for week in weeks),
    )


def _rates(
    id_: str,
    title: Text,
    note: Text,
    months: Sequence[Period],
    rate_of: Callable[[Period], float | None],
) -> Chart:
    step = WIDTH / max(len(months), 6)
    bars = []
    for number, month in enumerate(months):
        rate = rate_of(month)
        height = (rate or 0) * (BASE - 20)
        value = Text(f"{month.name}: {percent(rate)}", f"{month.name}：{percent(rate)}")
        x = number * step + 4
        bars.append(Bar(x, BASE - height, step - 8, height, "bar-bad", month.name, value))
    rows = tuple((month.name, percent(rate_of(month))) for month in months)
    heads = (Text("month", "月份"), title)
    ticks = _ticks([month.name for month in months], step)
    return Chart(id_, title, note, tuple(bars), ticks, heads, rows)


def _times(
    id_: str,
    title: Text,
    note: Text,
    months: Sequence[Period],
    time_of: Callable[[Period], timedelta | None],
) -> Chart:
    times = [time_of(month) for month in months]
    most = max((time.total_seconds() for time in times if time is not None), default=0) or 1
    step = WIDTH / max(len(months), 6)
    bars = []
    for number, (month, time) in enumerate(zip(months, times, strict=True)):
        height = (time.total_seconds() if time is not None else 0) / most * (BASE - 20)
        shown = duration(time)
        value = Text(f"{month.name}: {shown.en}", f"{month.name}：{shown.zh}")
        x = number * step + 4
        bars.append(Bar(x, BASE - height, step - 8, height, "bar-main", month.name, value))
    rows = tuple((month.name, duration(time).en) for month, time in zip(months, times, strict=True))
    heads = (Text("month", "月份"), title)
    ticks = _ticks([month.name for month in months], step)
    return Chart(id_, title, note, tuple(bars), ticks, heads, rows)


def _hurdles(hurdles: Sequence[tuple[str, int]]) -> Chart:
    most = max((count for _, count in hurdles), default=0) or 1
    bars = tuple(
        Bar(
            _LEFT,
            number * _ROW + 4,
            count / most * (WIDTH - _LEFT - 50),
            _ROW - 8,
            "bar-main",
            policy,
            Text(f"{policy}: {count}", f"{policy}：{count}"),
        )
        for number, (policy, count) in enumerate(hurdles)
    )
    return Chart(
        "hurdles",
        Text("Policies that block most", "最常阻断的策略"),
        Text(
            "launches that each held up, fixed and waived ones too",
            "各策略拦下的上线次数，含已改正和豁免",
        ),
        bars,
        (),
        (Text("policy", "策略"), Text("launches", "上线次数")),
        tuple((policy, str(count)) for policy, count in hurdles),
        height=max(1, len(hurdles)) * _ROW + 8,
        is_horizontal=True,
    )


def _ticks(names: Sequence[str], step: float) -> tuple[tuple[float, str], ...]:
    """Return every label that has room."""
    every = max(1, -(-len(names) * 72 // WIDTH))
    shown = list(enumerate(names))[::every]
    return tuple((max((number + 0.5) * step, _EDGE), name) for number, name in shown)
