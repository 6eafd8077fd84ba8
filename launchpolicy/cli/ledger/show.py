"""`launchpolicy ledger show`: show everything that the ledger holds about one launch."""

from __future__ import annotations

import json

import click

from launchpolicy.cli.language import say
from launchpolicy.cli.ledger.options import LedgerOptions, ledger_options, open_ledger
from launchpolicy.hosts.standard_streams import write_utf8
from launchpolicy.ledger.launches import Launch, Launches, NumberedEntry
from launchpolicy.operations.ledger.entries import current_state, fold_entries
from launchpolicy.operations.ledger.render import current_names
from launchpolicy.reporters.ledger.text import event, story
from launchpolicy.vocabulary.errors import UsageError
from launchpolicy.vocabulary.text import Text

_HELP = say(
    """Show a launch by its NAME, or an entry by its #NUMBER.

    \b
      launchpolicy ledger show LR-2026-0042
      launchpolicy ledger show '#17' --format json
    """,
    """按名称 NAME 查看一次上线，或按 #编号 查看一条记录。

    \b
      launchpolicy ledger show LR-2026-0042
      launchpolicy ledger show '#17' --format json
    """,
)


@click.command(help=_HELP)
@click.argument("name")
@ledger_options
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    help=say("How to show it.", "输出格式。"),
)
def command(options: LedgerOptions, *, name: str, format_: str) -> int:
    """Print the launch; as JSON the entries themselves, one on each line; return 0."""
    with open_ledger(options) as (place, view):
        state, names = current_state(place), current_names(place)
        if name.startswith("#") and name[1:].isdecimal() and int(name[1:]) < state.size:
            events = tuple(_entries_numbered(fold_entries(state), int(name[1:])))
            lines = [line for entry in events for line in event(entry, view, names)]
        else:
            launch = _launch(fold_entries(state), name)
            events, lines = launch.events, list(story(launch, view, names))
        if format_ == "json":
            for entry in events:
                source = json.loads(entry.entry.source)
                write_utf8(
                    [json.dumps({"number": entry.number, **source}, ensure_ascii=False), "\n"]
                )
        else:
            click.echo("".join(lines), nl=False, color=True)
    return 0


def _entries_numbered(launches: Launches, number: int) -> list[NumberedEntry]:
    every = (*launches.rules, *(entry for launch in launches.all for entry in launch.events))
    return [entry for entry in every if entry.number == number]


def _launch(launches: Launches, name: str) -> Launch:
    launch_of_name = next((launch for launch in launches.all if launch.name == name), None)
    if launch_of_name is None:
        raise UsageError(
            Text(f"The ledger knows no launch {name}.", f"上线日志中没有 {name}。"),
            Text(
                "List them with: launchpolicy ledger query", "请用 launchpolicy ledger query 列出。"
            ),
        )
    return launch_of_name
