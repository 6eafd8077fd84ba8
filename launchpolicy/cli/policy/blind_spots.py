"""`launchpolicy policy blind-spots`: list what policies do not look at."""

from __future__ import annotations

import os
from pathlib import Path

import click

from launchpolicy.cli.colour import width_of_terminal
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.output import print_pieces
from launchpolicy.cli.policy.options import format_option
from launchpolicy.operations.policy.blind_spots import LedgerChoice, blind_spots_here
from launchpolicy.reporters.blind_spots import FORMATS

_HELP = say(
    """List what the policies do not look at: fields of each kind, kinds of evidence, parameters and
    variables; and in the ledger the policies that never stood in the way or were always waived.
    Outside a launch repository it looks at the shipped packs.

    \b
      launchpolicy policy blind-spots
      launchpolicy policy blind-spots --format json
    """,
    """列出策略未涉及的内容：各类文档的字段、证据类型、参数和变量；并按上线日志列出从未起作用或总被豁免的策略。
    不在上线仓库中运行时，针对内置策略包。

    \b
      launchpolicy policy blind-spots
      launchpolicy policy blind-spots --format json
    """,
)


@click.command(help=_HELP)
@format_option(FORMATS)
@click.option(
    "--of",
    "head",
    default="HEAD",
    metavar="REF",
    show_default=True,
    help=say("The branch that the ledger records.", "上线日志所记录的分支。"),
)
@click.option(
    "--remote",
    default="",
    metavar="REMOTE",
    help=say(
        "Where the ledger's branch is (a remote, path or URL); without it, in this clone.",
        "上线日志分支所在的远程仓库（名称、路径或 URL）；不填则使用本克隆。",
    ),
)
@click.option(
    "--no-ledger",
    is_flag=True,
    help=say("Do not look at the ledger.", "不查看上线日志。"),
)
@language_option()
def command(format_: str, head: str, remote: str, lang: str | None, *, no_ledger: bool) -> None:
    """Print them; the exit code is 0 whatever there is."""
    choice = LedgerChoice(head, remote, is_wanted=not no_ledger)
    spots = blind_spots_here(Path.cwd(), choice, os.environ)
    text = FORMATS[format_](spots, chosen_language(lang), width_of_terminal())
    print_pieces(format_, [text], keeps_colour=False)
