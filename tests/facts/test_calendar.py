from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from launchpolicy.facts.calendar import calendar_fact
from launchpolicy.policy.fact_shapes import FACTS, complete_fact, empty_fact
from launchpolicy.requests.calendar import calendar_of

NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)
EVENINGS = {"product-launch": [{"days": ["tue", "wed", "thu"], "from": "20:00", "until": "24:00"}]}
YEAR_END = {
    "name": "year-end close",
    "from": "2026-12-25T00:00:00+08:00",
    "until": "2027-01-05T00:00:00+08:00",
    "except": ["emergency"],
}
NEW_YEAR = {date(2027, 1, 1): "元旦"}


def _fact(
    start: str,
    end: str,
    *,
    holidays: dict[date, str] | None = None,
    now: datetime = NOW,
    risk: str = "standard",
    process: str = "product-launch",
    zone: str = "Asia/Shanghai",
    **parts: Any,
) -> dict[str, Any]:
    calendar = calendar_of({"timezone": zone, **parts})
    window = {"start": start, "end": end}
    data = {"spec": {"process": process, "risk": risk, "window": window}}
    fact = calendar_fact(calendar, data, holidays or {}, now)
    assert complete_fact(FACTS["calendar"], fact) == fact, (
        "it has the shape that expressions rely on"
    )
    return fact


def _kinds(fact: dict[str, Any]) -> list[str]:
    return [conflict["kind"] for conflict in fact["conflicts"]]


def test_without_a_calendar_nothing_is_known() -> None:
    assert calendar_fact(None, {}, {}, NOW) == empty_fact(FACTS["calendar"])


def test_a_request_without_a_window_has_no_conflict_and_no_next_window() -> None:
    fact = calendar_fact(calendar_of({"timezone": "UTC", "freezes": [YEAR_END]}), {}, {}, NOW)
    assert fact == {**empty_fact(FACTS["calendar"]), "known": True}


def test_a_window_within_a_slot_is_its_own_next_window() -> None:
    fact = _fact("2026-12-01T22:00:00+08:00", "2026-12-01T23:30:00+08:00", windows=EVENINGS)
    assert fact["conflicts"] == []
    assert fact["nextWindow"] == {
        "start": "2026-12-01T22:00:00+08:00",
        "end": "2026-12-01T23:30:00+08:00",
    }


WINDOWS = {
    "from the first to the last moment": ("12-01T20:00", "12-02T00:00", []),
    "a second too early": ("12-01T19:59", "12-01T21:00", ["outside-windows"]),
    "a minute too long": ("12-01T23:00", "12-02T00:01", ["outside-windows"]),
    "on a day without a slot": ("12-04T20:00", "12-04T21:00", ["outside-windows"]),
    "over two slots": ("12-01T23:00", "12-02T21:00", ["outside-windows"]),
    "of no length, within": ("12-01T20:00", "12-01T20:00", []),
    "of no length, at the end": ("12-02T00:00", "12-02T00:00", ["outside-windows"]),
    "that ends before it starts": ("12-02T01:00", "12-01T21:00", ["outside-windows"]),
}


@pytest.mark.parametrize(("start", "end", "kinds"), WINDOWS.values(), ids=WINDOWS)
def test_a_window_must_lie_wholly_within_one_slot(start: str, end: str, kinds: list[str]) -> None:
    fact = _fact(f"2026-{start}:00+08:00", f"2026-{end}:00+08:00", windows=EVENINGS)
    assert _kinds(fact) == kinds


def test_a_process_without_slots_may_launch_at_any_time() -> None:
    start, end = "2026-12-04T03:00:00+08:00", "2026-12-04T04:00:00+08:00"
    assert _fact(start, end, windows=EVENINGS, process="emergency-launch")["conflicts"] == []


def test_an_offset_does_not_move_a_window_into_a_slot() -> None:
    """Argo CD judged by local time (threat L4); 20:00 in New York is 09:00 in Shanghai."""
    fact = _fact("2026-12-01T20:00:00-05:00", "2026-12-01T21:00:00-05:00", windows=EVENINGS)
    assert _kinds(fact) == ["outside-windows"]
    fact = _fact("2026-12-01T07:00:00-05:00", "2026-12-01T08:00:00-05:00", windows=EVENINGS)
    assert _kinds(fact) == []


FREEZES = {
    "before it": ("12-24T23:00", "12-25T00:00", []),
    "into it": ("12-24T23:00", "12-25T00:01", ["freeze"]),
    "within it": ("12-26T20:00", "12-26T21:00", ["freeze"]),
    "standing on its head within it": ("12-26T21:00", "12-26T20:00", ["freeze"]),
    "of no length at its start": ("12-25T00:00", "12-25T00:00", ["freeze"]),
    "around it": ("12-24T00:00", "12-31T00:00", ["freeze"]),
}


