"""The clock times of an agenda, from the start of the meeting and how long items take."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from launchpolicy.papers.meeting_times import agenda_slots, overrun
from launchpolicy.requests.launch_request.meeting import Meeting
from launchpolicy.requests.launch_request.request import launch_request_of


def _meeting(*takes: str | None, **keys: Any) -> Meeting:
    agenda = [
        {"name": f"item-{number}", **({"takes": each} if each else {})}
        for number, each in enumerate(takes)
    ]
    data = {"start": "2026-09-30T14:00:00+08:00", "agenda": agenda, **keys}
    meeting = launch_request_of({"spec": {"meeting": data}}).spec.meeting
    assert meeting is not None
    return meeting


@pytest.mark.parametrize(
    ("takes", "clock"),
    [
        (("20m", "1h10m", "30m"), ["14:00-14:20", "14:20-15:30", "15:30-16:00"]),
        (("20m", None, "30m"), ["14:00-14:20", "14:20-", "-"]),
        (("11h",), ["14:00-01:00"]),
        ((), []),
    ],
)
def test_items_follow_each_other_from_the_start(
    takes: tuple[str | None, ...], clock: list[str]
) -> None:
    slots = agenda_slots(_meeting(*takes))

    assert [f"{slot.start}-{slot.end}" for slot in slots] == clock


def test_without_a_start_no_clock_time_is_made_up() -> None:
    slots = agenda_slots(_meeting("20m", "30m", start=None))

    assert [tuple(slot) for slot in slots] == [("", ""), ("", "")]


@pytest.mark.parametrize(("end", "over"), [("15:00", 0), ("14:40", 10), (None, 0)])
def test_an_agenda_longer_than_the_meeting_is_seen(end: str | None, over: int) -> None:
    meeting = _meeting("20m", "30m", end=f"2026-09-30T{end}:00+08:00" if end else None)

    assert overrun(meeting) == timedelta(minutes=over)
