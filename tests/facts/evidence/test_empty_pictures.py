"""Pictures that open and show nothing: one colour, stripes, nothing but transparent, damaged."""

from __future__ import annotations

import struct
import zlib

import pytest

from launchpolicy.facts.evidence.reading import read_evidence
from tests.extent import share_of
from tests.facts.evidence.conftest import Reads, Refuses
from tests.facts.evidence.samples import gif, jpeg, noise, png, png_of, webp

WHITE = b"\xff" * 300
DRAWN = [b"\xff" * (300 - y // 2) + b"\0" * (y // 2) for y in range(300)]
INDICES = [b"\1" * (300 - y // 2) + b"\0" * (y // 2) for y in range(300)]
TWO_COLOURS = b"\xff\xff\xff\0\0\0"
NEARLY_WHITE = [bytes(254 + (x * y % 7 > 2) for x in range(300)) for y in range(7)] * 43


def shaded(alpha: int) -> list[bytes]:
    """256 by 256 pixels of four bytes, of which no two are alike, all of this opacity."""
    row = bytearray(256 * 4)
    row[0::4] = bytes(range(256))
    row[2::4] = bytes([9]) * 256
    row[3::4] = bytes([alpha]) * 256
    rows = []
    for y in range(256):
        row[1::4] = bytes([y]) * 256
        rows.append(bytes(row))
    return rows


@pytest.mark.parametrize(
    ("path", "data"),
    [
        pytest.param("a.png", png(blank=True), id="a white page"),
        pytest.param("a.png", png_of([b"\0" * 300] * 300), id="a black page"),
        pytest.param("a.png", png_of([WHITE] + [b"\0" * 300] * 299, filtering=2), id="packed"),
        pytest.param("a.png", png_of(NEARLY_WHITE), id="white with noise that nobody sees"),
        pytest.param("a.png", png_of([b"\xff" * 299 + b"\0"] * 300), id="a line"),
        pytest.param("a.png", png_of([bytes([y % 256]) * 300 for y in range(300)]), id="grey"),
        pytest.param(
            "a.png",
            png_of([WHITE] * 150 + [b"\xff" * 150 + b"\0" + b"\xff" * 149] + [WHITE] * 149),
            id="one dark pixel",
        ),
        pytest.param("a.png", png_of(INDICES, colour=3, palette=b"\xff" * 6), id="white and white"),
        pytest.param("a.png", png_of(shaded(0), 256, colour=6), id="all of it transparent"),
        pytest.param("a.gif", gif(blank=True), id="a white GIF"),
        pytest.param("a.jpg", jpeg(scan=b"\x2a\x80" * 900), id="one block again and again"),
        pytest.param("a.jpg", jpeg(3000, 3000, b"\x2a\x80\x14" * 9000), id="a large blank JPEG"),
        pytest.param("a.webp", webp(body=b"\0" * 900), id="a WebP of nothing"),
    ],
)
def test_a_picture_of_one_colour_is_no_document_whatever_packs_it(
    refuses: Refuses, path: str, data: bytes
) -> None:
    assert "one colour" in refuses("document", data, path)


def without_pixels() -> bytes:
    """A PNG whose chunks are right and whose pixels are no packed data."""
    whole = png_of(DRAWN)
    start = whole.index(b"IDAT")
    (length,) = struct.unpack_from(">I", whole, start - 4)
    chunk = struct.pack(">I", 3) + b"IDATabc" + struct.pack(">I", zlib.crc32(b"IDATabc"))
    return whole[: start - 4] + chunk + whole[start + 8 + length :]


@pytest.mark.parametrize(
    ("path", "data"),
    [
        pytest.param("a.png", without_pixels(), id="pixels that are no packed data"),
        pytest.param("a.png", png_of([WHITE[:100]] * 300), id="a third of the pixels"),
        pytest.param("a.gif", gif()[:500] + b"\0\x3b", id="a GIF cut off"),
        pytest.param("a.gif", gif()[:13] + b"\x2c" * 40 + b"\x3b", id="a GIF of one byte"),
        pytest.param("a.jpg", jpeg(4000, 4000), id="a JPEG of far more pixels than bytes"),
        pytest.param("a.jpg", jpeg().replace(b"\xff\xdb", b"\xff\xdc"), id="a JPEG without tables"),
        pytest.param("a.webp", webp()[:-1], id="a WebP cut off"),
    ],
)
def test_a_picture_that_cannot_be_decoded_is_no_document(
    refuses: Refuses, path: str, data: bytes
) -> None:
    assert "damaged" in refuses("document", data, path)


@pytest.mark.parametrize(
    ("path", "data"),
    [
        pytest.param("a.png", png_of(DRAWN), id="PNG"),
        pytest.param("a.png", png_of(INDICES, colour=3, palette=TWO_COLOURS), id="palette"),
        pytest.param("a.png", png_of(shaded(255), 256, colour=6), id="with transparency"),
        pytest.param("a.gif", gif(), id="GIF"),
        pytest.param("a.jpg", jpeg(scan=noise(5000)), id="JPEG"),
        pytest.param("a.webp", webp(), id="WebP"),
    ],
)
def test_a_picture_that_shows_something_is_a_document(reads: Reads, path: str, data: bytes) -> None:
    assert reads("document", data, path).passed


@pytest.mark.parametrize("data", [png(), gif(), jpeg(), webp()])
def test_no_cut_through_a_picture_raises(data: bytes) -> None:

    for at in share_of(range(0, len(data), max(1, len(data) // 60)), 20):
        read_evidence("document", "a.png", data[:at] + b"\xff" + data[at + 1 :], {})
        read_evidence("document", "a.png", data[:at], {})
