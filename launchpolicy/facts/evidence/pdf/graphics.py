"""What decides whether something drawn on a page of PDF is seen: place, size, colour, clipping."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from launchpolicy.vocabulary.named_tuple import NamedTuple

_LIGHT: Final = 0.95
_SMALLEST: Final = 1.0
"""Points: smaller letters are no more than a speck."""

_REGIONS: Final = 500
_GREY, _RGB, _CMYK = 1, 3, 4


class Matrix(NamedTuple):
    """A transformation (ISO 32000-1, 8.3.3)."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def after(self, first: Matrix) -> Matrix:
        """Return the transformation that does `first` and then this one."""
        return Matrix(
            first.a * self.a + first.b * self.c,
            first.a * self.b + first.b * self.d,
            first.c * self.a + first.d * self.c,
            first.c * self.b + first.d * self.d,
            first.e * self.a + first.f * self.c + self.e,
            first.e * self.b + first.f * self.d + self.f,
        )

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point comes to lie."""
        return x * self.a + y * self.c + self.e, x * self.b + y * self.d + self.f


class Box(NamedTuple):
    """A rectangle on a page, in points."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def shorter_side(self) -> float:
        """Return the length of the shorter side; negative where nothing is left."""
        return min(self.right - self.left, self.top - self.bottom)

    @property
    def longer_side(self) -> float:
        """Return the length of the longer side."""
        return max(self.right - self.left, self.top - self.bottom)

    def within(self, other: Box) -> Box:
        """Return the part that lies in another one."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    def holds(self, x: float, y: float, margin: float = 0) -> bool:
        """Return whether a point lies inside, or so near to it."""
        return (
            self.left - margin <= x <= self.right + margin
            and self.bottom - margin <= y <= self.top + margin
        )


def box_of(points: Iterable[tuple[float, float]]) -> Box | None:
    """Return the smallest box around some points, None around none."""
    corners = list(points)
    if not corners:
        return None
    across, up = [x for x, _ in corners], [y for _, y in corners]
    return Box(min(across), min(up), max(across), max(up))


def numbers(values: Sequence[Any], count: int) -> list[float] | None:
    """Return the last `count` operands where all of them are numbers of a sensible size."""
    last = list(values[-count:]) if count else []
    if len(last) != count or not all(isinstance(n, int | float) for n in last):
        return None
    return [max(-1e9, min(1e9, float(n))) for n in last]


def is_light(colour: Sequence[Any]) -> bool:
    """Return whether a colour of grey, RGB or CMYK is white or nearly so."""
    amounts = [amount for amount in colour if isinstance(amount, int | float)]
    if len(amounts) in {_GREY, _RGB}:
        return all(amount >= _LIGHT for amount in amounts)
    return len(amounts) == _CMYK and all(amount <= 1 - _LIGHT for amount in amounts)


class Paint(NamedTuple):
    """How areas or lines are painted."""

    is_light: bool = False
    is_clear: bool = False
    is_tint: bool = False
    """Whether a colour counts ink, so that 0 is white (8.6.6.4)."""
    is_known: bool = True
    """Whether the numbers of a colour say how light it is."""
    is_inkless: bool = False
    """Whether a colour leaves nothing on the page, whatever its numbers (8.6.6.4, `None`)."""


class GraphicsState(NamedTuple):
    """The part of the graphics state (8.4.1) that decides whether something is seen."""

    matrix: Matrix
    clip: Box
    fill: Paint = Paint()
    stroke: Paint = Paint()
    mode: int = 0
    size: float = 0
    has_size: bool = True
    scale: float = 100
    leading: float = 0

    def shows_text(self, text: Matrix, dark: Sequence[Box]) -> bool:
        """Return whether text whose matrix is `text` is seen, above areas that are painted dark."""
        whole = self.matrix.after(text)
        x, y = whole.point(0, 0)
        height = abs(self.size) * (whole.c**2 + whole.d**2) ** 0.5
        width = abs(self.size * self.scale / 100) * (whole.a**2 + whole.b**2) ** 0.5
        if self.has_size and min(height, width) < _SMALLEST:
            return False
        margin = min(height, 72) if self.has_size else 1
        if self.clip.shorter_side < _SMALLEST or not self.clip.holds(x, y, margin):
            return False
        paints = ((self.fill, (0, 2, 4, 6)), (self.stroke, (1, 2, 5, 6)))
        used = [paint for paint, modes in paints if self.mode in modes and not paint.is_clear]
        is_above_dark = any(region.holds(x, y, 1) for region in dark)
        return any(is_above_dark or not paint.is_light for paint in used)


class DarkAreas(list[Box]):
    """Areas that are painted in anything but white, so that white text is seen on them."""

    def add(self, area: Box) -> None:
        """Add an area that is large enough to stand behind text."""
        if area.shorter_side > 2 * _SMALLEST and len(self) < _REGIONS:
            self.append(area)
