"""What a JUnit report states of its own outcome beside its test cases (threat E9, edition 7)."""

from __future__ import annotations

import pytest

from launchpolicy.facts.evidence.contents import EvidenceContents
from launchpolicy.facts.evidence.reading import read_evidence
from launchpolicy.policy.edition import SIXTH_EDITION
from tests.facts.evidence.conftest import Reads

GOOD = '<testcase classname="shop" name="adds" time="0.1"/>'


def case(attributes: str = "", content: str = "") -> str:
    return f'<testcase classname="shop" name="refunds" time="0.4" {attributes}>{content}</testcase>'


def suite(content: str, attributes: str = "") -> str:
    return f'<testsuite name="shop" {attributes}>{content}</testsuite>'


def holding(name: str, value: str) -> str:
    return f'<properties><property name="{name}" value="{value}"/></properties>'


def passed_then(report: str) -> bool:
    """Whether the edition before took the report for a pass."""
    contents = read_evidence("junit", "a.xml", report.encode(), {}, SIXTH_EDITION)
    return isinstance(contents, EvidenceContents) and contents.passed


PARTS_THAT_FAILED = (
    *('failed-assertions="2"', 'assertionsFailed="1"', 'failed_steps="1"', 'checksFailed="1"'),
    *('failed-expectations="1"', 'scenariosFailed="2"', 'softFailures="1"', 'uncaught-errors="1"'),
    *('failureRate="50%"', 'failure_rate="0.5"', 'overall="FAIL"', 'passRate="0%"', 'green="no"'),
    *('失败用例数="2"', '失败断言="2"', '未通过数="1"', '结论="不通过"', '测试结果="不合格"'),
    *('是否通过="否"', '验收结论="拒绝"', '执行结果="FAIL"', '通过率="0"', 'sign-off="rejected"'),
)


@pytest.mark.parametrize("attribute", PARTS_THAT_FAILED)
@pytest.mark.parametrize("place", ["case", "suite", "root", "empty suite"])
def test_a_count_of_failed_assertions_in_any_place_is_a_failure(
    reads: Reads, attribute: str, place: str
) -> None:
    inner = suite(
        GOOD + (case(attribute) if place == "case" else ""), attribute if place == "suite" else ""
    )
    if place == "empty suite":
        is_of_none = attribute.startswith(("passRate", "通过率"))
        attribute = 'failed-assertions="1"' if is_of_none else attribute
        inner += f'<testsuite name="empty" {attribute}/>'
    report = f"<testsuites {attribute if place == 'root' else ''}>{inner}</testsuites>"

    assert not reads("junit", report).passed
    assert passed_then(report)


