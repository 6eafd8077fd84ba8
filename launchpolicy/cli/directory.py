"""`--directory DIR`: run as if started in another folder, as `git -C` and `make -C` do.

A hook of a monorepo runs at the top of the git repository; the launch repository lies below it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from launchpolicy.cli.language import say, settle_language


def directory_option(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option under `names`; other paths on the command line are then from DIR."""
    return click.option(
        *(names or ("--directory",)),
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        metavar="DIR",
        is_eager=True,  # before paths that must exist are looked for
        expose_value=False,
        callback=_change_directory,
        help=say(
            "Run as if started in DIR: the folder of the launch repository in a monorepo.",
            "如同在目录 DIR 中运行：上线仓库是大仓库的一个子目录时使用。",
        ),
    )


def _change_directory(ctx: click.Context, _: click.Parameter, folder: Path | None) -> None:
    if folder is None:
        return
    try:
        os.chdir(folder)
    except OSError as error:
        if ctx.resilient_parsing:
            return
        reason = error.strerror or str(error)
        raise click.UsageError(
            say(
                f"cannot change to {folder}: {reason}. Name a folder that you may enter.",
                f"无法进入目录 {folder}：{reason}。请指定有权进入的目录。",
            ),
            ctx,
        ) from error
    settle_language()
