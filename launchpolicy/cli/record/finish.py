"""`launchpolicy record finish [REQUEST]`: the launch, or its rollback, is over."""

from __future__ import annotations

from typing import Any

import click

from launchpolicy.cli.language import say
from launchpolicy.cli.record.answer import run
from launchpolicy.cli.record.options import NightOptions, fact_options, request_argument
from launchpolicy.operations.record.facts import finish_fact


@click.command(
    help=say(
        "Record that the launch is over, or its rollback where one is under way. Refused while a "
        "step is open.",
        "登记上线结束；正在回滚时登记回滚结束。尚有步骤没有结果时不予登记。",
    )
)
@request_argument()
@fact_options
def command(**given: Any) -> int:  # noqa: ANN401 (the options by name)
    """Return the exit code: 0 recorded, 1 refused."""
    return run(NightOptions(**given), finish_fact)
