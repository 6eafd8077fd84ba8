"""Groups of commands that are imported when they are called, and not before."""

from __future__ import annotations

import importlib
from typing import Any

import click


class LazyGroup(click.Group):
    """A group whose commands are modules with a `command`, by the command's name."""

    def __init__(self, *arguments: Any, modules: dict[str, str], **options: Any) -> None:  # noqa: ANN401 (click's own)
        super().__init__(*arguments, **options)
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        module = self._modules.get(cmd_name)
        if module is None:
            return None
        found: click.Command = importlib.import_module(module).command
        return found
