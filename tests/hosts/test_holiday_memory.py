"""What is kept of the library's answers: believed only if it is whole, and what was written."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from launchpolicy.hosts import holiday_memory, holidays
from launchpolicy.requests.calendar import Calendar, calendar_of

YEARS = (2026, 2027)
PLACE = ("CN", "")
DAYS = {date(2026, 10, 1): "国庆节 (National Day)", date(2027, 1, 1): "元旦"}


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for function in (holidays._public_holidays, holidays._last_announced_year):
        function.cache_clear()
    return tmp_path / "launchpolicy/holidays"


def _kept(cache: Path) -> Path:
    holiday_memory.remember(PLACE, YEARS, DAYS)
    (file,) = cache.iterdir()
    return file


def _calendar(country: str = "CN") -> Calendar:
    return calendar_of({"timezone": "UTC", "holidays": {"country": country}})


def test_what_was_kept_is_recalled_and_belongs_to_one_place_and_these_years(cache: Path) -> None:
    _kept(cache)
    assert holiday_memory.recall(PLACE, YEARS) == DAYS
    assert holiday_memory.recall(("CN", "XX"), YEARS) is None
    assert holiday_memory.recall(PLACE, (2026,)) is None


def test_the_file_of_another_version_of_the_library_is_not_recalled(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _kept(cache)
    monkeypatch.setattr(holiday_memory, "_library_version", lambda: b"another")
    assert holiday_memory.recall(PLACE, YEARS) is None
    monkeypatch.setattr(holiday_memory, "_library_version", lambda: None)
    assert holiday_memory.recall(PLACE, YEARS) is None


def _resigned(text: str) -> bytes:
    return f"{text}{holiday_memory._digest(text)}\n".encode()


ODD: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut in the middle": lambda whole: whole[: len(whole) // 2],
    "without its last line": lambda whole: whole[: whole.rindex(b"sha256:")],
    "without a day": lambda whole: re.sub(rb"\n2027-01-01\t[^\n]*", b"", whole),
    "with another name": lambda whole: whole.replace("元旦".encode(), b"a working day"),
    "with something behind": lambda whole: whole + b"\n",
    "no text": lambda _: b"\xff\xfe",
    "a day of another year": lambda _: _resigned("launchpolicy holidays 1\n2025-01-01\tx\n"),
    "no day": lambda _: _resigned("launchpolicy holidays 1\n2026-02-30\tx\n"),
    "a day twice": lambda _: _resigned("launchpolicy holidays 1\n2026-01-01\tx\n2026-01-01\ty\n"),
    "days out of order": lambda _: _resigned(
        "launchpolicy holidays 1\n2026-01-02\tx\n2026-01-01\ty\n"
    ),
    "another format": lambda _: _resigned("launchpolicy holidays 2\n2026-01-01\tx\n"),
    "too large": lambda _: _resigned("launchpolicy holidays 1\n" + "2026-01-01\tx\n" * 30_000),
}


@pytest.mark.parametrize("alter", ODD.values(), ids=ODD)
def test_an_odd_file_changes_no_holiday(cache: Path, alter: Callable[[bytes], bytes]) -> None:
    expected = holidays.holidays_of(_calendar(), YEARS)
    assert len(expected) > 10
    (file,) = cache.iterdir()
    file.write_bytes(alter(file.read_bytes()))
    holidays._public_holidays.cache_clear()
    assert holiday_memory.recall(PLACE, YEARS) is None
    assert holidays.holidays_of(_calendar(), YEARS) == expected


def test_a_link_or_a_fifo_in_the_cache_is_not_read(cache: Path) -> None:
    file = _kept(cache)
    moved = file.with_name("moved")
    file.rename(moved)
    file.symlink_to(moved)
    assert holiday_memory.recall(PLACE, YEARS) is None
    file.unlink()
    os.mkfifo(file)
    assert holiday_memory.recall(PLACE, YEARS) is None


def test_the_file_of_another_user_is_not_read(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _kept(cache)
    monkeypatch.setattr("launchpolicy.hosts.user_cache.belongs_to_us", lambda _: False)
    assert holiday_memory.recall(PLACE, YEARS) is None


@pytest.mark.parametrize("country", ["CN", "DE", "US"])
def test_what_is_recalled_is_what_the_library_says(country: str) -> None:
    asked = holidays.holidays_of(_calendar(country), YEARS)
    last = holidays.announced_until(_calendar(country))
    for function in (holidays._public_holidays, holidays._last_announced_year):
        function.cache_clear()
    assert holiday_memory.recall((country, ""), YEARS) == asked
    assert holidays.holidays_of(_calendar(country), YEARS) == asked
    assert holidays.announced_until(_calendar(country)) == last


def test_names_that_would_not_come_back_as_they_are_are_not_kept(cache: Path) -> None:
    holiday_memory.remember(PLACE, YEARS, {date(2026, 1, 1): "a\nb"})
    assert not cache.exists()
