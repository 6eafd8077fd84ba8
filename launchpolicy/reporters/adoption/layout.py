"""Lay out the first files: comments in one column, long ones wrapped before a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from launchpolicy.documents.quoting import comment
from launchpolicy.reporters.text.cells import cells
from launchpolicy.reporters.text.wrapping import wrap

WIDTH = 96


def remark(text: str, indent: str = "") -> Iterator[str]:
    """Yield comment lines that hold `text`, none wider than `WIDTH`."""
    for line in wrap(comment(text), WIDTH - len(indent) - 2):
        yield f"{indent}# {line}"


def align_comments(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield lines with their comments in one column; a line without one stays as it is."""
    column = max((cells(line) for line, comment_text in rows if comment_text), default=0) + 2
    for line, comment_text in rows:
        yield (
            f"{line}{' ' * (column - cells(line))}# {comment(comment_text)}"
            if comment_text
            else line
        )


def document(lines: Iterator[str]) -> str:
    """Return the text of a file of these lines."""
    return "\n".join(lines) + "\n"
