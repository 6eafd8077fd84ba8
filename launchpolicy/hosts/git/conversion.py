"""Compute the bytes that git would store of a file: its clean conversion, without running git.

As convert.c of git does it when a file is added, in this order: encoding, line ends, `$Id$`. The
programs of clean filters are never run.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from launchpolicy.vocabulary.named_tuple import NamedTuple

NAMES = ("working-tree-encoding", "text", "crlf", "eol", "ident", "filter")
"""The attributes that decide about it (gitattributes(5))."""

_IDENT = rb"\$Id:[^$\n]*\$"
_NO_ENCODING = {"unset", "unspecified", "set", "", "utf-8", "utf8"}
_MARKS = {"utf-16": "utf-16", "utf-32": "utf-32", "utf-16le-bom": "utf-16"}
"""Encodings of files that begin with a byte order mark, and what Python calls them."""

_PRINTED_BELOW_SPACE = b"\b\t\x1b\x0c"
_UNPRINTED = bytes({*range(32), 127} - {*_PRINTED_BELOW_SPACE, *b"\r\n"})
_END_OF_FILE = b"\x1a"


class NotConvertible(ValueError):  # noqa: N818 (it becomes an UndecidedError where the path is known)
    """A file is not in the encoding that its attribute names, so git would refuse it, too."""


class ConversionRules(NamedTuple):
    """How a file is converted: `encoding` of the work tree, whether line ends are changed."""

    encoding: str = ""
    lines: str = ""
    """"" nothing, `text` always, `auto` if it looks like text."""
    ident: bool = False

    @property
    def is_plain(self) -> bool:
        return self == ConversionRules()


def form_of(attributes: dict[str, str], autocrlf: str) -> ConversionRules:
    """Return what a file's attributes and the setting `core.autocrlf` mean for storing it."""
    encoding = attributes["working-tree-encoding"]
    return ConversionRules(
        encoding="" if encoding.lower() in _NO_ENCODING else encoding,
        lines=_lines(attributes, autocrlf.lower()),
        ident=attributes["ident"] == "set",
    )


def _lines(attributes: dict[str, str], autocrlf: str) -> str:
    meaning = _MEANINGS.get(attributes["text"], _MEANINGS.get(attributes["crlf"]))
    if meaning == "":
        return ""
    if attributes["eol"] in {"lf", "crlf"}:
        return meaning or "text"
    return meaning or ("auto" if _is_on(autocrlf) else "")


_MEANINGS = {"set": "text", "unset": "", "input": "text", "auto": "auto"}


def _is_on(autocrlf: str) -> bool:
    if autocrlf.lstrip("+-").isdigit():
        return int(autocrlf) != 0
    return autocrlf in {"true", "yes", "on", "input"}


def stored_form(data: bytes, form: ConversionRules, has_crlf_in_index: Callable[[], bool]) -> bytes:
    """Return the bytes that git would store of a file with these bytes.

    Args:
        data: the file in the work tree.
        form: what its attributes ask for.
        has_crlf_in_index: whether the index holds it as text with CR LF, which git then keeps;
            only asked if it matters.

    Raises:
        NotConvertible: the bytes are not of the encoding that the attributes name.
    """
    if form.encoding:
        data = _decode(data, form.encoding).encode()
    if form.lines and b"\r\n" in data:
        keep = form.lines == "auto" and (is_binary(data) or has_crlf_in_index())
        data = data if keep else data.replace(b"\r\n", b"\n")
    return re.sub(_IDENT, b"$Id$", data) if form.ident else data


def is_binary(data: bytes) -> bool:
    """Return whether git takes the bytes for binary when it has to guess."""
    if b"\0" in data or data.count(b"\r") != data.count(b"\r\n"):
        return True
    breaks = data.count(b"\n") + data.count(b"\r")
    unprinted = len(data) - len(data.translate(None, _UNPRINTED))
    printed = len(data) - unprinted - breaks
    return printed // 128 < unprinted - data.endswith(_END_OF_FILE)


def is_text_with_crlf(data: bytes) -> bool:
    """Return whether git takes the bytes for text that has line ends CR LF."""
    return b"\r\n" in data and not is_binary(data)


def _decode(data: bytes, encoding: str) -> str:
    spelling = re.sub(_HYPHEN, "utf-", encoding.lower())
    name = _MARKS.get(spelling, encoding)
    try:
        text = data.decode(name)
        has_mark = data[:2] in {b"\xff\xfe", b"\xfe\xff"} or data[:4] == b"\0\0\xfe\xff"
    except (LookupError, UnicodeError) as error:
        raise NotConvertible(encoding) from error
    if data and has_mark is not (spelling in _MARKS) and _is_wide(encoding):
        raise NotConvertible(encoding)
    return text


_HYPHEN = r"\Autf-?"
"""Git takes `UTF16` for `UTF-16` (utf8.c, same_utf_encoding)."""


def _is_wide(encoding: str) -> bool:
    return encoding.lower().startswith(("utf-16", "utf-32", "utf16", "utf32"))
