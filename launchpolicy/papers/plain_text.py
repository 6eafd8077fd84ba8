"""A paper as plain text, for readers of mail without HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from launchpolicy.papers.paper_blocks import (
    LINE_BREAK,
    Block,
    Heading,
    PaperTable,
    Paragraph,
    Runs,
    text_of_runs,
)
from launchpolicy.vocabulary.text import Language

_INDENT = "　　"


def as_plain_text(blocks: Iterable[Block], language: Language) -> str:
    """Return the text of a paper: a line for each paragraph, heading and row of a table."""
    pieces = []
    for block in blocks:
        if isinstance(block, Heading):
            pieces.append(_line(block.runs))
        elif isinstance(block, Paragraph):
            pieces.append(_paragraph(block, language))
        elif isinstance(block, PaperTable):
            pieces.append("\n".join(_rows(block, language)))
    return "\n\n".join(piece for piece in pieces if piece) + "\n"


def _paragraph(block: Paragraph, language: Language) -> str:
    if block.mark:
        return f"{block.mark} {_line(block.runs)}"
    indent = _INDENT if language == "zh" and block.role == "body" else ""
    return indent + _line(block.runs)


def _rows(table: PaperTable, language: Language) -> Iterator[str]:
    """Yield `label: value` for a table of pairs; else a line of cells with its head."""
    colon = "：" if language == "zh" else ": "
    for row in table.rows:
        cells = [_line(cell) for cell in row]
        if table.style == "pairs":
            pairs = zip(cells[::2], cells[1::2], strict=False)
            yield "\n".join(f"{label}{colon}{value}" for label, value in pairs if label or value)
        else:
            yield " | ".join(cells)


def _line(runs: Runs) -> str:
    return text_of_runs(runs).replace(LINE_BREAK, "\n").strip()
