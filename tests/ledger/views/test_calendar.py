"""The calendar, read back by the library that others read it with."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Any

import icalendar
import pytest

from launchpolicy.reporters.ledger import calendar
from launchpolicy.reporters.ledger.view import FreezePeriod, LedgerView
from launchpolicy.vocabulary.errors import UndecidedError
from tests.ledger.views.ledgers import entry, product, said, view

WINDOW = {"start": "2026-12-01T22:00:00+08:00", "end": "2026-12-01T23:30:00+08:00"}
APPROVED = entry(
    "approved",
    "LR-1",
    "2026-11-01T08:00:00Z",
    title=said("Checkout", "结算"),
    product=product("shop"),
    planned=WINDOW,
)


def _events(of: LedgerView) -> list[Any]:
    ((path, text),) = calendar.files(of)
    assert path == "calendar.ics"
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def test_a_window_is_at_its_moment_in_utc() -> None:
    (event,) = _events(view([APPROVED]))
    assert event.decoded("DTSTART") == datetime(2026, 12, 1, 14, tzinfo=UTC)
    assert event.decoded("DTEND") == datetime(2026, 12, 1, 15, 30, tzinfo=UTC)


def test_the_stamp_is_that_of_the_entry_and_not_of_a_clock() -> None:
    (event,) = _events(view([APPROVED]))
    assert event.decoded("DTSTAMP") == datetime(2026, 11, 1, 8, tzinfo=UTC)


def test_an_amended_window_is_the_same_event_with_a_higher_sequence() -> None:
    later = {**WINDOW, "end": "2026-12-02T01:00:00+08:00"}
    amended = entry("amended", "LR-1", "2026-11-02T08:00:00Z", planned=later)
    (before,) = _events(view([APPROVED]))
    (after,) = _events(view([APPROVED, amended]))
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after.decoded("DTEND") == datetime(2026, 12, 1, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("event", "more"),
    [
        ("cancelled", {"stage": "cancelled", "planned": WINDOW}),
        ("withdrawn", {"stage": "", "content": ""}),
    ],
    ids=["cancelled", "withdrawn"],
)
def test_what_does_not_take_place_is_cancelled(event: str, more: dict[str, str]) -> None:
    gone = entry(event, "LR-1", "2026-11-03T08:00:00Z", **more)
    (found,) = _events(view([APPROVED, gone]))
    assert found["STATUS"] == "CANCELLED"


def test_what_takes_place_is_confirmed() -> None:
    (found,) = _events(view([APPROVED]))
    assert found["STATUS"] == "CONFIRMED"


def test_a_freeze_is_in_the_calendar_and_says_what_it_is() -> None:
    closed = FreezePeriod(
        "Spring", datetime(2027, 2, 5, tzinfo=UTC), datetime(2027, 2, 12, tzinfo=UTC)
    )
    (event,) = _events(view([], "zh", (closed,)))
    assert event["SUMMARY"] == "封网期：Spring"
    assert event.decoded("DTEND") == closed.end


@pytest.mark.parametrize(
    "name",
    ["x\r\nEND:VEVENT\r\nBEGIN:VEVENT", "a\nSTATUS:CANCELLED", "b;c,d\\n"],
    ids=["event-smuggled-in", "status-smuggled-in", "separators"],
)
def test_a_title_cannot_smuggle_lines_into_the_calendar(name: str) -> None:
    attack = entry("approved", "LR-1", "2026-11-01T08:00:00Z", title=said(name), planned=WINDOW)
    (event,) = _events(view([attack]))
    assert event["STATUS"] == "CONFIRMED"


def test_a_launch_without_a_window_has_no_event() -> None:
    assert _events(view([entry("approved", "LR-1", "2026-11-01T08:00:00Z")])) == []


def test_the_same_entries_give_the_same_bytes() -> None:
    assert list(calendar.files(view([APPROVED]))) == list(calendar.files(view([APPROVED])))


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(UndecidedError) as caught:
        list(calendar.files(view([APPROVED])))
    assert "pip install icalendar" in caught.value.remedy.en
    assert "pip install icalendar" in caught.value.remedy.zh
