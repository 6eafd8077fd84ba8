"""`launchpolicy ledger verify`: verify the ledger against itself and against the history."""

from __future__ import annotations

import sys

import click

from launchpolicy.cli.language import say
from launchpolicy.cli.ledger.options import LedgerOptions, ledger_options, open_ledger
from launchpolicy.cli.progress import progress_bar
from launchpolicy.operations.ledger.verify import verify
from launchpolicy.reporters.ledger.verification import VerificationSummary, verification

_HELP = say(
    """Verify the ledger: its tree, its checkpoint, the kept checkpoints, and against the history.

    Every landing of the history must have its entries, and every entry its landing; each landing is
    judged again by the rules of its time, unless --quick.

    \b
    Exit codes: 0 it verifies, 1 it does not (what and where is told), 2 usage, 3 undecided.
    """,
    """验证上线日志：树、检查点、另存的检查点，并与历史比对。

    历史中的每次合并都必须有记录，每条记录都必须有对应的合并；
    除非使用 --quick，每次合并都会按当时的规则重新判定。

    \b
    退出码：0 验证通过，1 未通过（并说明何处何事），2 用法错误，3 无法判定。
    """,
)
_UNKNOWN = 10**6
"""How many entries there are is known only once the checkpoint has been read."""


@click.command(help=_HELP)
@ledger_options
@click.option(
    "--quick",
    is_flag=True,
    help=say("Judge nothing again.", "不重新判定。"),
)
def command(options: LedgerOptions, *, quick: bool) -> int:
    """Return 1 as soon as a single thing is not right, else 0."""
    with open_ledger(options) as (place, view):
        with progress_bar(sys.stderr, _UNKNOWN, view.language) as progress:
            result = verify(place, replay=not quick, progress=progress)
        summary = VerificationSummary(
            checkpoint=result.checkpoint,
            is_signed=result.note is not None and result.note.is_signed,
            is_verified=result.is_verified,
            kept=result.kept,
            pending=len(result.pending),
            replayed=result.replayed,
            complaints=result.complaints,
        )
        for line in verification(summary, view):
            click.echo(line, nl=False, color=True)
    return 0 if result.is_good else 1
