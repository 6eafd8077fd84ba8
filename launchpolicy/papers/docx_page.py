"""The page of an office document: its size, fonts, languages, and the numbers of the pages."""

from __future__ import annotations

import re
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt

from launchpolicy.papers.page import A4, PaperPage

LATIN_HEADING = "Arial"
_LATIN, _BODY, _HEADING = "Times New Roman", "仿宋", "黑体"
_STYLES = {"Normal": _BODY, "Heading 1": _HEADING, "Heading 2": _HEADING, "Heading 3": _HEADING}
# XML 1.0 has no way to write these (section 2.2, Char).
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def prepare(document: Any, page: PaperPage) -> None:  # noqa: ANN401 (the library's classes are factories)
    """Set page, fonts and languages, and take out the picture of the library's template."""
    _size(document.sections[0], page)
    for name, chinese in _STYLES.items():
        _font(document.styles[name], _LATIN if name == "Normal" else LATIN_HEADING, chinese)
    normal = document.styles["Normal"]
    normal.font.size = Pt(10.5)
    normal.paragraph_format.space_after = Pt(4)
    normal.paragraph_format.line_spacing = 1.25
    _languages(document, page)
    package = document.part.package
    for key, relation in tuple(package.rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            del package.rels[key]


def _size(section: Any, page: PaperPage) -> None:  # noqa: ANN401 (as above)
    narrow, wide = A4
    is_wide = page.orientation == "landscape"
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (
        (Mm(wide), Mm(narrow)) if is_wide else (Mm(narrow), Mm(wide))
    )
    section.left_margin = section.right_margin = Mm(18 if is_wide else 22)
    section.top_margin = section.bottom_margin = Mm(20)


def _font(style: Any, latin: str, chinese: str) -> None:  # noqa: ANN401 (as above)
    style.font.name = latin
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), chinese)
    fonts.set(qn("w:ascii"), latin)
    fonts.set(qn("w:hAnsi"), latin)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _languages(document: Any, page: PaperPage) -> None:  # noqa: ANN401 (as above)
    """Set the languages of the text, by which an office breaks lines and checks spelling."""
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    lang = defaults.find(qn("w:lang"))
    if lang is None:
        lang = OxmlElement("w:lang")
        defaults.append(lang)
    lang.set(qn("w:val"), "en-US" if page.language == "zh" else "en-GB")
    lang.set(qn("w:eastAsia"), "zh-CN")


def page_number_fields(paragraph: Any, words: tuple[str, str, str]) -> None:  # noqa: ANN401 (as above)
    """Write `第 X 页 共 Y 页` into a footer; the office fills in the numbers."""
    before, between, after = words
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, field in ((before, "PAGE"), (between, "NUMPAGES")):
        paragraph.add_run(text).font.size = Pt(9)
        _field(paragraph, field)
    paragraph.add_run(after).font.size = Pt(9)


def _field(paragraph: Any, name: str) -> None:  # noqa: ANN401 (as above)
    for kind in ("begin", "", "separate", "1", "end"):
        run = paragraph.add_run()
        run.font.size = Pt(9)
        if kind == "1":
            run.text = "1"
            continue
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.set(qn("xml:space"), "preserve")
            element.text = f" {name} "
        run._r.append(element)  # noqa: SLF001 (the library has no other way)


def clean(text: str) -> str:
    """Return a text with what XML cannot hold replaced by spaces."""
    return _NOT_XML.sub(" ", text)
