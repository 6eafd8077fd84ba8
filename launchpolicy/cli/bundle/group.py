"""`launchpolicy bundle`: packs from another repository or archive, copied in and pinned."""

from __future__ import annotations

import click

from launchpolicy.cli.language import say
from launchpolicy.cli.lazy import LazyGroup

_COMMANDS = {
    "add": "launchpolicy.cli.bundle.add",
    "list": "launchpolicy.cli.bundle.list",
    "update": "launchpolicy.cli.bundle.update",
    "verify": "launchpolicy.cli.bundle.verify",
}


@click.group(
    cls=LazyGroup,
    modules=_COMMANDS,
    help=say(
        "Packs from another repository or archive, copied in and pinned by a lock.",
        "来自其他仓库或归档的策略包：复制到本仓库并锁定。",
    ),
)
def command() -> None:
    """Group the commands about bundles; the group itself does nothing."""
