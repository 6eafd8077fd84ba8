"""`launchpolicy ledger`: the log of every launch, provable and rebuildable."""

from __future__ import annotations

import click

from launchpolicy.cli.language import say
from launchpolicy.cli.lazy import LazyGroup

_COMMANDS = {
    "append": "launchpolicy.cli.ledger.append",
    "build": "launchpolicy.cli.ledger.build",
    "check-proof": "launchpolicy.cli.ledger.check_proof",
    "keygen": "launchpolicy.cli.ledger.keygen",
    "prove": "launchpolicy.cli.ledger.prove",
    "export": "launchpolicy.cli.ledger.export",
    "merge": "launchpolicy.cli.ledger.merge",
    "problems": "launchpolicy.cli.ledger.problems",
    "query": "launchpolicy.cli.ledger.query",
    "reconcile": "launchpolicy.cli.ledger.reconcile",
    "render": "launchpolicy.cli.ledger.render",
    "settlement": "launchpolicy.cli.ledger.settlement",
    "show": "launchpolicy.cli.ledger.show",
    "verify": "launchpolicy.cli.ledger.verify",
    "void": "launchpolicy.cli.ledger.void",
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
    """Group the commands about the ledger; the group itself does nothing."""
