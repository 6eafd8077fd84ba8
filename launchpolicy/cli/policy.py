"""`launchpolicy policy`: the policies themselves, explained and tested."""

from __future__ import annotations

import importlib

import click

from launchpolicy.cli.language import say

_COMMANDS = {
    "show": "launchpolicy.cli.policy_show",
    "test": "launchpolicy.cli.policy_test",
}


class _Lazy(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        module = _COMMANDS.get(cmd_name)
        if module is None:
            return None
        found: click.Command = importlib.import_module(module).command
        return found


@click.group(cls=_Lazy, help=say("Explain and test policies.", "查看与测试策略。"))
def command() -> None:
    """The group itself does nothing."""
