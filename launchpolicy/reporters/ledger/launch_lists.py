"""The lists over all launches that need their requests, as tables for people and spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Final

from launchpolicy.ledger.found_problems import FoundProblem
from launchpolicy.ledger.launches import Launch
from launchpolicy.ledger.settlement import SettlementRow
from launchpolicy.reporters.instants import in_utc
from launchpolicy.reporters.ledger.cells import guard
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.reporters.text.cells import cells
from launchpolicy.reporters.text.writer import StyledText, TextWriter
from launchpolicy.vocabulary.names import Names
from launchpolicy.vocabulary.text import Language, Text

SETTLEMENT_HEADS: Final = (
    Text("Partner", "合作伙伴"),
    Text("Launch", "上线"),
    Text("Product and version", "产品与版本"),
    Text("Announced at", "通告时间"),
    Text("Settle", "是否结算"),
    Text("Why", "原因"),
)
PROBLEM_HEADS: Final = (
    Text("Launch", "上线"),
    Text("Problem", "问题"),
    Text("Found at", "发现时间"),
    Text("Users affected", "受影响用户数"),
    Text("Tested by", "测试人员"),
    Text("Approved by", "审批人员"),
    Text("Checked by", "质检与验收人员"),
)
_YES: Final = Text("yes", "是")
_NO: Final = Text("no", "否")
_UNKNOWN: Final = Text("not stated", "未写明")
_UNREAD: Final = Text(
    "{}: its request cannot be read in this clone, so it is missing from the list.",
    "{}：本克隆无法读取其申请，清单中缺少该项。",
)

SETTLEMENT_TITLE: Final = Text("Settlement with partners", "合作伙伴结算清单")
Rows = Sequence[Sequence[str]]


def settlement_cells(
    rows: Iterable[SettlementRow], names: Names, language: Language
) -> Iterator[list[str]]:
    """Yield the cells of a settlement list, the head first."""
    yield [head.in_language(language) for head in SETTLEMENT_HEADS]
    for row in rows:
        yield [
            names.name_of("departments", row.partner).in_language(language),
            row.launch.name,
            _product(row.launch, names, language),
            _moment(row.announced_at),
            (_YES if row.is_settled else _NO).in_language(language),
            row.reason.in_language(language),
        ]


def problem_cells(
    rows: Iterable[FoundProblem], names: Names, language: Language
) -> Iterator[list[str]]:
    """Yield the cells of a list of problems, the head first."""
    yield [head.in_language(language) for head in PROBLEM_HEADS]
    for row in rows:
        summary = row.summary.in_language(language)
        users = str(row.users) if row.users is not None else _UNKNOWN.in_language(language)
        people = [
            _people(persons, names, language) for persons in (row.tested, row.approved, row.checked)
        ]
        yield [row.launch.name, summary or row.name, _moment(row.found_at), users, *people]


def csv_of(rows: Iterable[Sequence[str]]) -> str:
    """Return the table for spreadsheets (RFC 4180): cells are quoted, and none is a formula."""
    sink = io.StringIO(newline="")
    writer = csv.writer(sink, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for row in rows:
        writer.writerow([guard(cell) for cell in row])
    return sink.getvalue()


def workbook_of(
    title: Text, rows: Iterable[Sequence[str]], now: datetime, language: Language
) -> bytes:
    """Return the table as a workbook whose cells are all text."""
    from launchpolicy.papers.page import PaperPage  # noqa: PLC0415 (few ask for one)
    from launchpolicy.papers.paper_blocks import Heading, PaperTable, TextRun  # noqa: PLC0415
    from launchpolicy.papers.xlsx import as_xlsx  # noqa: PLC0415

    cells_of_rows = tuple(tuple((TextRun(cell),) for cell in row) for row in rows)
    name = title.in_language(language)
    page = PaperPage(language, name, "launchpolicy", now, "landscape", shows_origin=False)
    return as_xlsx([Heading(1, (TextRun(name),)), PaperTable("grid", cells_of_rows)], page)


def text_of_table(rows: Rows, view: ReaderView) -> Iterator[str]:
    """Yield the table in columns for a terminal; the first row is the header."""
    writer = TextWriter(view)
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        padded = [
            f"{cell}{' ' * (width - cells(cell))}" for cell, width in zip(row, widths, strict=True)
        ]
        yield writer.line(StyledText("  ".join(padded), "plain" if number else "strong"))
    if len(rows) == 1:
        yield writer.line(StyledText(writer.say(Text("None.", "无。")), "faint"))


def unread_notes(launches: Iterable[Launch], language: Language) -> Iterator[str]:
    """Yield which launches are missing from a list."""
    for launch in launches:
        yield _UNREAD.in_language(language).format(launch.name)


def _product(launch: Launch, names: Names, language: Language) -> str:
    product = launch.facts.product
    name = names.name_of("products", launch.product).in_language(language)
    return f"{name} {product.version if product is not None else ''}".strip()


def _people(persons: Iterable[str], names: Names, language: Language) -> str:
    separator = "、" if language == "zh" else ", "
    return separator.join(
        names.name_of("people", person).in_language(language) for person in persons
    )


def _moment(moment: datetime | None) -> str:
    return in_utc(moment) if moment is not None else ""
