"""Which papers a stage needs; a moved window; a draft; a document number."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from launchpolicy.documents.open_questions import unanswered_routes
from launchpolicy.documents.reading import Document, read
from launchpolicy.operations.paper.paper_request import questions_of_papers, read_paper_request
from launchpolicy.operations.paper.source import PaperSource
from launchpolicy.operations.paper.write import write_paper_of
from launchpolicy.operations.paper.write_all import asked_papers, write_stage_papers
from launchpolicy.vocabulary.text import Language
from tests.cli.launch_repository import PROJECT
from tests.papers.conftest import NOW

CUTOVER = PROJECT / "examples/system-cutover/launches"


def edited(name: str, change: Callable[[str], str]) -> PaperSource:
    """An example whose request is edited, in memory."""
    request = read_paper_request(CUTOVER / name)
    text = change(request.source.decode())
    assert text != request.source.decode()
    document = read(request.document.path, text.encode())
    assert isinstance(document, Document)
    schema = request.rules.kinds["LaunchRequest"].schema
    questions = questions_of_papers(schema, unanswered_routes(document))
    return PaperSource(
        request._replace(document=document, source=text.encode(), questions=questions), NOW
    )


@pytest.mark.parametrize(
    ("language", "ending"), [("en", "lost.; decided"), ("zh", "丢单。；决策时限")]
)
def test_a_text_with_a_full_stop_gets_no_second_punctuation(
    language: Language, ending: str
) -> None:
    source = edited(
        "LR-2026-0206",
        lambda text: re.sub(
            r"(\n    trigger: ).*", r"\1{en: Orders lost., zh: 丢单。}", text, count=1
        ),
    )
    paper = write_paper_of(source, "launch-document", language, "md").decode()
    assert ending not in paper
    assert ending.replace(".;", ";").replace("。；", "；") in paper


@pytest.mark.parametrize(("language", "words"), [("en", "Not settled yet."), ("zh", "待定。")])
def test_a_section_of_a_draft_is_not_a_full_stop_alone(language: Language, words: str) -> None:
    source = edited(
        "LR-2026-0206",
        lambda text: re.sub(r"\n  window: *\{.*\}", "\n  window: {start: TODO, end: TODO}", text),
    )
    paper = write_paper_of(source, "application", language, "md").decode()
    lines = paper.splitlines()
    assert words in lines
    assert not {".", "。"} & set(lines)


@pytest.mark.parametrize(
    ("name", "papers"),
    [
        (
            "LR-2026-0206",
            {
                *("application", "launch-document", "launch-plan", "conversion-plan"),
                *("countersign", "notice", "suspension"),
            },
        ),
        ("LR-2026-0205", {"report"}),
        ("LR-2026-0203", {"announcement", "resumption", "report", "summary"}),
        ("LR-2026-0202", {"cancellation"}),
        ("LR-2026-0201", {"rollback-notice", "rollback-report"}),
    ],
)
def test_a_stage_asks_for_its_papers(name: str, papers: set[str]) -> None:
    assert papers <= set(asked_papers(read_paper_request(CUTOVER / name)))


def test_a_product_launch_is_asked_for_no_paper_of_a_cutover() -> None:
    request = read_paper_request(PROJECT / "examples/product-launch/launches/LR-2026-0042")

    assert "application" in asked_papers(request)
    assert not {"countersign", "notice", "launch-plan"} & set(asked_papers(request))


def test_all_papers_of_a_stage_are_written_but_those_before_their_time(tmp_path: Path) -> None:
    papers = write_stage_papers(CUTOVER / "LR-2026-0206", tmp_path / "new" / "out", "zh", "md", NOW)

    files = {file.name for file in (tmp_path / "new" / "out").iterdir()}
    assert {paper.file.name for paper in papers if paper.file is not None} == files
    (notice,) = [paper for paper in papers if paper.kind == "notice"]
    assert notice.file is None
    assert notice.finding is not None
    assert "演练尚未通过" in notice.finding.message.zh
    assert "notice.md" not in files


def test_a_moved_window_is_a_postponement_to_whom_the_first_notice_went() -> None:
    moved = edited(
        "LR-2026-0203",
        lambda text: text.replace(
            "window: {start: 2026-11-11T20:00:00+08:00, end: 2026-11-11T23:30:00+08:00}",
            "window: {start: 2026-11-18T20:00:00+08:00, end: 2026-11-18T23:30:00+08:00}",
            1,
        ),
    )

    postponed = write_paper_of(moved, "postponement", "zh", "md").decode()
    notice = write_paper_of(moved, "notice", "zh", "md").decode()

    assert "\n运维部、人事部、财务部：\n" in postponed
    assert "| 原定时间 | 2026年11月11日 20:00—23:30 |" in postponed
    assert "| 调整后时间 | 2026年11月18日 20:00—23:30 |" in postponed
    # The new notice is for the new window, and is not dated like the first one.
    assert "| 上线时间 | 2026年11月18日 20:00—23:30 |" in notice
    assert "科技部（盖章）\n\n2026年11月25日" in notice


def test_a_notice_to_nobody_is_refused_and_names_the_field() -> None:
    alone = edited(
        "LR-2026-0203",
        lambda text: text.replace("departments: [personnel, finance]", "departments: []").replace(
            ", to: [operations, personnel, finance]", ""
        ),
    )

    with pytest.raises(Exception, match=r"spec\.impact\.departments"):
        write_paper_of(alone, "notice", "en", "md")


def test_a_draft_says_so_and_keeps_every_row_that_may_be_asked() -> None:
    """Where nobody can say yet whom the process asks, no signer is left out."""
    draft = edited("LR-2026-0206", lambda text: text.replace("risk: major", "risk: TODO"))

    written = write_paper_of(draft, "application", "zh", "md").decode()

    assert written.startswith("# 上线申请表〔草稿，尚有 1 项未填写〕\n")
    assert "| 公司领导 | 徐波 |" in written


def test_a_paper_shows_the_document_number_of_the_configuration() -> None:
    request = read_paper_request(CUTOVER / "LR-2026-0203")
    rules = request.rules._replace(
        configuration=request.rules.configuration._replace(
            paper_number="科技部〔{year}〕{number}号"
        )
    )

    written = write_paper_of(PaperSource(request._replace(rules=rules), NOW), "notice", "zh", "md")

    assert "文号：科技部〔2026〕203号　　申请编号：LR-2026-0203" in written.decode()


WINDOW = "window: {start: 2026-11-11T20:00:00+08:00, end: 2026-11-11T23:30:00+08:00"
NOTICES = ("suspension", "notice", "postponement", "resumption")


def test_notices_say_whom_to_call_why_it_moved_and_what_to_do_meanwhile() -> None:
    told = edited(
        "LR-2026-0203",
        lambda text: (
            text.replace(WINDOW, WINDOW.replace("11-11", "11-18") + ", reason: 供应商延期交货", 1)
            .replace("{businesses: [salary", "{meanwhile: 退货先填纸质单, businesses: [salary", 1)
            .replace("  impact:\n", "  impact:\n    contact: {phone: 010-5555 0100}\n", 1)
        ),
    )
    papers = {one: write_paper_of(told, one, "zh", "md").decode() for one in NOTICES}

    assert [one for one in NOTICES if "电话 010-5555 0100" not in papers[one]] == []
    assert "| 期间的替代办法 | 退货先填纸质单 |" in papers["suspension"]
    assert "| 延期原因 | 供应商延期交货 |" in papers["postponement"]


def test_a_rollback_step_that_failed_and_worked_later_is_reported_as_such() -> None:
    failed = "{name: restore-system, result: failed, symptom: 磁带读取失败, handling: 换用副本, "
    ended = "handledBy: he.lin, outcome: done, "
    solved = edited(
        "LR-2026-0201",
        lambda text: text.replace("{name: restore-system, result: done, ", failed + ended, 1),
    )

    report = write_paper_of(solved, "rollback-report", "zh", "md").decode()

    row = next(line for line in report.splitlines() if line.startswith("| 2 |") and "22:40" in line)
    assert "处理后成功" in row
    assert "现象：磁带读取失败" in report
    assert "处理：换用副本（何琳）" in report
    assert "现象：磁带读取失败。处理：" in report


def test_what_is_answered_later_does_not_make_a_notice_a_draft() -> None:
    """`launchpolicy advance` leaves what comes later open: the notice goes out before it."""
    later = edited(
        "LR-2026-0203",
        lambda text: re.sub(
            r"(\n  execution:\n)(?s:.*?)(\n  [a-z])", r"\1    startedAt: TODO\2", text, count=1
        ),
    )
    written = {one: write_paper_of(later, one, "en", "md").decode() for one in NOTICES[:2]}

    assert not [one for one, text in written.items() if "draft" in text.splitlines()[0]]
    assert "(draft, 1 open question)" in write_paper_of(later, "report", "en", "md").decode()


def test_the_place_of_the_paper_itself_does_not_make_it_a_draft() -> None:
    for kind, place in (("report", "status.report"), ("application", "spec.documents.application")):
        open_place = edited("LR-2026-0203", partial(_without_file, place=place))
        assert "(draft" not in write_paper_of(open_place, kind, "en", "md").decode()


def _without_file(text: str, place: str) -> str:
    """The request with TODO in place of the first file below the last key of a route."""
    before, key, after = text.partition(f"\n  {place.split('.')[1]}:")
    return before + key + re.sub(r"\{path: [^}]*\}", "TODO", after, count=1)


def test_a_step_that_failed_first_is_finished_when_it_was_handled() -> None:
    failed = (
        "result: failed, outcome: done, symptom: Timeout, handling: Ran it again, "
        "handledBy: gao.peng, handledAt: 2026-11-11T20:09:00+08:00, at:"
    )
    handled = edited(
        "LR-2026-0203",
        lambda text: re.sub(
            r"(  execution:(?s:.*?)\{name: [\w-]+, )result: done, at:",
            rf"\1{failed}",
            text,
            count=1,
        ),
    )
    paper = write_paper_of(handled, "report", "zh", "md").decode()

    first = next(line for line in paper.splitlines() if line.startswith("| 1 |"))
    assert "2026年11月11日 20:09" in first
    assert re.search(r"步骤 1：[^：]+。现象：Timeout。处理：Ran it again（", paper)


def test_brackets_and_rows_without_anything_in_them_are_left_out() -> None:
    bare = edited(
        "LR-2026-0206",
        lambda text: re.sub(r"(action: re[\w-]+, [^}]*?), by: [\w.]+, takes: \w+\}", r"\1}", text),
    )
    plan = write_paper_of(bare, "conversion-plan", "en", "md").decode()

    assert "(, )" not in plan
    assert "()" not in plan