@pytest.mark.parametrize(
    "attribute",
    [
        *('failed-assertions="0"', 'failedAssertions=""', 'assertions-passed="4"', 'passRate="1"'),
        *(
            'failureRate="0.0%"',
            '失败数="0"',
            '结论="通过"',
            '是否通过="是"',
            'allowedFailures="2"',
        ),
        *('failureThreshold="3"', 'expectedErrors="2"', '失败重试次数="3"', 'failureMode="soft"'),
        *('lastFailure="2026-01-01"', 'file="tests/test_failed.py"', 'retriedFailures="1"'),
        *('assertions="4"', 'passRate="98%"', 'maxFailures="1"', 'onFailure="continue"'),
    ],
)
def test_a_limit_a_setting_or_no_failure_at_all_is_no_failure(reads: Reads, attribute: str) -> None:
    assert reads("junit", suite(GOOD, attribute)).passed
    assert reads("junit", suite(GOOD + case(attribute))).passed


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("结论", "不通过"), ("测试结论：", "不合格"), ("判定", "NG"), ("评审结论", "驳回")),
        *(("结论", "有条件不通过"), ("结论", "首轮通过，复测不通过"), ("执行状态", "失败")),
        *(("结论", "不通过（2 项）"), ("结论", "共 14 项，2 项失败"), ("总结", "暂缓上线")),
        *(("result", "Failed (2 of 14)"), ("result", "12 passed, 2 failed"), ("result", "❌")),
        *(("result", "2 failed, 12 passed"), ("conclusion", "The suite failed."), ("gate", "red")),
        *(("conclusion", "No go"), ("verdict", "The suite did not pass"), ("summary", "2 failed")),
        *(("test.result", "FAIL"), ("jenkins.result", "UNSTABLE"), ("resultCode", "FAIL")),
        *(("quality-gate", "ERROR"), ("accepted", "false"), ("failed-assertions", "2")),
        *(("tests.failed", "2"), ("通过率", "0%"), ("备注", "不通过"), ("comment", "FAILED")),
    ],
)
def test_a_suite_whose_conclusion_in_words_is_a_failure_is_one(
    reads: Reads, name: str, value: str
) -> None:
    report = suite(holding(name, value) + GOOD)

    contents = reads("junit", report)

    assert not contents.passed
    assert f"shop ({name})" in contents.says.en
    assert passed_then(report)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(
            ("结论", "全部通过"),
            ("结论", "测试通过，可以上线"),
            ("结论", "无不通过项"),
            ("判定", "合格"),
        ),
        *(("结论", "0 项不通过"), ("结论", "不通过项已修复，复测通过"), ("结论", "运行无异常")),
        *(("结论", "首轮 3 项不通过，二轮全部通过"), ("说明", "首轮不通过，二轮通过")),
        *(("result", "12 passed, 0 failed"), ("result", "No failures"), ("verdict", "go")),
        *(("conclusion", "One step failed at first. The suite passed."), ("result", "not failed")),
        *(("result", "https://ci.example.com/runs/failed"), ("result.dir", "target/failed")),
        *(("maven.test.failure.ignore", "true"), ("logging.level.error", "true")),
        *(("previousResult", "FAILED"), ("预期结果", "失败"), ("测试类型", "异常测试")),
        *(("description", "rejected payments are shown"), ("测试名称", "支付失败")),
        *(("状态", ""), ("comment", "the failed step was repeated and passed"), ("state", "Ohio")),
    ],
)
def test_a_suite_whose_conclusion_is_a_success_or_about_something_else_passes(
    reads: Reads, name: str, value: str
) -> None:
    assert reads("junit", suite(holding(name, value) + GOOD)).passed


@pytest.mark.parametrize(
    "statement",
    [
        '<properties><property name="结论">不通过</property></properties>',
        '<property name="结论" value="不通过"/>',
        '<Properties><Property Name="result" Value="FAIL"/></Properties>',
        '<properties><property key="result" value="FAIL"/></properties>',
        '<properties><property name="result" value="PASS">FAIL</property></properties>',
        '<properties><group><property name="result" value="FAIL"/></group></properties>',
        "<properties><result>FAIL</result></properties>",
        "<result>FAIL</result>",
        "<结论>不通过</结论>",
    ],
)
@pytest.mark.parametrize("is_root", [True, False])
def test_a_statement_of_failure_in_another_spelling_of_a_property_counts(
    reads: Reads, statement: str, *, is_root: bool
) -> None:
    report = suite(GOOD + ("" if is_root else statement))
    report = f"<testsuites>{statement if is_root else ''}{report}</testsuites>"

    assert not reads("junit", report).passed
    assert passed_then(report)


@pytest.mark.parametrize(
    ("name", "is_of_the_test"),
    [
        *(("测试结论", True), ("结论", True), ("test.result", True), ("verdict", True)),
        *(("result", False), ("状态", False), ("订单状态", False), ("failures", False)),
    ],
)
def test_what_a_test_records_counts_only_where_it_names_the_test(
    reads: Reads, name: str, *, is_of_the_test: bool
) -> None:
    contents = reads("junit", suite(GOOD + case("", holding(name, "失败"))))

    assert contents.passed is not is_of_the_test
    assert ("refunds" in contents.says.en) is is_of_the_test


def test_a_flaky_test_that_the_header_counts_still_passes(reads: Reads) -> None:
    for name in ("errors", "failures", "failedTests"):
        report = suite(GOOD + case("", "<flakyError/>"), f'{name}="1"')
        assert reads("junit", report).passed
