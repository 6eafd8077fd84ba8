"""Marks in the Markdown of a paper that say where the next block stands.

A mark is a line of its own, `<!-- paper:to -->`. What people wrote cannot make one, because
`escape` leaves no `<`. Readers of Markdown see none: the finished file has them taken out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple, get_args

from markupsafe import Markup

from launchpolicy.papers.paper_blocks import LINE_BREAK, ParagraphRole

_MARK = re.compile(r"^<!-- paper:([a-z]+)(?: ([A-Za-z0-9_.-]+))? -->$", re.MULTILINE)
PICTURE = "picture"
PARAGRAPH_ROLES: tuple[ParagraphRole, ...] = get_args(ParagraphRole)


class MarkedPart(NamedTuple):
    """Markdown up to the next mark; `mark` is about its first block, `name` is the mark's own."""

    mark: str
    name: str
    markdown: str


def mark(kind: str, name: str = "") -> Markup:
    """Return the line that marks the next block."""
    words = f"paper:{kind} {name}" if name else f"paper:{kind}"
    return Markup(f"\n\n<!-- {words} -->\n\n")  # noqa: S704 (words of our own)


def marked_parts(markdown: str) -> Iterator[MarkedPart]:
    """Yield the parts of a paper, in order."""
    pieces = _MARK.split(markdown)
    yield MarkedPart("", "", pieces[0])
    for index in range(1, len(pieces), 3):
        yield MarkedPart(pieces[index], pieces[index + 1] or "", pieces[index + 2])


def without_marks(markdown: str) -> str:
    """Return the Markdown for readers."""
    shown = _MARK.sub("", markdown).replace(LINE_BREAK, "<br>")
    return re.sub(r"\n{3,}", "\n\n", shown).strip() + "\n"
