"""The options that several commands on policies share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.language import say


def format_option(
    formats: Iterable[str], default: str = "text"
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option `--format` of a command that lists things; the parameter is `format_`."""
    return click.option(
        "--format",
        "format_",
        type=ChoiceType(list(formats)),
        default=default,
        show_default=True,
        help=say("How to list them.", "输出格式。"),
    )


def jobs_option() -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option `--jobs` of a command that measures or judges much."""
    return click.option(
        "--jobs",
        type=click.IntRange(0, 64),
        default=0,
        help=say("Processes (0: one on each processor).", "进程数（0 表示每个处理器一个）。"),
    )
