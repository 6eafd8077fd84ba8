"""Pictures as documents: whole by their own structure, larger than a token, not of one colour."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import Final, NamedTuple

from launchpolicy.facts.evidence.picture_size import is_large
from launchpolicy.vocabulary.text import Text

_PNG_START: Final = 8
_UNPACKED: Final = 64_000_000
"""A picture that unpacks to more is taken for one of many colours; it is large enough for it."""

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_MARKER: Final = 0xFF
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH: Final = frozenset({0x01, *range(0xD0, 0xD8)})
_START_OF_SCAN: Final = 0xDA
_END_OF_IMAGE: Final = b"\xff\xd9"
_LOSSLESS = b"VP8L"


class _Size(NamedTuple):
    width: int
    height: int


def problem_with(data: bytes, media_type: str) -> Text | None:
    """Return why a picture shows nothing; None if it may."""
    read = {"image/png": _png, "image/jpeg": _jpeg, "image/gif": _gif, "image/webp": _webp}
    try:
        size = read[media_type](data)
    except (struct.error, IndexError, zlib.error):
        size = None
    if size is None:
        return Text(
            "The picture is damaged or not complete; attach it as the scanner or camera wrote it.",
            "图片已损坏或不完整；请附上扫描仪或相机生成的原图。",
        )
    if not is_large(*size):
        return Text(
            f"The picture has {size.width} × {size.height} pixels, too few to show a document.",
            f"图片只有 {size.width} × {size.height} 像素，不足以呈现文档内容。",
        )
    if media_type == "image/png" and _is_blank_png(data, size):
        return Text(
            "The picture shows one colour and nothing else.", "图片只有一种颜色，没有内容。"
        )
    return None


def is_picture(data: bytes) -> bool:
    """Return whether the bytes are a picture of one of these types that shows something."""
    starts = (
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"GIF8", "image/gif"),
    )
    return any(data.startswith(m) and problem_with(data, t) is None for m, t in starts)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the chunks of a PNG up to its end (PNG, 3rd edition, 5.3), each with a right CRC."""
    at = _PNG_START
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


def _png(data: bytes) -> _Size | None:
    chunks = list(_chunks(data))
    if chunks[0][0] != b"IHDR" or not any(kind == b"IDAT" for kind, _ in chunks):
        return None
    return _Size(*struct.unpack_from(">II", chunks[0][1]))


def _is_blank_png(data: bytes, size: _Size) -> bool:
    """Return whether every row is of one colour; rows of pixels are compared as they are packed."""
    chunks = list(_chunks(data))
    depth, colour, _, _, interlaced = struct.unpack_from(">5B", chunks[0][1], 8)
    packed = b"".join(body for kind, body in chunks if kind == b"IDAT")
    bits = depth * _CHANNELS.get(colour, 1)
    step, row = max(1, bits // 8), (size.width * bits + 7) // 8
    if interlaced or (row + 1) * size.height > _UNPACKED:
        return False
    pixels = zlib.decompressobj().decompress(packed, (row + 1) * size.height)
    rows = (pixels[i + 1 : i + 1 + row] for i in range(0, len(pixels), row + 1))
    return all(row[step : -step - 1] == row[2 * step : -1] for row in rows)


def _jpeg(data: bytes) -> _Size | None:
    """Return the size in the frame header (ISO 10918-1, B.2.2); a scan has to follow it."""
    at, size = 2, None
    while data[at] == _MARKER:
        marker = data[at + 1]
        if marker == _MARKER or marker in _WITHOUT_LENGTH:
            at += 1 if marker == _MARKER else 2
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            size = _Size(width, height)
        if marker == _START_OF_SCAN:
            scan = data[at + 2 + length :]
            return size if len(scan) > _SCAN and _END_OF_IMAGE in scan else None
        at += 2 + length
    return None


_SCAN: Final = 200
"""The packed pixels of a picture are more bytes than this, whatever it shows."""


def _gif(data: bytes) -> _Size | None:
    width, height = struct.unpack_from("<HH", data, 6)
    is_whole = data.rstrip(b"\0").endswith(b"\x3b") and b"\x2c" in data[13:]
    return _Size(width, height) if is_whole else None


def _webp(data: bytes) -> _Size | None:
    """Return the size in the first chunk (RFC 9649, 2.5 to 2.7)."""
    (length,) = struct.unpack_from("<I", data, 4)
    kind = data[12:16]
    if length + 8 > len(data):
        return None
    if kind == b"VP8X":
        return _Size(
            int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
        )
    if kind == _LOSSLESS:
        (bits,) = struct.unpack_from("<I", data, 21)
        return _Size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    width, height = struct.unpack_from("<HH", data, 26)
    return _Size(width & 0x3FFF, height & 0x3FFF)
