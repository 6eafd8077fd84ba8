"""A table of an office document: column widths by content, its head on every page."""

from __future__ import annotations

from typing import Any

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from launchpolicy.papers.column_widths import widths_of
from launchpolicy.papers.docx_page import LATIN_HEADING, clean
from launchpolicy.papers.page import A4, LINE, SMALL, PaperPage
from launchpolicy.papers.paper_blocks import LINE_BREAK, PaperTable, Runs

_LABEL = "F1F1F1"
_ABOVE = 2
"""So many paragraphs, tables or rows stay with the signatures or the line below them."""

_WIDTH = {"portrait": A4[0] - 44, "landscape": A4[1] - 36}


def add_table(document: Any, block: PaperTable, page: PaperPage) -> None:  # noqa: ANN401 (the library's classes are factories)
    """Add a table at the end of the document."""
    if not block.rows:
        return
    if block.style == "signatures":
        keep_end_with_next(document)
    widths = [
        Mm(_WIDTH[page.orientation] * share / 100)
        for share in widths_of(block, line=LINE[page.orientation])
    ]
    table = document.add_table(rows=len(block.rows), cols=len(widths), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    rows = list(table.rows)
    for number, cells in enumerate(block.rows):
        row = rows[number]
        _mark_row(row, "w:cantSplit")
        for column, cell in enumerate(row.cells):
            cell.width = widths[column]
            runs = cells[column] if column < len(cells) else ()
            is_label = column % 2 == 0 if block.style == "pairs" else number == 0
            _fill(cell, runs, is_label=is_label, is_head=number == 0 and block.style != "pairs")
        if block.style == "signatures" and number:
            row.height = Mm(12)
    if block.style != "pairs":
        _mark_row(rows[0], "w:tblHeader")
    if len(block.rows) <= SMALL:
        _keep_together(rows)
    _gap(document)


def _keep_together(rows: list[Any]) -> None:
    """Keep a small table on one page: each row with the next."""
    for row in rows[:-1]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def keep_end_with_next(document: Any) -> None:  # noqa: ANN401 (as above)
    """Keep the end of what stands in a document on the page of what is added next.

    Signatures sign no empty page, and the auditor's line stands on none by itself.
    """
    body = list(document.element.body)
    above = [element for element in body if element.tag in {qn("w:p"), qn("w:tbl")}][-_ABOVE:]
    for element in above:
        rows = element.findall(qn("w:tr"))[-_ABOVE:]
        for holder in rows or [element]:
            for paragraph in holder.iter(qn("w:p")):
                Paragraph(paragraph, document).paragraph_format.keep_with_next = True


def _gap(document: Any) -> None:  # noqa: ANN401 (as above)
    """Add a little room below a table, which an office would join to the next one."""
    layout = document.add_paragraph().paragraph_format
    layout.space_after, layout.line_spacing = Pt(0), Pt(8)


def _fill(cell: Any, runs: Runs, *, is_label: bool, is_head: bool) -> None:  # noqa: ANN401 (as above)
    paragraph = cell.paragraphs[0]
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.line_spacing = 1.1
    for run in runs:
        for number, line in enumerate(run.text.split(LINE_BREAK)):
            written = paragraph.add_run()
            if number:
                written.add_break()
            written.add_text(clean(line))
            written.bold = run.bold or is_label or None
            written.font.size = Pt(9.5)
            if is_label:
                written.font.name = LATIN_HEADING
    if is_label:
        _shade(cell)
    if is_head:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _shade(cell: Any) -> None:  # noqa: ANN401 (as above)
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), _LABEL)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 (the library has no other way)


def _mark_row(row: Any, name: str) -> None:  # noqa: ANN401 (as above)
    """Add a mark to a row: `w:tblHeader` repeats it on every page, `w:cantSplit` keeps it whole."""
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 (as above)
