"""Office files that open and show nothing: hidden, deleted, white, unused, or no office file."""

from __future__ import annotations

import pytest

from tests.facts.evidence.conftest import Reads, Refuses
from tests.facts.evidence.samples import (
    archive,
    docx,
    odt,
    png,
    pptx,
    relations,
    word_of,
    workbook,
    xlsx,
)

SAYS = "Accepted by Wang Fang, in full."
TEXT = f"<w:t>{SAYS}</w:t>"
ODT = b"application/vnd.oasis.opendocument.text"


def run(properties: str) -> bytes:
    return word_of(f"<w:p><w:r><w:rPr>{properties}</w:rPr>{TEXT}</w:r></w:p>")


def part(name: str, content: str) -> bytes:
    return word_of("", {name: content.encode()})


HEADER = f"<w:hdr xmlns:w='urn:w'><w:p><w:r>{TEXT}</w:r></w:p></w:hdr>"
NOTHING = {
    "empty paragraphs": docx("", "", ""),
    "spaces": docx("\u00a0" * 50, "\u3000" * 50),
    "hidden letters": run("<w:vanish/>"),
    "letters hidden in so many words": run('<w:webHidden w:val="true"/>'),
    "white letters": run('<w:color w:val="ffffff"/>'),
    "letters of half a point": run('<w:sz w:val="1"/>'),
    "a deletion": word_of(f"<w:p><w:del><w:r>{TEXT}</w:r></w:del></w:p>"),
    "what was moved away": word_of(f"<w:p><w:moveFrom><w:r>{TEXT}</w:r></w:moveFrom></w:p>"),
    "a field's code": word_of(f"<w:p><w:r><w:instrText>{SAYS}</w:instrText></w:r></w:p>"),
    "a heading": word_of(
        '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Acceptance</w:t></w:r></w:p>'
    ),
    "a comment in the XML": word_of(f"<!-- {SAYS} -->"),
    "a letterhead": word_of(
        "",
        {
            "word/header1.xml": HEADER.encode(),
            "word/_rels/document.xml.rels": relations(r1="header header1.xml"),
        },
    ),
    "a part that nothing refers to": part("word/document2.xml", HEADER),
}


@pytest.mark.parametrize("data", NOTHING.values(), ids=NOTHING)
def test_a_word_file_in_which_nothing_is_seen_is_no_document(refuses: Refuses, data: bytes) -> None:
    assert "says nothing yet" in refuses("document", data, "a.docx")


def test_a_picture_that_the_file_holds_and_does_not_show_is_no_document(
    refuses: Refuses, reads: Reads
) -> None:
    unused = word_of("", {"word/media/scan.png": png()})

    assert "says nothing yet" in refuses("document", unused, "a.docx")
    assert reads("document", docx(scan=png()), "a.docx").passed


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(workbook('<row><c r="A1"/><c r="B1"/></row>'), id="empty cells"),
        pytest.param(workbook("", f"<si><t>{SAYS}</t></si>"), id="a text in no cell"),
        pytest.param(
            workbook('<row><c t="s"><v>0</v></c></row>', f"<si><t>{SAYS}</t></si>", "hidden"),
            id="a hidden sheet",
        ),
        pytest.param(
            workbook(f'<row hidden="1"><c t="inlineStr"><is><t>{SAYS}</t></is></c></row>'),
            id="a hidden row",
        ),
        pytest.param(workbook("<row>" + "<c><v>0</v></c>" * 40 + "</row>"), id="zeros"),
        pytest.param(
            workbook(
                "<row>"
                + "".join(f"<c t='inlineStr'><is><t>{t}</t></is></c>" for t in ("Case", "By", "On"))
                + "</row>"
            ),
            id="the head of a table",
        ),
        pytest.param(workbook('<row><c t="s"><v>99</v></c></row>'), id="a text that is not there"),
    ],
)  # fmt: skip
def test_a_workbook_without_a_filled_in_row_is_no_document(refuses: Refuses, data: bytes) -> None:
    assert "says nothing yet" in refuses("document", data, "a.xlsx")


def test_hidden_slides_notes_comments_and_deletions_are_no_document(refuses: Refuses) -> None:
    hidden, notes = pptx(SAYS, show="0"), pptx("", notes=SAYS)
    comment = f"<o><p><annotation><p>{SAYS}</p></annotation></p></o>"
    deletion = f"<o><tracked-changes><p>{SAYS}</p></tracked-changes></o>"

    assert "says nothing yet" in refuses("document", hidden, "a.pptx")
    assert "says nothing yet" in refuses("document", notes, "a.pptx")
    for content in (comment, deletion):
        data = archive({"mimetype": ODT, "content.xml": content.encode()})
        assert "says nothing yet" in refuses("document", data, "a.odt")


def test_what_no_office_program_opens_is_no_document(refuses: Refuses) -> None:
    package = {"[Content_Types].xml": b"<Types/>"}
    page = {"word/document.xml": f"<html><p>{SAYS}</p></html>".encode()}
    references = {"_rels/.rels": relations(r1="officeDocument word/document.xml")}

    assert "an archive" in refuses("document", archive({**package, **page}), "a.docx")
    for parts in ({**package, **references}, {**package, **references, **page}):
        assert "No office program" in refuses("document", archive(parts), "a.docx")


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("a.docx", docx(SAYS)),
        ("a.docx", run('<w:vanish w:val="0"/>')),
        ("a.docx", word_of(f"<w:p><w:ins><w:r>{TEXT}</w:r></w:ins></w:p>")),
        (
            "a.docx",
            word_of(
                '<w:tbl><w:shd w:fill="1F4E79"/><w:p><w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
                f"{TEXT}</w:r></w:p></w:tbl>"
            ),
        ),
        ("a.xlsx", xlsx("Case", "split an order", "passed")),
        ("a.xlsx", workbook('<row><c t="str"><v>login passed</v></c><c><v>36</v></c></row>')),
        ("a.pptx", pptx(SAYS)),
        ("a.odt", odt(SAYS)),
    ],
)
def test_a_filled_in_office_file_passes(reads: Reads, path: str, data: bytes) -> None:
    assert reads("document", data, path).passed


def test_the_number_of_a_request_in_a_letterhead_is_read(reads: Reads) -> None:
    header = HEADER.replace(SAYS, "LR-2026-0042")
    data = word_of(
        f"<w:p><w:r>{TEXT}</w:r></w:p>",
        {
            "word/header1.xml": header.encode(),
            "word/_rels/document.xml.rels": relations(r1="header header1.xml"),
        },
    )

    assert reads("document", data, "a.docx").details["mentions"] == ["LR-2026-0042"]
