"""The Markdown of a paper as blocks: what HTML and DOCX are made from.

CommonMark through markdown-it, with tables and without raw HTML, links or images: a paper has
none, so that nothing in it can be one. Pictures come beside the text, by their names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from launchpolicy.papers.marks import PARAGRAPH_ROLES, PICTURE, MarkedPart, marked_parts
from launchpolicy.papers.paper_blocks import (
    Block,
    Heading,
    PaperTable,
    Paragraph,
    PictureBlock,
    Runs,
    TableStyle,
    TextRun,
    text_of_runs,
)

_SIGNED = ("Signature", "签字")


def blocks(markdown: str, pictures: Mapping[str, PictureBlock] | None = None) -> tuple[Block, ...]:
    """Return the blocks of a paper, in order; a picture that is not there is left out."""
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    parser.disable(["link", "image", "autolink", "html_inline", "html_block"])
    content: list[Block] = []
    for part in marked_parts(markdown):
        if part.mark == PICTURE and pictures and part.name in pictures:
            content.append(pictures[part.name])
        content += _placed(part, list(_blocks(parser.parse(part.markdown))))
    return tuple(content)


def _placed(part: MarkedPart, content: list[Block]) -> list[Block]:
    """Return the blocks of a part, the first of them where its mark says."""
    if content and part.mark in PARAGRAPH_ROLES and isinstance(content[0], Paragraph):
        content[0] = content[0]._replace(role=part.mark)
    return content


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


def _style(rows: list[list[Runs]]) -> TableStyle:
    head = [text_of_runs(cell).strip() for cell in rows[0]] if rows else []
    if not any(head):
        return "pairs"
    return "signatures" if any(sign in head for sign in _SIGNED) else "grid"
