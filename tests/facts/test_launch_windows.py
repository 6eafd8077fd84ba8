from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from launchpolicy.documents.instants import parse_instant
from launchpolicy.facts.calendar import calendar_fact
from launchpolicy.facts.launch_windows import Interval, schedule_of
from launchpolicy.requests.calendar import calendar_of

_CLOCK = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 15, 30]))
_DAYS = st.lists(
    st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]), min_size=1, unique=True
)
_SLOT = st.fixed_dictionaries({"days": _DAYS, "from": _CLOCK, "until": _CLOCK | st.just("24:00")})
_INSTANT = st.datetimes(
    datetime(2026, 1, 1),  # noqa: DTZ001 (the bounds are local to the strategy)
    datetime(2027, 12, 31),  # noqa: DTZ001 (the bounds are local to the strategy)
    timezones=st.just(UTC),
)


@st.composite
def _calendars(draw: st.DrawFn) -> dict[str, Any]:
    starts = draw(st.lists(_INSTANT, max_size=4))
    lengths = st.timedeltas(timedelta(minutes=1), timedelta(days=60))
    freezes = [
        {"name": str(n), "from": each.isoformat(), "until": (each + draw(lengths)).isoformat()}
        for n, each in enumerate(starts)
    ]
    zones = ["Europe/Berlin", "America/New_York", "Asia/Shanghai", "Australia/Lord_Howe"]
    data: dict[str, Any] = {
        "timezone": draw(st.sampled_from(zones)),
        "freezes": freezes,
        "holidays": {"alsoDayBefore": draw(st.booleans())},
    }
    slots = draw(st.lists(_SLOT.filter(lambda each: each["from"] != each["until"]), max_size=3))
    if slots:
        data["windows"] = {"product-launch": slots}
    return data


@settings(deadline=None)
@given(
    _calendars(),
    _INSTANT,
    st.timedeltas(timedelta(0), timedelta(hours=30)),
    st.sets(st.dates(date(2026, 1, 1), date(2028, 12, 31)), max_size=30),
    _INSTANT,
)
def test_the_next_window_never_conflicts_itself(
    calendar: dict[str, Any],
    start: datetime,
    length: timedelta,
    days: set[date],
    now: datetime,
) -> None:
    holidays = dict.fromkeys(sorted(days), "holiday")

    def fact(first: str, last: str) -> dict[str, Any]:
        data = {"spec": {"process": "product-launch", "window": {"start": first, "end": last}}}
        return calendar_fact(calendar_of(calendar), data, holidays, now)

    asked = fact(start.isoformat(), (start + length).isoformat())
    opens, closes = (parse_instant(text) for text in asked["nextWindow"].values())
    if opens is None or closes is None:
        assert asked["nextWindow"] == {"start": "", "end": ""}
        return
    assert closes - opens == length
    assert max(now, start) <= opens <= max(now, start) + timedelta(days=400)
    assert fact(*asked["nextWindow"].values())["conflicts"] == []


@settings(deadline=None, max_examples=40)
@given(_calendars(), _INSTANT, st.timedeltas(timedelta(0), timedelta(hours=30)))
def test_no_earlier_quarter_of_an_hour_would_have_done(
    calendar: dict[str, Any], start: datetime, length: timedelta
) -> None:
    """What the search skips does conflict: it is not only safe, it is exact."""
    start = start.replace(minute=0, second=0, microsecond=0)
    schedule = schedule_of(calendar_of(calendar), {}, "product-launch", "standard")
    found = schedule.next_window(start, length)
    for quarter in range(2 * 24 * 4):
        opens = start + quarter * timedelta(minutes=15)
        if found is not None and opens >= found.start:
            break
        window = Interval(opens, opens + length)
        assert any(schedule.blocks(window)) or not schedule.allows(window)
