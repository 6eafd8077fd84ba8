"""A drawing as data: boxes on a sheet, measured in millimetres from its top left corner."""

from __future__ import annotations

import unicodedata
from typing import Literal, NamedTuple

Fill = Literal["none", "white", "device", "back", "reserved", "other", "warning"]
"""What a box means; the writers of SVG and of Office choose its colour, or hatch it."""

POINT = 25.4 / 72
"""Millimetres of one typographic point."""
_SMALLEST = 4.5
_STEP = 0.5
_NARROW, _BROAD = 0.56, 0.7


class DrawnLine(NamedTuple):
    """One line of text; `size` is the height of its font in points."""

    text: str
    size: float = 6.5
    is_bold: bool = False
    is_grey: bool = False


class DrawnBox(NamedTuple):
    """A rectangle with lines of text in its middle; `x`, `y` are its top left corner."""

    x: float
    y: float
    width: float
    height: float
    fill: Fill = "none"
    lines: tuple[DrawnLine, ...] = ()
    align: Literal["left", "centre"] = "centre"
    border: float = 0
    """The width of its border in millimetres; 0 is none."""


class Drawing(NamedTuple):
    """Boxes, the first below the others; `description` says what they show, for who sees none."""

    name: str
    width: float
    height: float
    boxes: tuple[DrawnBox, ...]
    description: str


def width_of(text: str, size: float) -> float:
    """Return about how wide `text` is in millimetres in a sans-serif font of `size` points."""
    return sum(map(_em_of, text)) * size * POINT


def fit(line: DrawnLine, width: float) -> DrawnLine:
    """Return the line as wide as `width` allows: in a smaller font, and only then cut short."""
    size = line.size
    while size - _STEP >= _SMALLEST and width_of(line.text, size) > width:
        size -= _STEP
    text = line.text
    if width_of(text, size) > width:
        while text and width_of(text + "…", size) > width:
            text = text[:-1]
        text += "…"
    return line._replace(text=text, size=size)


def _em_of(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1
    return _BROAD if character.isupper() or character in "mwMW@%—…" else _NARROW
