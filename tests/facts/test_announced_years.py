"""The years of a window whose public holidays are a guess."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from launchpolicy.facts.calendar import calendar_fact
from launchpolicy.requests.calendar import calendar_of

NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "end", "parts", "years"),
    [
        ("2026-12-30T22:00", "2026-12-30T23:00", {}, []),
        ("2027-02-11T22:00", "2027-02-11T23:30", {}, ["2027"]),
        ("2026-12-31T22:00", "2027-01-01T01:00", {}, ["2027"]),
        ("2026-12-31T22:00", "2026-12-31T23:00", {}, []),
        ("2026-12-31T22:00", "2026-12-31T23:00", {"alsoDayBefore": True}, ["2027"]),
        ("2027-12-31T22:00", "2028-01-01T01:00", {}, ["2027", "2028"]),
        (
            "2027-02-11T22:00",
            "2027-02-11T23:30",
            {"extra": [{"date": "2027-02-08", "name": "春节"}]},
            [],
        ),
        (
            "2027-02-11T22:00",
            "2027-02-11T23:30",
            {"workdays": [{"date": "2027-02-14", "name": "补班"}]},
            [],
        ),
    ],
)
def test_a_year_whose_holidays_are_not_announced_is_named(
    start: str, end: str, parts: dict[str, Any], years: list[str]
) -> None:
    calendar = calendar_of({"timezone": "Asia/Shanghai", "holidays": {"country": "CN", **parts}})
    window = {"start": f"{start}:00+08:00", "end": f"{end}:00+08:00"}
    data = {"spec": {"process": "p", "window": window}}
    assert calendar_fact(calendar, data, {}, NOW, 2026)["unannounced"] == years
    assert calendar_fact(calendar, data, {}, NOW)["unannounced"] == []
