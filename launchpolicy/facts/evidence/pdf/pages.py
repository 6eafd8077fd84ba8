"""What stands on the pages of a PDF: its text, pictures and drawing, as far as a person sees it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from launchpolicy.facts.evidence.pdf.file import PdfFile
from launchpolicy.facts.evidence.pdf.filters import FilterError, decode
from launchpolicy.facts.evidence.pdf.fonts import Decoder, decoder_of
from launchpolicy.facts.evidence.pdf.syntax import Indirect, Name, PdfError, Stream, Word, parse
from launchpolicy.facts.evidence.picture_size import is_large

_PAGES: Final = 10_000
_PAGES_READ: Final = 20
_OPERATORS: Final = 20_000
_UNPACKED: Final = 32_000_000
_TEXT: Final = 20_000
_NESTING: Final = 4
_GAP: Final = -200
"""Thousandths of the font's size: a wider step to the right is a space between words."""

_PAINTS = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh"}
_LINES = {b"Td", b"TD", b"T*", b"ET", b"'", b'"'}
_SHOWS = {b"Tj", b"TJ", b"'", b'"'}
_INLINE_END = re.compile(rb"[\x00\t\n\x0c\r ]EI(?=[\x00\t\n\x0c\r ]|\Z)")


class _Page(NamedTuple):
    entries: dict[str, Any]
    resources: dict[str, Any]


