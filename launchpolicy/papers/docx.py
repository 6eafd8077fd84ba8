"""A paper as an office document (Office Open XML), on A4, with fonts for both scripts."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.parser import OxmlElement, parse_xml
from docx.shared import Mm, Pt, RGBColor

from launchpolicy.papers.docx_page import LATIN_HEADING, clean, page_number_fields, prepare
from launchpolicy.papers.docx_table import add_table, keep_end_with_next
from launchpolicy.papers.page import PaperPage
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

_GREY = RGBColor(0x66, 0x66, 0x66)
_SIZES = {1: 20, 2: 12, 3: 11}


def as_docx(blocks: tuple[Block, ...], page: PaperPage) -> bytes:
    """Return the document; the same paper at the same moment gives the same bytes."""
    document = Document()
    prepare(document, page)
    writer = _DocxWriter(document, page)
    for block in blocks:
        writer.add(block)
    if page.shows_origin:
        writer.add_origin()
    page_number_fields(document.sections[0].footer.paragraphs[0], page.page_words)
    headings = (block.runs for block in blocks if isinstance(block, Heading))
    properties = document.core_properties
    properties.title = clean(text_of_runs(next(headings, ())))
    properties.author, properties.comments = "launchpolicy", page.origin
    properties.language = "zh-CN" if page.language == "zh" else "en"
    properties.created = properties.modified = page.now.replace(tzinfo=None)
    package = io.BytesIO()
    document.save(package)
    return _with_time(package, page.now)


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


class _DocxWriter:
    """Adds blocks to a document, one after the other."""

    def __init__(self, document: Any, page: PaperPage) -> None:  # noqa: ANN401 (the library's classes are factories)
        self.document = document
        self.page = page

    def add(self, block: Block) -> None:
        """Add one block at the end."""
        if isinstance(block, Heading):
            self._heading(block)
        elif isinstance(block, Paragraph):
            self._paragraph(block)
        elif isinstance(block, PaperTable):
            add_table(self.document, block, self.page)
        else:
            self._picture(block)

    def add_origin(self) -> None:
        """Add the auditor's line, on the page where the text ends."""
        keep_end_with_next(self.document)
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(14)
        run = paragraph.add_run(clean(self.page.origin))
        run.font.size = Pt(7)
        run.font.color.rgb = _GREY

    def _heading(self, heading: Heading) -> None:
        paragraph = self.document.add_paragraph(style=f"Heading {heading.level}")
        add_runs(paragraph, heading.runs)
        layout = paragraph.paragraph_format
        if heading.level == 1:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        layout.space_before = Pt(0 if heading.level == 1 else 10)
        layout.space_after = Pt(10 if heading.level == 1 else 4)
        for run in paragraph.runs:
            run.font.name = LATIN_HEADING
            run.font.size = Pt(_SIZES.get(heading.level, 11))
            run.font.color.rgb = RGBColor(0, 0, 0)

    def _paragraph(self, block: Paragraph) -> None:
        if block.role == "issuer":
            keep_end_with_next(self.document)
        paragraph = self.document.add_paragraph()
        layout = paragraph.paragraph_format
        if block.mark:
            paragraph.add_run(f"{block.mark} ")
            layout.left_indent, layout.first_line_indent = Mm(9), Mm(-4.5)
        elif block.role == "body" and self.page.language == "zh":
            _indent_two_characters(paragraph)
        elif block.role in {"issuer", "date", "number"}:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if block.role in {"issuer", "date"}:
            layout.right_indent = Mm(12)
        if block.role == "issuer":
            layout.space_before, layout.keep_with_next = Pt(30), True
        if block.role == "cc":
            layout.space_before = Pt(36)
            _line_above(paragraph)
        add_runs(paragraph, block.runs)
        if block.role in {"number", "note", "cc"}:
            for run in paragraph.runs:
                run.font.size = Pt(9.5)

    def _picture(self, block: PictureBlock) -> None:
        if block.drawing_xml:
            body = self.document.element.body
            body.insert(len(body) - 1, parse_xml(block.drawing_xml))
        elif block.png:
            self.document.add_picture(io.BytesIO(block.png), width=Mm(block.width))
            self.document.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.CENTER


def add_runs(paragraph: Any, runs: Runs) -> None:  # noqa: ANN401 (as above)
    """Add text to a paragraph, with its line breaks."""
    for run in runs:
        for number, line in enumerate(run.text.split(LINE_BREAK)):
            written = paragraph.add_run()
            if number:
                written.add_break()
            written.add_text(clean(line))
            written.bold = run.bold or None


def _indent_two_characters(paragraph: Any) -> None:  # noqa: ANN401 (as above)
    indent = OxmlElement("w:ind")
    indent.set(_w("firstLineChars"), "200")
    indent.set(_w("firstLine"), "420")
    paragraph._p.get_or_add_pPr().append(indent)  # noqa: SLF001 (the library has no other way)


def _line_above(paragraph: Any) -> None:  # noqa: ANN401 (as above)
    borders, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for key, value in (("val", "single"), ("sz", "4"), ("space", "4"), ("color", "000000")):
        top.set(_w(key), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001 (as above)
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _w(name: str) -> str:
    return f"{{http://schemas.openxmlformats.org/wordprocessingml/2006/main}}{name}"
