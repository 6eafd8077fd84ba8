"""`launchpolicy policy obligations`: list what each obligation demands and what serves it."""

from __future__ import annotations

import shutil

import click

from launchpolicy.cli.language import chosen_language, say
from launchpolicy.hosts import shipped_files
from launchpolicy.operations.obligations import obligations_here
from launchpolicy.reporters.obligations import FORMATS, count_of
from launchpolicy.vocabulary.text import LANGUAGES

_WIDEST = 120


@click.command(
    help=say(
        "List every obligation below its clause, with what it demands and what serves it; "
        "exit code 1 when nothing serves one.",
        "按条款列出每项义务的要求及其落实方式；有义务尚未落实时退出码为 1。",
    )
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(FORMATS)),
    default="text",
    show_default=True,
    help=say("How to list them.", "输出格式。"),
)
@click.option(
    "--missing",
    is_flag=True,
    help=say("List only those that nothing serves.", "仅列出尚未落实的义务。"),
)
@click.option("--lang", type=click.Choice(LANGUAGES), help=say("Language.", "语言。"))
def command(format_: str, lang: str | None, *, missing: bool) -> int:
    """Return exit code 1 when nothing serves one of them."""
    rows = obligations_here()
    without = [row for row in rows if not row.is_served]
    width = min(_WIDEST, shutil.get_terminal_size((100, 24)).columns)
    clauses = shipped_files.clauses()
    shown = without if missing else rows
    language = chosen_language(lang)
    click.echo(FORMATS[format_](clauses, shown, language, width), nl=False)
    if format_ == "text":
        click.echo(count_of(rows).in_language(language))
    return 1 if without else 0
