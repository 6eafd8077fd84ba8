"""Parse times on the command line: RFC 3339 with an offset, or an error that says so."""

from __future__ import annotations

from datetime import datetime

import click

from launchpolicy.cli.language import say
from launchpolicy.documents.instants import parse_instant


class InstantType(click.ParamType[datetime]):
    """The type of `--now`: a time with an offset."""

    name = "RFC3339"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        if isinstance(value, datetime):
            return value
        instant = parse_instant(str(value))
        if instant is None:
            self.fail(
                say(
                    f"{value!r} is no time with an offset; write 2026-12-01T22:00:00+08:00",
                    f"{value!r} 不是带时区偏移的时间；请写成 2026-12-01T22:00:00+08:00",
                ),
                param,
                ctx,
            )
        return instant
