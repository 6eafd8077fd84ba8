"""Parse times on the command line: with an offset, or in the time zone of the calendar."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from launchpolicy.cli.language import say
from launchpolicy.documents.instants import parse_instant


class InstantType(click.ParamType[datetime]):
    """The type of `--now` and of every other time: a `datetime` that knows its offset."""

    name = "TIME"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        if isinstance(value, datetime):
            return value
        return parse_instant(str(value)) or self._local(str(value), param, ctx)

    def _local(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        # Loaded here on purpose: programs write the offset.
        from launchpolicy.cli.local_time import local_moment  # noqa: PLC0415

        moment = local_moment(value, Path.cwd())
        if not isinstance(moment, datetime):
            self.fail(say(moment.en, moment.zh), param, ctx)
        return moment
