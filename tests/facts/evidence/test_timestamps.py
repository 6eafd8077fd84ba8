"""When a report was made: stale only where it is stale in every zone (threat E9)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.documents.instants import parse_instant
from launchpolicy.facts.evidence.timestamps import NEVER, Timestamp, date_of, timestamp_of


def _oldest_of(stamps: list[str]) -> Timestamp:
    return date_of([stamps])[0]


@pytest.mark.parametrize(
    ("stamp", "latest"),
    [
        ("2019-01-01T00:00:00", "2019-01-01T00:00:00-12:00"),
        ("2026-11-28T13:24:59.123", "2026-11-28T13:24:59.123-12:00"),
        ("2019-01-01 00:00", "2019-01-01T00:00:59-12:00"),
        ("2019-01-01", "2019-01-01T23:59:59-12:00"),
        ("2019-01-01T00:00:00 CST", "2019-01-01T00:00:00-12:00"),
        ("Tue, 1 Jan 2019 00:00:00 CST", "2019-01-01T00:00:00-12:00"),
    ],
)
def test_a_time_without_a_zone_is_the_latest_instant_that_it_can_mean(
    stamp: str, latest: str
) -> None:
    assert timestamp_of(stamp) == (latest, True)


@pytest.mark.parametrize(
    ("stamp", "written"),
    [
        ("2026-11-28T13:24:39.375868+00:00", "2026-11-28T13:24:39.375868+00:00"),
        ("2026-11-28T13:24:59Z", "2026-11-28T13:24:59Z"),
        ("2026-11-28T13:24:59+0800", "2026-11-28T13:24:59+08:00"),
        ("2026-11-28 13:24:59 UTC", "2026-11-28T13:24:59Z"),
        ("2026-11-28T13:24:59+08:00[Asia/Shanghai]", "2026-11-28T13:24:59+08:00"),
        ("1 Jan 2019 00:00:00 GMT", "2019-01-01T00:00:00Z"),
        ("1795000000", "2026-11-18T11:06:40Z"),
        ("1795000000000", "2026-11-18T11:06:40Z"),
        ("1795000000.5", "2026-11-18T11:06:40Z"),
    ],
)
def test_a_time_with_a_zone_is_taken_as_it_is(stamp: str, written: str) -> None:
    assert timestamp_of(stamp) == (written, False)


@pytest.mark.parametrize(
    "stamp",
    [
        "",
        "soon",
        "2026-13-01T00:00:00",
        "2026-11-28T24:00:00",
        "-1",
        "1" * 90,
        "２０１９-01-01",
        "NaN",
    ],
)
def test_what_is_no_time_dates_nothing(stamp: str) -> None:
    assert timestamp_of(stamp) == NEVER


def test_the_oldest_of_several_counts_by_the_latest_that_each_can_mean() -> None:
    assert not _oldest_of(["2026-01-01T12:00:00Z", "2026-01-01T01:00:00"]).is_without_zone
    assert _oldest_of(["2026-01-01T12:00:00Z", "2025-12-31T23:00:00"]).is_without_zone
    assert _oldest_of(["soon", "2026-01-01T12:00:00Z"]).written == "2026-01-01T12:00:00Z"
    assert _oldest_of(["soon"]) == NEVER


@given(
    st.integers(31_536_000, 6_900_000_000).map(lambda second: datetime.fromtimestamp(second, UTC)),
    st.integers(-12 * 60, 14 * 60),
)
def test_no_zone_makes_a_time_later_than_the_latest_nor_earlier_than_26_hours_before_it(
    local: datetime, minutes: int
) -> None:
    latest = parse_instant(timestamp_of(f"{local:%Y-%m-%dT%H:%M:%S}").written)
    assert latest is not None
    moment = local.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    assert latest - timedelta(hours=26) <= moment.astimezone(UTC) <= latest
