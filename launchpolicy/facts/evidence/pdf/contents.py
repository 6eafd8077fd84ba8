"""A page of a PDF, and what the pages of a file show."""

from __future__ import annotations

from typing import Any

from launchpolicy.facts.evidence.pdf.graphics import Box
from launchpolicy.vocabulary.named_tuple import NamedTuple


class Page(NamedTuple):
    """A page: its dictionary, the resources that hold for it, and the part of it that is shown."""

    entries: dict[str, Any]
    resources: dict[str, Any]
    box: Box


class PdfContents:
    """What a file shows.

    `unknown` counts codes whose characters the font does not tell, `kinds` are those codes;
    `drawn` are the boxes of what is painted.
    """

    def __init__(self) -> None:
        self.pages = self.unknown = 0
        self.has_picture = False
        self.kinds: set[bytes] = set()
        self.drawn: set[tuple[int, ...]] = set()
        self.texts: list[str] = []

    @property
    def text(self) -> str:
        """Return the text of all pages, a line for each line."""
        return "".join(self.texts)