@pytest.mark.parametrize(("start", "end", "kinds"), FREEZES.values(), ids=FREEZES)
def test_a_freeze_holds_from_its_start_up_to_its_end(
    start: str, end: str, kinds: list[str]
) -> None:
    fact = _fact(f"2026-{start}:00+08:00", f"2026-{end}:00+08:00", freezes=[YEAR_END])
    assert _kinds(fact) == kinds


def test_a_freeze_spares_the_risks_it_excepts_and_the_processes_it_does_not_name() -> None:
    start, end = "2026-12-26T20:00:00+08:00", "2026-12-26T21:00:00+08:00"
    named = {**YEAR_END, "processes": ["system-cutover"]}
    assert _kinds(_fact(start, end, freezes=[YEAR_END])) == ["freeze"]
    assert _kinds(_fact(start, end, freezes=[YEAR_END], risk="emergency")) == []
    assert _kinds(_fact(start, end, freezes=[named])) == []
    assert _kinds(_fact(start, end, freezes=[named], process="system-cutover")) == ["freeze"]


def test_every_conflict_says_when_the_next_allowed_window_opens() -> None:
    fact = _fact(
        "2026-12-31T10:00:00+08:00",
        "2026-12-31T11:30:00+08:00",
        freezes=[YEAR_END],
        windows=EVENINGS,
        holidays=NEW_YEAR,
    )
    assert _kinds(fact) == ["freeze", "outside-windows"]
    opens = "2027-01-05T20:00:00+08:00"
    assert fact["nextWindow"] == {"start": opens, "end": "2027-01-05T21:30:00+08:00"}
    for conflict in fact["conflicts"]:
        assert conflict["message"]["en"].endswith(f"The next allowed window opens at {opens}.")
        assert conflict["message"]["zh"].endswith(f"下一个可用窗口于 {opens} 开始。")
    assert "Tue, Wed, Thu 20:00-24:00 (Asia/Shanghai)" in fact["conflicts"][1]["message"]["en"]
    assert "周二、周三、周四 20:00至24:00" in fact["conflicts"][1]["message"]["zh"]


HOLIDAYS = {
    "on it": ("2027-01-01T20:00", "2027-01-01T21:00", ["holiday"]),
    "the day before": ("2026-12-31T20:00", "2026-12-31T21:00", ["day-before-holiday"]),
    "over both": ("2026-12-31T23:00", "2027-01-01T01:00", ["day-before-holiday", "holiday"]),
    "until midnight before the eve": ("2026-12-30T22:00", "2026-12-31T00:00", []),
    "after it": ("2027-01-02T00:00", "2027-01-02T01:00", []),
}


@pytest.mark.parametrize(("start", "end", "kinds"), HOLIDAYS.values(), ids=HOLIDAYS)
def test_nobody_launches_on_a_holiday_or_its_eve(start: str, end: str, kinds: list[str]) -> None:
    days = {"holidays": {"country": "CN", "alsoDayBefore": True}}
    fact = _days_off(f"{start}:00+08:00", f"{end}:00+08:00", NEW_YEAR, days)
    assert sorted(_kinds(fact)) == kinds


def _days_off(
    start: str, end: str, country: dict[date, str], parts: dict[str, Any]
) -> dict[str, Any]:
    calendar = calendar_of({"timezone": "Asia/Shanghai", **parts})
    data = {"spec": {"process": "p", "window": {"start": start, "end": end}}}
    return calendar_fact(calendar, data, country, NOW)


def test_the_eve_of_a_holiday_is_an_ordinary_day_unless_the_calendar_says_otherwise() -> None:
    start, end = "2026-12-31T20:00:00+08:00", "2026-12-31T21:00:00+08:00"
    assert _kinds(_days_off(start, end, NEW_YEAR, {"holidays": {"country": "CN"}})) == []


def test_a_holiday_is_a_day_of_the_calendars_zone_not_of_utc() -> None:
    """00:30 on New Year's Day in Shanghai is still the old year in UTC."""
    fact = _days_off("2026-12-31T16:30:00Z", "2026-12-31T17:00:00Z", NEW_YEAR, {})
    assert _kinds(fact) == ["holiday"]


