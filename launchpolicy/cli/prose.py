"""Print messages for people: escaped, and in lines that fit where a terminal shows them.

A pipe, a file and a log get every message as one line, so that it can be searched. A command that
stands on a line of its own is never broken: it is there to be copied.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import IO

import click

from launchpolicy.cli.colour import width_of
from launchpolicy.reporters.text.cells import cells
from launchpolicy.reporters.text.escaping import escape, inert
from launchpolicy.reporters.text.wrapping import wrap

_COMMAND = re.compile(r" +(cd|gh|git|launchpolicy|ssh-keygen) ")
_LEAD = re.compile(r" *(?:[✓✗→!·•…] +|# )?")
_NARROWEST = 16


def print_prose(text: str, *, err: bool = False) -> None:
    """Print one message to standard output, or to standard error."""
    stream = sys.stderr if err else sys.stdout
    for line in prose_lines(escape(text), stream):
        click.echo(inert(line), err=err)


def prose_lines(text: str, stream: IO[str]) -> Iterator[str]:
    """Yield an escaped message in the lines that its stream shows; what follows a mark hangs."""
    columns = width_of(stream)
    if columns is None or cells(text) <= columns or _COMMAND.match(text):
        yield text
        return
    lead = text[: match.end()] if (match := _LEAD.match(text)) else ""
    margin = " " * cells(lead)
    first, *others = wrap(text[len(lead) :], max(columns - len(margin), _NARROWEST))
    yield f"{lead}{first}"
    yield from (f"{margin}{other}" for other in others)
