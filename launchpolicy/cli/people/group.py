"""`launchpolicy people`: check the directory of people."""

from __future__ import annotations

import click

from launchpolicy.cli.language import say
from launchpolicy.cli.lazy import LazyGroup

_COMMANDS = {"check": "launchpolicy.cli.people.check"}


@click.group(
    cls=LazyGroup, modules=_COMMANDS, help=say("Check the directory of people.", "检查人员名录。")
)
def command() -> None:
    """Group the commands about people; the group itself does nothing."""
