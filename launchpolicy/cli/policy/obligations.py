"""`launchpolicy policy obligations`: list what each obligation demands and what serves it."""

from __future__ import annotations

import click

from launchpolicy.cli.colour import width_of_terminal
from launchpolicy.cli.language import chosen_language, language_option, say
from launchpolicy.cli.output import print_pieces
from launchpolicy.cli.policy.options import format_option
from launchpolicy.cli.prose import print_prose
from launchpolicy.hosts import shipped_files
from launchpolicy.operations.policy.obligations import obligations_here
from launchpolicy.reporters.obligations import FORMATS, count_of


@click.command(
    help=say(
        "List every obligation below its clause, with what it demands and what serves it; "
        "exit code 1 when nothing serves one.",
        "按条款列出每项义务的要求及其落实方式；有义务尚未落实时退出码为 1。",
    )
)
@format_option(FORMATS)
@click.option(
    "--missing",
    is_flag=True,
    help=say("List only those that nothing serves.", "仅列出尚未落实的义务。"),
)
@language_option()
def command(format_: str, lang: str | None, *, missing: bool) -> int:
    """Return exit code 1 when nothing serves one of them."""
    rows = obligations_here()
    without = [row for row in rows if not row.is_served]
    width = width_of_terminal()
    clauses = shipped_files.clauses()
    shown = without if missing else rows
    language = chosen_language(lang)
    text = FORMATS[format_](clauses, shown, language, width)
    print_pieces(format_, [text], keeps_colour=False)
    if format_ == "text":
        print_prose(count_of(rows).in_language(language))
    return 1 if without else 0
