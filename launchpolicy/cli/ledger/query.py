"""`launchpolicy ledger query`: list launches by conditions."""

from __future__ import annotations

import json

import click

from launchpolicy.cli.language import say
from launchpolicy.cli.ledger.options import LedgerOptions, ledger_options, open_ledger
from launchpolicy.hosts.standard_streams import write_utf8
from launchpolicy.ledger.launches import Launch, LaunchState
from launchpolicy.ledger.query import Query, select
from launchpolicy.operations.ledger.entries import current_state, fold_entries
from launchpolicy.reporters.ledger.text import table

_HELP = say(
    """List launches, newest first. Conditions add up. A launch counts as launched once it is
    announced (D4.10).

    \b
      launchpolicy ledger query --month 2026-11 --outcome launched
      launchpolicy ledger query --person wang.fang --product checkout
      launchpolicy ledger query --bypassed
    """,
    """列出上线记录，最新的在前；各条件同时满足。发布通告后才算上线（D4.10）。

    \b
      launchpolicy ledger query --month 2026-11 --outcome launched
      launchpolicy ledger query --person wang.fang --product checkout
      launchpolicy ledger query --bypassed
    """,
)


@click.command(help=_HELP)
@ledger_options
@click.option("--product", default="", help=say("Of this product.", "产品。"))
@click.option("--person", default="", help=say("With this person in any role.", "参与人员。"))
@click.option("--month", default="", help=say("In this month (2026-11).", "月份（2026-11）。"))
@click.option("--stage", default="", help=say("At this stage.", "阶段。"))
@click.option("--process", default="", help=say("Of this process.", "流程。"))
@click.option("--kind", default="", help=say("Of this kind of document.", "文档类型。"))
@click.option(
    "--outcome",
    type=click.Choice([str(state) for state in LaunchState]),
    help=say("Standing so.", "结果。"),
)
@click.option("--bypassed", is_flag=True, help=say("Only bypassed ones.", "仅绕过流程的。"))
@click.option("--emergency", is_flag=True, help=say("Only emergencies.", "仅紧急上线。"))
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    help=say("How to show it.", "输出格式。"),
)
def command(
    options: LedgerOptions, *, format_: str, outcome: str | None, **asked: str | bool
) -> int:
    """Print a table, or one JSON object for each launch, one on each line; return 0."""
    query = Query(outcome=LaunchState(outcome) if outcome else None, **asked)  # type: ignore[arg-type] # click gives each its type
    with open_ledger(options) as (place, view):
        launches = select(fold_entries(current_state(place)).all, query)
        if format_ == "json":
            for launch in launches:
                write_utf8([json.dumps(_data(launch), ensure_ascii=False), "\n"])
        else:
            click.echo("".join(table(launches, view)), nl=False, color=True)
    return 0


def _data(launch: Launch) -> dict[str, object]:
    return {
        "name": launch.name,
        "kind": launch.kind,
        "standing": str(launch.standing),
        "bypassed": launch.is_bypassed,
        "launch": launch.number,
        "approved": launch.is_approved,
        "entries": [entry.number for entry in launch.events],
        "facts": launch.facts.model_dump(mode="json", by_alias=True, exclude_defaults=True),
    }
