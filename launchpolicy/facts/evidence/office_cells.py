"""Which styles of cells show nothing: an empty format, letters in the colour of the page."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element

from launchpolicy.facts.evidence.office_archive import (
    OfficeArchive,
    attribute,
    name_of,
    subtrees,
)

_GROUPS: Final = ("numFmts", "fonts", "fills", "cellXfs")
_NOTHING: Final = re.compile(r"(?:\s*;){3,}\s*")
"""A number format whose four sections are all empty (ECMA-376, part 1, 18.8.31)."""

_WHITE: Final = frozenset({"FFFFFF", "FEFEFE"})
_PAPER: Final = "0"
"""The colour of a theme that is that of the page."""


def hiding_cell_styles(archive: OfficeArchive, part: str) -> frozenset[str]:
    """Return the numbers of the styles of cells (`s`) of a workbook that show no text."""
    target = next((r.target for r in archive.relations(part) if r.type == "styles"), "")
    groups: dict[str, list[Element]] = {name: [] for name in _GROUPS}
    for group in subtrees(archive.content(target), frozenset(_GROUPS)):
        groups[name_of(group)] += list(group)
    empty = {attribute(one, "numFmtId") for one in groups["numFmts"] if _shows_nothing(one)}
    white = {str(number) for number, font in enumerate(groups["fonts"]) if _is_white(font)}
    coloured = {str(number) for number, fill in enumerate(groups["fills"]) if _is_coloured(fill)}
    return frozenset(
        str(number)
        for number, style in enumerate(groups["cellXfs"])
        if attribute(style, "numFmtId") in empty
        or (attribute(style, "fontId") in white and attribute(style, "fillId") not in coloured)
    )


def _shows_nothing(number_format: Element) -> bool:
    return _NOTHING.fullmatch(attribute(number_format, "formatCode")) is not None


def _is_white(font: Element) -> bool:
    return any(_is_paper(color) for color in font if name_of(color) == "color")


def _is_coloured(fill: Element) -> bool:
    """Return whether a fill paints a ground on which white letters are seen."""
    return any(
        name_of(pattern) == "gradientFill"
        or (attribute(pattern, "patternType") not in {"", "none"} and not _is_all_paper(pattern))
        for pattern in fill
    )


def _is_all_paper(pattern: Element) -> bool:
    """Return whether a pattern has no colour but that of the page; without one it is black."""
    foregrounds = [color for color in pattern if name_of(color) == "fgColor"]
    return bool(foregrounds) and all(map(_is_paper, foregrounds))


def _is_paper(color: Element) -> bool:
    """Return whether a colour is that of the page."""
    is_theme = attribute(color, "theme") == _PAPER and attribute(color, "tint") in {"", "0"}
    return is_theme or attribute(color, "rgb")[-6:].upper() in _WHITE
