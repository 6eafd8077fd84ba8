"""JUnit XML: well-formed for any text, and it says what the report says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import example, given, settings
from hypothesis import strategies as st

from launchpolicy.facts.evidence import junit as reader
from launchpolicy.facts.evidence.contents import EvidenceContents
from launchpolicy.policy.edition import EDITION
from launchpolicy.reporters.junit import render, xml
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.vocabulary.finding import Action, Outcome, Report, Verdict
from launchpolicy.vocabulary.text import Text

if TYPE_CHECKING:
    from launchpolicy.policy.edition import EDITION
from tests.reporters.conftest import Make

VIEWS = st.builds(ReaderView, st.sampled_from(("en", "zh")))


def tree(report: Report, view: ReaderView | None = None) -> Element:
    root: Element = fromstring("".join(render(report, view or ReaderView("en"))), forbid_dtd=True)
    return root


def counted(report: Report) -> dict[str, int]:
    """What our own reader of evidence makes of it, which believes no header."""
    read = reader.read(
        "report.xml", "".join(render(report, ReaderView("en"))).encode(), {}, EDITION
    )
    assert isinstance(read, EvidenceContents), read
    tests: dict[str, int] = read.details["tests"]
    return tests


def shapes(report: Report) -> list[list[str]]:
    """Per request, what stands inside each case."""
    return [
        ["".join(child.tag for child in case) for case in suite.iter("testcase")]
        for suite in tree(report).iter("testsuite")
    ]


def test_one_suite_per_request_and_one_case_per_policy(sample: Report) -> None:
    assert [suite.get("name") for suite in tree(sample).iter("testsuite")] == [
        each.name for each in sample.judgements
    ]
    assert shapes(sample) == [
        [""],
        ["", "skipped", "failure", "failure", "system-out", "skipped", "system-out"],
        ["failure"],
        ["error"],
    ]


def test_our_own_reader_counts_the_same(sample: Report) -> None:
    found = counted(sample)
    assert {key: value for key, value in found.items() if key != "failures"} == {
        "total": 10,
        "passed": 4,
        "failed": 3,
        "errors": 1,
        "skipped": 2,
        "unnamed": 0,
    }


def test_a_failure_says_where_what_and_how_to_mend_it(sample: Report) -> None:
    failure = next(iter(tree(sample, ReaderView("zh")).iter("failure")))
    assert failure.get("message") == "Second.（中文）"
    assert (failure.text or "").split("\n") == [
        "上线窗口尚未开始",
        "launches/LR-2026-0042/request.yaml:40:9: Second.（中文）",
        "→ 请改选尚未开始的窗口。",
        "launches/LR-2026-0042/request.yaml:19:9: First.（中文）",
        "→ 请改选尚未开始的窗口。",
    ]


def test_what_is_skipped_says_why(sample: Report) -> None:
    assert [each.get("message") for each in tree(sample).iter("skipped")] == [
        "not about it",
        (
            "waived by W-2026-007 until 2026-12-31T15:59:00Z (owner zhou.jie): The test centre is"
            " being rebuilt."
        ),
    ]


def test_a_waiver_that_is_not_named_is_still_a_reason(make: Make) -> None:
    report = make.report(make.judgement(Verdict.PASS, make.result(Outcome.WAIVED)))
    assert [each.get("message") for each in tree(report).iter("skipped")] == ["waived"]


@pytest.mark.parametrize(
    ("verdict", "action", "expected"),
    [
        (Verdict.BLOCKED, Action.DENY, "failure"),
        (Verdict.UNDECIDED, Action.DENY, "failure"),
        (Verdict.PASS, Action.DENY, "skipped"),
    ],
)
def test_a_pending_approval_fails_where_it_blocks(
    make: Make, verdict: Verdict, action: Action, expected: str
) -> None:
    pending = make.result(Outcome.PENDING, action=action)
    assert shapes(make.report(make.judgement(verdict, pending))) == [[expected]]


@pytest.mark.parametrize("verdict", [Verdict.BLOCKED, Verdict.REJECTED, Verdict.UNDECIDED], ids=str)
def test_a_request_that_does_not_pass_never_looks_green(make: Make, verdict: Verdict) -> None:
    report = make.report(make.judgement(verdict, make.result(Outcome.PASSED)))
    assert shapes(report) == [["error", ""]]
    assert counted(report)["errors"] == 1


@settings(deadline=None)
@given(st.data(), VIEWS)
def test_hostile_text_is_well_formed_and_counted_once(
    hostile_reports: st.SearchStrategy[Report], data: st.DataObject, view: ReaderView
) -> None:
    report = data.draw(hostile_reports)
    suites = list(tree(report, view).iter("testsuite"))
    assert len(suites) == len(report.judgements)
    for suite, judgement in zip(suites, report.judgements, strict=True):
        assert len(list(suite.iter("testcase"))) >= len(judgement.results)
    assert counted(report)["total"] == len(list(tree(report).iter("testcase")))


@settings(deadline=None)
@given(st.data())
def test_no_line_of_it_is_a_workflow_command(
    hostile_reports: st.SearchStrategy[Report], data: st.DataObject
) -> None:
    shown = "".join(render(data.draw(hostile_reports), ReaderView("en")))
    assert "##[" not in shown
    assert "##vso[" not in shown.lower()
    assert [line for line in shown.split("\n") if line.lstrip().startswith("::")] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("</failure><testcase/>", "</failure><testcase/>", id="closes the element"),
        pytest.param('" tests="0', '" tests="0', id="closes the attribute"),
        pytest.param("]]><!ENTITY x>&x;", "]]><!ENTITY x>&x;", id="entity and CDATA end"),
        pytest.param("a\x00b\x1b[2Kc", r"a\x00b\x1b[2Kc", id="controls XML cannot hold"),
        pytest.param("a\ufffeb\ud800", "a<U+FFFE>b<U+D800>", id="noncharacter, half a pair"),
        pytest.param("::error::x", r"\x3a:error::x", id="workflow command"),
        pytest.param("上线 😀", "上线 😀", id="ordinary"),
    ],
)
def test_text_comes_out_of_the_parser_as_it_is_shown(text: str, shown: str) -> None:
    assert fromstring(f"<a>{xml(text)}</a>").text == shown
    assert fromstring(f'<a b="{xml(text)}"/>').get("b") == shown


@given(st.text())
@example("\ufffe\uffff\x0b")
def test_no_text_makes_markup(text: str) -> None:
    written = xml(text)
    root = fromstring(f'<a b="{written}">{written}</a>')
    assert len(root) == 0
    assert root.get("b") == (root.text or "")
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", written)


def test_a_fix_of_several_lines_keeps_them(make: Make) -> None:
    finding = make.finding()._replace(fix=Text("Write:\n  risk: low", "请填写：\n  risk: low"))
    report = make.report(make.judgement(Verdict.BLOCKED, make.result(findings=(finding,))))
    body = next(iter(tree(report).iter("failure"))).text or ""
    assert body.endswith("→ Write:\n    risk: low")
