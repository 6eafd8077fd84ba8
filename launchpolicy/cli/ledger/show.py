"""`launchpolicy ledger show`: show everything that the ledger holds about one launch."""

from __future__ import annotations

import json
import re

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.language import say
from launchpolicy.cli.ledger.named_launch import launches_named, other_launches
from launchpolicy.cli.ledger.options import LedgerOptions, ledger_options, open_ledger
from launchpolicy.cli.prose import print_prose
from launchpolicy.hosts.standard_streams import write_utf8
from launchpolicy.ledger.launches import NumberedEntry
from launchpolicy.operations.ledger.branch.entries import current_state
from launchpolicy.operations.ledger.branch.landed_request import follow_up_of
from launchpolicy.operations.ledger.views.render import current_names
from launchpolicy.reporters.json_encoding import encode
from launchpolicy.reporters.ledger.text import event, story

_HELP = say(
    """Show a launch by its NAME, or an entry by its #NUMBER. Where a name was used again, NAME is
    the last launch of that name; NAME@12 is the one that began with entry 12.

    \b
      launchpolicy ledger show LR-2026-0042
      launchpolicy ledger show LR-2026-0042@12
      launchpolicy ledger show '#17' --format json
    """,
    """按名称 NAME 查看一次上线，或按 #编号 查看一条记录。名称被重复使用时，
    NAME 指最近的一次；NAME@12 指以第 12 条记录开始的那一次。

    \b
      launchpolicy ledger show LR-2026-0042
      launchpolicy ledger show LR-2026-0042@12
      launchpolicy ledger show '#17' --format json
    """,
)


@click.command(help=_HELP)
@click.argument("name")
@ledger_options
@click.option(
    "--format",
    "format_",
    type=ChoiceType(["text", "json"]),
    default="text",
    help=say("How to show it.", "输出格式。"),
)
def command(options: LedgerOptions, *, name: str, format_: str) -> int:
    """Print the launch; as JSON the entries themselves, one on each line; return 0."""
    with open_ledger(options) as (place, view):
        state, names = current_state(place), current_names(place)
        events: tuple[NumberedEntry, ...]
        others = None
        if re.fullmatch(r"#[0-9]{1,15}", name) and int(name[1:]) < state.size:
            number = int(name[1:])
            numbered = NumberedEntry(number, state.entry(number))
            events, lines = (numbered,), list(event(numbered, view, names))
        else:
            launches = launches_named(state, name)
            others = other_launches(launches)
            follow_up = follow_up_of(place, launches[0])
            events = launches[0].events
            lines = list(story(launches[0], view, names, follow_up))
        if format_ == "json":
            for entry in events:
                source = json.loads(entry.entry.source)
                write_utf8([encode({"number": entry.number, **source}), "\n"])
        else:
            click.echo("".join(lines), nl=False, color=True)
        if others is not None:
            print_prose(others.in_language(view.language), err=True)
    return 0