def test_the_calendars_own_days_off_count_and_its_worked_days_do_not() -> None:
    own = {
        "extra": [{"date": "2026-12-30", "name": "Company day"}],
        "workdays": [{"date": "2027-01-01", "name": "worked"}],
    }
    parts = {"holidays": own}
    at = "T20:00:00+08:00", "T21:00:00+08:00"
    fact = _days_off(f"2026-12-30{at[0]}", f"2026-12-30{at[1]}", NEW_YEAR, parts)
    assert [(each["kind"], each["name"]) for each in fact["conflicts"]] == [
        ("holiday", "Company day")
    ]
    assert _kinds(_days_off(f"2027-01-01{at[0]}", f"2027-01-01{at[1]}", NEW_YEAR, parts)) == []


def test_the_next_window_is_after_now_for_a_window_of_the_past() -> None:
    fact = _fact("2026-03-03T20:00:00+08:00", "2026-03-03T21:00:00+08:00", windows=EVENINGS)
    assert fact["conflicts"] == []
    assert fact["nextWindow"]["start"] == "2026-11-25T20:00:00+08:00"


def test_the_next_window_is_written_in_whole_minutes() -> None:
    now = datetime(2026, 11, 25, 12, 10, 5, 123, tzinfo=UTC)
    fact = _fact("2026-11-01T20:00:00Z", "2026-11-01T21:00:00Z", windows=EVENINGS, now=now)
    assert fact["nextWindow"]["start"] == "2026-11-25T20:11:00+08:00"


def test_a_window_that_is_longer_than_every_slot_has_no_next_one() -> None:
    fact = _fact("2026-12-01T18:00:00+08:00", "2026-12-01T23:00:00+08:00", windows=EVENINGS)
    assert fact["nextWindow"] == {"start": "", "end": ""}
    message = fact["conflicts"][0]["message"]
    assert message["en"].endswith(
        "Within 400 days no window of this length is allowed; make it shorter."
    )


def test_a_freeze_for_ever_leaves_no_next_window_and_does_not_overflow() -> None:
    ever = {"name": "x", "from": "2026-01-01T00:00:00Z", "until": "2199-12-31T23:59:59Z"}
    fact = _fact("2026-12-01T20:00:00Z", "2026-12-01T21:00:00Z", freezes=[ever])
    assert _kinds(fact) == ["freeze"]
    assert fact["conflicts"][0]["until"] == "2200-01-01T07:59:59+08:00"
    assert fact["nextWindow"]["start"] == ""


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("1970-01-01T00:00:00Z", "1970-01-01T01:00:00Z"),
        ("2199-12-31T23:00:00-00:00", "2199-12-31T23:59:59-23:59"),
        ("2026-12-01T20:00:00Z", "2199-12-31T23:59:59Z"),
        ("2100-01-01T00:00:00Z", "2100-01-01T01:00:00Z"),
    ],
)
def test_a_window_beyond_all_calendars_is_no_way_around_them(start: str, end: str) -> None:
    assert _kinds(_fact(start, end, windows=EVENINGS)) == ["outside-windows"]
    assert _kinds(_fact(start, end)) == ["outside-windows"]


CHANGES = {
    "the hour that Berlin skips is no hour": (
        "Europe/Berlin",
        {"days": ["sun"], "from": "01:00", "until": "04:00"},
        ("2026-03-29T00:00:00Z", "2026-03-29T02:00:00Z"),
        [],
    ),
    "and two hours are all that night has": (
        "Europe/Berlin",
        {"days": ["sun"], "from": "01:00", "until": "04:00"},
        ("2026-03-29T00:00:00Z", "2026-03-29T02:01:00Z"),
        ["outside-windows"],
    ),
    "a slot within the hour that is skipped has no length": (
        "Europe/Berlin",
        {"days": ["sun"], "from": "02:10", "until": "02:50"},
        ("2026-03-29T01:00:00Z", "2026-03-29T01:00:00Z"),
        ["outside-windows"],
    ),
    "a slot ends when the clock first shows its end": (
        "Europe/Berlin",
        {"days": ["sat"], "from": "22:00", "until": "02:30"},
        ("2026-10-25T00:00:00Z", "2026-10-25T00:30:00Z"),
        [],
    ),
    "not when it shows it again": (
        "Europe/Berlin",
        {"days": ["sat"], "from": "22:00", "until": "02:30"},
        ("2026-10-25T01:00:00Z", "2026-10-25T01:30:00Z"),
        ["outside-windows"],
    ),
    "New York's night of four hours has five": (
        "America/New_York",
        {"days": ["sun"], "from": "00:00", "until": "04:00"},
        ("2026-11-01T04:00:00Z", "2026-11-01T09:00:00Z"),
        [],
    ),
    "New York's night of four hours has three": (
        "America/New_York",
        {"days": ["sun"], "from": "00:00", "until": "04:00"},
        ("2026-03-08T05:00:00Z", "2026-03-08T08:01:00Z"),
        ["outside-windows"],
    ),
}


