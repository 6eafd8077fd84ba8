"""Parse a day, or a time, where the calendar of the launches says the time zone."""

from __future__ import annotations

from datetime import date, datetime

import click

from launchpolicy.cli.instant import InstantType
from launchpolicy.cli.language import say
from launchpolicy.documents.instants import parse_instant

_YEARS = range(1971, 2199)


class DayType(click.ParamType[date]):
    """The type of a day: a `date`, or a `datetime` where a time is given."""

    name = "DAY"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        if isinstance(value, date):
            return value
        moment = parse_instant(str(value)) or _day(str(value))
        if moment is not None:
            return moment
        return _moment(str(value), param, ctx)


def _moment(value: str, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
    """Return the moment of a time; fail for what is neither that nor a day."""
    # Loaded here on purpose: most days are written as such.
    from launchpolicy.cli.local_time import is_time  # noqa: PLC0415

    if is_time(value):
        return InstantType().convert(value, param, ctx)
    message = say(
        f"{value!r} is no day and no time; write 2026-12-31 or 2026-12-31 18:00",
        f"{value!r} 既不是日期也不是时间；请写成 2026-12-31 或 2026-12-31 18:00",
    )
    raise click.BadParameter(message, ctx=ctx, param=param)


def _day(text: str) -> date | datetime | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year in _YEARS and day.isoformat() == text else None
