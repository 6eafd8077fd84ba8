"""`launchpolicy ledger prove`: write a receipt that verifies offline."""

from __future__ import annotations

import re
from pathlib import Path

import click

from launchpolicy.cli.language import say
from launchpolicy.cli.ledger.named_launch import launches_named
from launchpolicy.cli.ledger.options import (
    LedgerOptions,
    cosigned_option,
    ledger_options,
    open_ledger,
)
from launchpolicy.cli.ledger.proof_files import read_kept_checkpoint, report_no_proof
from launchpolicy.hosts.output_files import deliver
from launchpolicy.ledger.proofs import ProofError
from launchpolicy.operations.ledger.branch.entries import (
    current_state,
    growth_since,
    receipt,
)
from launchpolicy.operations.ledger.branch.state import LedgerState
from launchpolicy.operations.ledger.verification.witnesses import cosigned_state
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text

_HELP = say(
    """Write the receipt of an entry: the latest of the launch NAME, or that with a NUMBER.

    Every entry has a receipt, also those about rules and people: `prove 12`, or `prove #12` where
    a launch is called 12.

    A receipt holds the entry, its proof and the checkpoint (c2sp.org/tlog-proof), and needs neither
    repository nor network to be checked: launchpolicy ledger check-proof FILE. The checkpoint
    carries the cosignatures of the configured witnesses, where they are kept or given (--cosigned).

    With --since, and without NAME, the proof that a checkpoint which you kept is the beginning of
    the ledger: nothing of it was changed or removed (c2sp.org/tlog-witness, add-checkpoint).

    \b
    Exit codes: 0 written, 1 the ledger does not begin with that checkpoint, 2 usage, 3 undecided.
    """,
    """写出一条记录的收据：上线 NAME 的最新一条，或某个编号的记录。

    每条记录都可出具收据，包括关于规则和人员的记录：prove 12；若有上线名为 12，则写 prove #12。

    收据包含该记录、其证明和检查点（c2sp.org/tlog-proof），
    无需仓库和网络即可核验：launchpolicy ledger check-proof FILE。
    检查点附有已配置见证方的联署（另存的，或以 --cosigned 提供的）。

    使用 --since 且不写 NAME 时，写出增长证明：您保存的检查点是上线日志的开头，
    此前的记录未被改动或删除（c2sp.org/tlog-witness，add-checkpoint）。

    \b
    退出码：0 已写出，1 上线日志并非以该检查点开头，2 用法错误，3 无法判定。
    """,
)


@click.command(help=_HELP)
@click.argument("name", required=False)
@ledger_options
@click.option(
    "--since",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="CHECKPOINT",
    help=say("A checkpoint that you kept.", "您保存的检查点文件。"),
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help=say("Into this file.", "写入该文件。"),
)
@cosigned_option
def command(
    options: LedgerOptions,
    *,
    name: str | None,
    since: Path | None,
    output: Path | None,
    cosigned_files: tuple[Path, ...],
) -> int:
    """Write the proof to --output, or without it to standard output."""
    if (name is None) is (since is None):
        raise _not_one_of_both()
    old = read_kept_checkpoint(since) if since is not None else None
    cosigned = [read_kept_checkpoint(file) for file in cosigned_files]
    with open_ledger(options) as (place, view):
        state = cosigned_state(place, current_state(place), cosigned)
        try:
            source = growth_since(state, old).source if old else _receipt(state, name or "")
        except ProofError as error:
            return report_no_proof(error, view.language)
    if output is None:
        click.echo(source, nl=False)
    else:
        deliver([source], output)
    return 0


def _receipt(state: LedgerState, name: str) -> str:
    return receipt(state, _number(state, name)).source


def _not_one_of_both() -> UsageError:
    return UsageError(
        Text("Name a launch, or give --since; not both.", "请写上线名称或 --since，二者选一。"),
        Text(
            "For example: launchpolicy ledger prove LR-2026-0042",
            "例如：launchpolicy ledger prove LR-2026-0042",
        ),
    )


def _number(state: LedgerState, name: str) -> int:
    number = int(name.removeprefix("#")) if re.fullmatch(r"#?[0-9]{1,15}", name) else state.size
    is_number = number < state.size
    if name.startswith("#") and is_number:
        return number
    try:
        return launches_named(state, name)[0].events[-1].number
    except UsageError:
        if is_number:
            return number
        raise
