"""GIF (89a): whether a picture is whole, its size, and whether it shows anything."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

from launchpolicy.facts.evidence.pixels import Row, differ, show_marks
from launchpolicy.vocabulary.named_tuple import NamedTuple

_HEADER: Final = 13
_TABLE: Final = 0x80
_EXTENSION, _IMAGE, _END = 0x21, 0x2C, 0x3B
_LARGEST_CODE: Final = 12
_PIXELS: Final = 4_000_000


class _Frame(NamedTuple):
    width: int
    height: int
    colours: bytes
    smallest: int
    packed: bytes


def read_gif(data: bytes) -> tuple[int, int, bool]:
    """Return width, height and whether any frame shows anything.

    Raises:
        struct.error: the picture is damaged or not complete.
        IndexError: it ends too early.
    """
    width, height = struct.unpack_from("<HH", data, 6)
    frames = list(_frames(data))
    if not frames:
        raise struct.error
    return width, height, any(map(_shows_something, frames[:3]))


def _frames(data: bytes) -> Iterator[_Frame]:
    shared, at = _table(data, _HEADER, data[10])
    while data[at] != _END:
        if data[at] == _EXTENSION:
            _, at = _blocks(data, at + 2)
        elif data[at] == _IMAGE:
            width, height, flags = struct.unpack_from("<HHB", data, at + 5)
            own, at = _table(data, at + 10, flags)
            smallest = data[at]
            packed, at = _blocks(data, at + 1)
            yield _Frame(width, height, own or shared, smallest, packed)
        else:
            raise struct.error


def _table(data: bytes, at: int, flags: int) -> tuple[bytes, int]:
    size = 3 * 2 ** ((flags & 7) + 1) if flags & _TABLE else 0
    return data[at : at + size], at + size


def _blocks(data: bytes, at: int) -> tuple[bytes, int]:
    parts: list[bytes] = []
    while data[at]:
        parts.append(data[at + 1 : at + 1 + data[at]])
        at += 1 + data[at]
    return b"".join(parts), at + 1


def _shows_something(frame: _Frame) -> bool:
    pixels = _unpack(frame.packed, frame.smallest, min(frame.width * frame.height, _PIXELS))
    used = sorted(set(pixels))
    colours = [frame.colours[3 * index : 3 * index + 3] for index in used]
    starts = range(0, len(pixels), max(frame.width, 1))
    rows = [Row(pixels[start : start + frame.width]) for start in starts]
    return differ(colour for colour in colours if len(colour) == len("rgb")) and show_marks(
        rows, 1, 1
    )


def _unpack(packed: bytes, smallest: int, most: int) -> bytes:
    """Return the indices of the pixels (appendix F, variable-length-code LZW).

    Raises:
        struct.error: the codes are none, or fewer than the picture has pixels.
    """
    if not 1 < smallest < _LARGEST_CODE - 2:
        raise struct.error
    clear = 1 << smallest
    table: list[bytes] = []
    pixels: list[bytes] = []
    count = held = bits = 0
    width, before = smallest + 1, b""
    for byte in packed:
        held |= byte << bits
        bits += 8
        while bits >= width:
            code = held & ((1 << width) - 1)
            held >>= width
            bits -= width
            if code == clear:
                table = [bytes([index]) for index in range(clear)] + [b"", b""]
                width, before = smallest + 1, b""
                continue
            if code == clear + 1 or count >= most:
                break
            if code > len(table) or (code == len(table) and not before):
                raise struct.error
            entry = table[code] if code < len(table) else before + before[:1]
            pixels.append(entry)
            count += len(entry)
            if before and len(table) < 1 << _LARGEST_CODE:
                table.append(before + entry[:1])
            if len(table) == 1 << width and width < _LARGEST_CODE:
                width += 1
            before = entry
    if count < most:
        raise struct.error
    return b"".join(pixels)[:most]
