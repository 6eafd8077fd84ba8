"""Content streams of PDF (ISO 32000-1, 7.8.2): which text, pictures and lines a person sees."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from launchpolicy.facts.evidence.pdf.contents import Page, PdfContents
from launchpolicy.facts.evidence.pdf.file import PdfFile
from launchpolicy.facts.evidence.pdf.filters import FilterError, decode
from launchpolicy.facts.evidence.pdf.fonts import Decoder, decoder_of
from launchpolicy.facts.evidence.pdf.graphics import (
    Box,
    DarkAreas,
    GraphicsState,
    Matrix,
    box_of,
    numbers,
)
from launchpolicy.facts.evidence.pdf.layers import Layers
from launchpolicy.facts.evidence.pdf.page_pictures import shows_something
from launchpolicy.facts.evidence.pdf.painting import (
    PAINTS,
    Path,
    colour_of,
    named_space,
    with_settings,
    written_as,
)
from launchpolicy.facts.evidence.pdf.syntax import Indirect, Name, PdfError, Stream, Word, parse

_OPERATORS: Final = 20_000
_UNPACKED: Final = 32_000_000
_TEXT: Final = 20_000
_NESTING: Final = 4
_STATES: Final = 512
_GAP: Final = -200
"""Thousandths of the font's size: a wider step to the right is a space between words."""

_PICTURE_SIDE: Final = 36
"""Points: what is drawn smaller is no page, form or screen."""

_LINES = {b"Td", b"TD", b"T*", b"ET", b"'", b'"'}
_SHOWS = {b"Tj", b"TJ", b"'", b'"'}
_INLINE_END = re.compile(rb"[\x00\t\n\x0c\r ]EI(?=[\x00\t\n\x0c\r ]|\Z)")
_INLINE_KEYS = {"W": "Width", "H": "Height", "BPC": "BitsPerComponent", "F": "Filter",
                "DP": "DecodeParms", "CS": "ColorSpace"}  # fmt: skip


