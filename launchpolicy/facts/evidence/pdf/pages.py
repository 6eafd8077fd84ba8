"""The pages of a PDF (ISO 32000-1, 7.7.3) and what stands on them, as far as a person sees it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from launchpolicy.facts.evidence.pdf.contents import Page, PdfContents
from launchpolicy.facts.evidence.pdf.file import PdfFile
from launchpolicy.facts.evidence.pdf.graphics import Box, numbers
from launchpolicy.facts.evidence.pdf.page_reader import PageReader
from launchpolicy.facts.evidence.pdf.syntax import Indirect
from launchpolicy.vocabulary.named_tuple import NamedTuple

_PAGES: Final = 10_000
_PAGES_READ: Final = 20
_USUAL = Box(0, 0, 612, 842)
"""A page without a size, which every page must have, is shown as large as usual paper."""

_SHORTEST_SIDE: Final = 36
"""Points: a smaller page holds nothing that can be read."""


class _InheritedAttributes(NamedTuple):
    """What pages take from the nodes of the tree above them (7.7.3.4)."""

    resources: dict[str, Any]
    box: Box = _USUAL


def contents_of(file: PdfFile) -> PdfContents:
    """Return what the pages show, those of the tree of pages only."""
    contents = PdfContents()
    reader = PageReader(file, contents)
    for page in _pages(file, file.catalog.get("Pages")):
        contents.pages += 1
        if contents.pages <= _PAGES_READ and page.box.shorter_side >= _SHORTEST_SIDE:
            reader.read_page(page)
        if contents.pages >= _PAGES:
            break
    return contents


def _pages(file: PdfFile, node: Any) -> Iterator[Page]:  # noqa: ANN401 (an object of PDF)
    """Yield the pages below a node of the tree, each once, without recursion."""
    waiting = [(node, _InheritedAttributes({}))]
    seen: set[int] = set()
    while waiting:
        value, above = waiting.pop()
        if isinstance(value, Indirect):
            if value.number in seen:
                continue
            seen.add(value.number)
        entries = file.entries(value)
        resources = file.entries(entries.get("Resources")) or above.resources
        own = _InheritedAttributes(resources, _box(file, entries, above.box))
        if entries.get("Type") == "Page" or (entries and "Kids" not in entries):
            yield Page(entries, *own)
        else:
            waiting += [(kid, own) for kid in reversed(file.items(entries.get("Kids")))]


def _box(file: PdfFile, entries: dict[str, Any], inherited: Box) -> Box:
    box = inherited
    for key in ("MediaBox", "CropBox"):
        corners = numbers(list(map(file.resolve, file.items(entries.get(key)))), 4)
        if corners is not None:
            (left, right), (bottom, top) = sorted(corners[0::2]), sorted(corners[1::2])
            own = Box(left, bottom, right, top)
            box = own if key == "MediaBox" else own.within(box)
    return box
