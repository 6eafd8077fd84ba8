"""`launchpolicy ledger query`: list launches by conditions."""

from __future__ import annotations

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.language import say
from launchpolicy.cli.ledger.filters import LaunchFilter, filter_options
from launchpolicy.cli.ledger.options import LedgerOptions, ledger_options, open_ledger
from launchpolicy.hosts.standard_streams import write_utf8
from launchpolicy.ledger.launches import Launch
from launchpolicy.ledger.query import select
from launchpolicy.operations.ledger.branch.entries import current_state, fold_entries
from launchpolicy.operations.ledger.views.render import current_names
from launchpolicy.reporters.json_encoding import encode
from launchpolicy.reporters.ledger.table import lines_of
from launchpolicy.reporters.ledger.text import table, waiver_table

_HELP = say(
    """List launches, newest first. Conditions add up. A launch counts as launched once it is
    announced (D4.10). Days are those of the calendar's time zone. With --waived the table lists
    the waivers.

    \b
      launchpolicy ledger query --month 2026-11 --standing launched
      launchpolicy ledger query --person wang.fang --product checkout
      launchpolicy ledger query --bypassed --since 2026-07-01 --until 2026-09-30
      launchpolicy ledger query --waived --format csv
    """,
    """列出上线记录，最新的在前；各条件同时满足。发布通告后才算上线（D4.10）。
    日期按日历所在时区计算；使用 --waived 时，表格列出豁免。

    \b
      launchpolicy ledger query --month 2026-11 --standing launched
      launchpolicy ledger query --person wang.fang --product checkout
      launchpolicy ledger query --bypassed --since 2026-07-01 --until 2026-09-30
      launchpolicy ledger query --waived --format csv
    """,
)


@click.command(help=_HELP)
@ledger_options
@filter_options
@click.option(
    "--format",
    "format_",
    type=ChoiceType(["text", "json", "csv"]),
    default="text",
    help=say("How to show it.", "输出格式。"),
)
def command(options: LedgerOptions, asked: LaunchFilter, *, format_: str) -> int:
    """Print a table, or one line of JSON or CSV for each launch; return 0."""
    with open_ledger(options) as (place, view):
        query = asked.query(place)
        launches = select(fold_entries(current_state(place)).all, query)
        if format_ == "json":
            for launch in launches:
                write_utf8([encode(_data(launch)), "\n"])
        elif format_ == "csv":
            write_utf8([lines_of(launches)])
        else:
            shown = waiver_table if query.waived else table
            click.echo("".join(shown(launches, view, current_names(place))), nl=False, color=True)
    return 0


def _data(launch: Launch) -> dict[str, object]:
    later = launch.approval.after_the_fact
    return {
        "name": launch.name,
        "kind": launch.kind,
        "standing": str(launch.standing),
        "bypassed": launch.is_bypassed,
        "launch": launch.number,
        "approved": launch.is_approved,
        **({"approvedAfterTheFact": later} if later is not None else {}),
        "archived": launch.is_archived,
        "team": launch.facts.team,
        "labels": {label.name: label.value for label in launch.facts.labels},
        "waivers": [
            {"entry": number, **waiver.model_dump(mode="json", by_alias=True)}
            for number, waiver in launch.waivers
        ],
        "entries": [entry.number for entry in launch.events],
        "facts": launch.facts.model_dump(mode="json", by_alias=True, exclude_defaults=True),
    }
