from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.facts.wall_clock import day_of, instant_at

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
ZONES = [BERLIN, NEW_YORK, ZoneInfo("Asia/Shanghai"), ZoneInfo("Australia/Lord_Howe")]
# 2026: Berlin puts the clock forward on 29 March and back on 25 October, both at 01:00 UTC;
# New York on 8 March (07:00 UTC) and on 1 November (06:00 UTC).
SITUATIONS = {
    "an ordinary evening": (BERLIN, date(2026, 6, 1), 20 * 60, "2026-06-01T18:00:00+00:00"),
    "midnight at the end of a day": (BERLIN, date(2026, 6, 1), 1440, "2026-06-01T22:00:00+00:00"),
    "past midnight": (BERLIN, date(2026, 6, 1), 26 * 60, "2026-06-02T00:00:00+00:00"),
    "skipped in Berlin": (BERLIN, date(2026, 3, 29), 150, "2026-03-29T01:00:00+00:00"),
    "the last skipped minute": (BERLIN, date(2026, 3, 29), 179, "2026-03-29T01:00:00+00:00"),
    "just after the gap": (BERLIN, date(2026, 3, 29), 180, "2026-03-29T01:00:00+00:00"),
    "just before the gap": (BERLIN, date(2026, 3, 29), 119, "2026-03-29T00:59:00+00:00"),
    "twice in Berlin": (BERLIN, date(2026, 10, 25), 150, "2026-10-25T00:30:00+00:00"),
    "after the fold": (BERLIN, date(2026, 10, 25), 180, "2026-10-25T02:00:00+00:00"),
    "skipped in New York": (NEW_YORK, date(2026, 3, 8), 150, "2026-03-08T07:00:00+00:00"),
    "twice in New York": (NEW_YORK, date(2026, 11, 1), 90, "2026-11-01T05:30:00+00:00"),
    "a day that Samoa left out": (
        ZoneInfo("Pacific/Apia"),
        date(2011, 12, 30),
        600,
        "2011-12-30T10:00:00+00:00",
    ),
}


@pytest.mark.parametrize(("zone", "day", "minutes", "instant"), SITUATIONS.values(), ids=SITUATIONS)
def test_when_the_clock_first_shows_a_time(
    zone: ZoneInfo, day: date, minutes: int, instant: str
) -> None:
    assert instant_at(zone, day, minutes).isoformat() == instant


@given(
    st.sampled_from(ZONES),
    st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    st.integers(0, 2 * 1440),
)
def test_a_moment_earlier_the_clock_did_not_show_it_yet(
    zone: ZoneInfo, day: date, minutes: int
) -> None:
    instant = instant_at(zone, day, minutes)
    wall = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes)
    shown = instant.astimezone(zone).replace(tzinfo=None)
    before = (instant - timedelta(seconds=1)).astimezone(zone).replace(tzinfo=None)
    assert before < wall <= shown


@given(
    st.sampled_from(ZONES),
    st.datetimes(datetime(2000, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 (the bounds are local to the strategy)
)
def test_an_instant_lies_within_its_day(zone: ZoneInfo, instant: datetime) -> None:
    day = day_of(zone, instant)
    assert instant_at(zone, day, 0) <= instant < instant_at(zone, day, 1440)
