"""`launchpolicy record rollback [REQUEST]`: the launch is being taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.instant import InstantType
from launchpolicy.cli.language import say
from launchpolicy.cli.record.answer import run
from launchpolicy.cli.record.options import NightOptions, fact_options, request_argument
from launchpolicy.operations.record.facts import RollbackReport, rollback_fact
from launchpolicy.reporters.instants import as_written


@click.command(
    help=say(
        """Record that the launch is rolled back, with the assessment that the decision rests on.

        The steps of the rollback follow with `record step`, its end with `record finish`. It is
        proposed on a branch of its own, launch/NAME-rolled-back, after that of the launch.

        \b
          launchpolicy record rollback --reason "Every split order fails" \\
              --otherwise "Orders are lost" --assessed-by he.lin \\
              --assessed-at 2026-12-01T22:40:00+08:00
        """,
        """登记上线正在回滚，并写明决定所依据的影响评估。

        回滚步骤用 `record step` 登记，结束用 `record finish`。
        回滚在单独的分支 launch/<编号>-rolled-back 上提交，位于上线分支之后。
        """,
    )
)
@request_argument()
@click.option("--reason", required=True, metavar="TEXT", help=say("Why.", "回滚原因。"))
@click.option(
    "--otherwise",
    required=True,
    metavar="TEXT",
    help=say("What happens to users without the rollback.", "如不回滚，对用户有何影响。"),
)
@click.option(
    "--assessed-by",
    required=True,
    metavar="ID",
    help=say("Who assessed the impact.", "由谁评估影响。"),
)
@click.option(
    "--assessed-at",
    required=True,
    type=InstantType(),
    help=say("When, before the decision.", "评估时间，早于回滚决定。"),
)
@click.option(
    "--decided-by",
    default="",
    metavar="ID",
    help=say("Who decided (who carries it out).", "由谁决定（默认：执行人）。"),
)
@click.option(
    "--impact",
    default="",
    metavar="TEXT",
    help=say("What going back means (as planned).", "回滚的影响（默认按方案）。"),
)
@click.option(
    "--data-loss",
    type=ChoiceType(("none", "recoverable", "permanent")),
    help=say("What is lost (as planned).", "数据丢失（默认按方案）。"),
)
@fact_options
def command(  # noqa: PLR0913 (one parameter per option, as click wants them)
    *,
    reason: str,
    otherwise: str,
    assessed_by: str,
    assessed_at: datetime,
    decided_by: str,
    impact: str,
    data_loss: str | None,
    **given: Any,  # noqa: ANN401 (the options by name)
) -> int:
    """Return the exit code: 0 recorded, 1 refused."""
    report = RollbackReport(
        reason,
        otherwise,
        assessed_by,
        as_written(assessed_at),
        decided_by,
        impact,
        data_loss or "",
    )
    return run(NightOptions(**given), lambda night: rollback_fact(night, report), is_rollback=True)
