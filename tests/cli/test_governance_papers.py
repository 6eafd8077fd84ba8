"""The papers of governance and meetings, and the customer's report, by what the record says."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from launchpolicy.operations.paper.write import write_paper
from launchpolicy.operations.paper.write_all import write_stage_papers
from launchpolicy.vocabulary.errors import LaunchpolicyError, MalformedRulesError, UsageError
from launchpolicy.vocabulary.text import Language
from tests.cli.launch_repository import PROJECT
from tests.papers.conftest import NOW

EXAMPLES = PROJECT / "examples"
GOVERNED = EXAMPLES / "governed-launch"
NEW_PRODUCT = EXAMPLES / "new-internet-product"
ANNOUNCED = "LR-2026-0301"
MEETING = "LR-2026-0401"


def _copy(example: Path, request: str, to: Path, *edits: tuple[str, str]) -> Path:
    """Return the folder of a copy of one request of an example, with edits of its text."""
    folder = to / "launches" / request
    folder.mkdir(parents=True)
    for name in (".launchpolicy.yaml", "people.yaml", "calendar.yaml"):
        (to / name).write_bytes((example / name).read_bytes())
    source = example / "launches" / request
    for file in source.rglob("*.*"):
        copy = folder / file.relative_to(source)
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(file.read_bytes())
    for path in (folder / "request.yaml", to / "people.yaml"):
        text = path.read_text("utf-8")
        for old, new in edits:
            text = text.replace(old, new)
        path.write_text(text, "utf-8")
    text = "".join((folder / "request.yaml").read_text("utf-8"))
    people = (to / "people.yaml").read_text("utf-8")
    assert all(not new or new in text + people for _, new in edits), "an edit does nothing"
    return folder


def _paper(kind: str, folder: Path, language: Language = "zh") -> str:
    return write_paper(kind, folder, language, "md", NOW).decode()


def _mail(kind: str, folder: Path, language: Language = "zh") -> EmailMessage:
    mail = message_from_bytes(
        write_paper(kind, folder, language, "eml", NOW), policy=policy.default
    )
    assert isinstance(mail, EmailMessage)
    return mail


def _cells(paper: str, first: str) -> list[str]:
    """Return the cells of the row that begins with `first`."""
    rows = (line.strip("| ").split(" | ") for line in paper.splitlines() if line.startswith("|"))
    return next([cell.strip() for cell in row] for row in rows if row[0].strip() == first)


def test_an_announcement_is_a_mail_to_all_recipients_of_the_record() -> None:
    mail = _mail("announcement", GOVERNED / "launches" / ANNOUNCED)

    text = mail.get_body(("plain",))
    assert text is not None
    content = text.get_content()
    assert str(mail["Subject"]) == "【上线通告】退货服务 2.2.0 于 11月3日 上线"
    assert str(mail["From"]) == "李薇 <li.wei@example.com>"
    assert str(mail["To"]) == "唐钰 <tang.yu@example.com>, 财务部 <finance@example.com>"
    assert str(mail["Cc"]) == "徐波 <xu.bo@example.com>"
    for part in (
        "在手机上打开",
        "feedback@example.com",
        "2026年11月13日 18:00",
        "产品室",
        "片区经理",
    ):
        assert part in content
    assert not re.search("UTC|\\+08:00|生产环境|production", content)
    assert mail.get_body(("html",)) is not None


@pytest.mark.parametrize(
    ("edits", "says"),
    [
        pytest.param(
            (("    to: [customer-service, finance, regional-manager]\n", ""),),
            "status.announcement.to",
            id="an announcement to nobody",
        ),
        pytest.param(
            (
                ("departments: {finance: finance@example.com}", "departments: {}"),
                ("emails: [guo.hao@example.com]", "emails: []"),
            ),
            "no e-mail address of Finance",
            id="a recipient without an address is dropped",
        ),
        pytest.param(
            (("finance, regional-manager]", "finance, moon]"),),
            "no e-mail address of moon",
            id="a recipient whom nobody knows",
        ),
        pytest.param(
            (("stage: closed", "stage: rolled-back"),),
            "is not announced",
            id="a launch that was rolled back is announced",
        ),
        pytest.param(
            (
                ("    by: li.wei\n    to: [customer", "    by: lin.tao\n    to: [customer"),
                ("emails: [lin.tao@example.com]", "emails: []"),
            ),
            "no e-mail address of Lin Tao",
            id="a sender without an address",
        ),
    ],
)
def test_no_announcement_is_sent_that_does_not_reach_whom_it_names(
    tmp_path: Path, edits: tuple[tuple[str, str], ...], says: str
) -> None:
    folder = _copy(GOVERNED, ANNOUNCED, tmp_path, *edits)

    with pytest.raises(LaunchpolicyError, match=re.escape(says)):
        write_paper("announcement", folder, "en", "eml", NOW)


def test_a_paper_that_goes_to_nobody_has_no_format_of_mails() -> None:
    with pytest.raises(UsageError, match="is not written as eml"):
        write_paper("application", GOVERNED / "launches" / ANNOUNCED, "en", "eml", NOW)
    with pytest.raises(UsageError, match="is not written as ics"):
        write_paper("announcement", GOVERNED / "launches" / ANNOUNCED, "en", "ics", NOW)


def test_the_notice_of_a_meeting_goes_to_the_departments_of_all_attendees(tmp_path: Path) -> None:
    before = _copy(NEW_PRODUCT, MEETING, tmp_path, ("attended: true", "observer: false"))
    paper, mail = _paper("meeting-notice", before), _mail("meeting-notice", before)

    assert "产品部、研发部、运维部、市场部、客户服务部：" in paper
    assert "2026年9月30日 14:00—15:30" in paper
    assert "2026年9月29日 18:00前" in paper
    assert "自习室预约演示文稿" in paper
    assert "slides.pdf" not in paper
    assert _cells(paper, "产品部")[1] == "王芳、许岚"
    recipients = [address.addr_spec for address in mail["To"].addresses]
    names = ["wang.fang", "xu.lan", "zhou.kai", "zhao.min", "deng.hao", "tang.yu"]
    assert recipients == [f"{name}@example.com" for name in names]
    calendar: Any = Calendar.from_ical(
        write_paper("meeting-notice", before, "zh", "ics", NOW).decode()
    )
    (event,) = calendar.walk("VEVENT")
    assert [str(one) for one in event["ATTENDEE"]] == [f"mailto:{one}" for one in recipients]


def test_the_agenda_has_clock_times() -> None:
    paper = _paper("agenda", NEW_PRODUCT / "launches" / MEETING)

    assert [_cells(paper, time)[1] for time in ("14:00—14:20", "14:20—14:40", "14:40—15:10")] == [
        "产品介绍",
        "手机演示",
        "发布计划",
    ]


def test_minutes_keep_present_excused_absent_and_observers_apart(tmp_path: Path) -> None:
    observer = ("xu.lan, department: product, reply", "xu.lan, observer: true, reply")
    paper = _paper("minutes", _copy(NEW_PRODUCT, MEETING, tmp_path, observer))

    assert _cells(paper, "出席")[1] == "王芳（产品部）、周凯（研发部）、赵敏（运维部）"
    assert _cells(paper, "列席")[1] == "许岚（产品部）"
    assert _cells(paper, "请假")[1] == "唐钰（客户服务部，休假）"
    assert _cells(paper, "缺席")[1] == "邓浩（市场部）"
    assert "出席情况未登记" not in paper
    assert "问：预约后没有到场怎么办？" in paper
    assert "答：十五分钟后座位自动释放。" in paper
    assert "2026年11月10日 14:00，议题：首批数据回顾" in paper
    assert "抄送：产品部、研发部、运维部、市场部、客户服务部、公司领导" in paper
    assert _cells(paper, "主持人（签发）")[1] == "王芳"


def test_who_is_not_said_to_have_come_is_not_present(tmp_path: Path) -> None:
    paper = _paper("minutes", _copy(NEW_PRODUCT, MEETING, tmp_path, (", attended: true", "")))

    assert _cells(paper, "出席")[1] == "无"
    assert _cells(paper, "出席情况未登记")[1].startswith("王芳")


def test_the_numbers_of_tests_come_from_the_files(tmp_path: Path) -> None:
    folder = _copy(NEW_PRODUCT, MEETING, tmp_path)
    paper = _paper("test-acceptance", folder)

    assert _cells(paper, "集成测试")[3:] == ["3", "3", "3", "0", "0", "通过"]
    assert _cells(paper, "安全测试")[3:] == ["—", "—", "—", "—", "—", "通过"]
    assert "全部测试报告的结果均为通过" in paper
    assert "2019 年的手机运行较慢。" in paper


@pytest.mark.parametrize("what", ["altered", "removed"])
def test_a_report_that_the_request_calls_passed_and_cannot_be_relied_on_has_not_passed(
    tmp_path: Path, what: str
) -> None:
    folder = _copy(NEW_PRODUCT, MEETING, tmp_path)
    report = folder / "tests/functional.xml"
    if what == "altered":
        report.write_text(report.read_text("utf-8") + "\n", "utf-8")
    else:
        report.unlink()

    paper = _paper("test-acceptance", folder)

    assert _cells(paper, "功能测试")[3:] == ["—", "—", "—", "—", "—", "未通过"]
    assert "全部测试报告" not in paper
    assert "测试验收条件尚不具备" in paper


def test_a_quality_form_is_blank_before_and_says_each_item_after() -> None:
    before = _paper("quality-form", GOVERNED / "launches/LR-2026-0302")
    after = _paper("quality-form", GOVERNED / "launches" / ANNOUNCED)

    for item in ("需求一致性", "测试充分性", "页面", "渠道", "安全", "文档"):
        assert f"| {item} | □ 合格 □ 不合格 □ 不适用 |" in before
    assert "| 3 | 页面 | 不合格 | 小屏手机上看不到退货按钮。 | 2026年10月27日 复检合格 |" in after
    assert "| 6 | 文档 | 不适用 |" in after


def test_only_a_major_launch_asks_the_leadership_to_sign_the_quality_form(tmp_path: Path) -> None:
    major = _copy(GOVERNED, ANNOUNCED, tmp_path, ("risk: standard", "risk: major"))

    assert "公司领导" not in _paper("quality-form", GOVERNED / "launches" / ANNOUNCED)
    assert "| 公司领导 | 徐波 |" in _paper("quality-form", major)


@pytest.mark.parametrize(
    ("edit", "conclusion"),
    [
        (("result: accepted", "result: accepted"), "☑ 通过 □ 有条件通过 □ 不通过"),
        (("result: accepted", "result: rejected"), "□ 通过 □ 有条件通过 ☑ 不通过"),
    ],
)
def test_the_customers_report_says_what_the_customer_said(
    tmp_path: Path, edit: tuple[str, str], conclusion: str
) -> None:
    folder = _copy(EXAMPLES / "system-cutover", "LR-2026-0203", tmp_path, edit)
    paper = _paper("customer-acceptance", folder)

    assert conclusion in paper
    assert "| 人事部 |" in paper
    assert "遗留问题及处理期限" in paper
    assert paper.count("□ 合格 □ 不合格") == paper.count("| □ 合格")


def test_before_the_customer_answers_nothing_is_ticked() -> None:
    paper = _paper("customer-acceptance", GOVERNED / "launches" / ANNOUNCED)

    assert "□ 通过 □ 有条件通过 □ 不通过" in paper
    assert "☑" not in paper


def test_an_announcement_without_an_execution_is_not_written(tmp_path: Path) -> None:
    folder = _copy(GOVERNED, ANNOUNCED, tmp_path, ("    finishedAt: ", "    # "))

    with pytest.raises(MalformedRulesError, match="finishedAt"):
        write_paper("announcement", folder, "en", "md", NOW)


@pytest.mark.parametrize("kind", ["notice", "suspension", "resumption"])
def test_the_mail_of_a_notice_goes_to_the_departments_that_its_first_line_names(kind: str) -> None:
    folder = EXAMPLES / "system-cutover/launches/LR-2026-0203"
    heads = {"财务部": "guo.hao", "人事部": "cao.yan", "运维部": "operations"}

    line = next(line for line in _paper(kind, folder).splitlines() if line.endswith("："))
    recipients = [address.addr_spec for address in _mail(kind, folder)["To"].addresses]

    assert recipients == [f"{heads[unit]}@example.com" for unit in line.rstrip("：").split("、")]


def test_all_papers_of_a_stage_as_mails_are_those_that_go_to_somebody(tmp_path: Path) -> None:
    written = write_stage_papers(GOVERNED / "launches" / ANNOUNCED, tmp_path, "en", "eml", NOW)

    assert [(paper.kind, paper.file) for paper in written] == [
        ("announcement", tmp_path / "announcement.eml")
    ]
