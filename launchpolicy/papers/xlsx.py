"""The tables of a paper as a workbook (Office Open XML, SpreadsheetML), one sheet.

Every cell is text: nothing that people wrote becomes a formula, a link or a number that loses its
zeros.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from typing import Any, Final

import xlsxwriter  # type: ignore[import-untyped]  # it ships neither stubs nor a py.typed marker

from launchpolicy.papers.column_widths import text_width
from launchpolicy.papers.page import PaperPage
from launchpolicy.papers.paper_blocks import (
    LINE_BREAK,
    Block,
    Heading,
    PaperTable,
    Paragraph,
    PictureBlock,
    Runs,
    text_of_runs,
)

_NARROWEST, _WIDEST = 6, 42
_LINE_HEIGHT = 16
_LONGEST_NAME = 31
_LONGEST_CELL = 32_767
_A4: Final = 9
# What a name of a sheet may not have, and what XML 1.0 cannot write (section 2.2, Char).
_NOT_IN_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f']")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TEXT_ONLY: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def as_xlsx(blocks: Sequence[Block], page: PaperPage) -> bytes:
    """Return the workbook; the same paper at the same moment gives the same bytes."""
    package = io.BytesIO()
    workbook = xlsxwriter.Workbook(package, _TEXT_ONLY)
    headings = (text_of_runs(block.runs) for block in blocks if isinstance(block, Heading))
    title = _clean(next(headings, page.name))
    created = page.now.replace(tzinfo=None)
    workbook.set_properties(
        {"title": title, "author": "launchpolicy", "comments": page.origin, "created": created}
    )
    sheet = _Sheet(workbook, title, page)
    for block in blocks:
        sheet.add(block)
    sheet.finish()
    workbook.close()
    return package.getvalue()


class _Sheet:
    """Writes blocks below each other into one sheet."""

    def __init__(self, workbook: Any, title: str, page: PaperPage) -> None:  # noqa: ANN401 (untyped)
        name = _NOT_IN_NAME.sub(" ", title).strip()[:_LONGEST_NAME] or "1"
        self._sheet = workbook.add_worksheet(name)
        self._page = page
        self._row = 0
        self._widths: dict[int, float] = {}
        self._texts: dict[int, list[tuple[int, str]]] = {}
        self._title = workbook.add_format({"bold": True, "font_size": 16})
        self._heading = workbook.add_format({"bold": True, "font_size": 12})
        self._plain = workbook.add_format({"num_format": "@"})
        self._origin = workbook.add_format(
            {"num_format": "@", "text_wrap": True, "valign": "top", "font_size": 8}
        )
        self._cell = workbook.add_format(
            {"num_format": "@", "border": 1, "text_wrap": True, "valign": "vcenter"}
        )
        self._head = workbook.add_format(
            {"bold": True, "border": 1, "text_wrap": True, "align": "center", "bg_color": "#F1F1F1"}
        )
        self._label = workbook.add_format(
            {"bold": True, "border": 1, "text_wrap": True, "bg_color": "#F7F7F7"}
        )
        self._first_head: int | None = None

    def add(self, block: Block) -> None:
        """Write one block; pictures have no place in a table."""
        if isinstance(block, PaperTable):
            self._table(block)
        elif isinstance(block, Heading):
            self._line(block.runs, self._title if block.level == 1 else self._heading)
        elif isinstance(block, Paragraph):
            self._line(block.runs, self._plain)
        elif isinstance(block, PictureBlock):
            return

    def finish(self) -> None:
        """Write the widths of the columns, the heights of the rows and how the sheet prints."""
        for column in self._widths:
            self._sheet.set_column(column, column, self._width(column))
        for row, texts in self._texts.items():
            self._sheet.set_row(row, _LINE_HEIGHT * max(self._lines(*cell) for cell in texts))
        self._sheet.set_paper(_A4)
        if self._page.orientation == "landscape":
            self._sheet.set_landscape()
        self._sheet.fit_to_pages(1, 0)
        if self._first_head is not None:
            self._sheet.repeat_rows(self._first_head)
        before, between, after = self._page.page_words
        self._sheet.set_footer(f"&C{before}&P{between}&N{after}")
        last_column = max(self._widths, default=0)
        if self._page.shows_origin:
            self._write_origin(last_column)
        self._sheet.print_area(0, 0, self._row, last_column)

    def _write_origin(self, last_column: int) -> None:
        """Write the auditor's line across the columns there are, so that it widens no page."""
        self._row += 1
        text = _clean(self._page.origin)
        if last_column:
            self._sheet.merge_range(self._row, 0, self._row, last_column, "", self._origin)
        self._sheet.write_string(self._row, 0, text, self._origin)
        width = sum(self._width(column) for column in range(last_column + 1))
        self._sheet.set_row(self._row, _LINE_HEIGHT * math.ceil(text_width(text) / (width - 1)))

    def _width(self, column: int) -> float:
        """Return the width of a column in characters: by the first table, which is the main one."""
        return min(_WIDEST, max(_NARROWEST, self._widths.get(column, 0) + 2))

    def _lines(self, column: int, text: str) -> int:
        """Return on how many lines a cell shows its text; no program measures it on opening."""
        width = self._width(column) - 1
        return sum(max(1, math.ceil(text_width(line) / width)) for line in text.split("\n"))

    def _line(self, runs: Runs, style: object) -> None:
        self._sheet.write_string(self._row, 0, _cell_text(runs), style)
        self._row += 1

    def _table(self, table: PaperTable) -> None:
        is_main = table.style == "grid" and self._first_head is None
        if is_main:
            self._first_head = self._row
        for number, cells in enumerate(table.rows):
            is_head = number == 0 and table.style != "pairs"
            for column, runs in enumerate(cells):
                is_label = table.style == "pairs" and column % 2 == 0
                style = self._head if is_head else self._label if is_label else self._cell
                text = _cell_text(runs)
                self._sheet.write_string(self._row, column, text, style)
                self._texts.setdefault(self._row, []).append((column, text))
                if is_main:
                    widest = max(map(text_width, text.split("\n")))
                    self._widths[column] = max(self._widths.get(column, 0), widest)
            self._row += 1
        self._row += 1


def _cell_text(runs: Runs) -> str:
    return _clean(text_of_runs(runs).replace(LINE_BREAK, "\n"))[:_LONGEST_CELL]


def _clean(text: str) -> str:
    return _NOT_XML.sub(" ", text)
