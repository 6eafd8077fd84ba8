"""PDF: pages with something on them, as programs write them; nothing that only begins like one."""

from __future__ import annotations

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.facts.evidence.pdf.reading import read_pdf
from launchpolicy.vocabulary.text import Text
from tests.facts.evidence.samples import WORDS, pdf, pdf_of

FLATE = b"/Filter /FlateDecode"
TYPE0 = b"<< /Type /Font /Subtype /Type0 /Encoding /%s /ToUnicode 6 0 R >>"
CMAP = b"""2 beginbfchar <0001> <540C> <0002> <610F> endbfchar
1 beginbfrange <0003> <0004> <4E0A> endbfrange"""


def stream(number: int, entries: bytes, data: bytes) -> bytes:
    head = b"%d 0 obj\n<< /Length %d %s >>\nstream\n" % (number, len(data), entries)
    return head + data + b"\nendstream\nendobj\n"


def text_of(data: bytes) -> str:
    found = read_pdf(data)
    assert isinstance(found, str), found
    return found


def problem_of(data: bytes) -> str:
    found = read_pdf(data)
    assert isinstance(found, Text), found
    assert found.zh != found.en
    return found.en


def packed(data: bytes) -> bytes:
    return pdf_of(zlib.compress(data), packing=FLATE)


def test_text_is_read_plain_and_packed() -> None:
    line = (
        b"BT /F1 9 Tf 72 770 Td (Accepted by Wang) Tj 0 -12 Td [(F) 20 (ang) -300 (in full)] TJ ET"
    )

    assert "Accepted by Wang\nFang in full" in text_of(pdf_of(line))
    assert text_of(packed(line)) == text_of(pdf_of(line))


def test_escapes_and_hexadecimal_strings_are_read() -> None:
    line = (
        rb"BT /F1 9 Tf 72 770 Td (R&D \(Zhou\) \101ccepted) Tj <204C522D323032362D30303432> Tj ET"
    )

    assert "R&D (Zhou) Accepted LR-2026-0042" in text_of(pdf_of(line))


def test_chinese_is_read_by_its_map_and_by_its_encoding() -> None:
    shown = b"BT /F1 9 Tf 72 770 Td <00010002000300040001000200030004> Tj ET"
    mapped = pdf_of(shown, font=TYPE0 % b"Identity-H", more=stream(6, b"", CMAP))
    named = pdf_of(b"BT /F1 9 Tf 72 770 Td <540C610F4E0A7EBF> Tj ET", font=TYPE0 % b"UniGB-UCS2-H")

    assert "同意上下同意" in text_of(mapped)
    assert "同意上线" in text_of(named)


def test_letters_that_are_placed_one_by_one_make_a_word() -> None:
    letters = b" ".join(b"(%c) Tj 5 0 Td" % each for each in b"LR-2026-0042")

    assert "LR-2026-0042" in text_of(
        pdf_of(b"BT /F1 9 Tf 72 770 Td (Accepted for) Tj 5 0 Td " + letters + b" ET")
    )


def test_objects_in_a_compressed_stream_count() -> None:
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 5 0 R >>",
    )
    starts = (0, len(objects[0]) + 1, len(objects[0]) + len(objects[1]) + 2)
    index = b"".join(b"%d %d " % (n, at) for n, at in enumerate(starts, 1))
    inner = index + b" ".join(objects)
    first = b"/Type /ObjStm /N 3 /First %d " % len(index)
    body = b"".join(
        (
            b"%PDF-1.5\n",
            stream(9, first + FLATE, zlib.compress(inner)),
            stream(5, FLATE, zlib.compress(b"BT /F1 9 Tf 72 770 Td (Accepted by Wang Fang) Tj ET")),
            stream(8, b"/Type /XRef /Root 1 0 R", b"\0"),
            b"startxref\n0\n%%EOF",
        )
    )

    assert "Accepted by Wang Fang" in text_of(body)


