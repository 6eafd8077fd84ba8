"""Whether pixels show anything: marks that stand out, not in rows or columns of one colour."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from launchpolicy.vocabulary.named_tuple import NamedTuple

_CONTRAST: Final = 32
"""So far apart, of 256 steps, are two shades that a person tells from each other on paper."""

_MARKS: Final = 64
"""A word or a signature has at least so many pixels or edges that stand out."""

_KINDS_OF_ROWS: Final = 2
_PACKED: Final = 200
_RATIO: Final = 100
_SAMPLED: Final = 2_000_000


class Row(NamedTuple):
    """A row of pixels; `is_difference` says that its bytes are those to its neighbours."""

    pixels: bytes
    is_difference: bool = False


def show_marks(rows: Sequence[Row], step: int, contrast: int = _CONTRAST) -> bool:
    """Return whether rows of pixels show something that stands out.

    Args:
        rows: the rows, whole or as differences, as PNG packs them: then edges stand out.
        step: how many bytes a pixel has, each byte one channel.
        contrast: how far apart two values are that look different.
    """
    rows = list(dict.fromkeys(rows))  # empty rows of a page are one
    if len(rows) <= _KINDS_OF_ROWS or all(_is_plain(row.pixels, step) for row in rows):
        return False
    every = max(1, sum(len(row.pixels) for row in rows) // _SAMPLED)
    marks = [0] * step
    for is_difference in (False, True):
        same = [row.pixels for row in rows[::every] if row.is_difference is is_difference]
        sampled = b"".join(same)
        for channel in range(step):
            marks[channel] += _marks(sampled[channel::step], contrast, is_difference=is_difference)
    return max(marks) >= _MARKS


def _is_plain(row: bytes, step: int) -> bool:
    """Return whether a row has one colour behind its first pixel, up to its last byte."""
    return row[step : -step - 1] == row[2 * step : -1]


def _marks(values: bytes, contrast: int, *, is_difference: bool) -> int:
    counts = Counter(values)
    if not counts:
        return 0
    common = counts.most_common(1)[0][0]
    distances = ((abs(value - common), count) for value, count in counts.items())
    return sum(
        count
        for distance, count in distances
        if (min(distance, 256 - distance) if is_difference else distance) >= contrast
    )


def is_repetitive(packed: bytes) -> bool:
    """Return whether packed pixels are one pattern again and again, as those of one colour are."""
    sample = packed[:_SAMPLED]
    return len(zlib.compress(sample, 9)) < max(_PACKED, len(sample) // _RATIO)


def differ(colours: Iterable[Sequence[int]]) -> bool:
    """Return whether any two colours look different."""
    channels = list(zip(*colours, strict=False))
    return any(max(values) - min(values) >= _CONTRAST for values in channels)
