"""Tables whose first row names what stands in each column: `endpoint | p95 | errors`.

A figure of a report has the label that stands before it; in such a table that is the heading of its
column, beside the name of its row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from launchpolicy.facts.evidence.figures import figures_in

_RULER: Final = re.compile(r"[\s|:+=-]*")
_PERCENTILE: Final = re.compile(
    r"\b(\d{2}(?:\.\d{1,3})?)\s?%(?:\s?(?:line|th|percentile))?|\b(\d{2})th\b(?: percentile)?",
    re.IGNORECASE,
)
_UNIT: Final = re.compile(r"[(\[（/]\s*(%|[A-Za-z/]{1,12}|毫秒|秒|分钟)\s*[)\]）]?\s*\Z|_(ms|s)\Z")
_NUMBER: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")
_MOST_CELLS: Final = 40
_FEWEST: Final = 2


def with_headings(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a text, and for a row below headings a line for each of its cells.

    Args:
        lines: as they stand; tabs or bars divide the cells of a row.
    """
    headings: Sequence[str] = ()
    for line in lines:
        cells = _cells(line)
        if len(cells) < _FEWEST:
            headings = ()
            yield line
        elif _RULER.fullmatch(line):
            continue
        elif len(cells) == len(headings):
            yield from _lines_of(cells, headings)
        else:
            named = [_PERCENTILE.sub(r"p\1\2", cell) for cell in cells]
            headings = named if not any(map(figures_in, named)) else ()
            yield "\t".join(headings) if headings else line


def _cells(line: str) -> list[str]:
    delimiter = "\t" if "\t" in line else "|"
    if delimiter not in line or line.count(delimiter) > _MOST_CELLS:
        return []
    row = line if delimiter == "\t" else line.strip().removeprefix("|").removesuffix("|")
    return [cell.strip() for cell in row.split(delimiter)]


def _lines_of(cells: Sequence[str], headings: Sequence[str]) -> Iterator[str]:
    name, *values = cells
    if figures_in(name):
        yield f"{headings[0]}: {name}"
        name = ""
    for heading, value in zip(headings[1:], values, strict=True):
        if value:
            yield f"{name} {heading}: {_with_unit(value, heading)}"


def _with_unit(value: str, heading: str) -> str:
    """Return a bare number with the unit that its heading has: `p95 (ms)` above `210`."""
    unit = _UNIT.search(heading)
    is_bare = unit is not None and _NUMBER.fullmatch(value) is not None
    return f"{value} {unit[1] or unit[2]}" if unit and is_bare else value
