"""`launchpolicy people`: fill in and check the directory of people."""

from __future__ import annotations

import click

from launchpolicy.cli.language import say
from launchpolicy.cli.lazy import LazyGroup

_COMMANDS = {
    "add": "launchpolicy.cli.people.add",
    "check": "launchpolicy.cli.people.check",
}


@click.group(
    cls=LazyGroup,
    modules=_COMMANDS,
    help=say("Fill in and check the directory of people.", "登记人员，检查人员名录。"),
)
def command() -> None:
    """Group the commands about people; the group itself does nothing."""
