"""Text that the defaults of an office file, its heights or the styles of its cells hide (E10)."""

from __future__ import annotations

import io
import zipfile

import pytest

from launchpolicy.facts.evidence.contents import EvidenceContents
from launchpolicy.facts.evidence.reading import read_evidence
from launchpolicy.policy.edition import EIGHTH_EDITION
from tests.facts.evidence.conftest import Reads, Refuses
from tests.facts.evidence.samples import archive, relations, word_of, workbook
from tests.facts.evidence.test_hidden_office_text import SAYS, run, style, styled

DEFAULT = 'w:type="paragraph" w:default="1" w:styleId="H"'
RUN = f"<w:r><w:t>{SAYS}</w:t></w:r>"
WHITE = '<font><color rgb="FFFFFFFF"/></font>'
PAPER = '<font><color theme="0"/></font>'


def defaults(properties: str) -> str:
    made = f"<w:rPrDefault><w:rPr>{properties}</w:rPr></w:rPrDefault>"
    return f"<w:docDefaults>{made}</w:docDefaults>"


def default_style(properties: str) -> str:
    return style("H", properties).replace('w:styleId="H"', DEFAULT)


def line(spacing: str) -> bytes:
    return word_of(run("", f"<w:spacing {spacing}/>"))


def row(height: str) -> bytes:
    marks = f"<w:trPr><w:trHeight {height}/></w:trPr>"
    return word_of(f"<w:tbl><w:tr>{marks}<w:tc>{run('')}</w:tc></w:tr></w:tbl>")


def cells(look: str, *, formats: str = "", fonts: str = WHITE, fills: str = "<fill/>") -> bytes:
    """A workbook whose one cell has a style of these properties."""
    cell = f'<c s="1" t="inlineStr"><is><t>{SAYS}</t></is></c>'
    with zipfile.ZipFile(io.BytesIO(workbook(f"<row>{cell}</row>"))) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    parts["xl/_rels/workbook.xml.rels"] = relations(
        r1="worksheet worksheets/sheet1.xml", r2="styles styles.xml"
    )
    parts["xl/styles.xml"] = (
        f"<styleSheet><numFmts>{formats}</numFmts><fonts><font/>{fonts}</fonts>"
        f"<fills><fill/>{fills}</fills><cellXfs><xf/><xf {look}/></cellXfs></styleSheet>"
    ).encode()
    return archive(parts)


EMPTY = '<numFmt numFmtId="164" formatCode=";;;"/>'
DARK = '<fill><patternFill patternType="solid"><fgColor rgb="FF1F3864"/></patternFill></fill>'
PALE = '<fill><patternFill patternType="solid"><fgColor theme="0"/></patternFill></fill>'
GRADIENT = '<fill><gradientFill degree="90"/></fill>'
UNSEEN = {
    "the style of every paragraph": styled(f"<w:p>{RUN}</w:p>", default_style("<w:vanish/>")),
    "a white style of every paragraph": styled(
        f"<w:p><w:pPr/>{RUN}</w:p>", default_style('<w:color w:val="FFFFFF"/>')
    ),
    "the defaults of the document": styled(f"<w:p>{RUN}</w:p>", defaults("<w:vanish/>")),
    "a line of no height": line('w:line="1" w:lineRule="exact"'),
    "a row of no height": row('w:val="1" w:hRule="exact"'),
    "a format of nothing": cells('numFmtId="164" fontId="0"', formats=EMPTY),
    "white letters": cells('fontId="1" fillId="0"'),
    "letters in the colour of the page": cells('fontId="1" fillId="1"', fonts=PAPER, fills=PALE),
}
SEEN = {
    "a paragraph of another style": styled(
        run("", '<w:pStyle w:val="N"/>'), default_style("<w:vanish/>"), style("N", "")
    ),
    "a run that is shown": styled(run('<w:vanish w:val="0"/>'), default_style("<w:vanish/>")),
    "a style of characters": styled(
        f"<w:p>{RUN}</w:p>",
        style("C", "<w:vanish/>").replace("w:styleId", 'w:default="1" w:styleId'),
    ),
    "a low line": line('w:line="240" w:lineRule="exact"'),
    "a line of at least a height": line('w:line="1" w:lineRule="atLeast"'),
    "a row of at least a height": row('w:val="1" w:hRule="atLeast"'),
    "a row without a rule": row('w:val="1"'),
    "a format of dates": cells(
        'numFmtId="164"', formats='<numFmt numFmtId="164" formatCode="yyyy;;;@"/>'
    ),
    "white on dark": cells('fontId="1" fillId="1"', fills=DARK),
    "white on a gradient": cells('fontId="1" fillId="1"', fills=GRADIENT),
    "white on a pattern": cells(
        'fontId="1" fillId="1"', fills='<fill><patternFill patternType="gray125"/></fill>'
    ),
    "a darker tint": cells('fontId="1"', fonts='<font><color theme="0" tint="-0.5"/></font>'),
}


def path_of(data: bytes) -> str:
    return "a.xlsx" if b"xl/workbook" in data else "a.docx"


@pytest.mark.parametrize("data", UNSEEN.values(), ids=UNSEEN)
def test_text_that_a_default_a_height_or_a_cell_style_hides_is_no_document(
    refuses: Refuses, data: bytes
) -> None:
    assert "says nothing yet" in refuses("document", data, path_of(data))
    then = read_evidence("document", path_of(data), data, {}, EIGHTH_EDITION)
    assert isinstance(then, EvidenceContents)


@pytest.mark.parametrize("data", SEEN.values(), ids=SEEN)
def test_text_that_defaults_heights_and_cell_styles_show_is_a_document(
    reads: Reads, data: bytes
) -> None:
    assert reads("document", data, path_of(data)).passed
