"""Codes of a font to characters: by its ToUnicode map, or by an encoding with a known name."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from launchpolicy.facts.evidence.pdf.file import PdfFile
from launchpolicy.facts.evidence.pdf.filters import FilterError, decode
from launchpolicy.facts.evidence.pdf.syntax import Stream
from launchpolicy.policy.edition import FOURTH_EDITION

Decoder = Callable[[bytes], str | None]
"""Codes to text; None where the font does not say which characters they are."""

_HIGHEST: Final = 0x10FFFF
_MAP: Final = 2_000_000
_ENTRIES: Final = 70_000
_CHARS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_RANGES = re.compile(rb"beginbfrange(.*?)endbfrange", re.DOTALL)
_PAIR = re.compile(rb"<([0-9A-Fa-f]{2,8})>\s*<([0-9A-Fa-f]{4,64})>")
_RANGE = re.compile(
    rb"<([0-9A-Fa-f]{2,8})>\s*<([0-9A-Fa-f]{2,8})>\s*(?:<([0-9A-Fa-f]{4,64})>|\[([^\]]*)\])"
)
_ITEM = re.compile(rb"<([0-9A-Fa-f]{4,64})>")
_ENCODINGS: Final = (
    ("UCS2", "utf-16-be"),
    ("UTF16", "utf-16-be"),
    ("GBK", "gb18030"),
    ("GB-", "gb18030"),
    ("GBpc", "gb18030"),
)


def decoder_of(file: PdfFile, font: Any) -> Decoder:  # noqa: ANN401 (an object of PDF)
    """Return how the codes that are shown in a font become text."""
    entries = file.entries(font)
    if file.edition > FOURTH_EDITION and entries.get("Subtype") == "Type3":
        glyphs = map(file.resolve, file.entries(entries.get("CharProcs")).values())
        if not any(isinstance(glyph, Stream) and glyph.data.strip() for glyph in glyphs):
            return _no_glyphs
    width = 2 if entries.get("Subtype") == "Type0" else 1
    stream = file.resolve(entries.get("ToUnicode"))
    if isinstance(stream, Stream):
        characters = _map_of(file, stream)
        if characters:
            return lambda codes: _map_codes(codes, characters, width)
    if width == 1:
        return lambda codes: codes.decode("cp1252", "replace")
    name = str(file.resolve(entries.get("Encoding")))
    for part, encoding in _ENCODINGS:
        if part in name:
            return lambda codes, encoding=encoding: codes.decode(encoding, "replace")  # type: ignore[misc]
    return _no_text


def _no_glyphs(codes: bytes) -> str | None:
    del codes
    return ""


def _no_text(codes: bytes) -> str | None:
    del codes
    return None


def _map_codes(codes: bytes, characters: dict[int, str], width: int) -> str:
    steps = range(0, len(codes), width)
    return "".join(characters.get(int.from_bytes(codes[i : i + width], "big"), "") for i in steps)


def _map_of(file: PdfFile, stream: Stream) -> dict[int, str]:
    """Return the map of a CMap (ISO 32000-1, 9.10.3)."""
    try:
        source = decode(stream, file.resolve, _MAP)
    except FilterError:
        return {}
    characters: dict[int, str] = {}
    for block in _CHARS.finditer(source):
        for code, text in _PAIR.findall(block[1]):
            characters[int(code, 16)] = _text(text)
    for block in _RANGES.finditer(source):
        for first, last, text, items in _RANGE.findall(block[1]):
            _add_range(characters, (int(first, 16), int(last, 16)), text, items)
            if len(characters) > _ENTRIES:
                return characters
    return characters


def _add_range(
    characters: dict[int, str], codes: tuple[int, int], text: bytes, items: bytes
) -> None:
    first, last = codes
    if items:
        characters.update((first + i, _text(item)) for i, item in enumerate(_ITEM.findall(items)))
        return
    start = _text(text)
    for code in range(first, min(last, first + 0xFFFF) + 1):
        point = ord(start[-1]) + code - first if start else 0
        characters[code] = start[:-1] + chr(point) if 0 < point <= _HIGHEST else ""


def _text(digits: bytes) -> str:
    whole = digits[: len(digits) // 4 * 4].decode("ascii")
    return bytes.fromhex(whole).decode("utf-16-be", "ignore")
