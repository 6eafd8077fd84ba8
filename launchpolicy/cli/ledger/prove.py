"""`launchpolicy ledger prove`: a receipt that verifies offline."""

from __future__ import annotations

from pathlib import Path

import click

from launchpolicy.cli.language import say
from launchpolicy.cli.ledger.options import LedgerOptions, ledger_options, open_ledger
from launchpolicy.hosts.output_files import deliver
from launchpolicy.operations.ledger.entries import current, fold_entries, receipt
from launchpolicy.operations.ledger.state import LedgerState
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text

_HELP = say(
    """Write the receipt of an entry: the latest of the launch NAME, or entry #NUMBER.

    A receipt holds the entry, its proof and the checkpoint (c2sp.org/tlog-proof), and needs neither
    repository nor network to be checked: launchpolicy ledger check-proof FILE.
    """,
    """写出一条记录的收据：上线 NAME 的最新一条，或 #编号 对应的记录。

    收据包含该记录、其证明和检查点（c2sp.org/tlog-proof），
    无需仓库和网络即可核验：launchpolicy ledger check-proof FILE。
    """,
)


@click.command(help=_HELP)
@click.argument("name")
@ledger_options
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help=say("Into this file.", "写入该文件。"),
)
def command(options: LedgerOptions, *, name: str, output: Path | None) -> int:
    """Without --output, to standard output."""
    with open_ledger(options) as (place, _):
        state = current(place)
        source = receipt(state, _number(state, name)).source
    if output is None:
        click.echo(source, nl=False)
    else:
        deliver([source], output)
    return 0


def _number(state: LedgerState, name: str) -> int:
    if name.startswith("#") and name[1:].isdecimal():
        number = int(name[1:])
        if number < state.size:
            return number
    for launch in fold_entries(state).all:
        if launch.name == name:
            return launch.events[-1].number
    raise UsageError(
        Text(f"The ledger has no entry of {name}.", f"上线日志中没有 {name} 的记录。"),
        Text("List them with: launchpolicy ledger query", "请用 launchpolicy ledger query 列出。"),
    )
