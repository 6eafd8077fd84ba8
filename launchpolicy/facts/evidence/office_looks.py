"""What hides text in an office file without deleting it: styles, colours, columns (threat E10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final
from xml.etree.ElementTree import Element

from launchpolicy.facts.evidence.office_archive import (
    OfficeArchive,
    attribute,
    name_of,
    subtrees,
)
from launchpolicy.vocabulary.named_tuple import NamedTuple

HIDING: Final = frozenset({"vanish", "webHidden"})
OFF: Final = frozenset({"0", "false", "off", "none"})
_WHITE: Final = frozenset({"FFFFFF", "FEFEFE"})
_PAPER: Final = frozenset({"background1", "light1", "bg1"})
"""Colours of a theme that are those of the page."""

_SMALLEST: Final = 4
"""Half points: a run of smaller letters is not there to be read."""

_SMALLEST_READ: Final = 8
_NARROWEST: Final = 10
_FARTHEST: Final = 1000
"""Half points of letters, per cent of their width, half points above or below their line."""

_LOWEST: Final = 40
"""Twentieths of a point: a line or row of exactly less height shows nothing."""

_HEX: Final = 6
_PALEST: Final = 0xF5
_HIGHLIGHTS: Final = {
    "black": "000000",
    "blue": "0000FF",
    "cyan": "00FFFF",
    "green": "00FF00",
    "magenta": "FF00FF",
    "red": "FF0000",
    "yellow": "FFFF00",
    "white": "FFFFFF",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
    "darkGray": "808080",
    "lightGray": "C0C0C0",
}
"""ECMA-376, part 1, 17.18.40."""

_INHERITED: Final = 20
_COLUMNS: Final = 16_384
_DIGITS: Final = 9
_ON: Final = frozenset({"1", "true", "on"})
_LETTERS: Final = re.compile(r"[A-Z]{1,3}")


class Look(NamedTuple):
    """How the text of a part is shown.

    `is_white_shown` is whether white text may stand on a coloured ground. `styles` are the names of
    those that hide what has them; `is_hidden` is whether the paragraph has one, and `ground` the
    colour behind it, "" for one that is not known. `is_strict` is whether these count,
    `is_thorough` whether highlights, scales and colours that are nearly white do, and `is_complete`
    whether lines of no height and `default_style`, that of paragraphs without one, do.
    """

    is_white_shown: bool
    is_strict: bool = False
    is_thorough: bool = False
    styles: frozenset[str] = frozenset()
    is_hidden: bool = False
    ground: str = ""
    is_complete: bool = False
    default_style: str = ""


def hides(properties: Element, look: Look) -> bool:
    """Return whether the properties of a run (`rPr`) hide its text."""
    is_hidden, ground, colour = look.is_hidden, look.ground, ""
    highlight = _highlight_of(properties) if look.is_thorough else ""
    is_white_shown = look.is_white_shown or highlight not in {"", *_WHITE}
    for mark in properties:
        name, value = name_of(mark), attribute(mark, "val")
        if name in HIDING:
            if value not in OFF:
                return True
            is_hidden = False
        if (name == "sz" and value.isdecimal() and int(value) < _SMALLEST) or (
            look.is_thorough and _is_out_of_sight(mark)
        ):
            return True
        if name == "color":
            is_paper = look.is_strict and attribute(mark, "themeColor") in _PAPER
            is_white = value.upper() in _WHITE or (look.is_thorough and _is_nearly_white(value))
            if (is_paper or is_white) and not is_white_shown:
                return True
            colour = value.upper()
        if look.is_strict and name == "rStyle" and value in look.styles:
            return True
        if name == "shd":
            ground = attribute(mark, "fill").upper()
    is_on_itself = len(colour) == _HEX and colour in {ground, highlight}
    return look.is_strict and (is_hidden or is_on_itself)


def _highlight_of(properties: Element) -> str:
    """Return the colour with which a run is marked, "" for none."""
    names = (attribute(mark, "val") for mark in properties if name_of(mark) == "highlight")
    return next((_HIGHLIGHTS[name] for name in names if name in _HIGHLIGHTS), "")


def _is_nearly_white(colour: str) -> bool:
    """Return whether no channel of a colour in hexadecimal digits is below the palest grey."""
    if len(colour) != _HEX or not set(colour.upper()) <= set("0123456789ABCDEF"):
        return False
    return min(bytes.fromhex(colour)) >= _PALEST


def _is_out_of_sight(mark: Element) -> bool:
    """Return whether letters are too small or too narrow to read, far off, or without a fill."""
    name, value = name_of(mark), attribute(mark, "val").removesuffix("%")
    size = value.removeprefix("-")
    if not size.isdecimal() or len(size) > _DIGITS:
        return name == "textFill" and any(name_of(part) == "noFill" for part in mark)
    limits = {"sz": _SMALLEST_READ, "w": _NARROWEST}
    is_away = name == "position" and int(size) >= _FARTHEST
    return is_away or (name in limits and int(size) < limits[name])


def look_of_paragraph(paragraph: Element, look: Look) -> Look:
    """Return how the runs of a paragraph are shown, by its style and by what is behind it."""
    if not look.is_strict:
        return look
    style = look.default_style
    for mark in _marks_of(paragraph, "pPr"):
        if name_of(mark) == "pStyle":
            style = attribute(mark, "val")
        if name_of(mark) == "shd":
            look = look._replace(ground=attribute(mark, "fill").upper())
        if look.is_complete and name_of(mark) == "spacing" and _is_flat(mark, "line", "lineRule"):
            look = look._replace(is_hidden=True)
    return look._replace(is_hidden=True) if style in look.styles else look


def _marks_of(block: Element, name: str) -> Iterator[Element]:
    """Yield the marks in the properties of a block, which have this name."""
    for properties in block:
        if name_of(properties) == name:
            yield from properties


def _is_flat(mark: Element, height: str, rule: str) -> bool:
    """Return whether a line or a row has exactly a height in which nothing is seen."""
    value = attribute(mark, height)
    is_exact = attribute(mark, rule) == "exact" and value.isdecimal()
    return is_exact and int(value[:_DIGITS]) < _LOWEST


def look_of_document(archive: OfficeArchive, part: str, look: Look) -> Look:
    """Return how a Word part is shown where no paragraph and no run says otherwise."""
    look = look._replace(styles=hiding_styles(archive, part, look))
    if not look.is_complete:
        return look
    for style in subtrees(_styles_of(archive, part), frozenset({"style", "rPrDefault"})):
        if name_of(style) == "rPrDefault":
            look = look._replace(is_hidden=any(hides(inner, look) for inner in style))
        elif attribute(style, "type") == "paragraph" and attribute(style, "default") in _ON:
            look = look._replace(default_style=attribute(style, "styleId"))
    return look


def _styles_of(archive: OfficeArchive, part: str) -> bytes:
    target = next((r.target for r in archive.relations(part) if r.type == "styles"), "")
    return archive.content(target)


def hiding_styles(archive: OfficeArchive, part: str, look: Look) -> frozenset[str]:
    """Return the styles of a Word part that hide text, also those that are based on one."""
    hiding: dict[str, bool] = {}
    based: dict[str, str] = {}
    for style in subtrees(_styles_of(archive, part), frozenset({"style"})):
        name = attribute(style, "styleId")
        for inner in style:
            if name_of(inner) == "basedOn":
                based[name] = attribute(inner, "val")
            if name_of(inner) == "rPr":
                hiding[name] = hides(inner, look)
    return frozenset(name for name in {*hiding, *based} if _is_hiding(name, hiding, based))


def _is_hiding(name: str, hiding: dict[str, bool], based: dict[str, str]) -> bool:
    for _ in range(_INHERITED):
        if hiding.get(name):
            return True
        name = based.get(name, "")
    return False


def is_prompt(control: Element) -> bool:
    """Return whether a content control (`sdt`) shows only what to write there (17.5.2.39)."""
    return any(
        name_of(mark) == "showingPlcHdr" and attribute(mark, "val") not in OFF
        for properties in control
        if name_of(properties) == "sdtPr"
        for mark in properties
    )


def paragraphs_of(block: Element, names: frozenset[str], look: Look) -> Iterator[Element]:
    """Yield the paragraphs of a block, without those of controls that nobody has filled in."""
    if name_of(block) in names:
        yield block
    elif (name_of(block) != "sdt" or not is_prompt(block)) and not _is_hidden_row(block, look):
        for inner in block:
            yield from paragraphs_of(inner, names, look)


def _is_hidden_row(block: Element, look: Look) -> bool:
    """Return whether a block is a row of a table that is not shown (17.4.22)."""
    return name_of(block) == "tr" and any(
        (name_of(mark) == "hidden" and attribute(mark, "val") not in OFF)
        or (look.is_complete and name_of(mark) == "trHeight" and _is_flat(mark, "val", "hRule"))
        for mark in _marks_of(block, "trPr")
    )


def hidden_columns(column: Element) -> range:
    """Return the numbers of the columns, from 1, that a `col` of a sheet hides; mostly none."""
    is_hidden = attribute(column, "hidden") in _ON or attribute(column, "width") in {"0", "0.0"}
    first, last = attribute(column, "min"), attribute(column, "max")
    if not is_hidden or not (first.isdecimal() and last.isdecimal()):
        return range(0)
    return range(int(first[:_DIGITS]), min(int(last[:_DIGITS]), _COLUMNS) + 1)


def column_of(cell: Element, before: int) -> int:
    """Return the number of a cell's column, from 1: by its reference, else the next one."""
    letters = _LETTERS.match(attribute(cell, "r"))
    if letters is None:
        return before + 1
    number = 0
    for letter in letters.group():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
