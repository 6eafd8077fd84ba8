"""PDFs whose pages hold text or pictures that nobody sees."""

from __future__ import annotations

import zlib

import pytest

from launchpolicy.facts.evidence.pdf.reading import read_pdf
from launchpolicy.vocabulary.text import Text
from tests.facts.evidence.samples import noise, pdf_of

SAYS = b"(Accepted by Wang Fang, in full.) Tj "
SHOWN = b"BT /F1 11 Tf 72 770 Td " + SAYS + b"ET"
TYPE0 = b"<< /Type /Font /Subtype /Type0 /Encoding /Identity-H >>"
SCAN = b"".join(b"\xff" * (300 - y) + b"\x00" * y for y in range(300))
PAGE = b"/Type /Page /Parent"


def with_page(entries: bytes, content: bytes = SHOWN) -> bytes:
    return pdf_of(content).replace(PAGE, b"/Type /Page " + entries + b" /Parent")


def with_resources(entries: bytes, content: bytes, catalog: bytes = b"") -> bytes:
    data = pdf_of(content).replace(b"/Resources << ", b"/Resources << " + entries)
    return data.replace(b"/Type /Catalog", b"/Type /Catalog " + catalog)


def inline(pixels: bytes, content: bytes = b"q 500 0 0 700 50 50 cm ") -> bytes:
    head = b"BI /W 300 /H 300 /BPC 8 /CS /G /F /AHx ID "
    return pdf_of(content + head + pixels.hex().encode() + b"> EI Q")


def annotated(flags: bytes) -> bytes:
    stamp = b"<< /Subtype /Widget /Rect [72 700 300 720] /F %s /AP << /N 9 0 R >> >>" % flags
    body = b"BT /F1 9 Tf 2 4 Td " + SAYS + b"ET"
    form = b"9 0 obj\n<< /Subtype /Form /BBox [0 0 228 20] /Length %d >>\nstream\n" % len(body)
    data = pdf_of(b"", more=form + body + b"\nendstream\nendobj\n")
    return data.replace(PAGE, b"/Type /Page /Annots [" + stamp + b"] /Parent")


