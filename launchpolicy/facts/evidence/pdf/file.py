"""A PDF file as its objects: those that stand in it, and those in its compressed object streams.

The table of references is not believed: every object is found where it stands, the last of a
number counts, as after an incremental update. So damaged tables, which readers repair, do no harm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from launchpolicy.facts.evidence.pdf.filters import FilterError, decode
from launchpolicy.facts.evidence.pdf.syntax import Indirect, PdfError, Stream, parse
from launchpolicy.policy.edition import EDITION

_OBJECT = re.compile(rb"(?<![0-9])(\d{1,10})[\x00\t\n\x0c\r ]+(\d{1,5})[\x00\t\n\x0c\r ]+obj\b")
_TRAILER = re.compile(rb"\btrailer\b")
_STREAM = re.compile(rb"[\x00\t\n\x0c\r ]*stream(\r\n|\n|\r)")
_END = re.compile(rb"[\r\n]*endstream\b")
_OBJECTS: Final = 200_000
_DAMAGED: Final = 100
"""So many objects may be damaged: each may cost a look through the whole file."""

_PACKED: Final = 20_000_000
"""How many bytes all object streams of a file may unpack to."""


class PdfFile:
    """The objects of a file by number; a later one replaces an earlier one.

    `edition` is that of the program as which it is read (`policy.edition`).

    Raises:
        PdfError: it has too many objects, or unpacks to too much.
    """

    def __init__(self, data: bytes, edition: int = EDITION) -> None:
        self.edition = edition
        self._objects: dict[int, Any] = {}
        self._trailers: list[dict[str, Any]] = []
        self._left = _PACKED
        self._damaged = 0
        self._read(data)

    @property
    def is_encrypted(self) -> bool:
        """Return whether a password is asked for, be it an empty one."""
        return any(trailer.get("Encrypt") is not None for trailer in self._trailers)

    def resolve(self, value: Any) -> Any:  # noqa: ANN401 (an object of PDF)
        """Return what a reference leads to; None where it leads nowhere or in a circle."""
        for _ in range(8):
            if not isinstance(value, Indirect):
                return value
            value = self._objects.get(value.number)
        return None

    def entries(self, value: Any) -> dict[str, Any]:  # noqa: ANN401
        """Return the dictionary that a value is, leads to or stands before a stream."""
        target = self.resolve(value)
        if isinstance(target, Stream):
            return target.entries
        return target if isinstance(target, dict) else {}

    def items(self, value: Any) -> list[Any]:  # noqa: ANN401
        """Return the list that a value is or leads to."""
        target = self.resolve(value)
        return target if isinstance(target, list) else []

    @property
    def catalog(self) -> dict[str, Any]:
        """Return the root of the document: the trailer's, or else the last catalog there."""
        for trailer in reversed(self._trailers):
            root = self.entries(trailer.get("Root"))
            if root:
                return root
        roots = [value for value in self._objects.values() if self._is_of_type(value, "Catalog")]
        return self.entries(roots[-1]) if roots else {}

    def _is_of_type(self, value: Any, name: str) -> bool:  # noqa: ANN401
        return self.entries(value).get("Type") == name

    def _read(self, data: bytes) -> None:
        packed: list[Stream] = []
        at = count = 0
        while (match := _OBJECT.search(data, at)) is not None:
            count += 1
            if count > _OBJECTS:
                raise PdfError
            value, at = self._object(data, match.end())
            self._objects[int(match[1])] = value
            if self._is_of_type(value, "ObjStm"):
                packed.append(value)
            elif self._is_of_type(value, "XRef"):
                self._trailers.append(self.entries(value))
        for match in _TRAILER.finditer(data):
            trailer = _parse(data, match.end())
            if isinstance(trailer, dict):
                self._trailers.append(trailer)
        standing = set(self._objects)
        for stream in packed:
            self._unpack(stream, standing)

    def _object(self, data: bytes, at: int) -> tuple[Any, int]:
        try:
            value, end = parse(data, at)
        except (PdfError, RecursionError):
            self._damaged += 1
            if self._damaged > _DAMAGED:
                raise
            return None, at
        start = _STREAM.match(data, end) if isinstance(value, dict) else None
        if start is None:
            return value, end
        length = value.get("Length")
        stated = start.end() + length if isinstance(length, int) and length >= 0 else -1
        ends = _END.match(data, stated) if 0 <= stated <= len(data) else None
        if ends is None:  # the length is a reference, or wrong
            ends = _END.search(data, start.end())
            stated = ends.start() if ends else len(data)
        return Stream(value, data[start.end() : stated]), ends.end() if ends else len(data)

    def _unpack(self, stream: Stream, standing: set[int]) -> None:
        try:
            unpacked = decode(stream, self.resolve, self._left)
        except FilterError as error:
            if error.is_too_much:
                raise PdfError from error
            return
        self._left -= len(unpacked)
        for number, value in _members(unpacked, stream.entries.get("First")):
            if number not in standing:
                self._objects[number] = value
                if len(self._objects) > _OBJECTS:
                    raise PdfError


def _members(unpacked: bytes, first: object) -> Iterator[tuple[int, Any]]:
    """Yield the objects of an object stream (7.5.7): numbers and offsets, then the objects."""
    if not isinstance(first, int) or not 0 <= first <= len(unpacked):
        return
    header = unpacked[:first].split()
    for number, offset in zip(header[::2], header[1::2], strict=False):
        if number.isdigit() and offset.isdigit():
            yield int(number[:10]), _parse(unpacked, first + int(offset[:10]))


def _parse(data: bytes, at: int) -> Any:  # noqa: ANN401
    try:
        return parse(data, at)[0]
    except (PdfError, RecursionError):
        return None
