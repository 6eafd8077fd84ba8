"""The options that several commands on policies share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import click

from launchpolicy.cli.language import say


def format_option(
    formats: Iterable[str], default: str = "text"
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option `--format` of a command that lists things; the parameter is `format_`."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(list(formats)),
        default=default,
        show_default=True,
        help=say("How to list them.", "输出格式。"),
    )