LAYER = b"/OC /L1 BDC " + SHOWN + b" EMC"
OFF = b"/OCProperties << /OCGs [8 0 R] /D << /OFF [8 0 R] >> >>"
FORM = b"BT /F1 11 Tf 72 770 Td "


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(pdf_of(b"1 1 1 rg " + SHOWN), id="white text"),
        pytest.param(pdf_of(b"0.99 g " + SHOWN), id="nearly white text"),
        pytest.param(pdf_of(b"0 0 0 0 k " + SHOWN), id="text without ink"),
        pytest.param(pdf_of(b"/DeviceRGB cs 1 1 1 scn " + SHOWN), id="white by its colour space"),
        pytest.param(
            with_resources(
                b"/ColorSpace << /C1 [/Separation /Black] >> ", b"/C1 cs 0 scn " + SHOWN
            ),
            id="a tint of nothing",
        ),
        pytest.param(
            with_resources(b"/ColorSpace << /C1 [/Separation /None] >> ", b"/C1 cs 1 scn " + SHOWN),
            id="an ink that is none",
        ),
        pytest.param(
            with_resources(b"/ColorSpace << /C1 [/DeviceN [/None]] >> ", b"/C1 cs 1 scn " + SHOWN),
            id="inks that are none",
        ),
        pytest.param(
            pdf_of(SHOWN, font=b"<< /Type /Font /Subtype /Type3 /CharProcs << >> >>"),
            id="a font without a glyph",
        ),
        pytest.param(pdf_of(b"3 Tr " + SHOWN), id="text that is not drawn"),
        pytest.param(pdf_of(b"7 Tr " + SHOWN), id="text that only clips"),
        pytest.param(pdf_of(SHOWN.replace(b" 11 Tf", b" 0 Tf")), id="letters of no size"),
        pytest.param(pdf_of(SHOWN.replace(b" 11 Tf", b" .1 Tf")), id="letters like dust"),
        pytest.param(pdf_of(b".01 0 0 .01 72 700 cm " + SHOWN), id="a page made small"),
        pytest.param(pdf_of(SHOWN.replace(b"72 770 Td", b"0 0 0 0 72 770 Tm")), id="no matrix"),
        pytest.param(pdf_of(b"0 Tz " + SHOWN), id="letters of no width"),
        pytest.param(pdf_of(SHOWN.replace(b"770", b"9770")), id="text above the page"),
        pytest.param(with_page(b"/MediaBox [0 0 595 400]"), id="text above a small page"),
        pytest.param(with_page(b"/MediaBox [0 0 0 0]"), id="a page of no size"),
        pytest.param(with_page(b"/CropBox [0 0 1 1]"), id="a page cut to nothing"),
        pytest.param(pdf_of(b"0 0 0 0 re W n " + SHOWN), id="text clipped away"),
        pytest.param(
            with_resources(b"/ExtGState << /G1 << /ca 0 /CA 0 >> >> ", b"/G1 gs " + SHOWN),
            id="text that is clear as glass",
        ),
        pytest.param(
            with_resources(b"/Properties << /L1 8 0 R >> ", LAYER, OFF), id="a hidden layer"
        ),
        pytest.param(pdf_of(b"1 1 1 RG " + b"9 9 m 99 99 l S " * 60), id="white lines"),
        pytest.param(pdf_of(b"9 9 m 99 99 l S " * 60), id="one line again and again"),
        pytest.param(pdf_of(b"S " * 60), id="lines of nothing"),
        pytest.param(
            pdf_of(b"BT /F1 9 Tf 72 770 Td <" + b"0001" * 60 + b"> Tj ET", font=TYPE0),
            id="one letter that no map explains",
        ),
        pytest.param(inline(b"\xff" * 90_000), id="a white picture in the page"),
        pytest.param(inline(SCAN, b"q 5 0 0 7 50 50 cm "), id="a picture as small as a letter"),
        pytest.param(annotated(b"2"), id="a hidden field"),
        pytest.param(
            pdf_of(b"/Span << /ActualText (Accepted by Wang Fang) >> BDC EMC"),
            id="a text for machines",
        ),
    ],
)
def test_a_page_on_which_nothing_is_seen_is_no_document(data: bytes) -> None:
    outcome = read_pdf(data)

    assert isinstance(outcome, Text)
    assert "pages of the PDF are empty" in outcome.en


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(pdf_of(b"0 0 1 rg " + SHOWN), "Accepted", id="blue text"),
        pytest.param(
            pdf_of(b"0 0 .5 rg 0 700 612 142 re f 1 g " + SHOWN), "Accepted", id="white on blue"
        ),
        pytest.param(
            pdf_of(b"q 1 g 0 0 612 842 re f Q " + SHOWN), "Accepted", id="white background"
        ),
        pytest.param(
            pdf_of(b"BT /F1 1 Tf 11 0 0 11 72 770 Tm " + SAYS + b"ET"), "Accepted", id="scaled"
        ),
        pytest.param(
            pdf_of(b".1 0 0 .1 0 0 cm BT /F1 110 Tf 720 7700 Td " + SAYS + b"ET"),
            "Accepted",
            id="a page in tenths of points",
        ),
        pytest.param(
            pdf_of(b"60 760 400 30 re W n " + SHOWN), "Accepted", id="clipped to its line"
        ),
        pytest.param(
            with_resources(b"/Properties << /L1 8 0 R >> ", LAYER), "Accepted", id="a layer"
        ),
        pytest.param(with_page(b"/MediaBox [595 842 0 0]"), "Accepted", id="corners the other way"),
        pytest.param(
            with_resources(
                b"/ColorSpace << /C1 [/Separation /Black] >> ", b"/C1 cs 1 scn " + SHOWN
            ),
            "Accepted",
            id="a full tint",
        ),
        pytest.param(annotated(b"4"), "Accepted", id="a filled-in field"),
        pytest.param(inline(SCAN), "", id="a scan in the page"),
        pytest.param(
            inline(SCAN, b"3 Tr " + SHOWN + b"q 500 0 0 700 50 50 cm "),
            "",
            id="a scan with its text behind it",
        ),
    ],
)
def test_a_page_on_which_something_is_seen_is_a_document(data: bytes, says: str) -> None:
    outcome = read_pdf(data)

    assert isinstance(outcome, str)
    assert says in outcome


def test_a_scan_that_is_packed_for_pictures_counts_unless_it_is_one_pattern() -> None:
    def scan(body: bytes) -> bytes:
        size = b"/Width 900 /Height 900 /Length %d" % len(body)
        entries = b"/Subtype /Image /Filter /DCTDecode " + size
        more = b"7 0 obj\n<< " + entries + b" >>\nstream\n" + body + b"\nendstream\nendobj\n"
        return pdf_of(b"q 500 0 0 700 50 50 cm /X1 Do Q", more=more)

    assert isinstance(read_pdf(scan(noise(5000))), str)
    assert isinstance(read_pdf(scan(b"\x28\xa0" * 5000)), Text)


def test_a_page_packed_as_usual_is_read() -> None:
    packed = pdf_of(zlib.compress(SHOWN), packing=b"/Filter /FlateDecode")

    assert "Accepted" in str(read_pdf(packed))