@pytest.mark.parametrize(("zone", "slot", "window", "kinds"), CHANGES.values(), ids=CHANGES)
def test_when_the_clocks_change(
    zone: str, slot: dict[str, Any], window: tuple[str, str], kinds: list[str]
) -> None:
    fact = _fact(*window, zone=zone, windows={"product-launch": [slot]})
    assert _kinds(fact) == kinds


def test_a_window_of_a_skipped_slot_is_next_on_the_week_after() -> None:
    slot = {"days": ["sun"], "from": "02:10", "until": "02:50"}
    fact = _fact(
        "2026-03-28T12:00:00Z",
        "2026-03-28T12:30:00Z",
        now=datetime(2026, 3, 28, tzinfo=UTC),
        zone="Europe/Berlin",
        windows={"product-launch": [slot]},
    )
    assert fact["nextWindow"]["start"] == "2026-04-05T02:10:00+02:00"


def _foreseen(announced: str, launched: str, **parts: Any) -> int:
    calendar = calendar_of({"timezone": "Asia/Shanghai", **parts})
    window = {"start": launched, "end": launched}
    data = {"spec": {"foresight": {"at": announced}, "window": window}}
    days: int = calendar_fact(calendar, data, NEW_YEAR, NOW)["workingDaysAhead"]
    return days


AHEAD = {
    "a week": ("2026-11-20T09:00:00+08:00", "2026-11-27T20:00:00+08:00", 5),
    "a week, announced late in the day": (
        "2026-11-20T23:59:00+08:00",
        "2026-11-27T00:00:00+08:00",
        5,
    ),
    "over a weekend": ("2026-11-20T09:00:00+08:00", "2026-11-23T20:00:00+08:00", 1),
    "the same day": ("2026-11-20T09:00:00+08:00", "2026-11-20T20:00:00+08:00", 0),
    "afterwards": ("2026-11-27T09:00:00+08:00", "2026-11-20T20:00:00+08:00", 0),
    "over a holiday": ("2026-12-30T09:00:00+08:00", "2027-01-04T20:00:00+08:00", 2),
    "long ago": ("1970-01-01T00:00:00Z", "2027-01-04T20:00:00+08:00", 0),
}


@pytest.mark.parametrize(("announced", "launched", "days"), AHEAD.values(), ids=AHEAD)
def test_working_days_from_the_announcement_to_the_launch(
    announced: str, launched: str, days: int
) -> None:
    assert _foreseen(announced, launched) == days


def test_a_weekend_that_is_worked_counts() -> None:
    worked = {"workdays": [{"date": "2027-01-02", "name": "元旦调休"}]}
    over = ("2026-12-30T09:00:00+08:00", "2027-01-04T20:00:00+08:00")
    assert _foreseen(*over, holidays=worked) == 3


def _meeting(at: str | None, now: datetime = NOW, **parts: Any) -> dict[str, Any]:
    monday = {"days": ["mon"], "at": "09:00"}
    calendar = calendar_of({"timezone": "Asia/Shanghai", "officeMeetings": monday, **parts})
    data = {"spec": {"foresight": {"meeting": {"at": at} if at else {}}}}
    meeting: dict[str, Any] = calendar_fact(calendar, data, {}, now)["officeMeeting"]
    return meeting


@pytest.mark.parametrize(
    ("at", "matches"),
    [
        ("2026-11-23T09:00:00+08:00", True),
        ("2026-11-23T14:00:00+08:00", True),
        ("2026-11-22T16:30:00Z", True),
        ("2026-11-24T09:00:00+08:00", False),
        ("2026-11-23T20:00:00Z", False),
        ("2199-12-30T09:00:00+08:00", False),
        (None, False),
    ],
)
def test_whether_a_launch_was_announced_on_a_day_of_the_office_meeting(
    at: str | None, *, matches: bool
) -> None:
    meeting = _meeting(at)
    assert meeting == {"known": True, "matches": matches, "next": "2026-11-30T09:00:00+08:00"}


def test_there_is_no_office_meeting_on_a_holiday() -> None:
    off = {"extra": [{"date": "2026-11-30", "name": "x"}, {"date": "2026-11-23", "name": "y"}]}
    meeting = _meeting("2026-11-23T09:00:00+08:00", holidays=off)
    assert (meeting["matches"], meeting["next"]) == (False, "2026-12-07T09:00:00+08:00")


def test_a_meeting_that_begins_now_is_not_the_next_one() -> None:
    now = datetime(2026, 11, 30, 1, tzinfo=UTC)
    assert _meeting(None, now)["next"] == "2026-12-07T09:00:00+08:00"
