"""The conditions that the clock decides: the window, and what the calendar forbids now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from launchpolicy.engine.launches.start_conditions import Condition, ConditionState, Shortcoming
from launchpolicy.facts.launch_windows import BlockedPeriod, Interval, schedule_of
from launchpolicy.hosts.holidays import holidays_of
from launchpolicy.requests import launch_progress
from launchpolicy.requests.calendar import Calendar
from launchpolicy.requests.kinds import text_at
from launchpolicy.vocabulary.approval import AppliedWaiver
from launchpolicy.vocabulary.place import Data, Route
from launchpolicy.vocabulary.text import Text

WINDOW: Final[Route] = ("spec", "window")
_MINUTE = timedelta(minutes=1)


def window_of(data: Data) -> Interval | None:
    """Return the window of a request; None without one that ends after it starts."""
    edges = launch_progress.window_of(data)
    return Interval(*edges) if edges is not None and edges[0] < edges[1] else None


def window_condition(window: Interval | None, now: datetime, people: Sequence[str]) -> Condition:
    """Return whether the window is open; at its last instant it is over."""
    if window is None:
        return _window_shut(_NO_WINDOW, people)
    if now < window.start:
        return _window_shut(_not_open_yet(window, now), people, _WAIT)
    if now >= window.end:
        return _window_shut(_is_over(window, now), people)
    return Condition("window", ConditionState.MET, _is_open(window, now))


def calendar_condition(
    calendar: Calendar | None,
    data: Data,
    window: Interval | None,
    now: datetime,
    waiver: AppliedWaiver | None,
) -> Condition:
    """Return whether the calendar lets a launch run from now until the end of its window.

    A freeze that begins within the window would meet the launch, so it counts as well. `waiver`
    lets this launch run all the same.
    """
    if calendar is None:
        return Condition("calendar", ConditionState.MET, _NO_CALENDAR, is_unchecked=True)
    end = window.end if window is not None and window.end > now else now + _MINUTE
    years = range(now.year - 1, end.year + 2)
    process, risk = (text_at(data, ("spec", key)) for key in ("process", "risk"))
    schedule = schedule_of(calendar, holidays_of(calendar, years), process, risk)
    blocks = list(schedule.blocks(Interval(now, end)))
    if not blocks:
        return Condition("calendar", ConditionState.MET, _FREE)
    if waiver is not None:
        return Condition("calendar", ConditionState.MET, _waiver_text(waiver))
    shortcomings = tuple(Shortcoming(_in_the_way(block, calendar), _MOVE) for block in blocks)
    return Condition("calendar", ConditionState.NOT_MET, shortcomings[0].message, shortcomings)


def _window_shut(says: Text, people: Sequence[str], fix: Text | None = None) -> Condition:
    shortcoming = Shortcoming(says, fix or _MOVE, None, tuple(people))
    return Condition("window", ConditionState.NOT_MET, says, (shortcoming,))


def _minutes(span: timedelta) -> tuple[str, str]:
    """Return a span in words, rounded down to minutes; at least one minute."""
    total = max(int(span / _MINUTE), 1)
    days, hours, minutes = total // 1440, total // 60 % 24, total % 60
    english = [f"{days} d"] if days else []
    chinese = [f"{days} 天"] if days else []
    if hours:
        english.append(f"{hours} h")
        chinese.append(f"{hours} 小时")
    if minutes or not english:
        english.append(f"{minutes} min")
        chinese.append(f"{minutes} 分钟")
    return " ".join(english), " ".join(chinese)


def _clock(moment: datetime) -> Text:
    return Text(
        f"{moment:%Y-%m-%d %H:%M}", f"{moment.year}年{moment.month}月{moment.day}日 {moment:%H:%M}"
    )


def _is_open(window: Interval, now: datetime) -> Text:
    left, left_zh = _minutes(window.end - now)
    end = _clock(window.end)
    return Text(f"Open until {end.en}; {left} left.", f"窗口开放至{end.zh}，剩余 {left_zh}。")


def _not_open_yet(window: Interval, now: datetime) -> Text:
    wait, wait_zh = _minutes(window.start - now)
    start = _clock(window.start)
    return Text(
        f"The window opens at {start.en}, in {wait}.",
        f"上线窗口于{start.zh}开始，还有 {wait_zh}。",
    )


def _is_over(window: Interval, now: datetime) -> Text:
    past, past_zh = _minutes(now - window.end)
    end = _clock(window.end)
    return Text(
        f"The window ended at {end.en}, {past} ago.",
        f"上线窗口已于{end.zh}结束，已过去 {past_zh}。",
    )


def _in_the_way(block: BlockedPeriod, calendar: Calendar) -> Text:
    start, end = (_clock(moment.astimezone(calendar.zone)) for moment in block.period)
    if block.kind == "freeze":
        return Text(
            f"The freeze “{block.name}” lasts from {start.en} until {end.en}.",
            f"封网期“{block.name}”自{start.zh}至{end.zh}。",
        )
    day, day_zh = start.en[:10], start.zh.split(" ")[0]
    if block.kind == "holiday":
        return Text(f"{day} is a holiday, {block.name}.", f"{day_zh}为节假日（{block.name}）。")
    return Text(
        f"{day} is the day before a holiday, {block.name}.",
        f"{day_zh}为节假日（{block.name}）前一天。",
    )


def _waiver_text(waiver: AppliedWaiver) -> Text:
    return Text(
        f"The calendar forbids it; waived by {waiver.name}.",
        f"日历不允许，但已由豁免 {waiver.name} 放行。",
    )


_NO_WINDOW = Text("The request has no launch window.", "申请没有上线窗口。")
_NO_CALENDAR = Text("There is no calendar.", "没有日历文件。")
_FREE = Text(
    "No freeze and no holiday until the end of the window.", "至窗口结束无封网期和节假日。"
)
_WAIT = Text("Start then, not earlier.", "请等到窗口开始后再上线。")
_MOVE = Text(
    "Move the launch: launchpolicy postpone REQUEST --window START/END; the new window has to be"
    " approved.",
    "请改期：launchpolicy postpone 申请 --window 开始/结束；新窗口须重新审批。",
)
