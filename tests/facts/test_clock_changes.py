"""Launch windows where the clock of the calendar's zone jumps; Europe/Berlin, 2027."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from launchpolicy.facts.launch_windows import Interval, Schedule, schedule_of
from launchpolicy.requests.calendar import calendar_of


@pytest.fixture
def schedule() -> Schedule:
    """Slots on Sundays: in the hour in which the clock jumps, and at noon."""
    slots = [
        {"days": ["sun"], "from": "02:00", "until": "03:00"},
        {"days": ["sun"], "from": "12:00", "until": "13:00"},
    ]
    data = {
        "apiVersion": "launchpolicy/v1",
        "kind": "Calendar",
        "timezone": "Europe/Berlin",
        "windows": {"night": slots},
    }
    return schedule_of(calendar_of(data), {}, "night", "standard")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2027-03-28T03:00:00+02:00", "2027-03-28T03:30:00+02:00"),
        ("2027-03-28T01:30:00+01:00", "2027-03-28T03:00:00+02:00"),
        ("2027-03-28T02:00:00+01:00", "2027-03-28T02:30:00+01:00"),
    ],
)
def test_the_hour_that_is_skipped_in_spring_is_no_launch_window(
    schedule: Schedule, start: str, end: str
) -> None:
    assert not schedule.allows(Interval(at(start), at(end)))


def test_after_a_window_that_is_skipped_the_next_one_is_named(schedule: Schedule) -> None:
    window = schedule.next_window(at("2027-03-24T00:00:00+01:00"), timedelta(minutes=30))
    assert window is not None
    assert window.start == at("2027-03-28T12:00:00+02:00")


def test_the_hour_that_comes_twice_in_autumn_is_a_launch_window_the_first_time(
    schedule: Schedule,
) -> None:
    first = Interval(at("2027-10-31T02:10:00+02:00"), at("2027-10-31T02:50:00+02:00"))
    assert schedule.allows(first)


def test_an_ordinary_sunday_has_its_launch_window(schedule: Schedule) -> None:
    window = Interval(at("2027-04-04T02:00:00+02:00"), at("2027-04-04T03:00:00+02:00"))
    assert schedule.allows(window)
    assert not schedule.allows(Interval(window.start, window.end + timedelta(seconds=1)))
