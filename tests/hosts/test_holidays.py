from __future__ import annotations

import sys
from datetime import date
from typing import Any

import pytest

from launchpolicy.hosts.holidays import announced_until, holidays_of
from launchpolicy.requests.calendar import Calendar, calendar_of
from launchpolicy.vocabulary.errors import UndecidedError, UsageError


def _calendar(**holidays: Any) -> Calendar:
    return calendar_of({"timezone": "UTC", "holidays": holidays})


def test_a_calendar_without_a_country_needs_no_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    assert holidays_of(_calendar(extra=[{"date": "2026-12-31", "name": "x"}]), {2026}) == {}


def test_a_library_that_is_not_installed_is_said_and_never_taken_for_no_holidays(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "holidays", None)
    with pytest.raises(UndecidedError) as caught:
        holidays_of(_calendar(country="CN"), {2026})
    assert "pip install holidays" in caught.value.remedy.en


def test_the_holidays_of_the_years_that_are_asked_for_and_no_others() -> None:
    found = holidays_of(_calendar(country="CN"), {2026, 2027})
    assert {day.year for day in found} == {2026, 2027}
    assert date(2026, 10, 1) in found
    assert "国庆节" in found[date(2026, 10, 1)]
    assert "National Day" in found[date(2026, 10, 1)]


def test_the_names_do_not_depend_on_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    names = []
    for locale in ("de_DE.UTF-8", "zh_CN.UTF-8", "C"):
        monkeypatch.setenv("LANGUAGE", locale)
        names.append(holidays_of(_calendar(country="DE"), {2026}))
    assert names[0] == names[1] == names[2]


def test_a_subdivision_has_holidays_of_its_own() -> None:
    womens_day = date(2026, 3, 8)
    assert womens_day in holidays_of(_calendar(country="DE", subdivision="BE"), {2026})
    assert womens_day not in holidays_of(_calendar(country="DE"), {2026})


@pytest.mark.parametrize(
    "place", [{"country": "XX"}, {"country": "DE", "subdivision": "XX"}], ids=str
)
def test_a_place_that_is_unknown_is_said(place: dict[str, str]) -> None:
    with pytest.raises(UsageError) as caught:
        holidays_of(_calendar(**place), {2026})
    assert "-".join(place.values()) in caught.value.problem.en


def test_years_that_no_list_reaches_are_left_out() -> None:
    assert holidays_of(_calendar(country="CN"), {1, 9999, 10001}) == {}


def test_days_off_that_a_government_announces_each_year_are_known_until_some_year() -> None:
    last = announced_until(_calendar(country="CN"))
    assert last is not None
    assert last >= 2026
    assert any(
        "substituted" in name for name in holidays_of(_calendar(country="CN"), {last}).values()
    )


@pytest.mark.parametrize("country", ["DE", "US", "GB", "FR", "JP"])
def test_days_off_that_a_law_fixes_need_no_announcement(country: str) -> None:
    assert announced_until(_calendar(country=country)) is None


def test_a_calendar_without_a_country_waits_for_no_announcement() -> None:
    assert announced_until(_calendar()) is None
