"""Tables whose first row names what stands in each column: `endpoint | p95 | errors`.

A figure of a report has the label that stands before it; in such a table that is the heading of its
column, beside the name of its row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from launchpolicy.facts.evidence.column_units import (
    is_value_of_time,
    unit_above,
    unit_at_the_end_of,
    units_of,
)
from launchpolicy.facts.evidence.figures import figures_in
from launchpolicy.policy.edition import EDITION, ELEVENTH_EDITION

_RULER: Final = re.compile(r"[\s|:+=-]*")
_PERCENTILE: Final = re.compile(
    r"\b(\d{2}(?:\.\d{1,3})?)\s?%(?:\s?(?:line|th|percentile))?|\b(\d{2})th\b(?: percentile)?",
    re.IGNORECASE,
)
_ALL: Final = re.compile(r"100 ?%")
_NUMBER: Final = re.compile(r"\d[\d,]*(?:\.\d+)?")
_MOST_CELLS: Final = 40
_FEWEST: Final = 2


def with_headings(lines: Iterable[str], edition: int = EDITION) -> Iterator[str]:
    """Yield the lines of a text, and for a row below headings a line for each of its cells.

    Args:
        lines: as they stand; tabs or bars divide the cells of a row.
        edition: that of the program as which they are read (`policy.edition`).
    """
    headings: Sequence[str] = ()
    units: Sequence[str] = ()
    unit_of_times = ""
    for line in lines:
        cells = _cells(line)
        if len(cells) < _FEWEST:
            if edition > ELEVENTH_EDITION:
                unit_of_times = unit_above(line) or ("" if headings else unit_of_times)
            headings = ()
            yield line
        elif _RULER.fullmatch(line):
            continue
        elif len(cells) == len(headings):
            yield from _lines_of(cells, headings, units, unit_of_times)
        else:
            named = _headings_in(cells, edition)
            headings = named if not any(map(figures_in, named)) else ()
            units = _units_of(headings, unit_of_times, edition)
            yield "\t".join(headings) if headings else line


def _headings_in(cells: Sequence[str], edition: int) -> list[str]:
    """Return the cells of a row as headings, in which a percentile is a `p95`."""
    named = [_PERCENTILE.sub(r"p\1\2", cell) for cell in cells]
    if edition <= ELEVENTH_EDITION:
        return named
    return ["p100" if _ALL.fullmatch(cell) else cell for cell in named]


def _units_of(headings: Sequence[str], unit_of_times: str, edition: int) -> list[str]:
    if edition <= ELEVENTH_EDITION:
        return [unit_at_the_end_of(heading) for heading in headings]
    return units_of(headings, unit_of_times)


def _cells(line: str) -> list[str]:
    delimiter = "\t" if "\t" in line else "|"
    if delimiter not in line or line.count(delimiter) > _MOST_CELLS:
        return []
    row = line if delimiter == "\t" else line.strip().removeprefix("|").removesuffix("|")
    return [cell.strip() for cell in row.split(delimiter)]


def _lines_of(
    cells: Sequence[str], headings: Sequence[str], units: Sequence[str], unit_of_times: str
) -> Iterator[str]:
    name, *values = cells
    times = [unit_of_times if is_value_of_time(name, heading) else "" for heading in headings]
    if figures_in(name):
        yield f"{headings[0]}: {name}"
        name = ""
    for heading, value, *own in zip(headings[1:], values, units[1:], times[1:], strict=True):
        if value:
            unit = next(filter(None, own), "") if _NUMBER.fullmatch(value) else ""
            yield f"{name} {heading}: {value} {unit}".rstrip()
