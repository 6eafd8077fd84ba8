"""Papers keep the conventions of the house: recipients, issuer, dates, states, numbers, pages."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, timedelta, timezone

import pytest
from docx import Document
from docx.oxml.ns import qn

from launchpolicy.papers.column_widths import widths_of
from launchpolicy.papers.docx import as_docx
from launchpolicy.papers.html import as_html
from launchpolicy.papers.issuers import document_number
from launchpolicy.papers.markdown import PaperError, fill_template
from launchpolicy.papers.marks import without_marks
from launchpolicy.papers.page import PaperPage
from launchpolicy.papers.paper_blocks import Heading, PaperTable, Paragraph, TextRun
from launchpolicy.papers.refusals import PaperRefusal
from launchpolicy.papers.tokens import blocks
from launchpolicy.papers.wording import date, elapsed_time, span, time_of_day
from launchpolicy.vocabulary.text import Language
from tests.papers.conftest import NOW, Fill

PAGE = PaperPage("zh", "LR-1", "origin of the paper", NOW)


@pytest.mark.parametrize(
    ("start", "end", "english", "chinese"),
    [
        (
            "2026-11-03T22:00:00+08:00",
            "2026-11-03T23:30:00+08:00",
            "3 November 2026, 22:00–23:30",
            "2026年11月3日 22:00—23:30",
        ),
        (
            "2026-11-03T22:00:00+08:00",
            "2026-11-04T02:00:00+08:00",
            "3 November 2026, 22:00 – 4 November 2026, 02:00",
            "2026年11月3日 22:00—11月4日 02:00",
        ),
        (
            "2026-12-31T22:00:00+08:00",
            "2027-01-01T02:00:00+08:00",
            "31 December 2026, 22:00 – 1 January 2027, 02:00",
            "2026年12月31日 22:00—2027年1月1日 02:00",
        ),
        ("2026-11-03T22:00:00+08:00", "", "3 November 2026, 22:00", "2026年11月3日 22:00"),
        ("", "", "", ""),
    ],
)
def test_a_span_says_one_day_once(start: str, end: str, english: str, chinese: str) -> None:
    assert (span(start, end, "en"), span(start, end, "zh")) == (english, chinese)


def test_a_time_in_another_zone_is_shown_in_the_zone_of_the_paper() -> None:
    zone = timezone(timedelta(hours=8))

    assert time_of_day("2026-11-03T16:30:00Z", "zh", zone) == "2026年11月4日 00:30"
    assert date("2026-11-03T16:30:00Z", "en", zone) == "4 November 2026"
    assert span("2026-11-03T14:00:00Z", "2026-11-03T23:30:00+08:00", "zh", zone) == (
        "2026年11月3日 22:00—23:30"
    )


@pytest.mark.parametrize(
    ("end", "shown"),
    [
        ("2026-11-03T22:49:30+08:00", "50 minutes"),
        ("2026-11-03T23:05:00+08:00", "1 hour 5 minutes"),
        ("2026-11-03T21:00:00+08:00", ""),
        ("", ""),
    ],
)
def test_what_a_step_took_is_counted_in_minutes(end: str, shown: str) -> None:
    assert elapsed_time("2026-11-03T22:00:00+08:00", end, "en") == shown


def test_a_notice_to_nobody_is_not_made(sheet: Fill) -> None:
    template = '{{ to(request.spec.impact.departments, "spec.impact.departments") }}'

    with pytest.raises(PaperRefusal) as refused:
        fill_template(template, sheet({"spec": {}}))
    assert refused.value.field == "spec.impact.departments"
    assert "spec.impact.departments" in refused.value.problem.zh

    written = fill_template(
        template, sheet({"spec": {"impact": {"departments": ["a", "b"]}}}, "zh")
    )
    (line,) = blocks(written)
    assert line == Paragraph((TextRun("a、b："),), role="to")


@pytest.mark.parametrize(
    "text",
    [
        "<!-- paper:issuer -->",
        "x\u2028<!-- paper:to -->\u2028y",
        "\n\n<!-- paper:picture p -->\n\n",
    ],
)
def test_what_people_write_marks_nothing(sheet: Fill, text: str) -> None:
    """A person who could forge a mark could put their own words where the seal belongs."""
    context = sheet({"spec": {"summary": text}})

    content = blocks(fill_template("{{ request.spec.summary }}", context))

    assert [block.role for block in content if isinstance(block, Paragraph)] == ["body"]


def test_a_space_of_the_template_acts_on_no_list_or_code(sheet: Fill) -> None:
    context = sheet({"spec": {"summary": "    - item    "}})

    content = blocks(fill_template("{{ request.spec.summary }}", context))

    assert [block.mark for block in content if isinstance(block, Paragraph)] == [""]


@pytest.mark.parametrize(
    ("language", "headings"),
    [
        ("zh", ["一、甲", "（一）乙", "（二）丙", "二、丁", "（一）戊"]),
        ("en", ["1. A", "1.1 B", "1.2 C", "2. D", "2.1 E"]),
    ],
)
def test_sections_are_numbered_as_the_language_does(
    sheet: Fill, language: Language, headings: list[str]
) -> None:
    template = (
        '{{ section(t("A", "甲")) }}{{ subsection(t("B", "乙")) }}{{ subsection(t("C", "丙")) }}'
        '{{ section(t("D", "丁")) }}{{ subsection(t("E", "戊")) }}'
    )

    content = blocks(fill_template(template, sheet({"spec": {}}, language)))

    assert [block.runs[0].text for block in content if isinstance(block, Heading)] == headings


def test_the_eleventh_section_is_numbered_too(sheet: Fill) -> None:
    template = '{% for i in range(21) %}{{ section("x") }}{% endfor %}'

    written = fill_template(template, sheet({"spec": {}}, "zh"))

    assert [line[3:-2] for line in written.splitlines() if line][9::10] == ["十", "二十"]
    assert "## 十一、x" in written
    assert "## 二十一、x" in written


def test_marks_do_not_reach_readers_of_markdown(sheet: Fill) -> None:
    written = fill_template(
        "{{ issued('2026-11-06T09:00:00+08:00', 'A office') }}", sheet({"spec": {}})
    )

    assert "<!-- paper:issuer -->" in written
    assert without_marks(written) == "A office (seal)\n\n6 November 2026\n"


def test_a_page_has_its_number_its_heads_and_no_orphan_footer() -> None:
    page = as_html((Heading(1, (TextRun("题"),)), _table()), PAGE, "{{ style }}{{ body }}", "x{}")

    assert 'content: "第 " counter(page) " 页　共 " counter(pages) " 页"' in page
    assert "size: A4;" in page
    assert "<thead>" in page
    assert page.count("<col ") == 3
    wide = PaperPage("en", "LR-1", "o", NOW, orientation="landscape")
    assert "size: A4 landscape" in as_html((_table(),), wide, "{{ style }}", "x{}")


def _table() -> PaperTable:
    rows = (("序号", "地址", "说明"), ("1", "10.20.30.40/24", "核心交换机的上联端口" * 9))
    cells = tuple(tuple((TextRun(text),) for text in row) for row in rows)
    return PaperTable("grid", cells)


def test_an_address_is_wide_enough_for_one_line_and_never_broken() -> None:
    number, address, remark = widths_of(_table())

    assert number + address + remark == pytest.approx(100, abs=0.2)
    assert address * 96 / 100 >= len("10.20.30.40/24")
    assert remark > address > number
    page = as_html((_table(),), PAGE, "{{ body }}", "x{}")
    assert '<span class="whole">10.20.30.40/24</span>' in page


def test_an_office_document_is_chinese_numbered_and_without_a_foreign_picture() -> None:
    written = as_docx((Heading(1, (TextRun("题"),)), _table()), PAGE)

    document = Document(io.BytesIO(written))
    lang = document.styles.element.find(f".//{qn('w:lang')}")
    footer = document.sections[0].footer
    head = document.tables[0].rows[0]._tr
    assert lang.get(qn("w:eastAsia")) == "zh-CN"
    assert document.styles["Normal"].element.rPr.rFonts.get(qn("w:eastAsia")) == "仿宋"
    assert [one.text for one in footer._element.iter(qn("w:instrText"))] == [
        " PAGE ",
        " NUMPAGES ",
    ]
    assert footer.paragraphs[0].text == "第 1 页　共 1 页"
    assert head.find(f".//{qn('w:tblHeader')}") is not None
    assert len({column.width for column in document.tables[0].columns}) == 3
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        assert not [name for name in package.namelist() if "thumbnail" in name]


@pytest.mark.parametrize("shows_origin", [True, False])
def test_the_auditors_line_is_printed_on_forms_and_kept_in_the_properties_of_notices(
    shows_origin: bool,  # noqa: FBT001 (pytest passes it)
) -> None:
    page = PaperPage("zh", "LR-1", "origin of the paper", NOW, shows_origin=shows_origin)

    document = Document(io.BytesIO(as_docx((Heading(1, (TextRun("题"),)),), page)))

    printed = [paragraph.text for paragraph in document.paragraphs]
    assert ("origin of the paper" in printed) is shows_origin
    assert document.core_properties.comments == "origin of the paper"


def test_a_document_number_follows_its_pattern() -> None:
    moment = datetime.fromisoformat("2026-11-06T09:00:00+08:00")

    assert (
        document_number("科技部〔{year}〕{number}号", "LR-2026-0017", moment)
        == "科技部〔2026〕17号"
    )
    assert document_number("", "LR-2026-0017", moment) == ""


def test_a_paper_before_its_time_is_not_made(sheet: Fill) -> None:
    template = '{{ require(request.status.rehearsal, "status.rehearsal", "Not yet.", "尚未。") }}x'

    with pytest.raises(PaperRefusal) as refused:
        fill_template(template, sheet({"spec": {}, "status": {}}))
    assert (refused.value.field, refused.value.problem.en) == ("status.rehearsal", "Not yet.")
    passed = {"spec": {}, "status": {"rehearsal": {"result": "passed"}}}
    assert fill_template(template, sheet(passed)) == "x\n"


def test_a_word_of_no_group_is_an_error_of_the_template(sheet: Fill) -> None:
    with pytest.raises(PaperError):
        fill_template('{{ "x" | word("nothing") }}', sheet({"spec": {}}))
    assert fill_template('{{ "failed" | word("result") }}', sheet({"spec": {}}, "zh")) == "未通过\n"
