"""`launchpolicy record check NAME passed|failed [REQUEST]`: a check before or after the launch."""

from __future__ import annotations

from typing import Any

import click

from launchpolicy.cli.language import say
from launchpolicy.cli.record.answer import run
from launchpolicy.cli.record.options import NightOptions, fact_options, request_argument
from launchpolicy.operations.record.facts import CheckReport, check_fact


@click.command(
    help=say(
        """Record the result of a planned check, before the launch or after it.

        A check that is made again takes the place of its earlier result, which the history keeps.
        """,
        """登记一项计划检查的结果：上线前或上线后。

        重新检查的，以后一次结果为准；先前的结果保留在历史中。
        """,
    )
)
@click.argument("name")
@click.argument("result", type=click.Choice(("passed", "failed")))
@request_argument()
@click.option(
    "--measured",
    default="",
    metavar="VALUE",
    help=say("The measured value, such as 240ms.", "实测值，如 240ms。"),
)
@click.option("--remark", default="", metavar="TEXT", help=say("What was noticed.", "备注。"))
@fact_options
def command(*, name: str, result: str, measured: str, remark: str, **given: Any) -> int:  # noqa: ANN401 (the options by name)
    """Return the exit code: 0 recorded, 1 refused."""
    report = CheckReport(name, result, measured, remark)
    return run(NightOptions(**given), lambda night: check_fact(night, report))
