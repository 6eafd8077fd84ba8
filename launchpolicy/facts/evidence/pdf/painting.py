"""Paths, colours and settings of PDF (ISO 32000-1, 8.4 to 8.6), as far as they can be seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from launchpolicy.facts.evidence.pdf.graphics import (
    Box,
    GraphicsState,
    Matrix,
    Paint,
    box_of,
    is_light,
    numbers,
)
from launchpolicy.facts.evidence.pdf.syntax import Name
from launchpolicy.policy.edition import FOURTH_EDITION

PAINTS = {b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh"}
_STROKES = {b"S", b"s", b"B", b"B*", b"b", b"b*"}
_POINTS: Final = 2_000
_COORDINATES = {b"m": 2, b"l": 2, b"c": 6, b"v": 4, b"y": 4}
_FILLS = {b"g", b"rg", b"k", b"sc", b"scn"}
_LINES = {b"G", b"RG", b"K", b"SC", b"SCN"}
INKLESS: Final = "inkless"
_TINTS = {"Separation", "DeviceN"}
_UNKNOWN = {"Lab", "Indexed", "Pattern", "I"}
_CLEAR: Final = 0.05


class Path:
    """A path while it is built, as the box around it."""

    def __init__(self) -> None:
        self._corners: list[tuple[float, float]] = []
        self.clips = False

    @property
    def box(self) -> Box | None:
        """Return the box around all of it, None where it is empty."""
        return box_of(self._corners)

    def add(self, word: bytes, operands: list[Any], matrix: Matrix) -> bool:
        """Return whether an operator belongs to the path, which it then continues."""
        if word in {b"W", b"W*"}:
            self.clips = True
            return True
        if word == b"h":
            return True
        count = 4 if word == b"re" else _COORDINATES.get(word, 0)
        values = numbers(operands, count)
        if not count or values is None:
            return count > 0
        if word == b"re":
            x, y, width, height = values
            values = [x, y, x + width, y, x, y + height, x + width, y + height]
        if len(self._corners) < _POINTS:
            self._corners += map(matrix.point, values[0::2], values[1::2])
        return True

    def is_seen(self, word: bytes, state: GraphicsState) -> bool:
        """Return whether painting it leaves anything but white."""
        stroke, fill = state.stroke, state.fill
        is_line_seen = word in _STROKES and not (stroke.is_light or stroke.is_clear)
        is_filled = word not in {b"S", b"s"} and not (fill.is_light or fill.is_clear)
        return is_line_seen or is_filled


def colour_of(
    state: GraphicsState, word: bytes, operands: list[Any], space_of: Callable[[str], Any]
) -> GraphicsState:
    """Return the state after an operator that may set a colour."""
    if word in {b"cs", b"CS"}:
        name = operands[-1] if operands and isinstance(operands[-1], Name) else ""
        paint = (state.fill if word == b"cs" else state.stroke)._replace(**_start(space_of(name)))
        return state._replace(fill=paint) if word == b"cs" else state._replace(stroke=paint)
    if word in _FILLS:
        return state._replace(fill=_paint(state.fill, word, operands))
    if word in _LINES:
        return state._replace(stroke=_paint(state.stroke, word, operands))
    return state


def written_as(state: GraphicsState, word: bytes, operands: list[Any]) -> GraphicsState:
    """Return the state after an operator that may say how text is written (9.3)."""
    value = numbers(operands, 1)
    if value is None:
        return state
    if word == b"Tr":
        return state._replace(mode=int(value[0]))
    if word == b"Tz":
        return state._replace(scale=value[0])
    return state._replace(leading=value[0]) if word == b"TL" else state


def named_space(items: Sequence[Any], name: str, edition: int) -> Any:  # noqa: ANN401
    """Return the name of a colour space, `INKLESS` for one that marks nothing.

    Args:
        items: what the resources of the page hold under the name.
        name: as the content stream calls it.
        edition: that of the program as which it is read (`policy.edition`).
    """
    family = items[0] if items else name
    inks = items[1] if len(items) > 1 else None
    every = inks if isinstance(inks, list) else [inks]
    is_none = str(family) in _TINTS and all(str(ink) == "None" for ink in every) and inks
    return INKLESS if is_none and edition > FOURTH_EDITION else family


def _start(space: Any) -> dict[str, bool]:  # noqa: ANN401 (an object of PDF)
    return {
        "is_light": str(space) == INKLESS,
        "is_tint": str(space) in _TINTS,
        "is_known": _is_known(space),
        "is_inkless": str(space) == INKLESS,
    }


def _is_known(space: Any) -> bool:  # noqa: ANN401
    return str(space) not in _UNKNOWN


def _paint(paint: Paint, word: bytes, operands: list[Any]) -> Paint:
    if word.lower() in {b"g", b"rg", b"k"}:
        return Paint(is_light(operands), paint.is_clear)
    if paint.is_inkless:
        return paint
    amounts = [amount for amount in operands if isinstance(amount, int | float)]
    if not amounts or len(amounts) != len(operands) or not paint.is_known:
        return paint._replace(is_light=False)
    light = all(n <= _CLEAR for n in amounts) if paint.is_tint else is_light(amounts)
    return paint._replace(is_light=light)


def with_settings(state: GraphicsState, settings: Mapping[str, Any]) -> GraphicsState:
    """Return the state after `gs`: how much shines through (11.6.4.4)."""
    fill, stroke = settings.get("ca"), settings.get("CA")
    if isinstance(fill, int | float):
        state = state._replace(fill=state.fill._replace(is_clear=fill <= _CLEAR))
    if isinstance(stroke, int | float):
        state = state._replace(stroke=state.stroke._replace(is_clear=stroke <= _CLEAR))
    return state
