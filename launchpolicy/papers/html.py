"""A paper as one HTML page, fit for the screen and for A4 paper; it loads and runs nothing."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from html import escape

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from launchpolicy.papers.tokens import Block, Heading, PaperTable, Paragraph, Runs
from launchpolicy.vocabulary.text import Language


def as_html(
    blocks: tuple[Block, ...], footer: str, layout: str, style: str, language: Language
) -> str:
    """Return the page.

    Args:
        blocks: what the paper says; the first heading is its title.
        footer: which request it was made from.
        layout: the template of the page.
        style: the style sheet, which the page's own policy allows by its digest.
        language: of the paper.
    """
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    title = next((_plain(block.runs) for block in blocks if isinstance(block, Heading)), "")
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    return environment.from_string(layout).render(
        title=title,
        name="",
        language=language,
        style=Markup(style),  # noqa: S704 (our own file; its digest is in the page's policy)
        style_digest=digest,
        body=Markup("\n".join(_elements(blocks))),  # noqa: S704 (every text in it is escaped below)
        footer=footer,
    )


def _elements(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Heading):
            yield f"<h{block.level}>{_text(block.runs)}</h{block.level}>"
        elif isinstance(block, Paragraph):
            mark = f"{escape(block.mark)} " if block.mark else ""
            yield f"<p>{mark}{_text(block.runs)}</p>"
        else:
            yield _table(block)


def _table(table: PaperTable) -> str:
    rows = list(table.rows)
    head = ""
    if table.style != "pairs" and rows:
        cells = "".join(f'<th scope="col">{_text(cell)}</th>' for cell in rows.pop(0))
        head = f"<thead><tr>{cells}</tr></thead>"
    body = "".join(f"<tr>{''.join(_cells(row, table.style))}</tr>\n" for row in rows)
    return f'<table class="{table.style}">{head}<tbody>{body}</tbody></table>'


def _cells(row: tuple[Runs, ...], style: str) -> Iterator[str]:
    for number, cell in enumerate(row):
        if style == "pairs" and number % 2 == 0:
            yield f'<th scope="row">{_text(cell)}</th>'
        else:
            yield f"<td>{_text(cell)}</td>"


def _text(runs: Runs) -> str:
    return "".join(
        f"<strong>{escape(run.text)}</strong>" if run.bold else escape(run.text) for run in runs
    )


def _plain(runs: Runs) -> str:
    return "".join(run.text for run in runs)
