"""Quote the line of a request with a caret under the exact place, in terminal cells."""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

from launchpolicy.reporters.text.cells import cells
from launchpolicy.reporters.text.escaping import characters
from launchpolicy.vocabulary.place import Place

_TAB_STOP = 4
_ELLIPSIS = "…"


class Excerpt(NamedTuple):
    """One line as it is shown, and where in it the carets stand; both counted in cells."""

    text: str
    start: int
    length: int


def excerpt(place: Place, room: int) -> Excerpt:
    """Return the place's line in `room` cells; a longer line is cropped around the place.

    A place that ends on a later line is underlined up to the end of its first.
    """
    forms = characters(place.source)
    if "\t" in place.source:
        forms = _expand_tabs(forms, place.source)
    edges = [0, *accumulate(map(cells, forms))]
    start, end = _stretch(place, edges)
    low, high = _window(edges, start, end, room)
    left = _ELLIPSIS if low > 0 else ""
    right = _ELLIPSIS if high < len(forms) else ""
    offset = edges[low] - len(left)
    visible = min(_edge(edges, end), max(edges[high], edges[start] + 1))
    return Excerpt(
        left + "".join(forms[low:high]) + right,
        edges[start] - offset,
        max(visible - edges[start], 1),
    )


def _expand_tabs(forms: list[str], source: str) -> list[str]:
    """Return tabs as the spaces up to the next tab stop."""
    at = 0
    for index, character in enumerate(source):
        if character == "\t":
            forms[index] = " " * (_TAB_STOP - at % _TAB_STOP)
        at += cells(forms[index])
    return forms


def _stretch(place: Place, edges: list[int]) -> tuple[int, int]:
    """Return the indices of the place's first character and of the one after its last."""
    first, last = place.span
    length = len(edges) - 1
    start = min(first.column - 1, length)
    while 0 < start < length and edges[start] == edges[start + 1]:
        start -= 1  # a combining mark: the caret stands under what it is combined with
    if last.line > first.line:
        return start, max(len(place.source.rstrip()), start + 1)
    return start, max(last.column - 1, start + 1)


def _edge(edges: list[int], index: int) -> int:
    """Return the cell at which character `index` begins, also behind the end of the line."""
    behind = max(index - (len(edges) - 1), 0)
    return edges[min(index, len(edges) - 1)] + min(behind, 1)


def _window(edges: list[int], start: int, end: int, room: int) -> tuple[int, int]:
    """Return which characters to show, as a half-open range of indices."""
    length = len(edges) - 1
    if _edge(edges, end) <= room and edges[length] <= room:
        return 0, length
    low = 0
    width = min(_edge(edges, end) - edges[start], room // 2)
    if edges[start] + width + len(_ELLIPSIS) > room:
        fills = edges[length] - room + len(_ELLIPSIS)
        before = max(min(edges[start] - room // 3, fills), 0)
        low = next(index for index in range(length + 1) if edges[index] >= before)
        while low < start and edges[low] == edges[low + 1]:
            low += 1  # not between a character and its combining mark
    budget = room - (len(_ELLIPSIS) if low else 0)
    if edges[length] - edges[low] <= budget:
        return low, length
    high = low
    while high < length and edges[high + 1] - edges[low] <= budget - len(_ELLIPSIS):
        high += 1
    return low, high
