"""Parse a length of time on the command line, written as in files: `30m`, `1h30m`, `720h`."""

from __future__ import annotations

import re
from datetime import timedelta

import click

from launchpolicy.cli.language import say

_PARTS = re.compile(r"(?:(\d{1,6})h)?(?:(\d{1,6})m)?(?:(\d{1,6})s)?")


class DurationType(click.ParamType[timedelta]):
    """The type of an option whose value is a length of time."""

    name = "duration"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        if isinstance(value, timedelta):
            return value
        match = _PARTS.fullmatch(str(value))
        hours, minutes, seconds = (
            (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
        )
        length = timedelta(hours=hours, minutes=minutes, seconds=seconds)
        if not length:
            self.fail(
                say(
                    f"{value!r} is no duration such as 30m, 1h30m or 720h",
                    f"{value!r} 不是时长，请写成 30m、1h30m 或 720h",
                ),
                param,
                ctx,
            )
        return length
