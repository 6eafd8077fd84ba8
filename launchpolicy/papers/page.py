"""The page that a paper is written on, and what stands on it besides the text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from launchpolicy.vocabulary.text import Language

Orientation = Literal["portrait", "landscape"]
A4 = (210.0, 297.0)
"""Width and height in millimetres, portrait."""

LINE = {"portrait": 96.0, "landscape": 148.0}
"""How many half-width characters of a table stand in a line."""


SMALL = 10
"""A table of no more rows stays on one page."""


@dataclass(frozen=True, slots=True)
class PaperPage:
    """How a paper is set.

    `origin` is the auditor's line: which version of which request it was made from. With
    `shows_origin` it is printed small at the end; without, it is only in the file's properties (a
    notice of one page). `name` is the request's id, `now` the moment of making.
    """

    language: Language
    name: str
    origin: str
    now: datetime
    orientation: Orientation = "portrait"
    shows_origin: bool = True

    @property
    def page_words(self) -> tuple[str, str, str]:
        """Return what stands before the number of the page, between it and the total, and after."""
        return ("第 ", " 页　共 ", " 页") if self.language == "zh" else ("Page ", " of ", "")
