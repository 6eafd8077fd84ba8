"""Print what click found wrong with a command line: the usage, and then the mistake."""

from __future__ import annotations

import click

from launchpolicy.cli.language import current, say
from launchpolicy.cli.prose import print_prose


def complain(error: click.ClickException) -> None:
    """Print a mistake in the command line to standard error, in the language of the run."""
    message = error.format_message()
    if current() == "zh":
        from launchpolicy.cli.click_messages import tidy  # noqa: PLC0415 (for Chinese only)

        message = tidy(message)
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    if ctx is not None:
        click.echo(ctx.get_usage(), err=True)
        help_command = f"{ctx.command_path} --help"
        click.echo(
            say(f"Try '{help_command}' for help.\n", f"运行“{help_command}”查看帮助。\n"), err=True
        )
    for line in say(f"Error: {message}", f"错误：{message}").splitlines():
        print_prose(line, err=True)
