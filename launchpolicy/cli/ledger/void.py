"""`launchpolicy ledger void`: void entries that were appended from another branch."""

from __future__ import annotations

import os
from datetime import datetime

import click

from launchpolicy.cli.instant import InstantType
from launchpolicy.cli.language import say
from launchpolicy.cli.ledger.options import LedgerOptions, ledger_options, open_ledger
from launchpolicy.cli.prose import print_prose
from launchpolicy.hosts.clock import now as clock_now
from launchpolicy.operations.ledger.branch.signing_key import signer_from
from launchpolicy.operations.ledger.growth.append import AppendOptions
from launchpolicy.operations.ledger.growth.void import void
from launchpolicy.reporters.ledger.verification import checkpoint_line, void_note

_HELP = say(
    """Void the entries that were appended from another branch, by a further entry with a reason.

    Which entries these are is found in history: those whose commits are not on the first-parent
    history of the recorded branch. Nothing that is on the branch can be voided. Void entries stay
    in the tree and in its proofs, and count in no view; `ledger verify` lists them.

    \b
      launchpolicy ledger void --reason "The job ran on a feature branch" --remote origin

    \b
    Exit codes: 0 voided, 1 the ledger is damaged, 2 usage, or nothing can be voided, 3 undecided.
    """,
    """作废从其他分支误追加的记录：追加一条写明原因的作废记录。

    作废哪些记录由历史决定：其提交不在所记录分支的首父历史上。分支上的内容一律不能作废。
    作废的记录仍保留在树和证明中，但不计入任何视图；`ledger verify` 会列出。

    \b
      launchpolicy ledger void --reason "任务误在特性分支上运行" --remote origin

    \b
    退出码：0 已作废，1 上线日志已损坏，2 用法错误或没有可作废的记录，3 无法判定。
    """,
)


@click.command(help=_HELP)
@ledger_options
@click.option(
    "--reason",
    required=True,
    metavar="TEXT",
    help=say("Why; it stays in the ledger.", "作废的原因；将保留在上线日志中。"),
)
@click.option("--now", type=InstantType(), help=say("The time.", "时间。"))
def command(options: LedgerOptions, *, reason: str, now: datetime | None) -> int:
    """Print what is void now; return 0."""
    with open_ledger(options) as (place, view):
        writing = AppendOptions(signer_from(os.environ), lambda: now or clock_now())
        result = void(place, reason, writing)
        for voiding in result.voids:
            print_prose(void_note(voiding).in_language(view.language))
        if result.state.checkpoint is not None and result.state.note is not None:
            is_signed = result.state.note.is_signed
            line = checkpoint_line(result.state.checkpoint, is_signed=is_signed)
            print_prose(line.in_language(view.language))
    return 0
