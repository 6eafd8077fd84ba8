from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from launchpolicy.documents.reading import Document, read
from launchpolicy.documents.schema.schema import Schema
from launchpolicy.documents.validation import check
from launchpolicy.requests.calendar import OfficeMeetings, WeeklyWindow, calendar_of, check_calendar
from launchpolicy.vocabulary.place import format_route

ROOT = Path(__file__).parents[2]
SCHEMA = Schema(json.loads((ROOT / "schemas" / "calendar.schema.json").read_text("utf-8")))
HEAD = "apiVersion: launchpolicy/v1\nkind: Calendar\n"


def _document(body: str) -> Document:
    document = read("calendar.yaml", (HEAD + body).encode())
    assert isinstance(document, Document)
    return document


def test_a_calendar_has_its_defaults_and_its_slots_in_minutes() -> None:
    path = ROOT / "tests" / "schemas" / "good" / "calendar.yaml"
    document = read("calendar.yaml", path.read_bytes())
    assert isinstance(document, Document)
    assert check(SCHEMA, document) == ()
    assert check_calendar(document) == ()
    data = document.data
    assert isinstance(data, dict)
    calendar = calendar_of(data)
    assert calendar.zone.key == "Asia/Shanghai"
    assert (calendar.country, calendar.subdivision, calendar.also_day_before) == ("CN", "", True)
    assert calendar.extra == {date(2026, 12, 31): "Company day"}
    assert calendar.workdays == {date(2026, 10, 10): "国庆节调休"}
    assert calendar.windows == {
        "product-launch": (WeeklyWindow((1, 2, 3), 20 * 60, 24 * 60),),
        "system-cutover": (WeeklyWindow((5,), 22 * 60, 30 * 60),),
    }
    (freeze,) = calendar.freezes
    assert freeze.start == datetime(2026, 12, 24, 16, tzinfo=UTC)
    assert (freeze.excepted, freeze.processes) == (("emergency",), ("product-launch",))
    assert calendar.office_meetings == OfficeMeetings((0,), 9 * 60)


def test_a_time_zone_is_all_that_a_calendar_must_say() -> None:
    document = _document("timezone: UTC\n")
    assert check(SCHEMA, document) == ()
    data = document.data
    assert isinstance(data, dict)
    calendar = calendar_of(data)
    assert (calendar.country, calendar.windows, calendar.freezes) == ("", {}, ())
    assert calendar.office_meetings is None


UNSEEN = {
    "a zone that is none": (
        "timezone: Asia/Shangai\n",
        ("calendar/unknown-time-zone", "timezone"),
    ),
    "a freeze that ends before it begins": (
        (
            "timezone: UTC\nfreezes: [{name: x, from: 2026-12-25T00:00:00+08:00, "
            "until: 2026-12-24T23:00:00+08:00}]\n"
        ),
        ("calendar/freeze-ends-first", "freezes[0].until"),
    ),
    "a freeze of no length, in two offsets": (
        (
            "timezone: UTC\nfreezes: [{name: x, from: 2026-12-25T00:00:00+08:00, "
            "until: 2026-12-24T16:00:00Z}]\n"
        ),
        ("calendar/freeze-ends-first", "freezes[0].until"),
    ),
    "a slot of no length": (
        'timezone: UTC\nwindows: {p: [{days: [mon], from: "20:00", until: "20:00"}]}\n',
        ("calendar/empty-slot", "windows.p[0].until"),
    ),
    "a subdivision of no country": (
        "timezone: UTC\nholidays: {subdivision: BE}\n",
        ("calendar/subdivision-without-country", "holidays.subdivision"),
    ),
    "a day both off and worked": (
        (
            "timezone: UTC\nholidays: {extra: [{date: 2026-10-10, name: x}], "
            "workdays: [{date: 2026-10-10, name: y}]}\n"
        ),
        ("calendar/holiday-and-workday", "holidays.workdays[0].date"),
    ),
}


@pytest.mark.parametrize(("body", "expected"), UNSEEN.values(), ids=UNSEEN)
def test_what_only_a_second_look_sees(body: str, expected: tuple[str, str]) -> None:
    document = _document(body)
    assert check(SCHEMA, document) == ()
    found = [(each.rule, format_route(each.place.full_route)) for each in check_calendar(document)]
    assert found == [expected]


REFUSED = {
    "the machine's own zone": "timezone: localtime\n",
    "a zone that leaves its folder": "timezone: ../../etc/passwd\n",
    "an offset for a zone": 'timezone: "+08:00"\n',
    "a day that is none": "timezone: UTC\nholidays: {extra: [{date: 2026-02-30, name: x}]}\n",
    "a slot that begins at 24:00": (
        'timezone: UTC\nwindows: {p: [{days: [mon], from: "24:00", until: "02:00"}]}\n'
    ),
    "a slot until 25:00": (
        'timezone: UTC\nwindows: {p: [{days: [mon], from: "20:00", until: "25:00"}]}\n'
    ),
    "a process without slots": "timezone: UTC\nwindows: {p: []}\n",
    "a freeze about no process": (
        "timezone: UTC\nfreezes: [{name: x, from: 2026-12-24T00:00:00Z, "
        "until: 2026-12-25T00:00:00Z, processes: []}]\n"
    ),
    "a freeze in naive time": (
        "timezone: UTC\nfreezes: [{name: x, from: 2026-12-24T00:00:00, "
        "until: 2026-12-25T00:00:00}]\n"
    ),
    "a freeze with an unknown exception": (
        "timezone: UTC\nfreezes: [{name: x, from: 2026-12-24T00:00:00Z, "
        "until: 2026-12-25T00:00:00Z, except: [urgent]}]\n"
    ),
    "a country by its name": "timezone: UTC\nholidays: {country: China}\n",
}


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED)
def test_what_the_schema_refuses(body: str) -> None:
    assert check(SCHEMA, _document(body)) != ()
