"""Streams of PDF unpacked (ISO 32000-1, 7.4), never to more than they may become."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Callable
from typing import Any

from launchpolicy.facts.evidence.pdf.syntax import Stream

Resolve = Callable[[Any], Any]
"""What a reference leads to."""

_SPACES = re.compile(rb"[\x00\t\n\x0c\r ]+")
_MOST_FILTERS = 4
_FIRST_PNG_PREDICTOR = 10


class FilterError(ValueError):
    """A stream that is not unpacked: its filter is not known, it is damaged, or it is too much."""

    def __init__(self, *, is_too_much: bool = False) -> None:
        super().__init__()
        self.is_too_much = is_too_much


def decode(stream: Stream, resolve: Resolve, most: int) -> bytes:
    """Return the bytes of a stream.

    Raises:
        FilterError: a filter is not known (pictures have their own), or it exceeds `most` bytes.
    """
    filters, parameters = _filters_of(stream, resolve)
    if len(filters) > _MOST_FILTERS:
        raise FilterError
    data = stream.data
    for index, name in enumerate(filters):
        given = resolve(parameters[index]) if index < len(parameters) else None
        data = _step(str(name), data, given if isinstance(given, dict) else {}, most)
    if len(data) > most:
        raise FilterError(is_too_much=True)
    return data


def _filters_of(stream: Stream, resolve: Resolve) -> tuple[list[Any], list[Any]]:
    named = resolve(stream.entries.get("Filter"))
    given = resolve(stream.entries.get("DecodeParms"))
    filters = named if isinstance(named, list) else [] if named is None else [named]
    return [resolve(name) for name in filters], given if isinstance(given, list) else [given]


def _step(name: str, data: bytes, entries: dict[str, Any], most: int) -> bytes:
    try:
        if name in {"FlateDecode", "Fl"}:
            return _without_predictor(_inflate(data, most), entries)
        if name in {"ASCIIHexDecode", "AHx"}:
            digits = _SPACES.sub(b"", data).partition(b">")[0]
            return binascii.unhexlify(digits + b"0" * (len(digits) % 2))
        if name in {"ASCII85Decode", "A85"}:
            body = data.partition(b"~>")[0].strip().removeprefix(b"<~")
            return base64.a85decode(body, ignorechars=b" \t\n\r\x0b\x0c\x00")
    except ValueError as error:
        if isinstance(error, FilterError):
            raise
        raise FilterError from error
    raise FilterError


def _inflate(data: bytes, most: int) -> bytes:
    """Return what zlib gives, even where the end is missing, as readers of PDF do."""
    unpacker = zlib.decompressobj()
    try:
        output = unpacker.decompress(data, most + 1)
    except zlib.error as error:
        raise FilterError from error
    if len(output) > most:
        raise FilterError(is_too_much=True)
    return output


def _without_predictor(data: bytes, entries: dict[str, Any]) -> bytes:
    """Take back the PNG predictors Sub and Up, which object streams may have; no other one."""
    predictor, columns = entries.get("Predictor", 1), entries.get("Columns", 1)
    if not isinstance(predictor, int) or predictor < _FIRST_PNG_PREDICTOR:
        return data
    if not isinstance(columns, int) or not 0 < columns <= len(data):
        raise FilterError
    rows: list[bytes] = []
    above = bytes(columns)
    for start in range(0, len(data), columns + 1):
        kind, row = data[start], data[start + 1 : start + 1 + columns]
        if kind == _UP:
            row = bytes((a + b) & 0xFF for a, b in zip(row, above, strict=False))
        elif kind != 0:
            raise FilterError
        rows.append(row)
        above = row.ljust(columns, b"\0")
    return b"".join(rows)


_UP = 2
