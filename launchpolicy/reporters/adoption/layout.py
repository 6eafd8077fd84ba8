"""How the first files are laid out: comments in one column, long ones wrapped before a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from launchpolicy.documents.quoting import comment
from launchpolicy.reporters.text.cells import cells
from launchpolicy.reporters.text.wrapping import wrap

WIDTH = 96


def remark(text: str, indent: str = "") -> Iterator[str]:
    """Comment lines that hold `text`, none wider than `WIDTH`."""
    for line in wrap(comment(text), WIDTH - len(indent) - 2):
        yield f"{indent}# {line}"


def aligned(rows: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Lines with their comments in one column; a line without a comment stays as it is."""
    column = max((cells(line) for line, said in rows if said), default=0) + 2
    for line, said in rows:
        yield f"{line}{' ' * (column - cells(line))}# {comment(said)}" if said else line


def document(lines: Iterator[str]) -> str:
    """The text of a file of these lines."""
    return "\n".join(lines) + "\n"
