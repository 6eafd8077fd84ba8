"""The text that a person sees in an office file: no hidden run, sheet or slide, nothing deleted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from launchpolicy.facts.evidence.office_archive import (
    OfficeArchive,
    attribute,
    name_of,
    subtrees,
)
from launchpolicy.facts.evidence.office_cells import hiding_cell_styles
from launchpolicy.facts.evidence.office_looks import (
    Look,
    column_of,
    hidden_columns,
    hides,
    is_prompt,
    look_of_document,
    look_of_paragraph,
    paragraphs_of,
)
from launchpolicy.policy.edition import EIGHTH_EDITION, FOURTH_EDITION, SIXTH_EDITION

_PARAGRAPHS = frozenset({"p", "h"})
_BLOCKS = {
    (False, False): frozenset[str](),
    (True, False): frozenset({"sdt"}),
    (True, True): frozenset({"sdt", "tr"}),
}
"""What may hide the paragraphs in it, by what of that an edition looks at."""

_NOT_SHOWN = {
    *("del", "delText", "moveFrom", "instrText", "Fallback", "rPr", "pPr"),
    *("annotation", "annotation-end", "tracked-changes", "deletion", "rPh"),
}
_SHADED = re.compile(rb"""\bfill\s*=\s*["'](?!auto|F{6}|f{6})[0-9A-Fa-f]{6}""")
_HEADING = re.compile(r"(?:heading|title|subtitle|标题|[1-9]\Z)", re.IGNORECASE)
"""Names of styles; a digit alone is a heading in Word's Chinese templates."""

_ON_ANY_GROUND = Look(is_white_shown=True)
_HIDDEN_SLIDE = re.compile(rb"""<(?:\w+:)?sld\s[^>]*\bshow\s*=\s*["'](?:0|false)["']""")
_ASIDE = re.compile(
    rb"<(?P<name>(?:[\w-]+:)?(?:tracked-changes|annotation))[\s>].*?</(?P=name)>", re.DOTALL
)


def word_text(archive: OfficeArchive, part: str) -> Iterator[str]:
    """Yield the paragraphs of a Word part."""
    source = archive.content(part)
    is_strict = archive.edition > FOURTH_EDITION
    is_thorough = archive.edition > SIXTH_EDITION
    look = Look(_SHADED.search(source) is not None, is_strict, is_thorough)
    if is_strict:
        is_complete = archive.edition > EIGHTH_EDITION
        look = look_of_document(archive, part, look._replace(is_complete=is_complete))
    for block in subtrees(source, _PARAGRAPHS | _BLOCKS[is_strict, is_thorough]):
        for paragraph in paragraphs_of(block, _PARAGRAPHS, look):
            mark = "# " if _is_heading(paragraph) else ""
            yield mark + _visible_text(paragraph, look)


def _is_heading(paragraph: Element) -> bool:
    """Return whether a paragraph has the style of a title or heading, marked as Markdown does."""
    styles = (style for part in paragraph for style in part if name_of(style) == "pStyle")
    return any(_HEADING.match(attribute(style, "val")) for style in styles)


def presentation_text(archive: OfficeArchive, part: str) -> Iterator[str]:
    """Yield the paragraphs of the slides that are shown, in the order of the references."""
    for relation in archive.relations(part):
        source = archive.content(relation.target) if relation.type == "slide" else b""
        if not _HIDDEN_SLIDE.search(source[:4096]):
            for paragraph in subtrees(source, _PARAGRAPHS):
                yield _visible_text(paragraph, _ON_ANY_GROUND)


def open_document_text(archive: OfficeArchive, part: str) -> Iterator[str]:
    """Yield the paragraphs and rows of an OpenDocument file."""
    source = _ASIDE.sub(b"", archive.content(part))
    for block in subtrees(source, _PARAGRAPHS | {"table-row"}):
        cells = [_visible_text(inner, _ON_ANY_GROUND) for inner in _cells(block)]
        yield "\t".join(cells)


def workbook_text(archive: OfficeArchive, part: str) -> Iterator[str]:
    """Yield the rows of the sheets that are shown, cells apart by tabs, and text drawn on them."""
    relations = {relation.id: relation for relation in archive.relations(part)}
    shared = next((r.target for r in relations.values() if r.type == "sharedStrings"), "")
    texts = [_plain(item) for item in subtrees(archive.content(shared), frozenset({"si"}))]
    hiding = hiding_cell_styles(archive, part) if archive.edition > EIGHTH_EDITION else frozenset()
    for sheet in subtrees(archive.content(part), frozenset({"sheet"})):
        relation = relations.get(attribute(sheet, "id"))
        if relation is None or attribute(sheet, "state") in {"hidden", "veryHidden"}:
            continue
        hidden: set[int] = set()
        for row in subtrees(archive.content(relation.target), frozenset({"row", "col"})):
            if name_of(row) == "col":
                hidden.update(hidden_columns(row) if archive.edition > FOURTH_EDITION else ())
            elif not _is_hidden_row(row, archive.edition):
                yield "\t".join(
                    "" if attribute(cell, "s") in hiding else _cell(cell, texts)
                    for cell in _shown_cells(row, hidden)
                )
        for drawing in archive.relations(relation.target):
            if drawing.type == "drawing":
                for paragraph in subtrees(archive.content(drawing.target), _PARAGRAPHS):
                    yield _visible_text(paragraph, _ON_ANY_GROUND)


def _is_hidden_row(row: Element, edition: int) -> bool:
    is_flat = edition > SIXTH_EDITION and attribute(row, "ht") in {"0", "0.0"}
    return is_flat or attribute(row, "hidden") in {"1", "true"}


def _cells(block: Element) -> list[Element]:
    return list(block) if name_of(block) == "table-row" else [block]


def _shown_cells(row: Element, hidden: set[int]) -> Iterator[Element]:
    column = 0
    for cell in row:
        column = column_of(cell, column)
        if column not in hidden:
            yield cell


def _cell(cell: Element, texts: list[str]) -> str:
    kind = attribute(cell, "t")
    value = "".join(inner.text or "" for inner in cell if name_of(inner) == "v")
    if kind == "s":
        return texts[int(value)] if value.isdecimal() and int(value) < len(texts) else ""
    return _plain(cell) if kind == "inlineStr" else value


def _plain(element: Element) -> str:
    return _visible_text(element, _ON_ANY_GROUND)


def _visible_text(element: Element, look: Look) -> str:
    """Return the text inside of an element, without what is hidden or deleted."""
    name = name_of(element)
    if name in _NOT_SHOWN or (name == "r" and _is_hidden_run(element, look)):
        return ""
    if look.is_strict and name == "sdt" and is_prompt(element):
        return ""
    if name == "p":
        look = look_of_paragraph(element, look)
    if name in {"tab", "br", "cr", "s"}:
        return " "
    inner = "".join(_visible_text(child, look) + _tail(name, child) for child in element)
    return f"{element.text or ''}{inner}" if name in _WITH_TEXT else inner


_WITH_TEXT = {"t", "p", "h", "span", "a"}


def _tail(name: str, child: Element) -> str:
    return (child.tail or "") if name in {"p", "h", "span", "a"} else ""


def _is_hidden_run(run: Element, look: Look) -> bool:
    own = [properties for properties in run if name_of(properties) == "rPr"]
    return any(hides(properties, look) for properties in own) or (look.is_hidden and not own)
