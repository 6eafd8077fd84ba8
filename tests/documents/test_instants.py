from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from launchpolicy.documents.instants import PATTERN, parse_instant


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        pytest.param(
            "2026-12-01T22:00:00+08:00",
            datetime(2026, 12, 1, 14, tzinfo=UTC),
            id="ahead-of-utc",
        ),
        pytest.param(
            "2026-12-01T22:00:00-02:30", datetime(2026, 12, 2, 0, 30, tzinfo=UTC), id="behind-utc"
        ),
        pytest.param("2026-12-01T22:00:00Z", datetime(2026, 12, 1, 22, tzinfo=UTC), id="utc"),
        pytest.param(
            "2026-12-01T22:00:00-00:00",
            datetime(2026, 12, 1, 22, tzinfo=UTC),
            id="unknown-local-offset",
        ),
        pytest.param(
            "2026-12-01T22:00:00.5Z",
            datetime(2026, 12, 1, 22, 0, 0, 500000, tzinfo=UTC),
            id="one-digit-of-fraction",
        ),
        pytest.param(
            "2026-12-01T22:00:00.123456789Z",
            datetime(2026, 12, 1, 22, 0, 0, 123456, tzinfo=UTC),
            id="nanoseconds-are-cut-not-rounded",
        ),
        pytest.param(
            "2026-12-01T22:00:00.999999999Z",
            datetime(2026, 12, 1, 22, 0, 0, 999999, tzinfo=UTC),
            id="cutting-never-reaches-the-next-second",
        ),
        pytest.param(
            "2024-02-29T00:00:00Z", datetime(2024, 2, 29, tzinfo=UTC), id="leap-day-in-a-leap-year"
        ),
        pytest.param(
            "2026-12-01T22:00:00+23:59",
            datetime(2026, 11, 30, 22, 1, tzinfo=UTC),
            id="largest-offset",
        ),
    ],
)
def test_reads_an_instant(text: str, instant: datetime) -> None:
    assert parse_instant(text) == instant
    assert re.search(PATTERN, text)


def test_keeps_the_offset_that_was_written() -> None:
    instant = parse_instant("2026-12-01T22:00:00+08:00")

    assert instant is not None
    assert instant.utcoffset() == timedelta(hours=8)


OUTSIDE_THE_PATTERN = {
    "no-offset": "2026-12-01T22:00:00",
    "no-seconds": "2026-12-01T22:00+08:00",
    "date-only": "2026-12-01",
    "space-instead-of-t": "2026-12-01 22:00:00Z",
    "lower-case-t": "2026-12-01t22:00:00Z",
    "lower-case-z": "2026-12-01T22:00:00z",
    "leap-second": "2026-12-31T23:59:60Z",
    "hour-24": "2026-12-01T24:00:00Z",
    "minute-60": "2026-12-01T22:60:00Z",
    "month-0": "2026-00-01T22:00:00Z",
    "month-13": "2026-13-01T22:00:00Z",
    "day-0": "2026-12-00T22:00:00Z",
    "day-32": "2026-12-32T22:00:00Z",
    "offset-hour-24": "2026-12-01T22:00:00+24:00",
    "offset-minute-60": "2026-12-01T22:00:00+08:60",
    "offset-without-colon": "2026-12-01T22:00:00+0800",
    "offset-of-hours": "2026-12-01T22:00:00+08",
    "typographic-minus": "2026-12-01T22:00:00−08:00",
    "empty-fraction": "2026-12-01T22:00:00.Z",
    "comma-fraction": "2026-12-01T22:00:00,5Z",
    "ten-digits-of-fraction": "2026-12-01T22:00:00.1234567890Z",
    "basic-format": "20261201T220000Z",
    "week-date": "2026-W49-2T22:00:00Z",
    "five-digit-year": "12026-12-01T22:00:00Z",
    "sign-before-year": "+2026-12-01T22:00:00Z",
    "full-width-digits": "２０２６-12-01T22:00:00Z",
    "arabic-digits": "٢٠٢٦-12-01T22:00:00Z",
    "leading-space": " 2026-12-01T22:00:00Z",
    "zone-name": "2026-12-01T22:00:00+08:00[Asia/Shanghai]",
    "empty": "",
}


@pytest.mark.parametrize("text", OUTSIDE_THE_PATTERN.values(), ids=OUTSIDE_THE_PATTERN.keys())
def test_refuses_what_the_grammar_does_not_allow(text: str) -> None:
    assert parse_instant(text) is None
    assert not re.search(PATTERN, text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("2026-02-30T22:00:00Z", id="february-30"),
        pytest.param("2026-02-29T22:00:00Z", id="leap-day-in-a-common-year"),
        pytest.param("2026-11-31T22:00:00Z", id="november-31"),
        pytest.param("0000-01-01T00:00:00Z", id="year-0"),
        pytest.param("0001-01-01T00:00:00+08:00", id="before-year-1-in-utc"),
        pytest.param("9999-12-31T23:59:59-08:00", id="after-year-9999-in-utc"),
        pytest.param("2026-12-01T22:00:00Z\n", id="trailing-newline"),
    ],
)
def test_refuses_what_only_a_calendar_can_refuse(text: str) -> None:
    assert parse_instant(text) is None


ZONES = st.integers(min_value=-(23 * 60 + 59), max_value=23 * 60 + 59).map(
    lambda minutes: timezone(timedelta(minutes=minutes))
)


@pytest.mark.parametrize(
    "text", ["1969-12-31T23:59:59Z", "2200-01-01T00:00:00Z", "9999-12-31T23:59:59Z"]
)
def test_a_year_that_nobody_means_is_no_instant(text: str) -> None:
    assert parse_instant(text) is None
    assert not re.search(PATTERN, text)


@given(
    st.datetimes(
        min_value=datetime(1970, 1, 2),  # noqa: DTZ001 (hypothesis adds the zone)
        max_value=datetime(2199, 12, 30),  # noqa: DTZ001 (hypothesis adds the zone)
        timezones=ZONES,
    )
)
def test_reads_back_every_instant_that_python_writes(instant: datetime) -> None:
    text = instant.isoformat()

    assert parse_instant(text) == instant
    assert re.search(PATTERN, text)


@given(st.from_regex(PATTERN) | st.text(alphabet="0123456789-:TZ+.", max_size=40))
@example("2026-02-30T00:00:00Z")
def test_never_raises_and_never_reads_what_the_pattern_refuses(text: str) -> None:
    if parse_instant(text) is not None:
        assert re.search(PATTERN, text)


def test_is_light_enough_for_the_hot_path() -> None:
    code = (
        "import sys; import launchpolicy.documents.instants;"
        "print([m for m in ('pydantic', 'jsonschema', 'google.protobuf')"
        " if m in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
