"""Import groups of commands when they are called, and not before."""

from __future__ import annotations

import importlib
from typing import Any

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.empty_values import refuse_empty_values
from launchpolicy.cli.language import LANGUAGE_OPTION, say
from launchpolicy.vocabulary.text import LANGUAGES

_WHOLE_SENTENCE = 1000
"""More characters than the first sentence of any help has."""


class LazyGroup(click.Group):
    """A group whose commands are modules with a `command`, by the command's name."""

    def __init__(self, *arguments: Any, modules: dict[str, str], **options: Any) -> None:  # noqa: ANN401 (click's own)
        super().__init__(*arguments, **options)
        self._modules = modules
        if not any(LANGUAGE_OPTION in parameter.opts for parameter in self.params):
            self.params.append(_language_of_run())

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return sorted(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        module = self._modules.get(cmd_name)
        if module is None:
            return None
        command: click.Command = importlib.import_module(module).command
        refuse_empty_values(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each command with the first sentence of its help, whole, on as many lines."""
        commands = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
        rows = [
            (name, _first_sentence(command.get_short_help_str(limit=_WHOLE_SENTENCE)))
            for name, command in commands
            if command is not None and not command.hidden
        ]
        if rows:
            with formatter.section(say("Commands", "命令")):
                formatter.write_dl(rows)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command; an unknown one is a usage error that names the nearest ones."""
        name = args[0]
        if name not in self._modules and not name.startswith("-") and not ctx.resilient_parsing:
            raise click.UsageError(_unknown_command(name, list(self._modules)), ctx)
        return super().resolve_command(ctx, args)


def _first_sentence(text: str) -> str:
    """Return a help up to its first Chinese full stop; click knows the English one."""
    before, stop, _ = text.partition("。")
    return f"{before}{stop}"


def _language_of_run() -> click.Option:
    """Return `--lang` of a group; the program reads it before any command (`speak`)."""
    return click.Option(
        [LANGUAGE_OPTION],
        type=ChoiceType(LANGUAGES),
        expose_value=False,
        help=say("The language of messages.", "提示信息的语言。"),
    )


def _unknown_command(name: str, names: list[str]) -> str:
    # Loaded here on purpose: only a mistake needs it.
    from launchpolicy.vocabulary.near_names import did_you_mean, near_names  # noqa: PLC0415

    near = near_names(name, names, 3)
    if near:
        meant = did_you_mean(near)
        return say(
            f"There is no command {name!r}. {meant.en}", f"没有名为 {name!r} 的命令。{meant.zh}"
        )
    return say(
        f"There is no command {name!r}. The commands are {', '.join(sorted(names))}.",
        f"没有名为 {name!r} 的命令。可用的命令：{'、'.join(sorted(names))}。",
    )
