"""Every paper of the examples, in both languages: names in place of ids, signers, dates, states."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from launchpolicy.operations.paper.source import PaperSource, read_paper_source
from launchpolicy.operations.paper.write import missing_route, write_paper_of
from launchpolicy.papers.registry import PAPERS
from launchpolicy.vocabulary.errors import MalformedRulesError
from launchpolicy.vocabulary.text import LANGUAGES, Language
from launchpolicy.vocabulary.value_names import VALUE_NAMES
from tests.cli.launch_repository import PROJECT
from tests.papers.conftest import NOW

EXAMPLES = PROJECT / "examples"
REQUESTS = (
    "product-launch/launches/LR-2026-0017",
    "system-cutover/launches/LR-2026-0201",
    "system-cutover/launches/LR-2026-0202",
    "system-cutover/launches/LR-2026-0203",
    "system-cutover/launches/LR-2026-0206",
    "governed-launch/launches/LR-2026-0301",
    "new-internet-product/launches/LR-2026-0401",
    "hardware-software-integration/launches/LR-2026-0501",
    "emergency-launch/launches/LR-2026-0603",
)
REFUSED = {
    ("report", "LR-2026-0201"): "已回滚",
    ("report", "LR-2026-0603"): "已回滚",
    ("announcement", "LR-2026-0201"): "不发布上线通告",
    ("announcement", "LR-2026-0603"): "不发布上线通告",
    ("notice", "LR-2026-0206"): "演练尚未通过",
    ("postponement", "LR-2026-0201"): "没有延期",
    ("postponement", "LR-2026-0202"): "没有延期",
    ("postponement", "LR-2026-0203"): "没有延期",
}
"""Papers that would say what is not so: each with the reason."""


@functools.cache
def source_of(request: str) -> PaperSource:
    return read_paper_source(EXAMPLES / request, NOW)


def papers_of(request: str) -> list[str]:
    source = source_of(request).request
    possible = [kind for kind, paper in PAPERS.items() if not missing_route(source, paper)]
    is_countersigned = request.startswith("system-cutover/")
    return [kind for kind in possible if kind != "countersign" or is_countersigned]


@functools.cache
def written(request: str, kind: str, language: Language) -> str:
    paper = write_paper_of(source_of(request), kind, language, "md")
    return re.split(r"\n(?:---\n\n|<!-- )launchpolicy ·", paper.decode())[0]


def texts_of(data: Any) -> Iterator[str]:
    """Yield every text that people wrote in a request, but none of one word."""
    if isinstance(data, dict):
        for value in data.values():
            yield from texts_of(value)
    elif isinstance(data, list):
        for value in data:
            yield from texts_of(value)
    elif isinstance(data, str) and re.search(r"[^a-z0-9.-]", data):
        yield data


def named_ids(source: PaperSource) -> set[str]:
    """The ids that have a name, and the fixed words of the schema."""
    things = {identifier for kind in source.names.by_kind.values() for identifier in kind}
    words = {word for group in VALUE_NAMES.values() for word in group}
    configuration = source.request.rules.configuration
    return things | words | {*configuration.processes, *configuration.names}


@pytest.mark.parametrize("request_path", REQUESTS)
def test_no_paper_shows_an_id_where_there_is_a_name(request_path: str) -> None:
    source = source_of(request_path)
    prose = " ".join(texts_of(yaml.safe_load(source.request.source)))
    ids = {one for one in named_ids(source) if not re.search(rf"\b{re.escape(one)}\b", prose)}
    # An English word is no id in an English sentence.
    by_language = {"zh": ids, "en": {one for one in ids if re.search(r"[.-]", one)}}
    shown = [
        (kind, language, match)
        for kind in papers_of(request_path)
        if (kind, request_path.rpartition("/")[2]) not in REFUSED
        for language in LANGUAGES
        for match in whole_words(by_language[language], written(request_path, kind, language))
    ]
    assert shown == []


def whole_words(words: set[str], text: str) -> list[str]:
    """The words that stand alone in a text, in no path, file name or address."""
    return [one for one in re.findall(r"(?<![\w./@-])[\w@./-]+", text) if one.rstrip(".") in words]


@pytest.mark.parametrize(("kind", "name"), list(REFUSED))
def test_a_paper_that_would_say_what_is_not_so_is_refused(kind: str, name: str) -> None:
    (request,) = [one for one in REQUESTS if one.endswith(name)]

    with pytest.raises(MalformedRulesError) as refused:
        write_paper_of(source_of(request), kind, "zh", "md")
    assert REFUSED[kind, name] in refused.value.findings[0].message.zh
    assert refused.value.findings[0].fix.zh


@pytest.mark.parametrize(
    ("request_path", "signers"),
    [
        (
            "product-launch/launches/LR-2026-0017",
            ["申请人 李薇", "产品部负责人 王芳", "研发部负责人 周凯", "运维部门负责人 赵敏"],
        ),
        (
            "system-cutover/launches/LR-2026-0203",
            [
                *("申请人 高鹏", "产品部负责人 王芳", "研发部负责人 周凯", "运维部门负责人 赵敏"),
                *("分管领导 邓蓉", "科技部 陈杰", "人事部（部门负责人） 曹燕"),
                "财务部（部门负责人） 郭浩",
            ],
        ),
        (
            "system-cutover/launches/LR-2026-0206",
            [
                *("申请人 高鹏", "产品部负责人 王芳", "研发部负责人 周凯", "运维部门负责人 赵敏"),
                *("分管领导 邓蓉", "科技部 陈杰", "客户服务部（部门负责人） 唐钰"),
                *("财务部（部门负责人） 郭浩", "公司领导 徐波"),
            ],
        ),
        (
            "governed-launch/launches/LR-2026-0301",
            [
                *("申请人 李薇", "产品部负责人 王芳", "研发部负责人 周凯", "运维部门负责人 赵敏"),
                *("质检小组 罗欣", "项目经理 陈杰、冯涛", "产品室经理 林涛"),
            ],
        ),
        (
            "hardware-software-integration/launches/LR-2026-0501",
            [
                *("申请人 李薇", "产品部负责人 王芳", "研发部负责人 周凯", "运维部门负责人 赵敏"),
                "开发管理中心 潘军",
            ],
        ),
        (
            "emergency-launch/launches/LR-2026-0603",
            [
                "申请人 李薇",
                "运维部门负责人 赵敏",
                "产品部负责人／研发部负责人／公司领导 王芳、徐波、周凯",
            ],
        ),
    ],
)
def test_everyone_signs_the_application_whom_the_process_asks_in_their_order(
    request_path: str, signers: list[str]
) -> None:
    """Leadership signs a major launch only, and last; no process has the rows of another."""
    table = written(request_path, "application", "zh").rpartition("审批意见")[2]

    rows = [line.split(" | ") for line in table.splitlines() if "年　月　日" in line]
    assert [f"{row[0].removeprefix('| ')} {row[1]}" for row in rows] == signers


def test_the_suspension_notice_has_the_date_of_its_record_and_the_planned_times() -> None:
    text = written("system-cutover/launches/LR-2026-0203", "suspension", "zh")

    assert "人事部、财务部：" in text
    assert "2026年11月11日 20:00—23:30" in text
    assert text.rstrip().endswith("运维部（盖章）\n\n2026年11月11日")


def test_the_launch_notice_says_the_window_that_stands_and_the_rehearsals() -> None:
    text = written("system-cutover/launches/LR-2026-0203", "notice", "zh")

    assert "2026年11月11日 20:00—23:30" in text
    assert "2026年11月9日 上线演练通过；2026年11月6日 数据转换演练通过" in text
    assert "科技部（盖章）\n\n2026年11月10日" in text
    assert text.rstrip().endswith("抄送：分管领导")


@pytest.mark.parametrize(
    ("kind", "name", "mark"),
    [
        (kind, name, mark)
        for name, mark in (("0201", "〔已回滚〕"), ("0202", "〔已取消〕"), ("0203", ""))
        for kind in ("application", "launch-plan", "countersign", "summary")
        if (kind, name) != ("summary", "0202")  # nothing was carried out
    ],
)
def test_the_head_of_a_paper_says_that_its_launch_is_off(kind: str, name: str, mark: str) -> None:
    request = f"system-cutover/launches/LR-2026-{name}"

    first = written(request, kind, "zh").splitlines()[0]

    assert first == f"# {PAPERS[kind].title.zh}{mark}"
    title, head = PAPERS[kind].title.en, written(request, kind, "en").splitlines()[0]
    assert head.startswith(f"# {title} (") if mark else head == f"# {title}"


def test_the_summary_of_a_rolled_back_launch_tells_the_rollback_and_no_plan() -> None:
    text = written("system-cutover/launches/LR-2026-0201", "summary", "zh")

    assert "未能及时查明原因。" in text
    assert text.rpartition("总结\n")[2].startswith("\n尚未填写总结。")
    assert "转换 28 万条库存记录" not in text.rpartition("总结\n")[2]


@pytest.mark.parametrize(
    ("language", "facts"),
    [
        (
            "zh",
            (
                *("2026年11月11日 21:00", "2026年11月11日 22:40", "payroll-02 无法连接新数据库。"),
                *("260ms", "工资单查询：已于 2026年11月11日 23:28 恢复", "102 GB", "19 分钟"),
            ),
        ),
        ("en", ("11 November 2026, 21:00", "payroll-02 did not find", "done after handling")),
    ],
)
def test_the_report_has_every_fact_of_the_launch(
    language: Language, facts: tuple[str, ...]
) -> None:
    """D3.3.7: the maintainers report on the launch to the technology department."""
    text = written("system-cutover/launches/LR-2026-0203", "report", language)

    assert [fact for fact in facts if fact not in text] == []
    assert ("科技部：" if language == "zh" else "To: Technology") in text


def test_the_countersigning_form_has_a_row_for_every_affected_department() -> None:
    """D3.2.2: every affected department countersigns."""
    text = written("system-cutover/launches/LR-2026-0206", "countersign", "zh")

    signed = text.partition("会签意见")[2]
    assert [
        one for one in ("客户服务部", "财务部", "科技部", "公司领导") if one not in signed
    ] == []
    assert text.index("分管领导") < text.index("客户服务部（部门负责人）") < text.index("徐波")


def test_a_paper_that_nobody_of_the_process_signs_is_not_made() -> None:
    with pytest.raises(MalformedRulesError) as refused:
        written("product-launch/launches/LR-2026-0042", "countersign", "zh")
    (finding,) = refused.value.findings
    assert "不要求任何人签署" in finding.message.zh


def test_cancellation_and_rollback_go_to_whom_the_first_notice_went() -> None:
    cancelled = written("system-cutover/launches/LR-2026-0202", "cancellation", "zh")
    rolled_back = written("system-cutover/launches/LR-2026-0201", "rollback-notice", "zh")

    assert "\n运维部、采购部、财务部：\n" in cancelled
    assert "不受影响，照常办理" in cancelled
    assert cancelled.rstrip().endswith("科技部（盖章）\n\n2026年11月24日")
    assert "\n运维部、物流部、财务部：\n" in rolled_back
    assert "v2.9.4，完成时间 2026年10月27日 22:50" in rolled_back
    assert "2026年10月27日 23:05" in rolled_back
