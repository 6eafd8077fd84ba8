"""Decide whether to write in colour, and how wide the terminal is."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import IO, Any

import click

from launchpolicy.cli.choice import ChoiceType
from launchpolicy.cli.language import say

_NARROWEST = 40
_WIDEST = 120
_UNKNOWN = 100


def colour_option() -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option `--color`, for `is_colour_wanted`."""
    return click.option(
        "--color",
        type=ChoiceType(["auto", "always", "never"]),
        default="auto",
        help=say(
            "Colour; auto is on a terminal (NO_COLOR, FORCE_COLOR).",
            "颜色；auto 表示仅在终端中使用（NO_COLOR、FORCE_COLOR）。",
        ),
    )


def is_colour_wanted(choice: str, stream: IO[str]) -> bool:
    """Return whether to write in colour: a terminal, unless `--color` or variables differ.

    NO_COLOR wins over FORCE_COLOR and CLICOLOR_FORCE (no-color.org, force-color.org); an empty
    variable says nothing.
    """
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR") or os.environ.get("CLICOLOR_FORCE", "0") not in {"", "0"}:
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def width_of_terminal() -> int:
    """Return the columns of the terminal; COLUMNS wins, as everywhere."""
    return max(_NARROWEST, min(_WIDEST, _columns()))


def width_of(stream: IO[str]) -> int | None:
    """Return the columns of the terminal that shows a stream (or COLUMNS); None for no terminal."""
    try:
        columns = os.get_terminal_size(stream.fileno()).columns
    except (ValueError, OSError):  # closed, detached, or no terminal
        return None
    return _written_columns() or columns or None


def _written_columns() -> int:
    """Return COLUMNS; 0 where it says nothing."""
    with suppress(ValueError):
        return max(0, int(os.environ.get("COLUMNS", "")))
    return 0


def _columns() -> int:
    """Return what `shutil.get_terminal_size` does, which loads four ways to compress files."""
    if columns := _written_columns():
        return columns
    try:
        descriptor = sys.__stdout__.fileno() if sys.__stdout__ is not None else -1
        return os.get_terminal_size(descriptor).columns or _UNKNOWN
    except (ValueError, OSError):  # closed, detached, or no terminal
        return _UNKNOWN
