"""`launchpolicy record show [REQUEST]`: the run sheet of a launch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from launchpolicy.cli.language import chosen_language, say
from launchpolicy.cli.record.answer import publication_lines, sheet_of
from launchpolicy.cli.record.options import NightOptions, request_argument, view_options
from launchpolicy.operations.record.record import look_up
from launchpolicy.operations.rules.configured_language import configured_language
from launchpolicy.reporters.run_sheet import run_sheet


@click.command(
    help=say(
        "Show the run sheet: planned and real times, who, what is next, the window left.",
        "显示执行单：计划与实际时间、人员、下一步、窗口余量。",
    )
)
@request_argument()
@view_options
def command(**options: Any) -> int:  # noqa: ANN401 (the options by name)
    """Return exit code 0."""
    return show(options)


def show(given: Mapping[str, Any]) -> int:
    """Print the run sheet, and what waits to be pushed."""
    options = NightOptions(**given)
    root, path = options.launch()
    language = chosen_language(options.lang, configured_language(root))
    result = look_up(root, path, options.record_options())
    sheet = sheet_of(result, options, language)
    for line in run_sheet(sheet):
        click.echo(line)
    if result.publication.waiting or result.publication.refused:
        for line in publication_lines(sheet, result.publication, result.branch):
            click.echo(line)
    return 0
