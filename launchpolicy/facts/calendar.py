"""The CEL variable `calendar`: what stands in the way of a request's window, and what is near."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from launchpolicy.documents.instants import parse_instant
from launchpolicy.facts.launch_windows import (
    AHEAD,
    BlockedPeriod,
    Interval,
    Schedule,
    schedule_of,
    within_reach,
)
from launchpolicy.facts.wall_clock import day_of, format_instant, instant_at
from launchpolicy.policy.edition import EDITION
from launchpolicy.policy.fact_shapes import FACTS, empty_fact
from launchpolicy.requests.calendar import DAYS, MIDNIGHT, Calendar
from launchpolicy.requests.kinds import text_at
from launchpolicy.vocabulary.place import Data, Route
from launchpolicy.vocabulary.text import Text

_START: Route = ("spec", "window", "start")
_END: Route = ("spec", "window", "end")
_FORESEEN: Route = ("spec", "foresight", "at")
_MEETING: Route = ("spec", "foresight", "meeting", "at")
_DAY = timedelta(days=1)
_SATURDAY = 5
_DAYS_ZH = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def calendar_fact(
    calendar: Calendar | None,
    data: Data,
    holidays: Mapping[date, str],
    now: datetime,
    announced: int | None = None,
    edition: int = EDITION,
) -> dict[str, Any]:
    """Return the variable; `known` is false where the launch repository has no calendar.

    `workingDaysAhead` counts as periods of notice are counted: the day of the announcement is not
    part of it, the day of the launch is.

    Args:
        calendar: the launch repository's.
        data: the request.
        holidays: the public holidays of the calendar's country, of every year that matters.
        now: the one time of the run, aware.
        announced: the last year whose holidays were announced; None where no year needs that.
        edition: that of the program by which the request is judged (`policy.edition`).
    """
    fact: dict[str, Any] = empty_fact(FACTS["calendar"])
    if calendar is None:
        return fact
    process, risk = text_at(data, ("spec", "process")), text_at(data, ("spec", "risk"))
    schedule = schedule_of(calendar, holidays, process, risk, edition)
    fact["known"] = True
    fact["officeMeeting"] = _office_meeting(schedule, _instant(data, _MEETING), now)
    window = _window(data)
    if window is None:
        return fact
    if not within_reach(window.start) or not within_reach(window.end):
        fact["conflicts"] = [_conflict("outside-windows", process, None, schedule, _BEYOND)]
        return fact
    fact["unannounced"] = _unannounced_years(calendar, window, announced)
    period = schedule.next_window(max(now.astimezone(UTC), window.start), window.end - window.start)
    if period is not None:
        start, end = (format_instant(calendar.zone, instant) for instant in period)
        fact["nextWindow"] = {"start": start, "end": end}
    fact["conflicts"] = list(_conflicts(schedule, window, _outlook(fact["nextWindow"]["start"])))
    fact["workingDaysAhead"] = _working_days(schedule, _instant(data, _FORESEEN), window.start)
    return fact


def _unannounced_years(calendar: Calendar, window: Interval, announced: int | None) -> list[str]:
    """Return the years of the window whose holidays are a guess.

    A year of which the launch repository itself lists a day was looked after by its owner.
    """
    if announced is None:
        return []
    first = day_of(calendar.zone, window.start)
    last = day_of(calendar.zone, window.end) + (_DAY if calendar.also_day_before else 0 * _DAY)
    listed = {day.year for day in (*calendar.extra, *calendar.workdays)}
    years = set(range(max(first.year, announced + 1), last.year + 1)) - listed
    return [str(year) for year in sorted(years)]


def _instant(data: object, route: Route) -> datetime | None:
    instant = parse_instant(text_at(data, route))
    return instant.astimezone(UTC) if instant is not None else None


def _window(data: object) -> Interval | None:
    """Return the window that is asked for.

    Of one that ends before it starts the two ends count, so that it evades no freeze.
    """
    start, end = _instant(data, _START), _instant(data, _END)
    if start is None or end is None:
        return None
    return Interval(min(start, end), max(start, end))


_BEYOND = Text(
    "No calendar reaches as far as this window; write a date that can be planned.",
    "没有日历覆盖该时间；请填写可以安排的日期。",
)


def _outlook(opens: str) -> Text:
    if opens:
        return Text(
            f"The next allowed window opens at {opens}.", f"下一个可用窗口于 {opens} 开始。"
        )
    return Text(
        f"Within {AHEAD.days} days no window of this length is allowed; make it shorter.",
        f"{AHEAD.days} 天内没有这么长的可用窗口；请缩短上线时间。",
    )


def _conflicts(schedule: Schedule, window: Interval, outlook: Text) -> Iterator[dict[str, Any]]:
    for block in schedule.blocks(window):
        message = _standing_in_the_way(schedule, block)
        yield _conflict(block.kind, block.name, block.period, schedule, message, outlook)
    if not schedule.allows(window):
        message = _outside(schedule)
        yield _conflict("outside-windows", schedule.process, None, schedule, message, outlook)


def _conflict(
    kind: str,
    name: str,
    period: Interval | None,
    schedule: Schedule,
    *sentences: Text,
) -> dict[str, Any]:
    zone = schedule.calendar.zone
    return {
        "kind": kind,
        "name": name,
        "from": format_instant(zone, period.start) if period else "",
        "until": format_instant(zone, period.end) if period else "",
        "message": {
            "en": " ".join(sentence.en for sentence in sentences),
            "zh": "".join(sentence.zh for sentence in sentences),
        },
    }


def _standing_in_the_way(schedule: Schedule, block: BlockedPeriod) -> Text:
    zone, name = schedule.calendar.zone, block.name
    start, end = format_instant(zone, block.period.start), format_instant(zone, block.period.end)
    day = day_of(zone, block.period.start) if block.kind != "freeze" else None
    if block.kind == "freeze":
        return Text(
            f"The window meets the freeze “{name}”, from {start} until {end}.",
            f"上线时间与封网期“{name}”（{start} 至 {end}）重叠。",
        )
    if block.kind == "holiday":
        return Text(
            f"The window meets a holiday, {name}, on {day}.",
            f"上线时间遇节假日：{day} {name}。",
        )
    return Text(
        f"The window meets {day}, the day before a holiday, {name}.",
        f"上线时间遇节假日前一天：{day}，次日为{name}。",
    )


def _outside(schedule: Schedule) -> Text:
    slots = schedule.calendar.windows[schedule.process]
    zone = schedule.calendar.zone.key
    english = "; ".join(
        f"{', '.join(DAYS[day].capitalize() for day in slot.days)} "
        f"{_clock(slot.opens)}-{_clock(slot.closes)}"
        for slot in slots
    )
    chinese = "；".join(
        f"{'、'.join(_DAYS_ZH[day] for day in slot.days)} {_clock(slot.opens)}至"
        f"{'次日 ' if slot.closes > MIDNIGHT else ''}{_clock(slot.closes)}"
        for slot in slots
    )
    return Text(
        f"The window does not lie within one launch window of {schedule.process}: "
        f"{english} ({zone}).",
        f"上线时间未完整落在 {schedule.process} 的某个上线窗口内：{chinese}（{zone}）。",
    )


def _clock(minutes: int) -> str:
    if minutes > MIDNIGHT:
        minutes -= MIDNIGHT
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _working_days(schedule: Schedule, announced: datetime | None, launched: datetime) -> int:
    if announced is None or not within_reach(announced):
        return 0
    zone = schedule.calendar.zone
    first, last = day_of(zone, announced), day_of(zone, launched)
    days = (first + number * _DAY for number in range(1, (last - first).days + 1))
    return sum(_is_worked(schedule, day) for day in days)


def _is_worked(schedule: Schedule, day: date) -> bool:
    if day in schedule.calendar.workdays:
        return True
    return day.weekday() < _SATURDAY and day not in schedule.days_off


def _office_meeting(schedule: Schedule, stated: datetime | None, now: datetime) -> dict[str, Any]:
    """Return whether `stated` is on a day of the office meeting, and when the next one begins."""
    calendar = schedule.calendar
    meetings = calendar.office_meetings
    if meetings is None:
        return {"known": False, "matches": False, "next": ""}
    reachable = stated is not None and within_reach(stated)
    day = day_of(calendar.zone, stated) if stated is not None and reachable else None
    days = range(AHEAD.days if within_reach(now) else 0)
    upcoming = (day_of(calendar.zone, now) + number * _DAY for number in days)
    begins = (
        instant_at(calendar.zone, possible_day, meetings.at)
        for possible_day in upcoming
        if possible_day.weekday() in meetings.days and possible_day not in schedule.days_off
    )
    following = next((instant for instant in begins if instant > now), None)
    return {
        "known": True,
        "matches": day is not None
        and day.weekday() in meetings.days
        and day not in schedule.days_off,
        "next": format_instant(calendar.zone, following) if following is not None else "",
    }
