"""A drawing as SVG 1.1 that needs no style sheet, script, font or other file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from launchpolicy.papers.drawings.drawing import POINT, Drawing, DrawnBox, DrawnLine, Fill

_FONTS = "'Noto Sans CJK SC','Source Han Sans SC','Microsoft YaHei',SimHei,Arial,sans-serif"
COLOURS: dict[Fill, str] = {
    "none": "none",
    "white": "#FFFFFF",
    "device": "#DCE6EE",
    "back": "#F3F5F6",
    "reserved": "#FFFFFF",
    "other": "#ECE7DC",
    "warning": "#F6D5D1",
}
INK, GREY, HATCH = "#000000", "#59646B", "#7D868C"
_BETWEEN_HATCHES = 1.6
_LEADING = 1.2
_BASELINE = 0.36
_INSET = 1.0
_HAIRLINE = 0.15
# XML 1.0 has no way to write these (section 2.2, Char).
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def as_svg(drawing: Drawing) -> str:
    """Return the drawing as one `svg` element, to stand in a page or in a file of its own."""
    size = (
        f'width="{_mm(drawing.width)}mm" height="{_mm(drawing.height)}mm" '
        f'viewBox="0 0 {_mm(drawing.width)} {_mm(drawing.height)}"'
    )
    shapes = "\n".join(element for box in drawing.boxes for element in _elements(box))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" '
        f"aria-label={quoteattr(clean_xml(drawing.description))} "
        f"font-family={quoteattr(_FONTS)}>\n{shapes}\n</svg>\n"
    )


def clean_xml(text: str) -> str:
    """Return the text without characters that XML cannot write."""
    return _NOT_XML.sub(" ", text)


def line_colour(box: DrawnBox) -> str:
    """Return the colour of the border: hairlines are grey, so that they hide nothing."""
    return HATCH if box.border < _HAIRLINE else INK


def _elements(box: DrawnBox) -> Iterator[str]:
    place = f'x="{_mm(box.x)}" y="{_mm(box.y)}" width="{_mm(box.width)}" height="{_mm(box.height)}"'
    if box.fill != "none":
        yield f'<rect {place} fill="{COLOURS[box.fill]}"/>'
    if box.fill == "reserved":
        yield f'<path d="{_hatches(box)}" stroke="{HATCH}" stroke-width="0.15" fill="none"/>'
    if box.border:
        stroke = f'stroke="{line_colour(box)}" stroke-width="{_mm(box.border)}"'
        yield f'<rect {place} fill="none" {stroke}/>'
    yield from _texts(box)


def _texts(box: DrawnBox) -> Iterator[str]:
    heights = [line.size * POINT * _LEADING for line in box.lines]
    top = box.y + (box.height - sum(heights)) / 2
    for line, height in zip(box.lines, heights, strict=True):
        middle = top + height / 2
        top += height
        if line.text:
            yield _text(box, line, middle)


def _text(box: DrawnBox, line: DrawnLine, middle: float) -> str:
    is_left = box.align == "left"
    x = box.x + (_INSET if is_left else box.width / 2)
    size = line.size * POINT
    weight = ' font-weight="bold"' if line.is_bold else ""
    # On a hatch, a halo of the ground keeps the text readable.
    halo = (
        ' stroke="#FFFFFF" stroke-width="0.9" paint-order="stroke"'
        if box.fill == "reserved"
        else ""
    )
    return (
        f'<text x="{_mm(x)}" y="{_mm(middle + _BASELINE * size)}" font-size="{_mm(size)}" '
        f'text-anchor="{"start" if is_left else "middle"}"{weight}{halo} '
        f'fill="{GREY if line.is_grey else INK}">{escape(clean_xml(line.text))}</text>'
    )


def _hatches(box: DrawnBox) -> str:
    """Return lines from the lower left to the upper right, cut off at the edges of the box."""
    pieces = []
    offset = _BETWEEN_HATCHES
    while offset < box.width + box.height:
        start = (max(0.0, offset - box.height), min(offset, box.height))
        end = (min(offset, box.width), max(0.0, offset - box.width))
        pieces.append(
            f"M{_mm(box.x + start[0])} {_mm(box.y + start[1])}"
            f"L{_mm(box.x + end[0])} {_mm(box.y + end[1])}"
        )
        offset += _BETWEEN_HATCHES
    return "".join(pieces)


def _mm(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")
