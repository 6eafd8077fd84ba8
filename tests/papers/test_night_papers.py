"""Papers about a launch name who is meant, in its own time zone, and never what is not approved."""

from __future__ import annotations

import dataclasses
import io
import re
import zipfile
from datetime import UTC
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from launchpolicy.documents.reading import Document, read
from launchpolicy.operations.paper.source import PaperSource, read_paper_source
from launchpolicy.operations.paper.write import write_paper_of
from tests.cli.launch_repository import PROJECT
from tests.papers.conftest import NOW as MOMENT

EXAMPLES = PROJECT / "examples"
LAUNCHED = EXAMPLES / "product-launch/launches/LR-2026-0017"
CUTOVER = EXAMPLES / "system-cutover/launches"
NOTICE = CUTOVER / "LR-2026-0206"


def source(folder: Path) -> PaperSource:
    return read_paper_source(folder, MOMENT)


def edited(folder: Path, pattern: str, by: str = "") -> PaperSource:
    """A request of an example in which a stretch of the text is replaced."""
    request = source(folder).request
    text = re.sub(pattern, by, request.source.decode(), count=1)
    assert text != request.source.decode()
    document = read(request.document.path, text.encode())
    assert isinstance(document, Document)
    return PaperSource(request._replace(document=document, source=text.encode()), MOMENT)


def test_a_person_who_only_asks_is_not_named_as_the_maintainer() -> None:
    unnamed = edited(NOTICE, r"\n    maintainer: [^\n]*")
    shown = write_paper_of(unnamed, "launch-document", "zh", "md").decode()
    assert "| 维护人员 | 未指定 |" in shown


def test_a_report_goes_to_nobody_whom_the_directory_does_not_have() -> None:
    to = re.compile(r"^(.+)：$", re.MULTILINE)
    reported = source(LAUNCHED)
    assert to.findall(write_paper_of(reported, "report", "zh", "md").decode()) == ["科技部"]
    directory = reported.request.directory
    assert directory is not None
    roles = {role: ids for role, ids in directory.roles.items() if role != "technology-department"}
    without = reported.request._replace(directory=directory._replace(roles=roles))
    shown = write_paper_of(PaperSource(without, MOMENT), "report", "zh", "md").decode()
    assert to.findall(shown) == ["客户服务部、财务部"]


def test_the_auditors_line_has_the_time_of_the_launch() -> None:
    in_utc = dataclasses.replace(source(LAUNCHED), now=MOMENT.astimezone(UTC))
    shown = write_paper_of(in_utc, "application", "en", "md").decode()
    made = re.search(r"made (\S+)", shown.replace("&#58;", ":"))
    assert made is not None
    assert made[1].startswith("2026-11-25T10:00:00+08:00")


def test_the_auditors_line_widens_no_page_of_a_workbook() -> None:
    integration = EXAMPLES / "hardware-software-integration/launches/LR-2026-0501"
    workbook = write_paper_of(source(integration), "deliveries", "zh", "xlsx")
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        book = package.read("xl/workbook.xml").decode()
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    area = re.search(r"Print_Area[^>]*>[^$]*\$A\$1:\$([A-Z]+)\$(\d+)<", book)
    assert area is not None, book
    last, row = area[1], area[2]
    assert f'<mergeCell ref="A{row}:{last}{row}"/>' in sheet


@pytest.mark.parametrize("kind", ["application", "countersign", "launch-plan"])
def test_signatures_keep_some_of_what_is_signed_on_their_page(kind: str) -> None:
    paper = write_paper_of(source(NOTICE), kind, "zh", "docx")
    body = list(docx.Document(io.BytesIO(paper)).element.body)
    tables = [element for element in body if element.tag == qn("w:tbl")]
    above = body[body.index(tables[-1]) - 1]
    assert above.findall(f".//{qn('w:keepNext')}"), kind
    page = write_paper_of(source(NOTICE), kind, "zh", "html").decode()
    assert "table.signatures { break-before: avoid; }" in page


@pytest.mark.parametrize("kind", ["summary", "report", "application"])
def test_the_auditors_line_stands_on_no_page_by_itself(kind: str) -> None:
    paper = write_paper_of(source(LAUNCHED), kind, "zh", "docx")
    paragraphs = list(docx.Document(io.BytesIO(paper)).element.body.iter(qn("w:p")))
    assert "SHA-256" in "".join(paragraphs[-1].itertext())
    assert all(above.findall(f".//{qn('w:keepNext')}") for above in paragraphs[-3:-1]), kind


def test_an_issuer_stamps_no_page_without_text() -> None:
    paper = write_paper_of(source(LAUNCHED), "summary", "zh", "docx")
    paragraphs = list(docx.Document(io.BytesIO(paper)).element.body.iter(qn("w:p")))
    issuer = next(n for n, line in enumerate(paragraphs) if "（盖章）" in "".join(line.itertext()))
    assert all(line.findall(f".//{qn('w:keepNext')}") for line in paragraphs[issuer - 2 : issuer])
