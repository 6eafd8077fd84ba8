"""Text that an office file holds and no office program shows (threat E10)."""

from __future__ import annotations

import io
import warnings
import zipfile

import pytest

from launchpolicy.facts.evidence.contents import EvidenceContents
from launchpolicy.facts.evidence.reading import read_evidence
from launchpolicy.policy.edition import FOURTH_EDITION, SIXTH_EDITION
from tests.facts.evidence.conftest import Reads, Refuses
from tests.facts.evidence.samples import relations, word_of, workbook

SAYS = "Accepted by Wang Fang, in full."
TEXT = f"<w:t>{SAYS}</w:t>"
CELL = f'<c t="inlineStr"><is><t>{SAYS}</t></is></c>'
IN_B = CELL.replace("<c ", '<c r="B2" ')
PROMPT = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>"


def run(properties: str, paragraph: str = "") -> str:
    return f"<w:p><w:pPr>{paragraph}</w:pPr><w:r><w:rPr>{properties}</w:rPr>{TEXT}</w:r></w:p>"


def styled(use: str, *styles: str) -> bytes:
    listed = f"<w:styles xmlns:w='urn:w'>{''.join(styles)}</w:styles>"
    return word_of(
        use,
        {
            "word/styles.xml": listed.encode(),
            "word/_rels/document.xml.rels": relations(r1="styles styles.xml"),
        },
    )


def style(name: str, properties: str, based: str = "") -> str:
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    return f'<w:style w:styleId="{name}">{on}<w:rPr>{properties}</w:rPr></w:style>'


def sheet(columns: str, row: str) -> bytes:
    return workbook(f"</sheetData><cols>{columns}</cols><sheetData>{row}")


HIDDEN = {
    "a paragraph's style": styled(run("", '<w:pStyle w:val="H"/>'), style("H", "<w:vanish/>")),
    "a run's style": styled(run('<w:rStyle w:val="H"/>'), style("H", "<w:vanish/>")),
    "a style based on one": styled(
        run("", '<w:pStyle w:val="I"/>'), style("H", "<w:vanish/>"), style("I", "", "H")
    ),
    "a white style": styled(
        run("", '<w:pStyle w:val="H"/>'), style("H", '<w:color w:val="FFFFFF"/>')
    ),
    "the colour of the page": word_of(run('<w:color w:val="auto" w:themeColor="background1"/>')),
    "black on black": word_of(run('<w:color w:val="000000"/><w:shd w:fill="000000"/>')),
    "a paragraph in its own colour": word_of(
        run('<w:color w:val="1F3864"/>', '<w:shd w:fill="1f3864"/>')
    ),
    "a control that nobody filled in": word_of(
        f"<w:sdt>{PROMPT}<w:sdtContent>{run('')}</w:sdtContent></w:sdt>"
    ),
    "a control in a paragraph": word_of(
        f"<w:p><w:sdt>{PROMPT}<w:sdtContent><w:r>{TEXT}</w:r></w:sdtContent></w:sdt></w:p>"
    ),
    "a control in a control": word_of(
        f"<w:sdt><w:sdtContent><w:sdt>{PROMPT}<w:sdtContent>{run('')}</w:sdtContent></w:sdt>"
        "</w:sdtContent></w:sdt>"
    ),
}


def passed_then(data: bytes, path: str) -> bool:
    """Whether the edition before took the file for a document."""
    return isinstance(read_evidence("document", path, data, {}, FOURTH_EDITION), EvidenceContents)


@pytest.mark.parametrize("data", HIDDEN.values(), ids=HIDDEN)
def test_text_that_a_style_a_colour_or_a_control_hides_is_no_document(
    refuses: Refuses, data: bytes
) -> None:
    assert "says nothing yet" in refuses("document", data, "a.docx")
    assert passed_then(data, "a.docx")


