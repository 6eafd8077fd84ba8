"""`launchpolicy record check NAME passed|failed [REQUEST]`: a check before or after the launch."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.language import say
from launchpolicy.cli.record.answer import run
from launchpolicy.cli.record.options import NightOptions, fact_options, request_argument
from launchpolicy.operations.record.check_fact import CheckReport, check_fact
from launchpolicy.operations.record.fact_files import fact_file, reference_to


@click.command(
    help=say(
        """Record the result of a planned check, before the launch or after it.

        Where the plan sets a limit or a minimum, --measured has to meet it for a check to pass.
        A check that is made again takes the place of its earlier result, which the history keeps.
        """,
        """登记一项计划检查的结果：上线前或上线后。

        方案规定了上限或下限的，实测值（--measured）达标才能登记为通过。
        重新检查的，以后一次结果为准；先前的结果保留在历史中。
        """,
    )
)
@click.argument("name")
@click.argument("result", type=ChoiceType(("passed", "failed")))
@request_argument()
@click.option(
    "--measured",
    default="",
    metavar="VALUE",
    help=say("The measured value, such as 240ms.", "实测值，如 240ms。"),
)
@click.option(
    "--evidence",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help=say("What proves it: a log, a report, a picture.", "检查记录：日志、报告或截图。"),
)
@click.option("--remark", default="", metavar="TEXT", help=say("What was noticed.", "备注。"))
@fact_options
def command(
    *,
    name: str,
    result: str,
    measured: str,
    evidence: Path | None,
    remark: str,
    **given: Any,  # noqa: ANN401 (the options by name)
) -> int:
    """Return the exit code: 0 recorded, 1 refused."""
    options = NightOptions(**given)
    launch = options.launch()
    file = fact_file(*launch, evidence) if evidence is not None else None
    reference = reference_to(file) if file is not None else None
    report = CheckReport(name, result, measured, remark, reference)
    return run(options, lambda night: check_fact(night, report), launch=launch, file=file)
