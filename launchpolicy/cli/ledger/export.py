"""`launchpolicy ledger export`: write the ledger as tables."""

from __future__ import annotations

from pathlib import Path

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.language import say
from launchpolicy.cli.ledger.filters import LaunchFilter, filter_options
from launchpolicy.cli.ledger.options import LedgerOptions, ledger_options, open_ledger
from launchpolicy.operations.ledger.branch.entries import current_state
from launchpolicy.operations.ledger.exports.export import write_dataset
from launchpolicy.operations.ledger.exports.registry import EXPORTERS
from launchpolicy.reporters.text.escaping import escape

_HELP = say(
    """Write the tables `entries` and `launches` into FOLDER, with the ledger's checkpoint.
    Options that choose launches leave out all others, with their entries.

    \b
      launchpolicy ledger export dataset
      launchpolicy ledger export dataset --format sqlite
      launchpolicy ledger export third-quarter --since 2026-07-01 --until 2026-09-30
    """,
    """将 `entries` 和 `launches` 两张表连同上线日志检查点写入目录 FOLDER。
    使用筛选选项时，只导出符合条件的上线及其记录。

    \b
      launchpolicy ledger export dataset
      launchpolicy ledger export dataset --format sqlite
      launchpolicy ledger export third-quarter --since 2026-07-01 --until 2026-09-30
    """,
)


@click.command(help=_HELP)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@ledger_options
@click.option(
    "--format",
    "format_",
    type=ChoiceType(list(EXPORTERS)),
    default="parquet",
    show_default=True,
    help=say("How to write the tables.", "输出格式。"),
)
@filter_options
def command(options: LedgerOptions, asked: LaunchFilter, *, folder: Path, format_: str) -> int:
    """Print the files that were written; return 0."""
    with open_ledger(options) as (place, _):
        query = asked.query(place)
        for name in write_dataset([current_state(place)], folder, format_, query):
            click.echo(escape(str(folder / name)))
    return 0
