"""A paper as an office document (Office Open XML), on A4, with fonts for both scripts."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt, RGBColor

from launchpolicy.papers.tokens import Block, Heading, PaperTable, Paragraph, Runs, text_of_runs

_LATIN, _CHINESE = "Times New Roman", "SimSun"
_LABEL = "F2F4F5"
_TITLE = RGBColor(0x8C, 0x1C, 0x13)
# XML 1.0 has no way to write these (section 2.2, Char).
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def as_docx(blocks: tuple[Block, ...], footer: str, now: datetime) -> bytes:
    """Return the document; the same paper at the same moment gives the same bytes."""
    document = Document()
    _page(document)
    _fonts(document)
    for block in blocks:
        if isinstance(block, Heading):
            _heading(document, block)
        elif isinstance(block, Paragraph):
            _paragraph(document, block)
        else:
            _table(document, block)
    _footer(document, footer)
    headings = (block.runs for block in blocks if isinstance(block, Heading))
    title = text_of_runs(next(headings, ()))
    properties = document.core_properties
    properties.title, properties.author = _clean(title), "launchpolicy"
    properties.created = properties.modified = now.replace(tzinfo=None)
    package = io.BytesIO()
    document.save(package)
    return _with_time(package, now)


def _with_time(package: io.BytesIO, now: datetime) -> bytes:
    """Return the document with `now` as the time of its parts, where the library asks the clock."""
    moment = max(now.timetuple()[:6], (1980, 1, 1, 0, 0, 0))  # the format knows none before
    written = io.BytesIO()
    with zipfile.ZipFile(package) as parts, zipfile.ZipFile(written, "w") as dated:
        for part in parts.infolist():
            entry = zipfile.ZipInfo(part.filename, moment)
            entry.compress_type, entry.external_attr = part.compress_type, part.external_attr
            dated.writestr(entry, parts.read(part))
    return written.getvalue()


def _page(document: Any) -> None:  # noqa: ANN401 (the library's classes are factories)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(22)
    section.top_margin, section.bottom_margin = Mm(22), Mm(22)


def _fonts(document: Any) -> None:  # noqa: ANN401
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        font = document.styles[name].font
        font.name = _LATIN
        fonts = document.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), _CHINESE)
        fonts.set(qn("w:ascii"), _LATIN)
        fonts.set(qn("w:hAnsi"), _LATIN)
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    document.styles["Normal"].font.size = Pt(10.5)


def _heading(document: Any, heading: Heading) -> None:  # noqa: ANN401
    paragraph = document.add_paragraph(style=f"Heading {heading.level}")
    _runs(paragraph, heading.runs)
    if heading.level == 1:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_after = Pt(14)
    for run in paragraph.runs:
        run.font.size = Pt(20 if heading.level == 1 else 12.5)
        run.font.color.rgb = _TITLE if heading.level == 1 else RGBColor(0, 0, 0)


def _paragraph(document: Any, block: Paragraph) -> None:  # noqa: ANN401
    paragraph = document.add_paragraph()
    if block.mark:
        paragraph.add_run(f"{block.mark} ")
        paragraph.paragraph_format.left_indent = Mm(6)
    _runs(paragraph, block.runs)


def _table(document: Any, block: PaperTable) -> None:  # noqa: ANN401
    if not block.rows:
        return
    columns = max(map(len, block.rows))
    table = document.add_table(rows=len(block.rows), cols=columns, style="Table Grid")
    for number, row in enumerate(block.rows):
        for column, runs in enumerate(row):
            cell = table.cell(number, column)
            _runs(cell.paragraphs[0], runs)
            is_label = column % 2 == 0 if block.style == "pairs" else number == 0
            if is_label:
                _label(cell)
        if block.style == "signatures" and number:
            table.rows[number].height = Mm(12)
    if block.style != "pairs":
        _repeat_on_every_page(table.rows[0])
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _label(cell: Any) -> None:  # noqa: ANN401
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), _LABEL)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 (the library has no other way)
    for run in cell.paragraphs[0].runs:
        run.bold = True


def _repeat_on_every_page(row: Any) -> None:  # noqa: ANN401
    """Show the head of a table again on every page that the table runs over."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 (the library has no other way)


def _footer(document: Any, footer: str) -> None:  # noqa: ANN401
    paragraph = document.sections[0].footer.paragraphs[0]
    run = paragraph.add_run(_clean(footer))
    run.font.size = Pt(7.5)
    run.font.color.rgb = RGBColor(0x5F, 0x6B, 0x73)


def _runs(paragraph: Any, runs: Runs) -> None:  # noqa: ANN401
    for run in runs:
        paragraph.add_run(_clean(run.text)).bold = run.bold or None


def _clean(text: str) -> str:
    return _NOT_XML.sub(" ", text)