@dataclass
class PdfContents:
    """What a file shows.

    `unknown` counts codes whose characters the font does not tell, `drawn` what is painted.
    """

    pages: int = 0
    has_picture: bool = False
    unknown: int = 0
    drawn: int = 0
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return the text of all pages, a line for each line."""
        return "".join(self.texts)


def contents_of(file: PdfFile) -> PdfContents:
    """Return what the pages show, those of the tree of pages only."""
    contents = PdfContents()
    reader = _Reader(file, contents)
    for page in _pages(file, file.catalog.get("Pages"), {}, set()):
        contents.pages += 1
        if contents.pages <= _PAGES_READ:
            reader.read_page(page)
        if contents.pages >= _PAGES:
            break
    return contents


def _pages(
    file: PdfFile,
    node: Any,  # noqa: ANN401 (an object of PDF)
    resources: dict[str, Any],
    seen: set[int],
) -> Iterator[_Page]:
    """Yield the pages below a node of the tree, each once (7.7.3), without recursion."""
    waiting = [(node, resources)]
    while waiting:
        value, inherited = waiting.pop()
        if isinstance(value, Indirect):
            if value.number in seen:
                continue
            seen.add(value.number)
        entries = file.entries(value)
        own = file.entries(entries.get("Resources")) or inherited
        if entries.get("Type") == "Page" or (entries and "Kids" not in entries):
            yield _Page(entries, own)
        else:
            waiting += [(kid, own) for kid in reversed(file.items(entries.get("Kids")))]


class _Reader:
    """Reads content streams (7.8.2), within one budget for the whole file."""

    def __init__(self, file: PdfFile, contents: PdfContents) -> None:
        self._file = file
        self._contents = contents
        self._operators = _OPERATORS
        self._bytes = _UNPACKED
        self._letters = _TEXT
        self._gap = ""
        self._decoders: dict[int, Decoder] = {}

    def read_page(self, page: _Page) -> None:
        """Read the contents of a page, which may be one stream or several that are one."""
        contents = self._file.resolve(page.entries.get("Contents"))
        parts = contents if isinstance(contents, list) else [contents]
        source = b"\n".join(self._unpack(self._file.resolve(part)) for part in parts)
        self._read(source, page.resources, 0)
        self._write("\n")

    def _unpack(self, value: Any) -> bytes:  # noqa: ANN401
        if not isinstance(value, Stream):
            return b""
        try:
            data = decode(value, self._file.resolve, self._bytes)
        except FilterError:
            return b""
        self._bytes -= len(data)
        return data

    def _read(self, source: bytes, resources: dict[str, Any], depth: int) -> None:
        operands: list[Any] = []
        decoder: Decoder = decoder_of(self._file, None)
        at = 0
        while self._operators > 0 and self._letters > 0:
            try:
                value, at = parse(source, at)
            except (PdfError, RecursionError):
                return
            if not isinstance(value, Word):
                operands = [*operands[-64:], value]
                continue
            self._operators -= 1
            if value == b"Tf":
                decoder = self._decoder(resources, operands)
            elif value == b"ID":
                at = self._inline_picture(source, at, operands)
            elif value == b"Do":
                self._external(resources, operands, depth)
            else:
                self._operator(value, operands, decoder)
            operands = []

    def _operator(self, word: bytes, operands: list[Any], decoder: Decoder) -> None:
        if word in _LINES:
            flat = word in {b"Td", b"TD"} and operands[-1:] == [0]
            self._write(self._gap if flat else "\n")
        elif word == b"Tm":
            self._write(self._gap)
        elif word in _PAINTS:
            self._contents.drawn += 1
        if word in _SHOWS and operands:
            self._show(operands[-1], decoder)

    def _show(self, shown: Any, decoder: Decoder) -> None:  # noqa: ANN401
        for part in shown if isinstance(shown, list) else [shown]:
            if isinstance(part, bytes):
                text = decoder(part)
                if text is None:
                    self._contents.unknown += len(part) // 2
                else:
                    self._write(text)
                    self._gap = " " if len(text) > 1 else ""  # some place every letter by itself
            elif isinstance(part, int | float) and part < _GAP:
                self._write(self._gap)

    def _write(self, text: str) -> None:
        if self._letters > 0:
            self._letters -= len(text)
            self._contents.texts.append(text)

    def _decoder(self, resources: dict[str, Any], operands: list[Any]) -> Decoder:
        name = next((operand for operand in operands if isinstance(operand, Name)), None)
        fonts = self._file.entries(resources.get("Font"))
        font = fonts.get(name) if name is not None else None
        if not isinstance(font, Indirect):
            return decoder_of(self._file, font)
        if font.number not in self._decoders:
            self._decoders[font.number] = decoder_of(self._file, font)
        return self._decoders[font.number]

    def _external(self, resources: dict[str, Any], operands: list[Any], depth: int) -> None:
        name = operands[-1] if operands else None
        objects = self._file.entries(resources.get("XObject"))
        drawn = self._file.resolve(objects.get(name)) if isinstance(name, Name) else None
        if not isinstance(drawn, Stream):
            return
        if drawn.entries.get("Subtype") == "Image":
            self._picture(drawn)
        elif depth < _NESTING:
            inner = self._file.entries(drawn.entries.get("Resources")) or resources
            self._read(self._unpack(drawn), inner, depth + 1)

    def _picture(self, stream: Stream) -> None:
        width, height = (self._file.resolve(stream.entries.get(k)) for k in ("Width", "Height"))
        if not is_large(width, height) or self._contents.has_picture:
            return
        try:
            data = decode(stream, self._file.resolve, self._bytes)
        except FilterError as error:  # JPEG and fax, which are not unpacked here, or very large
            self._contents.has_picture = error.is_too_much or len(stream.data) > _TOKEN
            return
        self._bytes -= len(data)
        self._contents.has_picture = data.count(data[:1]) != len(data)

    def _inline_picture(self, source: bytes, at: int, operands: list[Any]) -> int:
        entries = dict(zip(operands[::2], operands[1::2], strict=False))
        width, height = (entries.get(k[:1], entries.get(k)) for k in ("Width", "Height"))
        end = _INLINE_END.search(source, at)
        self._contents.has_picture |= is_large(width, height)
        return end.end() if end else len(source)


_TOKEN: Final = 1000
"""A packed picture of a page is larger than this."""
