"""Parse a day, or a time with an offset, where the calendar of the launches says the time zone."""

from __future__ import annotations

from datetime import date, datetime

import click

from launchpolicy.cli.language import say
from launchpolicy.documents.instants import parse_instant

_YEARS = range(1971, 2199)


class DayType(click.ParamType[date]):
    """The type of a day: a `date`, or a `datetime` where a time with an offset is given."""

    name = "DAY"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        if isinstance(value, date):
            return value
        moment = parse_instant(str(value)) or _day(str(value))
        if moment is None:
            self.fail(
                say(
                    f"{value!r} is no day and no time with an offset; write 2026-12-31 or"
                    " 2026-12-31T18:00:00+08:00",
                    f"{value!r} 既不是日期也不是带时区偏移的时间；"
                    "请写成 2026-12-31 或 2026-12-31T18:00:00+08:00",
                ),
                param,
                ctx,
            )
        return moment


def _day(text: str) -> date | datetime | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in _YEARS and day.isoformat() == text else None
