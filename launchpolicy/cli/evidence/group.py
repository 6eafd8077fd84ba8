"""`launchpolicy evidence`: attach files that prove something, named in their request by digest."""

from __future__ import annotations

import click

from launchpolicy.cli.language import say
from launchpolicy.cli.lazy import LazyGroup

_COMMANDS = {"add": "launchpolicy.cli.evidence.add"}


@click.group(
    cls=LazyGroup,
    modules=_COMMANDS,
    help=say("Attach files as evidence.", "在申请中引用证据文件。"),
)
def command() -> None:
    """Group the commands about evidence; the group itself does nothing."""
