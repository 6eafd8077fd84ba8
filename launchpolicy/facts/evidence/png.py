"""PNG (3rd edition): whether a picture is whole, its size, and whether it shows anything."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Final

from launchpolicy.facts.evidence.pixels import Row, differ, show_marks
from launchpolicy.vocabulary.named_tuple import NamedTuple

_START: Final = 8
_UNPACKED: Final = 64_000_000
"""Of a picture that unpacks to more, only so much is looked at."""

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PALETTE: Final = 3
_WITH_ALPHA = {4, 6}
_BYTE: Final = 8
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
           (0, 1, 1, 2))  # fmt: skip
"""First column and row, and the steps between, of each pass of an interlaced picture (8.1)."""


class _Header(NamedTuple):
    width: int
    height: int
    depth: int
    colour: int
    compression: int
    filtering: int
    interlaced: int


def read_png(data: bytes) -> tuple[int, int, bool]:
    """Return width, height and whether the picture shows anything.

    Raises:
        struct.error, zlib.error: the picture is damaged or not complete.
        IndexError: it has no chunk.
    """
    chunks = list(_chunks(data))
    if chunks[0][0] != b"IHDR":
        raise struct.error
    header = _Header(*struct.unpack_from(">2I5B", chunks[0][1]))
    packed = b"".join(body for kind, body in chunks if kind == b"IDAT")
    palette = b"".join(body for kind, body in chunks if kind == b"PLTE")
    return header.width, header.height, _shows_something(header, packed, palette)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks up to the end (5.3), each with a right checksum."""
    at = _START
    while True:
        length, kind = struct.unpack_from(">I4s", data, at)
        body = data[at + 8 : at + 8 + length]
        (crc,) = struct.unpack_from(">I", data, at + 8 + length)
        if zlib.crc32(kind + body) != crc:
            raise struct.error
        yield kind, body
        if kind == b"IEND":
            return
        at += 12 + length


def _shows_something(header: _Header, packed: bytes, palette: bytes) -> bool:
    bits = header.depth * _CHANNELS.get(header.colour, 1)
    lengths = list(_row_lengths(header, bits))
    total = sum(lengths)
    pixels = zlib.decompressobj().decompress(packed, min(total, _UNPACKED) or 1)
    if len(pixels) < min(total, _UNPACKED):
        raise struct.error
    rows = list(_rows(pixels, lengths))
    step = max(1, bits // _BYTE)
    if header.colour == _PALETTE:
        return differ(zip(*[iter(palette)] * 3, strict=False)) and show_marks(rows, step, 1)
    if header.colour in _WITH_ALPHA and not any(any(row.pixels[step - 1 :: step]) for row in rows):
        return False
    return show_marks(rows, step, 1) if header.depth < _BYTE else show_marks(rows, step)


def _row_lengths(header: _Header, bits: int) -> Iterator[int]:
    """Yield the bytes of each row with its filter, in the order in which rows are packed."""
    for left, top, right, down in _PASSES if header.interlaced else ((0, 0, 1, 1),):
        columns = (header.width - left + right - 1) // right
        count = (header.height - top + down - 1) // down
        if columns > 0:
            yield from [(columns * bits + 7) // 8 + 1] * max(count, 0)


def _rows(pixels: bytes, lengths: list[int]) -> Iterator[Row]:
    at = 0
    for length in lengths:
        if at + length > len(pixels):
            return
        yield Row(pixels[at + 1 : at + length], pixels[at] != 0)
        at += length
