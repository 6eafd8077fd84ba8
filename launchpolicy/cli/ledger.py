"""`launchpolicy ledger`: the log of every launch, provable and rebuildable."""

from __future__ import annotations

import click

from launchpolicy.cli.language import say
from launchpolicy.cli.lazy import LazyGroup

_COMMANDS = {
    "append": "launchpolicy.cli.ledger_append",
    "build": "launchpolicy.cli.ledger_build",
    "check-proof": "launchpolicy.cli.ledger_check_proof",
    "keygen": "launchpolicy.cli.ledger_keygen",
    "prove": "launchpolicy.cli.ledger_prove",
    "export": "launchpolicy.cli.ledger_export",
    "merge": "launchpolicy.cli.ledger_merge",
    "query": "launchpolicy.cli.ledger_query",
    "render": "launchpolicy.cli.ledger_render",
    "show": "launchpolicy.cli.ledger_show",
    "verify": "launchpolicy.cli.ledger_verify",
}


@click.group(
    cls=LazyGroup,
    modules=_COMMANDS,
    help=say(
        "The release ledger: every launch of the merged history, provable and rebuildable.",
        "上线日志：合并历史中的每一次上线，可证明、可重建。",
    ),
)
def command() -> None:
    """The group itself does nothing."""