def picture(width: int, data: bytes, content: bytes = b"q 500 0 0 700 50 50 cm /X1 Do Q") -> bytes:
    size = b"/Subtype /Image /BitsPerComponent 8 /Width %d /Height %d " % (width, width)
    return pdf_of(content, more=stream(7, size + FLATE, zlib.compress(data)))


def test_a_scan_and_outlines_are_content_without_a_word() -> None:
    scan = b"".join(b"\xff" * (300 - y) + b"\x00" * y for y in range(300))
    outlines = b"".join(b"%d 99 m %d 109 l S " % (n * 9, n * 9 + 4) for n in range(60))

    assert text_of(picture(300, scan)).strip() == ""
    assert text_of(pdf_of(outlines)).strip() == ""


def test_text_in_a_form_is_on_the_page() -> None:
    form = stream(7, b"/Subtype /Form", b"BT /F1 9 Tf 72 770 Td (Accepted by Wang Fang) Tj ET")

    assert "Accepted by Wang Fang" in text_of(pdf_of(b"/X1 Do", more=form))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"%PDF-", "no PDF", id="five bytes"),
        pytest.param(b"%PDF-1.7\n" + b"x" * 5000, "no PDF", id="padding"),
        pytest.param(pdf(kids=b""), "no page", id="no page in the tree"),
        pytest.param(pdf_of(b""), "empty", id="an empty page"),
        pytest.param(pdf_of(b"0 0 m 9 9 l S"), "empty", id="a stroke"),
        pytest.param(pdf("Form"), "empty", id="a title"),
        pytest.param(pdf("Acceptance\nTBD"), "empty", id="a placeholder"),
        pytest.param(picture(1, b"\0"), "empty", id="a picture of one pixel"),
        pytest.param(picture(300, b"\xff" * 90_000), "empty", id="a white picture"),
        pytest.param(pdf(trailer=b"/Encrypt 8 0 R"), "encrypted", id="a password"),
        pytest.param(pdf() + b"\n%x", "after the end", id="a line after the end"),
        pytest.param(pdf(kids=b"2 0 R 2 0 R"), "no page", id="a tree in a circle"),
        pytest.param(
            pdf_of(b"/X1 Do", more=stream(7, b"/Subtype /Form", b"/X1 Do")),
            "empty",
            id="a form in itself",
        ),
        pytest.param(
            packed(b"\0" * 40_000_000), "empty", id="a page that unpacks to far more than it is"
        ),
    ],
)
def test_what_shows_nothing_is_no_document(data: bytes, says: str) -> None:
    assert says in problem_of(data)


@pytest.mark.parametrize("share", [0.9, 0.95, 0.99])
def test_a_pdf_that_was_cut_off_is_no_document(share: float) -> None:
    whole = pdf_of(b"BT /F1 9 Tf (Accepted by Wang Fang) Tj ET", more=stream(7, b"", b"x" * 400))
    assert "Accepted" in text_of(whole)
    assert "cut off" in problem_of(whole[: int(len(whole) * share)])


def test_an_update_of_the_file_replaces_what_stood_there() -> None:
    update = (
        stream(5, b"", b"BT /F1 9 Tf 72 770 Td (Refused by Wang Fang) Tj ET")
        + b"trailer\n<< /Root 1 0 R >>\n%%EOF\n"
    )

    assert "Refused" in text_of(pdf() + update)
    assert "Accepted" not in text_of(pdf() + update)


@given(st.binary(max_size=300), st.integers(0, 700))
def test_no_damage_raises(noise: bytes, at: int) -> None:
    whole = pdf(WORDS)
    read_pdf(b"%PDF-" + noise)
    read_pdf(whole[:at] + noise + whole[at + len(noise) :])


@pytest.mark.parametrize("part", [b"1 0 obj (", b"1 0 obj [", b"1 0 obj <<", b"9 0 obj << /A ("])
def test_a_file_of_damaged_objects_is_given_up_soon(part: bytes) -> None:
    assert problem_of(b"%PDF-1.4\n" + part * 20_000)
