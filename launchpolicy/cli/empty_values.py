"""Refuse an empty path, revision or name on the command line: an unset variable of a script.

An empty path would mean the current folder, and an empty name "any".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from launchpolicy.cli.language import say

if TYPE_CHECKING:  # loaded only for a completion
    from click.shell_completion import CompletionItem

_FREE_TEXT = frozenset({"TEXT", "VALUE"})
"""The placeholders of texts, which may be empty; `[DAY]` is one whose day may be left out."""


def refuse_empty_values(command: click.Command) -> None:
    """Refuse an empty value for every path, revision and name that `command` takes."""
    for parameter in command.params:
        if _takes_name(parameter):
            parameter.type = _NotEmpty(parameter.type)


def _takes_name(parameter: click.Parameter) -> bool:
    if parameter.metavar in _FREE_TEXT or parameter.metavar == "[DAY]":
        return False
    return parameter.type is click.STRING or isinstance(parameter.type, click.Path)


class _NotEmpty(click.ParamType[Any]):
    """The same type as another, without the empty value."""

    def __init__(self, inner: click.ParamType[Any]) -> None:
        self.inner = inner
        self.name = inner.name

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 (what the other type makes of it)
        if value == "" and _was_given(param, ctx):
            self.fail(
                say(
                    "it is empty. Give a value, or leave it out; in a script, look whether a"
                    " variable is set.",
                    "取值为空。请给出值，或不写该项；在脚本中请检查变量是否已设置。",
                ),
                param,
                ctx,
            )
        return self.inner.convert(value, param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        return self.inner.get_metavar(param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        return self.inner.shell_complete(ctx, param, incomplete)


def _was_given(param: click.Parameter | None, ctx: click.Context | None) -> bool:
    """Return whether the value stands on the command line, and is no default."""
    if param is None or ctx is None or param.name is None:
        return False
    return ctx.get_parameter_source(param.name) is ParameterSource.COMMANDLINE
