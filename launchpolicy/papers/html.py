"""A paper as one HTML page, fit for the screen and for A4 paper; it loads and runs nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from html import escape

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from launchpolicy.papers.column_widths import widths_of
from launchpolicy.papers.page import LINE, SMALL, PaperPage
from launchpolicy.papers.paper_blocks import (
    LINE_BREAK,
    Block,
    Heading,
    PaperTable,
    Paragraph,
    PictureBlock,
    Runs,
    text_of_runs,
)

_ASCII = re.compile("[!-~]+")
_LONGEST_WHOLE = 30


def as_html(blocks: tuple[Block, ...], page: PaperPage, layout: str, style: str) -> str:
    """Return the page.

    Args:
        blocks: what the paper says; the first heading is its title.
        page: how it is set.
        layout: the template of the page.
        style: the style sheet, which the page's own policy allows by its digest.
    """
    style = f"{_sheet(page)}\n{style}"
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    title = next((text_of_runs(block.runs) for block in blocks if isinstance(block, Heading)), "")
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    elements = "\n".join(_elements(blocks, LINE[page.orientation]))
    return environment.from_string(layout).render(
        title=title,
        name=page.name,
        language=page.language,
        orientation=page.orientation,
        style=Markup(style),  # noqa: S704 (our own file; its digest is in the page's policy)
        style_digest=digest,
        body=Markup(elements),  # noqa: S704 (every text in it is escaped below)
        origin=page.origin,
        shows_origin=page.shows_origin,
    )


def _sheet(page: PaperPage) -> str:
    """Return the rule for the sheet of paper: its size, and the numbers of the pages."""
    before, between, after = (f'"{words}"' for words in page.page_words)
    size = "A4 landscape" if page.orientation == "landscape" else "A4"
    numbers = f"content: {before} counter(page) {between} counter(pages) {after}"
    font = 'font: 9pt "Times New Roman", "Liberation Serif", SimSun, "Noto Serif CJK SC", serif'
    return (
        f"@page {{ size: {size}; margin: 20mm 18mm 20mm; @bottom-center {{ {numbers}; {font}; }} }}"
    )


def _elements(blocks: tuple[Block, ...], line: float) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Heading):
            yield f"<h{block.level}>{_text(block.runs)}</h{block.level}>"
        elif isinstance(block, Paragraph):
            mark = f"{escape(block.mark)} " if block.mark else ""
            role = "item" if block.mark else block.role
            yield f'<p class="{role}">{mark}{_text(block.runs)}</p>'
        elif isinstance(block, PictureBlock):
            yield f"<figure>{block.svg}</figure>"
        else:
            yield _table(block, line)


def _table(table: PaperTable, line: float) -> str:
    rows = list(table.rows)
    # The attribute, since the page's own policy forbids styles on elements.
    columns = "".join(f'<col width="{width}%">' for width in widths_of(table, line=line))
    head = ""
    if table.style != "pairs" and rows:
        cells = "".join(f'<th scope="col">{_text(cell)}</th>' for cell in rows.pop(0))
        head = f"<thead><tr>{cells}</tr></thead>"
    body = "".join(f"<tr>{''.join(_cells(row, table.style))}</tr>\n" for row in rows)
    size = " small" if len(table.rows) <= SMALL else ""
    return (
        f'<table class="{table.style}{size}"><colgroup>{columns}</colgroup>{head}'
        f"<tbody>{body}</tbody></table>"
    )


def _cells(row: tuple[Runs, ...], style: str) -> Iterator[str]:
    for number, cell in enumerate(row):
        if style == "pairs" and number % 2 == 0:
            yield f'<th scope="row">{_text(cell)}</th>'
        else:
            yield f"<td>{_text(cell)}</td>"


def _text(runs: Runs) -> str:
    return "".join(
        f"<strong>{_unbroken(run.text)}</strong>" if run.bold else _unbroken(run.text)
        for run in runs
    )


def _unbroken(text: str) -> str:
    """Return a text as HTML in which numbers and addresses are not broken at their hyphens."""
    pieces: list[str] = []
    end = 0
    for match in _ASCII.finditer(text):
        word = match.group()
        if len(word) > _LONGEST_WHOLE or not any(map(str.isdigit, word)):
            continue
        pieces += [escape(text[end : match.start()]), f'<span class="whole">{escape(word)}</span>']
        end = match.end()
    return "".join((*pieces, escape(text[end:]))).replace(LINE_BREAK, "<br>")
