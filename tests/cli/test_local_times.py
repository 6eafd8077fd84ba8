"""A time without an offset is one of the calendar's time zone, in every option that takes one."""

from __future__ import annotations

import pytest

from tests.cli.launch_repository import LaunchRepository

NEW = ("new", "Checkout 3.3", "--yes", "--no-branch", "--end", "2026-12-10T23:30:00+08:00")
FIELD = "start: 2026-12-10T22:00:00+08:00"


@pytest.mark.parametrize(
    "written",
    [
        "2026-12-10 22:00",
        "2026-12-10T22:00",
        "2026-12-10 22:00:00",
        "2026-12-10 22:00+08:00",
        "2026-12-10T22:00 +08:00",
        "2026-12-10T22:00:00+08:00",
    ],
)
def test_a_time_of_the_clock_on_the_wall_is_written_with_its_offset(
    repository: LaunchRepository, written: str
) -> None:
    done = repository.run(*NEW, "--start", written)
    assert (done.code, done.complaint) == (0, "")
    assert FIELD in (repository.folder / "launches/LR-2026-0043/request.yaml").read_text("utf-8")


def test_another_zone_of_the_calendar_gives_another_offset(repository: LaunchRepository) -> None:
    repository.edit(("timezone: Asia/Shanghai", "timezone: Europe/Berlin"), path="calendar.yaml")
    assert repository.run(*NEW, "--start", "2026-12-10 15:00").code == 0
    request = (repository.folder / "launches/LR-2026-0043/request.yaml").read_text("utf-8")
    assert "start: 2026-12-10T15:00:00+01:00" in request


@pytest.mark.parametrize("hour", ["2026-10-25 02:30", "2026-03-29 02:30"])
def test_a_time_that_the_clocks_show_twice_or_never_is_asked_for(
    repository: LaunchRepository, hour: str
) -> None:
    repository.edit(("timezone: Asia/Shanghai", "timezone: Europe/Berlin"), path="calendar.yaml")
    refused = repository.run(*NEW, "--start", hour)
    assert refused.code == 2
    assert "+01:00" in refused.complaint
    assert "+02:00" in refused.complaint


def test_without_a_calendar_the_error_says_what_to_type(repository: LaunchRepository) -> None:
    (repository.folder / "calendar.yaml").unlink()
    refused = repository.run(*NEW, "--start", "2026-12-10 22:00")
    assert refused.code == 2
    assert "2026-12-10T22:00:00+08:00" in refused.complaint
    chinese = repository.run("--lang", "zh", *NEW, "--start", "2026-12-10 22:00")
    assert "请补上时区偏移，例如 2026-12-10T22:00:00+08:00" in chinese.complaint


@pytest.mark.parametrize("written", ["2026-12-10", "tomorrow", "22:00", "2026-02-30 22:00", ""])
def test_what_is_no_time_is_refused_with_one_to_copy(
    repository: LaunchRepository, written: str
) -> None:
    refused = repository.run(*NEW, f"--start={written}")
    assert refused.code == 2
    assert "2026-12-01" in refused.complaint or not written


OPTIONS = {
    "now": ("check", "--now", "2026-11-25 10:00"),
    "the end of a list": ("status", "--due", "--until", "2026-12-31 18:00"),
    "a window": (
        "postpone",
        "LR-2026-0042",
        "--reason",
        "The rehearsal did not pass",
        "--window",
        "2026-12-09 22:00/2026-12-09 23:30",
    ),
}


@pytest.mark.parametrize("arguments", OPTIONS.values(), ids=OPTIONS)
def test_every_option_that_takes_a_time_takes_one_of_the_calendars_zone(
    repository: LaunchRepository, arguments: tuple[str, ...]
) -> None:
    complaint = repository.run(*arguments).complaint
    assert "offset" not in complaint
    assert "is no" not in complaint


def test_a_window_of_local_times_is_written_with_the_offset(repository: LaunchRepository) -> None:
    moved = repository.run(*OPTIONS["a window"], "--now", "2026-11-25 10:00")
    assert moved.code == 0, moved.complaint
    request = (repository.folder / "launches/LR-2026-0042/request.yaml").read_text("utf-8")
    assert "2026-12-09T22:00:00+08:00" in request