@pytest.mark.parametrize(
    "data",
    [
        styled(run('<w:vanish w:val="0"/>', '<w:pStyle w:val="H"/>'), style("H", "<w:vanish/>")),
        styled(run("", '<w:pStyle w:val="N"/>'), style("H", "<w:vanish/>"), style("N", "")),
        styled(run("", '<w:pStyle w:val="a"/>'), style("a", "", "b"), style("b", "", "a")),
        word_of(run('<w:color w:val="FFFFFF"/><w:shd w:fill="1F3864"/>')),
        word_of(run('<w:color w:themeColor="background1"/><w:shd w:fill="1F3864"/>')),
        word_of(run('<w:color w:val="000000"/><w:shd w:fill="auto"/>')),
        word_of(f"<w:sdt><w:sdtPr/><w:sdtContent>{run('')}</w:sdtContent></w:sdt>"),
        word_of(
            f'<w:sdt><w:sdtPr><w:showingPlcHdr w:val="0"/></w:sdtPr><w:sdtContent>{run("")}'
            "</w:sdtContent></w:sdt>"
        ),
        word_of(f"<w:sdt><w:sdtContent><w:tbl>{run('')}</w:tbl></w:sdtContent></w:sdt>"),
    ],
)
def test_text_that_a_style_or_a_control_shows_is_a_document(reads: Reads, data: bytes) -> None:
    assert reads("document", data, "a.docx").passed


@pytest.mark.parametrize(
    "data",
    [
        sheet('<col min="1" max="3" hidden="1"/>', f'<row r="2">{IN_B}</row>'),
        sheet('<col min="2" max="2" hidden="true"/>', f"<row><c/>{CELL}</row>"),
        sheet('<col min="1" max="16384" width="0"/>', f"<row>{CELL}</row>"),
        sheet('<col min="1" max="99999999999999" hidden="1"/>', f"<row>{CELL}</row>"),
    ],
)
def test_hidden_columns_are_no_document(refuses: Refuses, data: bytes) -> None:
    assert "says nothing yet" in refuses("document", data, "a.xlsx")
    assert passed_then(data, "a.xlsx")


def test_columns_beside_hidden_ones_are_read(reads: Reads) -> None:
    columns = '<col min="1" max="1" hidden="1"/><col min="3" max="16384" hidden="1"/>'

    assert reads("document", sheet(columns, f'<row r="2">{IN_B}</row>'), "a.xlsx").passed


@pytest.mark.parametrize("name", ["word/document.xml", "word/Document.xml"])
def test_a_part_that_stands_twice_in_the_archive_is_refused(refuses: Refuses, name: str) -> None:
    buffer = io.BytesIO(word_of(run("").replace(SAYS, "Rejected: three severe defects.")))
    other = zipfile.ZipFile(io.BytesIO(word_of(run("")))).read("word/document.xml")
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "a") as opened:
        warnings.simplefilter("ignore")
        opened.writestr(name, other)
    data = buffer.getvalue()

    assert "twice" in refuses("document", data, "a.docx")
    assert passed_then(data, "a.docx")


ROW = f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{run('')}</w:tc></w:tr></w:tbl>"
OUT_OF_SIGHT = {
    "nearly white": word_of(run('<w:color w:val="FDFDFD"/>')),
    "the palest grey": word_of(run('<w:color w:val="f8f8f8"/>')),
    "two points": word_of(run('<w:sz w:val="4"/>')),
    "one per cent of the width": word_of(run('<w:w w:val="1"/>')),
    "far below the line": word_of(run('<w:position w:val="-3000"/>')),
    "yellow on yellow": word_of(run('<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>')),
    "no fill": word_of(run("<w:textFill><w:noFill/></w:textFill>")),
    "a hidden row of a table": word_of(ROW),
    "a flat row of a sheet": workbook(f'<row ht="0" customHeight="1">{CELL}</row>'),
}


@pytest.mark.parametrize("data", OUT_OF_SIGHT.values(), ids=OUT_OF_SIGHT)
def test_text_too_pale_too_small_or_in_a_hidden_row_is_no_document(
    refuses: Refuses, data: bytes
) -> None:
    path = "a.xlsx" if b"xl/workbook" in data else "a.docx"

    assert "says nothing yet" in refuses("document", data, path)
    then = read_evidence("document", path, data, {}, SIXTH_EDITION)
    assert isinstance(then, EvidenceContents)


@pytest.mark.parametrize(
    "properties",
    [
        *('<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>', '<w:highlight w:val="yellow"/>'),
        *('<w:sz w:val="10"/>', '<w:w w:val="90"/>', '<w:color w:val="D9D9D9"/>'),
        *('<w:position w:val="6"/>', "<w:textFill><w:solidFill/></w:textFill>"),
    ],
)
def test_small_pale_or_marked_text_that_is_seen_is_a_document(
    reads: Reads, properties: str
) -> None:
    assert reads("document", word_of(run(properties)), "a.docx").passed
    shown = ROW.replace("<w:hidden/>", '<w:hidden w:val="0"/>')
    assert reads("document", word_of(shown), "a.docx").passed
