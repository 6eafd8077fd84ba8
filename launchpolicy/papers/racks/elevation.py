"""The elevation of a rack as a drawing: front and rear side by side, the top unit first.

Heights are to scale (EIA-310-D: a rack unit is 44.45 mm), widths are not: names must be readable.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from launchpolicy.papers.drawings.drawing import Drawing, DrawnBox, DrawnLine, Fill, fit
from launchpolicy.papers.racks.contents import SIDES, Occupant, RackContents, Side
from launchpolicy.papers.racks.words import (
    FREE,
    RESERVED,
    SIDE_TITLES,
    description,
    occupant_text,
    power_total,
    rack_title,
    space_total,
    units_text,
    warnings,
)
from launchpolicy.vocabulary.text import Language, Text

UNIT_MM: Final = 44.45
_SCALES = (10, 12, 15, 20)
_TALLEST = 166.0
_NUMBER_WIDTH, _SIDE_WIDTH, _GAP = 9.0, 68.0, 8.0
WIDTH: Final = 2 * (_NUMBER_WIDTH + _SIDE_WIDTH) + _GAP
_TITLE_HEIGHT, _HEAD_HEIGHT, _NOTE_HEIGHT = 8.0, 5.5, 4.6
_THIN, _THICK = 0.12, 0.4
_FILLS: dict[str, Fill] = {"device": "device", "back": "back", "reserved": "reserved"}


def draw_elevation(contents: RackContents, room: Text, language: Language) -> Drawing:
    """Return the drawing of one rack, with its title, a legend and the totals.

    Args:
        contents: the rack.
        room: what people call its room.
        language: of all that is written.
    """
    title = rack_title(contents, room)
    scale = _scale(contents.units)
    top = _TITLE_HEIGHT + _HEAD_HEIGHT
    unit = UNIT_MM / scale
    boxes = [_line_box(0, title.in_language(language), _TITLE_HEIGHT, 10, is_bold=True)]
    for number, side in enumerate(SIDES):
        left = number * (_NUMBER_WIDTH + _SIDE_WIDTH + _GAP)
        head = DrawnLine(SIDE_TITLES[side].in_language(language), 8, is_bold=True)
        boxes.append(
            DrawnBox(left + _NUMBER_WIDTH, _TITLE_HEIGHT, _SIDE_WIDTH, _HEAD_HEIGHT, lines=(head,))
        )
        boxes.extend(_side(contents, side, (left, top), unit, language))
    bottom = top + contents.units * unit + 2
    boxes.extend(_legend(bottom, scale, language))
    bottom += _NOTE_HEIGHT + 1
    notes = [space_total(contents), power_total(contents), *warnings(contents)]
    for place, note in enumerate(notes):
        line = _line_box(bottom + place * _NOTE_HEIGHT, note.in_language(language), _NOTE_HEIGHT, 8)
        boxes.append(line._replace(align="left", fill="none" if place < 2 else "warning"))  # noqa: PLR2004 (the totals)
    height = bottom + len(notes) * _NOTE_HEIGHT + 0.5
    shows = description(contents, title).in_language(language)
    return Drawing(contents.name, WIDTH, height, tuple(boxes), shows)


def _scale(units: int) -> int:
    """Return the scale 1:n of the heights at which the rack fits the page."""
    fitting = (scale for scale in _SCALES if units * UNIT_MM / scale <= _TALLEST)
    return next(fitting, _SCALES[-1])


def _line_box(
    y: float, text: str, height: float, size: float, *, is_bold: bool = False
) -> DrawnBox:
    line = fit(DrawnLine(text, size, is_bold=is_bold), WIDTH - 2)
    return DrawnBox(0, y, WIDTH, height, lines=(line,))


def _side(
    contents: RackContents, side: Side, corner: tuple[float, float], unit: float, language: Language
) -> Iterator[DrawnBox]:
    left, top = corner[0] + _NUMBER_WIDTH, corner[1]
    occupants = contents.sides[side]
    taken = {u for one in occupants for u in range(one.first, one.last + 1)}
    for number in range(contents.units, 0, -1):
        y = top + (contents.units - number) * unit
        label = DrawnLine(f"U{number}", min(6.0, unit * 1.7), is_grey=number not in taken)
        yield DrawnBox(corner[0], y, _NUMBER_WIDTH, unit, lines=(label,))
        if number not in taken:
            yield DrawnBox(left, y, _SIDE_WIDTH, unit, "white", border=_THIN)
    for occupant, lane, lanes in _lanes(occupants):
        width = _SIDE_WIDTH / lanes
        y = top + (contents.units - occupant.last) * unit
        height = (occupant.last - occupant.first + 1) * unit
        crossing = lanes > 1
        yield DrawnBox(
            left + lane * width,
            y,
            width,
            height,
            "warning" if crossing else _fill(occupant),
            _lines(occupant, width, height, language),
            border=_THICK / 2,
        )
    yield DrawnBox(left, top, _SIDE_WIDTH, contents.units * unit, border=_THICK)


def _lines(
    occupant: Occupant, width: float, height: float, language: Language
) -> tuple[DrawnLine, ...]:
    """Return the text on an occupant: on one line where it is one unit high, else on two."""
    whole = occupant_text(occupant, language)
    if occupant.kind == "back":
        return (fit(DrawnLine(whole, 6.5, is_grey=True), width - 2),)
    two_lines_fit = height >= 6  # noqa: PLR2004 (millimetres that two lines of 6.5 pt need)
    first, _, others = whole.partition(" · ")
    if occupant.kind == "reserved" or not others or not two_lines_fit:
        return (fit(DrawnLine(whole, 6.5), width - 2),)
    units = units_text(occupant.first, occupant.last)
    return (
        fit(DrawnLine(f"{first}　{units}", 7, is_bold=True), width - 2),
        fit(DrawnLine(others, 6.5), width - 2),
    )


def _lanes(occupants: tuple[Occupant, ...]) -> Iterator[tuple[Occupant, int, int]]:
    """Yield each occupant with its lane and how many lanes stand beside each other there.

    Only what overlaps, which the policies refuse, stands in more than one lane.
    """
    cluster: list[Occupant] = []
    for occupant in sorted(occupants, key=lambda one: (one.first, one.last)):
        if cluster and occupant.first > max(one.last for one in cluster):
            yield from _side_by_side(cluster)
            cluster = []
        cluster.append(occupant)
    yield from _side_by_side(cluster)


def _side_by_side(cluster: list[Occupant]) -> Iterator[tuple[Occupant, int, int]]:
    yield from ((occupant, lane, len(cluster)) for lane, occupant in enumerate(cluster))


def _fill(occupant: Occupant) -> Fill:
    is_others = occupant.kind == "device" and occupant.launch
    return "other" if is_others else _FILLS[occupant.kind]


def _legend(y: float, scale: int, language: Language) -> Iterator[DrawnBox]:
    entries: tuple[tuple[Fill, Text], ...] = (
        ("device", Text("this launch", "本申请设备")),
        ("other", Text("another launch", "其他申请设备")),
        ("back", Text("back of device", "设备背面")),
        ("reserved", RESERVED),
        ("white", FREE),
    )
    x = 0.0
    for fill, words in entries:
        yield DrawnBox(x, y + 0.8, 5, _NOTE_HEIGHT - 1.6, fill, border=_THIN)
        line = DrawnLine(words.in_language(language), 7)
        yield DrawnBox(x + 5, y, 23, _NOTE_HEIGHT, lines=(fit(line, 22),), align="left")
        x += 28
    note = Text(f"Heights 1:{scale}", f"高度比例 1:{scale}").in_language(language)
    yield DrawnBox(x, y, WIDTH - x, _NOTE_HEIGHT, lines=(DrawnLine(note, 7, is_grey=True),))
