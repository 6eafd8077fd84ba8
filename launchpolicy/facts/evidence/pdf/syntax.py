"""The objects of PDF (ISO 32000-1, 7.3) from bytes, without trust in what the bytes claim."""

from __future__ import annotations

import re
from typing import Any, Final

from launchpolicy.vocabulary.named_tuple import NamedTuple

_DEPTH = 40
_SPACE: Final = rb"[\x00\t\n\x0c\r ]"
_SKIP = re.compile(rb"(?:" + _SPACE + rb"+|%[^\r\n]*)*")
_REFERENCE = re.compile(
    rb"(\d{1,10})" + _SPACE + rb"+(\d{1,5})" + _SPACE + rb"+R(?![^\x00\t\n\x0c\r ()<>\[\]{}/%])"
)
_WORD = re.compile(rb"[^\x00\t\n\x0c\r ()<>\[\]{}/%]+")
_NAME = re.compile(rb"/([^\x00\t\n\x0c\r ()<>\[\]{}/%]*)")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_HEX = re.compile(rb"<([0-9A-Fa-f\x00\t\n\x0c\r ]*)>")
_IN_STRING = re.compile(rb"[()\\]")
_OCTAL = re.compile(rb"[0-7]{1,3}")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
_PLAIN = {b"true": True, b"false": False, b"null": None}


class PdfError(ValueError):
    """The bytes are no object of PDF."""


class Name(str):
    """A name, without its slash."""

    __slots__ = ()


class Word(bytes):
    """A word that is no object: an operator of a content stream, or a keyword of the file."""

    __slots__ = ()


class Indirect(NamedTuple):
    """A reference to another object."""

    number: int


class Stream(NamedTuple):
    """A dictionary and the bytes that follow it, packed as they stand in the file."""

    entries: dict[str, Any]
    data: bytes


def parse(data: bytes, at: int, depth: int = 0) -> tuple[Any, int]:
    """Return the object or word at `at`, and where it ends.

    Strings are bytes, names `Name`, dictionaries dict, references `Indirect`.

    Raises:
        PdfError: nothing stands there, or it is damaged or nested too deep.
    """
    at = _skip(data, at)
    if depth > _DEPTH or at >= len(data):
        raise PdfError
    first = data[at : at + 2]
    if first == b"<<":
        return _dictionary(data, at + 2, depth)
    if first[:1] == b"[":
        return _items(data, at + 1, b"]", depth)
    if first[:1] == b"(":
        return _string(data, at + 1)
    if first[:1] == b"<":
        return _hex(data, at)
    if first[:1] == b"/":
        return _name(data, at)
    return _number_or_word(data, at)


def _skip(data: bytes, at: int) -> int:
    match = _SKIP.match(data, at)
    return match.end() if match else at


def _items(data: bytes, at: int, end: bytes, depth: int) -> tuple[list[Any], int]:
    items: list[Any] = []
    while True:
        at = _skip(data, at)
        if data.startswith(end, at):
            return items, at + len(end)
        item, at = parse(data, at, depth + 1)
        items.append(item)


def _dictionary(data: bytes, at: int, depth: int) -> tuple[dict[str, Any], int]:
    items, at = _items(data, at, b">>", depth)
    keys = items[::2]
    if len(items) % 2 or not all(isinstance(key, Name) for key in keys):
        raise PdfError
    return dict(zip(keys, items[1::2], strict=True)), at


def _string(data: bytes, at: int) -> tuple[bytes, int]:
    parts: list[bytes] = []
    depth = 1
    while True:
        match = _IN_STRING.search(data, at)
        if match is None:
            raise PdfError
        parts.append(data[at : match.start()])
        at = match.end()
        if match.group() == b"\\":
            escaped, at = _read_escape(data, at)
            parts.append(escaped)
            continue
        depth += 1 if match.group() == b"(" else -1
        if depth > _DEPTH:
            raise PdfError
        if depth == 0:
            return b"".join(parts), at
        parts.append(match.group())


def _read_escape(data: bytes, at: int) -> tuple[bytes, int]:
    octal = _OCTAL.match(data, at)
    if octal:
        return bytes([int(octal.group(), 8) & 0xFF]), octal.end()
    character = data[at : at + 1]
    if character in {b"\r", b"\n"}:  # a line that goes on
        return b"", at + (2 if data[at : at + 2] == b"\r\n" else 1)
    return _ESCAPED.get(character, character), at + 1


def _hex(data: bytes, at: int) -> tuple[bytes, int]:
    match = _HEX.match(data, at)
    if match is None:
        raise PdfError
    digits = re.sub(_SPACE, b"", match[1]).decode("ascii")
    return bytes.fromhex(digits + "0" * (len(digits) % 2)), match.end()


def _name(data: bytes, at: int) -> tuple[Name, int]:
    match = _NAME.match(data, at)
    if match is None:  # pragma: no cover (a slash always matches)
        raise PdfError
    written = _ESCAPE.sub(lambda code: bytes([int(code[1], 16)]), match[1])
    return Name(written.decode("latin-1")), match.end()


def _number_or_word(data: bytes, at: int) -> tuple[Any, int]:
    reference = _REFERENCE.match(data, at) if data[at : at + 1].isdigit() else None
    if reference:
        return Indirect(int(reference[1])), reference.end()
    match = _WORD.match(data, at)
    if match is None:
        raise PdfError
    word = match.group()
    if word[:1].isalpha() and word not in _PLAIN:
        return Word(word), match.end()
    if word in _PLAIN:
        return _PLAIN[word], match.end()
    try:
        return (float(word) if b"." in word else int(word[:18])), match.end()
    except ValueError:
        return Word(word), match.end()
