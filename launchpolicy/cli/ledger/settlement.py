"""`launchpolicy ledger settlement`: list what is settled with partners, and why not (D4.10)."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.language import say
from launchpolicy.cli.ledger.options import LedgerOptions, ledger_options, open_ledger
from launchpolicy.cli.prose import print_prose
from launchpolicy.hosts.clock import now as clock_now
from launchpolicy.hosts.output_files import deliver_bytes
from launchpolicy.operations.ledger.views.launch_lists import settlement_list
from launchpolicy.operations.ledger.views.periods import period_of
from launchpolicy.operations.ledger.views.render import current_names
from launchpolicy.reporters.ledger.launch_lists import (
    SETTLEMENT_TITLE,
    csv_of,
    settlement_cells,
    text_of_table,
    unread_notes,
    workbook_of,
)

_HELP = say(
    """List the launches with content or channels of a partner: when each was announced, whether
    it is settled, and why. What was not announced counts as not launched (D4.10). A settled launch
    belongs to the period in which it was announced, and to no other.

    \b
      launchpolicy ledger settlement --since 2026-10-01 --until 2026-12-31
      launchpolicy ledger settlement --partner paper-partners --format csv

    \b
    Exit codes: 0 the list is whole, 3 a request could not be read.
    """,
    """列出涉及合作伙伴内容或渠道的上线：通告时间、是否结算及原因。
    未发布通告的视为未上线（D4.10）。已结算的上线只属于其发布通告所在的期间。

    \b
      launchpolicy ledger settlement --since 2026-10-01 --until 2026-12-31
      launchpolicy ledger settlement --partner paper-partners --format csv

    \b
    退出码：0 清单完整，3 有申请无法读取。
    """,
)
_UNDECIDED = 3


@click.command(help=_HELP)
@ledger_options
@click.option("--partner", default="", help=say("Of this partner.", "合作伙伴。"))
@click.option("--since", metavar="DAY", help=say("From this day on.", "自该日起。"))
@click.option("--until", metavar="DAY", help=say("Up to this day.", "截至该日（含当日）。"))
@click.option(
    "--format",
    "format_",
    type=ChoiceType(["text", "csv", "xlsx"]),
    default="text",
    help=say("How to show it.", "输出格式。"),
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help=say("File to write; standard output without it.", "输出文件；默认写到标准输出。"),
)
def command(
    options: LedgerOptions,
    *,
    partner: str,
    since: str | None,
    until: str | None,
    format_: str,
    output: Path | None,
) -> int:
    """Print the list; return 3 where a launch is missing from it."""
    with open_ledger(options) as (place, view):
        settlements = settlement_list(place, partner, period_of(place, since, until))
        rows = list(settlement_cells(settlements.rows, current_names(place), view.language))
    if format_ == "xlsx":
        data = workbook_of(SETTLEMENT_TITLE, rows, clock_now(), view.language)
    else:
        text = csv_of(rows) if format_ == "csv" else "".join(text_of_table(rows, view))
        data = text.encode()
    if output is not None:
        deliver_bytes([data], output)
    elif format_ == "text":
        click.echo(data.decode(), nl=False, color=True)
    else:
        sys.stdout.buffer.write(data)
    for note in unread_notes(settlements.unread, view.language):
        print_prose(note, err=True)
    return _UNDECIDED if settlements.unread else 0
