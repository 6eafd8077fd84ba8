"""Launches at any hour: windows that touch, and holidays that stop no emergency."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import pytest

from launchpolicy.facts.calendar import calendar_fact
from launchpolicy.policy.edition import EDITION, SEVENTH_EDITION
from launchpolicy.requests.calendar import DAYS, calendar_of

NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)
NEW_YEAR = {date(2027, 1, 1): "元旦"}


def _fact(
    start: str,
    end: str,
    parts: Mapping[str, Any],
    risk: str = "standard",
    edition: int = EDITION,
) -> dict[str, Any]:
    calendar = calendar_of({"timezone": "Asia/Shanghai", **parts})
    window = {"start": start, "end": end}
    data = {"spec": {"process": "product-launch", "risk": risk, "window": window}}
    holidays = NEW_YEAR if calendar.country else {}
    return calendar_fact(calendar, data, holidays, NOW, edition=edition)


def _kinds(fact: dict[str, Any]) -> list[str]:
    return [conflict["kind"] for conflict in fact["conflicts"]]


TOUCHING = {
    "at midnight": ([("tue", "20:00", "24:00"), ("wed", "00:00", "04:00")], []),
    "overlapping": ([("tue", "20:00", "01:00"), ("wed", "00:00", "04:00")], []),
    "written as one": ([("tue", "20:00", "04:00")], []),
    "with a minute between": (
        [("tue", "20:00", "24:00"), ("wed", "00:01", "04:00")],
        ["outside-windows"],
    ),
    "ending before the window does": (
        [("tue", "20:00", "24:00"), ("wed", "00:00", "00:30")],
        ["outside-windows"],
    ),
    "beginning after the window does": (
        [("tue", "23:30", "24:00"), ("wed", "00:00", "04:00")],
        ["outside-windows"],
    ),
}


@pytest.mark.parametrize(("slots", "kinds"), TOUCHING.values(), ids=TOUCHING)
def test_slots_that_touch_are_one(slots: list[tuple[str, str, str]], kinds: list[str]) -> None:
    windows = [{"days": [day], "from": opens, "until": closes} for day, opens, closes in slots]
    start, end = "2026-12-01T23:00:00+08:00", "2026-12-02T01:00:00+08:00"
    assert _kinds(_fact(start, end, {"windows": {"product-launch": windows}})) == kinds


@pytest.mark.parametrize("until", ["24:00", "00:00"])
def test_an_emergency_launches_over_midnight_where_every_hour_is_allowed(until: str) -> None:
    """What landed under an earlier edition is judged as it was then."""
    always = [{"days": list(DAYS), "from": "00:00", "until": until}]
    start, end = "2026-12-01T23:30:00+08:00", "2026-12-02T01:00:00+08:00"
    fact = _fact(start, end, {"windows": {"product-launch": always}})
    assert _kinds(fact) == []
    assert fact["nextWindow"] == {"start": start, "end": end}
    earlier = _fact(start, end, {"windows": {"product-launch": always}}, edition=SEVENTH_EDITION)
    assert _kinds(earlier) == ["outside-windows"]


@pytest.mark.parametrize(("risk", "day", "kinds"), [
    ("standard", "2027-01-01", ["holiday"]),
    ("standard", "2026-12-31", ["day-before-holiday"]),
    ("emergency", "2027-01-01", []),
    ("emergency", "2026-12-31", []),
])  # fmt: skip
def test_holidays_stop_no_risk_that_they_except(risk: str, day: str, kinds: list[str]) -> None:
    rules = {"country": "CN", "alsoDayBefore": True, "except": ["emergency"]}
    window = (f"{day}T03:00:00+08:00", f"{day}T04:00:00+08:00")
    assert _kinds(_fact(*window, {"holidays": rules}, risk=risk)) == kinds
