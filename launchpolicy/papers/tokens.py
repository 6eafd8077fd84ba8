"""The Markdown of a paper as blocks: what HTML and DOCX are made from.

CommonMark through markdown-it, with tables and without raw HTML, links or images: a paper has
none, so that nothing in it can be one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

Style = Literal["grid", "pairs", "signatures"]
_SIGNED = ("Signature", "签字")


class TextRun(NamedTuple):
    """A stretch of text of one weight."""

    text: str
    bold: bool = False


Runs = tuple[TextRun, ...]


class Heading(NamedTuple):
    """A heading of level 1 (the title of the paper) or 2."""

    level: int
    runs: Runs


class Paragraph(NamedTuple):
    """A paragraph; `mark` is what stands before it in a list."""

    runs: Runs
    mark: str = ""


class PaperTable(NamedTuple):
    """Rows of cells.

    The first row is the head, but in the style `pairs`: there every other column labels the one
    after it. A template asks for that by leaving the head empty.
    """

    style: Style
    rows: tuple[tuple[Runs, ...], ...]


Block = Heading | Paragraph | PaperTable


def blocks(markdown: str) -> tuple[Block, ...]:
    """Return the blocks of a paper, in order."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.disable(["link", "image", "autolink", "html_inline", "html_block"])
    return tuple(_blocks(parser.parse(markdown)))


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    level, marks = 0, _ListMarks()
    rows: list[list[Runs]] | None = None
    for token in tokens:
        marks.follow(token)
        if token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "heading_close":
            level = 0
        elif token.type == "table_open":
            rows = []
        elif token.type == "table_close" and rows is not None:
            yield _table(rows)
            rows = None
        elif token.type == "tr_open" and rows is not None:
            rows.append([])
        elif token.type == "inline":
            runs = tuple(_runs(token.children or ()))
            if rows is not None:
                rows[-1].append(runs)
            elif level:
                yield Heading(level, runs)
            else:
                yield Paragraph(runs, marks.take())


class _ListMarks:
    """What stands before the items of the lists that are open."""

    def __init__(self) -> None:
        self._open: list[int | None] = []
        self._mark = ""

    def follow(self, token: Token) -> None:
        if token.type == "bullet_list_open":
            self._open.append(None)
        elif token.type == "ordered_list_open":
            self._open.append(int(token.attrs.get("start", 1)) - 1)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            self._open.pop()
        elif token.type == "list_item_open":
            number = self._open[-1]
            self._open[-1] = None if number is None else number + 1
            self._mark = "•" if number is None else f"{number + 1}."

    def take(self) -> str:
        mark, self._mark = self._mark, ""
        return mark


def _runs(children: Sequence[Token]) -> Iterator[TextRun]:
    bold = 0
    for child in children:
        if child.type == "strong_open":
            bold += 1
        elif child.type == "strong_close":
            bold -= 1
        elif child.type in {"softbreak", "hardbreak"}:
            yield TextRun(" ", bold > 0)
        elif child.content:
            yield TextRun(child.content, bold > 0)


def _table(rows: list[list[Runs]]) -> PaperTable:
    style = _style(rows)
    return PaperTable(style, tuple(tuple(row) for row in rows[style == "pairs" :]))


def _style(rows: list[list[Runs]]) -> Style:
    head = [text_of_runs(cell).strip() for cell in rows[0]] if rows else []
    if not any(head):
        return "pairs"
    return "signatures" if any(sign in head for sign in _SIGNED) else "grid"


def text_of_runs(runs: Runs) -> str:
    """Return the text of the runs together."""
    return "".join(run.text for run in runs)
