"""Pictures as documents: whole by their own structure, larger than a token, not of one colour."""

from __future__ import annotations

import struct
import zlib
from typing import Final

from launchpolicy.facts.evidence.gif import read_gif
from launchpolicy.facts.evidence.picture_size import is_large
from launchpolicy.facts.evidence.pixels import is_repetitive
from launchpolicy.facts.evidence.png import read_png
from launchpolicy.vocabulary.named_tuple import NamedTuple
from launchpolicy.vocabulary.text import Text

_MARKER: Final = 0xFF
_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_WITHOUT_LENGTH: Final = frozenset({0x01, *range(0xD0, 0xD8)})
_START_OF_SCAN: Final = 0xDA
_END_OF_IMAGE: Final = b"\xff\xd9"
_LOSSLESS = b"VP8L"


class _Picture(NamedTuple):
    width: int
    height: int
    shows_something: bool


def problem_with(data: bytes, media_type: str) -> Text | None:
    """Return why a picture shows nothing; None if it may."""
    read = {"image/png": _png, "image/jpeg": _jpeg, "image/gif": _gif, "image/webp": _webp}
    try:
        picture = read[media_type](data)
    except (struct.error, IndexError, zlib.error):
        picture = None
    if picture is None:
        return Text(
            "The picture is damaged or not complete; attach it as the scanner or camera wrote it.",
            "图片已损坏或不完整；请附上扫描仪或相机生成的原图。",
        )
    width, height, _ = picture
    if not is_large(width, height):
        return Text(
            f"The picture has {width} × {height} pixels, too few to show a document.",
            f"图片只有 {width} × {height} 像素，不足以呈现文档内容。",
        )
    if not picture.shows_something:
        return Text(
            "The picture shows one colour and nothing else, so there is nothing to read.",
            "图片只有一种颜色，没有内容。",
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


def _png(data: bytes) -> _Picture:
    return _Picture(*read_png(data))


def _jpeg(data: bytes) -> _Picture | None:
    """Return the size in the frame header (ISO 10918-1, B.2.2); tables and a scan belong to it."""
    at, size, tables = 2, None, set()
    while data[at] == _MARKER:
        marker = data[at + 1]
        if marker == _MARKER or marker in _WITHOUT_LENGTH:
            at += 1 if marker == _MARKER else 2
            continue
        (length,) = struct.unpack_from(">H", data, at + 2)
        tables.add(marker)
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            size = (width, height)
        if marker == _START_OF_SCAN:
            scan = data[at + 2 + length :].partition(_END_OF_IMAGE)
            if size is None or not scan[1] or _QUANTISATION not in tables:
                return None
            is_whole = len(scan[0]) > max(_SCAN, size[0] * size[1] // _PIXELS_OF_A_BYTE)
            return _Picture(*size, not is_repetitive(scan[0])) if is_whole else None
        at += 2 + length
    return None


_QUANTISATION: Final = 0xDB
_SCAN: Final = 200
_PIXELS_OF_A_BYTE: Final = 1000
"""The packed pixels of a picture are more bytes than this, whatever it shows."""


def _gif(data: bytes) -> _Picture:
    return _Picture(*read_gif(data))


def _webp(data: bytes) -> _Picture | None:
    """Return the size in the first chunk (RFC 9649, 2.5 to 2.7)."""
    (length,) = struct.unpack_from("<I", data, 4)
    kind = data[12:16]
    if length + 8 > len(data):
        return None
    shows_something = not is_repetitive(data[20 : length + 8])
    if kind == b"VP8X":
        width = int.from_bytes(data[24:27], "little") + 1
        height = int.from_bytes(data[27:30], "little") + 1
        return _Picture(width, height, shows_something and b"VP8" in data[30:])
    if kind == _LOSSLESS:
        (bits,) = struct.unpack_from("<I", data, 21)
        return _Picture((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, shows_something)
    width, height = struct.unpack_from("<HH", data, 26)
    return _Picture(width & 0x3FFF, height & 0x3FFF, shows_something)
