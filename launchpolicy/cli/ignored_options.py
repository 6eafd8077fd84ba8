"""Refuse options that a command would ignore: who gives one expects that it counts."""

from __future__ import annotations

from collections.abc import Iterable

import click
from click.core import ParameterSource

from launchpolicy.cli.language import say


def refuse_ignored(names: Iterable[str], chosen: str) -> None:
    """Require that no option of these parameters is given beside the option `chosen`.

    Raises:
        click.UsageError: one is given; it names both.
    """
    context = click.get_current_context()
    for name in names:
        if context.get_parameter_source(name) is not ParameterSource.COMMANDLINE:
            continue
        option = next(param.opts[0] for param in context.command.params if param.name == name)
        raise click.UsageError(
            say(
                f"{option} means nothing beside {chosen}. Leave one of the two out.",
                f"{option} 与 {chosen} 同用时不起作用，请去掉其中之一。",
            ),
            context,
        )
