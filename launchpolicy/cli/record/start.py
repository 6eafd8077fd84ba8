"""`launchpolicy record start [REQUEST]`: the launch begins."""

from __future__ import annotations

from typing import Any

import click

from launchpolicy.cli.language import say
from launchpolicy.cli.record.answer import run
from launchpolicy.cli.record.options import NightOptions, fact_options, request_argument
from launchpolicy.operations.record.facts import start_fact


@click.command(
    help=say(
        """Record that the launch begins.

        Refused while something is missing that the launch needs before it begins: checks,
        backups and their rehearsal, notices, an open window.
        """,
        """登记上线开始。

        上线开始前所需的内容尚缺时不予登记：上线前检查、备份及其恢复演练、通知、窗口。
        """,
    )
)
@request_argument()
@click.option(
    "--watched-by",
    default="",
    metavar="ID",
    help=say("Who watches (as planned).", "由谁值守（默认按方案）。"),
)
@fact_options
def command(*, watched_by: str, **given: Any) -> int:  # noqa: ANN401 (the options by name)
    """Return the exit code: 0 recorded, 1 refused."""
    return run(NightOptions(**given), lambda night: start_fact(night, watched_by))
