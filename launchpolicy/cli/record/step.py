"""`launchpolicy record step NAME done|failed [REQUEST]`: the result of a step."""

from __future__ import annotations

from typing import Any

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.language import say
from launchpolicy.cli.record.answer import run
from launchpolicy.cli.record.options import NightOptions, fact_options, request_argument
from launchpolicy.operations.record.facts import StepReport, step_fact


@click.command(
    help=say(
        """Record the result of a step of the plan, or of its rollback while that is under way.

        A step that failed and worked after all is recorded twice: failed, then done.

        \b
          launchpolicy record step migrate failed --symptom "Lock wait timeout"
          launchpolicy record step migrate done --handling "Paused the report, ran it again"
        """,
        """登记一个计划步骤的结果；正在回滚时为回滚步骤。

        步骤先失败、处理后成功的，登记两次：先 `failed`，再 `done`。

        \b
          launchpolicy record step migrate failed --symptom "锁等待超时"
          launchpolicy record step migrate done --handling "暂停报表任务后重新执行"
        """,
    )
)
@click.argument("name")
@click.argument("result", type=ChoiceType(("done", "failed")))
@request_argument()
@click.option("--symptom", default="", metavar="TEXT", help=say("What was seen.", "错误现象。"))
@click.option(
    "--handling", default="", metavar="TEXT", help=say("What was done about it.", "处理过程。")
)
@click.option(
    "--stand-in",
    default="",
    metavar="TEXT",
    help=say("Why another person took the step.", "为何由计划之外的人员执行。"),
)
@click.option(
    "--unresolved",
    is_flag=True,
    help=say("It could not be solved: the launch is broken off.", "未能解决：上线中止。"),
)
@fact_options
def command(
    *,
    name: str,
    result: str,
    symptom: str,
    handling: str,
    stand_in: str,
    unresolved: bool,
    **given: Any,  # noqa: ANN401 (the options by name)
) -> int:
    """Return the exit code: 0 recorded, 1 refused."""
    if unresolved and result == "done":
        raise click.UsageError(
            say("A step that is done is not unresolved.", "已完成的步骤不会是未解决。")
        )
    report = StepReport(name, result, symptom, handling, stand_in, is_unresolved=unresolved)
    return run(NightOptions(**given), lambda night: step_fact(night, report))
