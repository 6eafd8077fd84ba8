"""`launchpolicy record queue [REQUEST]`: the facts that wait in this clone."""

from __future__ import annotations

from typing import Any

import click

from launchpolicy.cli.language import chosen_language, say
from launchpolicy.cli.record.answer import nothing_waits, publication_lines, sheet_of
from launchpolicy.cli.record.options import NightOptions, request_argument, view_options
from launchpolicy.operations.record.record import forget, look_up, push_waiting
from launchpolicy.operations.rules.configured_language import configured_language


@click.command(
    help=say(
        "Show the facts that wait in this clone, and those that a newer file contradicts.",
        "显示在本地等待推送的登记，以及与他人更新的内容矛盾的登记。",
    )
)
@request_argument()
@click.option("--push", "pushes", is_flag=True, help=say("Push what waits.", "推送等待中的登记。"))
@click.option(
    "--forget",
    "identifier",
    default="",
    metavar="FACT",
    help=say("Forget a contradicted fact.", "放弃一条矛盾的登记。"),
)
@view_options
def command(*, pushes: bool, identifier: str, **given: Any) -> int:  # noqa: ANN401 (the options by name)
    """Return the exit code: 0 nothing waits, 1 something does."""
    options = NightOptions(**given)
    root, path = options.launch()
    if identifier:
        forget(root, path, options.record_options(), identifier)
    look = push_waiting if pushes else look_up
    result = look(root, path, options.record_options())
    language = chosen_language(options.lang, configured_language(root))
    sheet = sheet_of(result, options, language)
    publication = result.publication
    if not publication.waiting and not publication.refused and not result.sent:
        lines = nothing_waits(sheet, publication, result.branch)
    else:
        lines = publication_lines(sheet, publication, result.branch)
    for line in lines:
        click.echo(line)
    return 1 if publication.waiting or publication.refused else 0