class PageReader:
    """Reads content streams within one budget for the whole file."""

    def __init__(self, file: PdfFile, contents: PdfContents) -> None:
        self._file = file
        self._contents = contents
        self._layers = Layers(file)
        self._operators = _OPERATORS
        self._bytes = _UNPACKED
        self._letters = _TEXT
        self._gap = ""
        self._decoders: dict[int, Decoder] = {}
        self._state = GraphicsState(Matrix(), Box(0, 0, 0, 0))
        self._text = self._line = Matrix()
        self._dark = DarkAreas()
        self._marked: list[bool] = []

    def read_page(self, page: Page) -> None:
        """Read the contents of a page, which may be one stream or several, and what is on it."""
        contents = self._file.resolve(page.entries.get("Contents"))
        parts = contents if isinstance(contents, list) else [contents]
        source = b"\n".join(self._unpack(self._file.resolve(part)) for part in parts)
        self._dark, self._marked = DarkAreas(), []
        self._state = GraphicsState(Matrix(), page.box)
        self._read(source, page.resources, 0)
        for item in self._file.items(page.entries.get("Annots")):
            self._state = GraphicsState(Matrix(), page.box)
            self._annotation(self._file.entries(item), page)
        self._write("\n")

    def _annotation(self, entries: dict[str, Any], page: Page) -> None:
        """Read how a filled-in field, a stamp or a note looks (12.5.5)."""
        flags = self._file.resolve(entries.get("F"))
        if (isinstance(flags, int) and flags & _HIDDEN) or self._layers.hide(entries.get("OC")):
            return
        shown = self._file.resolve(self._file.entries(entries.get("AP")).get("N"))
        if isinstance(shown, dict):
            shown = self._file.resolve(shown.get(str(self._file.resolve(entries.get("AS")))))
        corner = numbers(self._file.items(entries.get("Rect")), 4)
        if isinstance(shown, Stream) and corner:
            box = numbers(self._file.items(shown.entries.get("BBox")), 4) or [0, 0, 0, 0]
            shift = Matrix(e=min(corner[0::2]) - box[0], f=min(corner[1::2]) - box[1])
            self._state = self._state._replace(matrix=shift)
            self._form(shown, page.resources, 0)
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
        states: list[GraphicsState] = []
        path = Path()
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
            if value in {b"q", b"Q"}:
                self._keep(value, states)
            elif value == b"Tf":
                decoder = self._font(resources, operands)
            elif value == b"ID":
                at = self._inline_picture(source, at, operands)
            elif value == b"Do":
                self._external(resources, operands, depth)
            elif value in PAINTS or value == b"n":
                self._paint(value, path)
                path = Path()
            elif not path.add(value, operands, self._state.matrix):
                self._operator(value, operands, decoder, resources)
            operands = []

    def _keep(self, word: bytes, states: list[GraphicsState]) -> None:
        """Keep the state, or go back to the one that was kept last."""
        if word == b"Q":
            self._state = states.pop() if states else self._state
        elif len(states) < _STATES:
            states.append(self._state)

    def _operator(
        self, word: bytes, operands: list[Any], decoder: Decoder, resources: dict[str, Any]
    ) -> None:
        if word in {b"BDC", b"BMC"}:
            self._marked.append(word == b"BDC" and self._is_hidden_layer(resources, operands))
        elif word == b"EMC":
            del self._marked[-1:]
        elif word == b"gs":
            settings = self._file.entries(resources.get("ExtGState"))
            name = operands[-1] if operands and isinstance(operands[-1], Name) else ""
            self._state = with_settings(self._state, self._file.entries(settings.get(name)))
        else:
            self._state = colour_of(self._state, word, operands, self._colour_space(resources))
            self._state = written_as(self._state, word, operands)
        self._position(word, operands)
        if word in _LINES:
            flat = word in {b"Td", b"TD"} and operands[-1:] == [0]
            self._write(self._gap if flat else "\n")
        elif word == b"Tm":
            self._write(self._gap)
        if word in _SHOWS and operands:
            self._show(operands[-1], decoder)

    def _is_hidden_layer(self, resources: dict[str, Any], operands: list[Any]) -> bool:
        layers = self._file.entries(resources.get("Properties"))
        names = [operand for operand in operands if isinstance(operand, Name)]
        return names[:1] == ["OC"] and self._layers.hide(layers.get(names[-1]))

    def _colour_space(self, resources: dict[str, Any]) -> Callable[[str], Any]:
        spaces = self._file.entries(resources.get("ColorSpace"))
        resolve, items = self._file.resolve, self._file.items
        return lambda name: named_space(
            [resolve(item) for item in items(spaces.get(name))], name, self._file.edition
        )

    def _position(self, word: bytes, operands: list[Any]) -> None:
        """Note where text is written next (9.4.2)."""
        shift = numbers(operands, 2) if word in {b"Td", b"TD"} else None
        whole = numbers(operands, 6) if word in {b"Tm", b"cm"} else None
        if word == b"BT":
            self._text = self._line = Matrix()
        elif word == b"cm" and whole:
            self._state = self._state._replace(matrix=self._state.matrix.after(Matrix(*whole)))
        elif word == b"Tm" and whole:
            self._text = self._line = Matrix(*whole)
        elif word in {b"T*", b"'", b'"'}:
            shift = [0, -self._state.leading]
        if shift:
            self._text = self._line = self._line.after(Matrix(e=shift[0], f=shift[1]))
            if word == b"TD":
                self._state = self._state._replace(leading=-shift[1])

    def _show(self, shown: Any, decoder: Decoder) -> None:  # noqa: ANN401
        if any(self._marked) or not self._state.shows_text(self._text, self._dark):
            return
        for part in shown if isinstance(shown, list) else [shown]:
            if isinstance(part, bytes):
                text = decoder(part)
                if text is None:
                    self._contents.unknown += len(part) // 2
                    self._contents.kinds.update(part[i : i + 2] for i in range(0, len(part), 2))
                else:
                    self._write(text)
                    self._gap = " " if len(text) > 1 else ""  # some place every letter by itself
            elif isinstance(part, int | float) and part < _GAP:
                self._write(self._gap)

    def _write(self, text: str) -> None:
        if self._letters > 0:
            self._letters -= len(text)
            self._contents.texts.append(text)

    def _font(self, resources: dict[str, Any], operands: list[Any]) -> Decoder:
        name = next((operand for operand in operands if isinstance(operand, Name)), None)
        fonts = self._file.entries(resources.get("Font"))
        font = fonts.get(name) if name is not None else None
        size = numbers(operands, 1)
        has_size = self._file.entries(font).get("Subtype") != "Type3"  # its glyphs have their own
        self._state = self._state._replace(size=size[0] if size else 0, has_size=has_size)
        if not isinstance(font, Indirect):
            return decoder_of(self._file, font)
        if font.number not in self._decoders:
            self._decoders[font.number] = decoder_of(self._file, font)
        return self._decoders[font.number]

    def _paint(self, word: bytes, path: Path) -> None:
        box = path.box
        if box is not None:
            if word != b"n" and not any(self._marked):
                seen = box.within(self._state.clip)
                if path.is_seen(word, self._state) and seen.longer_side >= 1:
                    self._contents.drawn.add(tuple(map(round, seen)))
                    self._dark.add(seen)
            if path.clips:
                self._state = self._state._replace(clip=self._state.clip.within(box))
        elif word == b"sh":
            self._dark.add(self._state.clip)

    def _external(self, resources: dict[str, Any], operands: list[Any], depth: int) -> None:
        name = operands[-1] if operands else None
        objects = self._file.entries(resources.get("XObject"))
        drawn = self._file.resolve(objects.get(name)) if isinstance(name, Name) else None
        if not isinstance(drawn, Stream) or self._layers.hide(drawn.entries.get("OC")):
            return
        if drawn.entries.get("Subtype") == "Image":
            self._picture(drawn)
        elif depth < _NESTING:
            self._form(drawn, resources, depth + 1)

    def _form(self, form: Stream, resources: dict[str, Any], depth: int) -> None:
        state, line, text = self._state, self._line, self._text
        own = numbers(self._file.items(form.entries.get("Matrix")), 6)
        matrix = state.matrix.after(Matrix(*own)) if own else state.matrix
        box = numbers(self._file.items(form.entries.get("BBox")), 4)
        corners = [(x, y) for x in box[0::2] for y in box[1::2]] if box else []
        shown = box_of(matrix.point(*corner) for corner in corners)
        clip = state.clip.within(shown) if shown else state.clip
        self._state = state._replace(matrix=matrix, clip=clip)
        inner = self._file.entries(form.entries.get("Resources")) or resources
        self._read(self._unpack(form), inner, depth + 1)
        self._state, self._line, self._text = state, line, text

    def _picture(self, stream: Stream) -> None:
        corners = ((0, 0), (1, 0), (0, 1), (1, 1))
        area = box_of(self._state.matrix.point(*corner) for corner in corners)
        if area is None or any(self._marked) or self._state.fill.is_clear:
            return
        seen = area.within(self._state.clip)
        self._dark.add(seen)
        if seen.shorter_side >= _PICTURE_SIDE and not self._contents.has_picture:
            self._contents.has_picture = shows_something(stream, self._file, self._bytes)

    def _inline_picture(self, source: bytes, at: int, operands: list[Any]) -> int:
        pairs = zip(operands[::2], operands[1::2], strict=False)
        entries = {_INLINE_KEYS.get(str(key), str(key)): value for key, value in pairs}
        end = _INLINE_END.search(source, at)
        self._picture(Stream(entries, source[at + 1 : end.start() if end else len(source)]))
        return end.end() if end else len(source)


_HIDDEN: Final = 2 | 32
"""The flags Hidden and NoView of an annotation."""
