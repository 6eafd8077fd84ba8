"""Parse the ends of a period: a day, or a time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import click

from launchpolicy.cli.instant import InstantType
from launchpolicy.cli.language import say
from launchpolicy.documents.instants import parse_instant

_YEARS = range(1971, 2199)


class PeriodEndType(click.ParamType[datetime]):
    """The type of `--since` and `--until`.

    A day is one of UTC; as the end of a period it belongs to it, so that the value is the midnight
    after it.
    """

    name = "DAY"

    def __init__(self, *, is_end: bool) -> None:
        self._is_end = is_end

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        if isinstance(value, datetime):
            return value
        moment = parse_instant(str(value)) or self._midnight(str(value))
        if moment is not None:
            return moment
        # Loaded here on purpose: most ends are days.
        from launchpolicy.cli.local_time import is_time  # noqa: PLC0415

        if not is_time(str(value)):
            self.fail(
                say(
                    f"{value!r} is no day and no time; write 2026-12-31 (a day of UTC) or "
                    "2027-01-01T00:00:00+08:00",
                    f"{value!r} 既不是日期也不是时间；"
                    "请写成 2026-12-31（按 UTC）或 2027-01-01T00:00:00+08:00",
                ),
                param,
                ctx,
            )
        return InstantType().convert(value, param, ctx)

    def _midnight(self, text: str) -> datetime | None:
        try:
            day = date.fromisoformat(text)
        except ValueError:
            return None
        if day.year not in _YEARS or day.isoformat() != text:
            return None
        return datetime.combine(day, time(), UTC) + timedelta(days=self._is_end)
