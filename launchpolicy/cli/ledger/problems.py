"""`launchpolicy ledger problems`: list problems found after launch, with who had part (D4.8)."""

from __future__ import annotations

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.language import say
from launchpolicy.cli.ledger.filters import LaunchFilter, filter_options
from launchpolicy.cli.ledger.options import LedgerOptions, ledger_options, open_ledger
from launchpolicy.cli.prose import print_prose
from launchpolicy.hosts.standard_streams import write_utf8
from launchpolicy.operations.ledger.views.launch_lists import problem_list
from launchpolicy.operations.ledger.views.render import current_names
from launchpolicy.reporters.ledger.launch_lists import (
    csv_of,
    problem_cells,
    text_of_table,
    unread_notes,
)

_HELP = say(
    """List the problems that were found after a launch and affected users: the launch, and who
    tested, approved and checked it. People judge who is answerable, not the program (D4.8).

    \b
      launchpolicy ledger problems --month 2026-11
      launchpolicy ledger problems --product checkout --format csv

    \b
    Exit codes: 0 the list is whole, 3 a request could not be read.
    """,
    """列出上线后发现且影响用户的问题：所属上线，以及测试、审批、质检与验收人员。
    由人员而非程序认定责任（D4.8）。

    \b
      launchpolicy ledger problems --month 2026-11
      launchpolicy ledger problems --product checkout --format csv

    \b
    退出码：0 清单完整，3 有申请无法读取。
    """,
)
_UNDECIDED = 3


@click.command(help=_HELP)
@ledger_options
@filter_options
@click.option(
    "--format",
    "format_",
    type=ChoiceType(["text", "csv"]),
    default="text",
    help=say("How to show it.", "输出格式。"),
)
def command(options: LedgerOptions, asked: LaunchFilter, *, format_: str) -> int:
    """Print the list; return 3 where a launch is missing from it."""
    with open_ledger(options) as (place, view):
        problems = problem_list(place, asked.query(place))
        rows = list(problem_cells(problems.rows, current_names(place), view.language))
    if format_ == "csv":
        write_utf8([csv_of(rows)])
    else:
        click.echo("".join(text_of_table(rows, view)), nl=False, color=True)
    for note in unread_notes(problems.unread, view.language):
        print_prose(note, err=True)
    return _UNDECIDED if problems.unread else 0
