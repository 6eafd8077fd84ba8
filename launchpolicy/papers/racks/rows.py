"""The elevation of a rack as rows of text, for readers without pictures: the top unit first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from launchpolicy.papers.racks.contents import SIDES, Occupant, RackContents
from launchpolicy.papers.racks.words import FREE, occupant_text, units_text
from launchpolicy.vocabulary.text import Language


class ElevationRow(NamedTuple):
    """Units that are alike, from the upper one down, and what is in them on both sides."""

    units: str
    front: str
    rear: str


def elevation_rows(contents: RackContents, language: Language) -> Iterator[ElevationRow]:
    """Yield a row for each run of units with the same occupants on both sides."""
    top = contents.units
    above = _here(contents, top)
    for unit in range(top - 1, -1, -1):
        here = _here(contents, unit) if unit else None
        if here != above:
            front, rear = (_text(occupants, language) for occupants in above)
            yield ElevationRow(units_text(unit + 1, top), front, rear)
            top = unit
        if here is not None:
            above = here


def _here(contents: RackContents, unit: int) -> tuple[tuple[Occupant, ...], ...]:
    return tuple(
        tuple(one for one in contents.sides[side] if one.first <= unit <= one.last)
        for side in SIDES
    )


def _text(occupants: tuple[Occupant, ...], language: Language) -> str:
    if not occupants:
        return FREE.in_language(language)
    return " + ".join(occupant_text(occupant, language) for occupant in occupants)
