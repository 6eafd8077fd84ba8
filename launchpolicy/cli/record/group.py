"""`launchpolicy record`: write down the night of a launch, one fact at a time."""

from __future__ import annotations

import click

from launchpolicy.cli.language import say
from launchpolicy.cli.lazy import LazyGroup

_COMMANDS = {
    "backup": "launchpolicy.cli.record.backup",
    "check": "launchpolicy.cli.record.check",
    "finish": "launchpolicy.cli.record.finish",
    "queue": "launchpolicy.cli.record.queue",
    "rollback": "launchpolicy.cli.record.rollback",
    "show": "launchpolicy.cli.record.show",
    "start": "launchpolicy.cli.record.start",
    "step": "launchpolicy.cli.record.step",
}


@click.group(
    cls=LazyGroup,
    modules=_COMMANDS,
    invoke_without_command=True,
    help=say(
        """Record the night of a launch: one fact, one commit, pushed at once.

        Without a command: the run sheet. Each fact is written into `status` of the request with
        time and person, on the branch launch/NAME-launched, which is proposed at the end. What
        the policies refuse is not written. Without a network, facts wait in this clone.

        \b
          launchpolicy record check servers passed
          launchpolicy record backup orders-db --file /backup/orders.dump
          launchpolicy record start
          launchpolicy record step migrate done
          launchpolicy record finish
        """,
        """登记上线当夜的情况：一条一个提交，随即推送。

        不带子命令时显示执行单。每条登记连同时间和人员写入申请的 `status`，
        位于分支 launch/<编号>-launched，最后提交合并请求。策略不允许的内容不会写入。
        没有网络时，登记在本地等待。

        \b
          launchpolicy record check servers passed
          launchpolicy record backup orders-db --file /backup/orders.dump
          launchpolicy record start
          launchpolicy record step migrate done
          launchpolicy record finish
        """,
    ),
)
@click.pass_context
def command(ctx: click.Context) -> int:
    """Show the run sheet where no command is given."""
    if ctx.invoked_subcommand is not None:
        return 0
    # Loaded here on purpose: the other commands do not need it.
    from launchpolicy.cli.record.show import show  # noqa: PLC0415

    return show({})
