"""One list of words for how a test ended, wherever a JUnit report has them (threat E9)."""

from __future__ import annotations

from pathlib import Path

import pytest

from launchpolicy.facts.evidence.contents import EvidenceContents
from launchpolicy.facts.evidence.reading import read_evidence
from launchpolicy.policy.edition import FOURTH_EDITION
from tests.facts.evidence.conftest import Reads

REPORTS = Path(__file__).parent / "reports"
GOOD = '<testcase classname="shop" name="adds" time="0.1"/>'


def case(attributes: str = "", content: str = "") -> str:
    return f'<testcase classname="shop" name="refunds" time="0.4" {attributes}>{content}</testcase>'


def suite(content: str, attributes: str = "") -> str:
    return f'<testsuite name="shop" {attributes}>{content}</testsuite>'


def passed_then(report: str) -> bool:
    """Whether the edition before took the report for a pass."""
    contents = read_evidence("junit", "a.xml", report.encode(), {}, FOURTH_EDITION)
    return isinstance(contents, EvidenceContents) and contents.passed


def test_a_run_of_pytest_that_was_broken_off_is_no_pass(reads: Reads) -> None:
    report = (REPORTS / "pytest-interrupted.xml").read_text("utf-8")

    contents = reads("junit", report)

    assert not contents.passed
    assert "broken off" in contents.says.en
    assert passed_then(report)


@pytest.mark.parametrize("name", ['classname="shop" name=" "', 'name="&#x200B;"', 'time="0.002"'])
def test_a_test_without_a_name_beside_named_ones_did_not_come_to_its_end(
    reads: Reads, name: str
) -> None:
    assert not reads("junit", suite(f"{GOOD}<testcase {name}/>")).passed


@pytest.mark.parametrize(
    "properties",
    [
        {"SuiteSucceeded": "false", "SpecialSuiteFailureReason": "Failed to compile refunds"},
        {"SpecialSuiteFailureReason": "Failed to compile refunds"},
        {"SuiteSucceeded": "false"},
        {"suite-succeeded": "no"},
        {"result": "FAILED"},
        {"testResult": "failed"},
        {"outcome": "error"},
        {"exit-code": "139"},
        {"interrupted": "true"},
        {"failures": "2"},
    ],
)
def test_a_suite_whose_properties_say_that_it_failed_is_a_failure(
    reads: Reads, properties: dict[str, str]
) -> None:
    inner = "".join(f'<property name="{k}" value="{v}"/>' for k, v in properties.items())
    empty = f'<testsuite name="" package="/src/refunds" tests="0"><properties>{inner}</properties>'
    report = f"<testsuites>{suite(GOOD)}{empty}</testsuite></testsuites>"

    contents = reads("junit", report)

    assert not contents.passed
    assert "/src/refunds" in contents.says.en
    assert passed_then(report)


@pytest.mark.parametrize(
    "properties",
    [
        {"SuiteSucceeded": "true", "SpecialSuiteFailureReason": "", "RandomSeed": "1"},
        {"result": "PASSED", "exitCode": "0", "failures": "0", "interrupted": "false"},
        {"maven.test.failure.ignore": "true", "surefire.failIfNoSpecifiedTests": "true"},
        {"skipTests": "false", "failFast": "true", "maxFailures": "3", "state": "staging"},
        {"result": "https://ci.example.com/1", "status": "green", "timeout": "30"},
    ],
)
def test_properties_of_a_suite_that_speak_of_something_else_say_nothing(
    reads: Reads, properties: dict[str, str]
) -> None:
    inner = "".join(f'<property name="{k}" value="{v}"/>' for k, v in properties.items())

    assert reads("junit", suite(f"<properties>{inner}</properties>{GOOD}")).passed


@pytest.mark.parametrize("key", ["status", "result", "testStatus", "test-result", "状态"])
@pytest.mark.parametrize(
    "sign", ["❌", "✗", "✘", "🔴", "-", "—", "?", "…", "p\u200bass", "pass✗", "失败"]
)
def test_a_status_without_letters_or_with_a_hidden_one_is_no_success(
    reads: Reads, key: str, sign: str
) -> None:
    in_case = reads("junit", suite(GOOD + case(f'{key}="{sign}"')))
    in_header = reads("junit", suite(GOOD, f'{key}="{sign}"'))

    assert not in_case.passed
    assert "1 of 2 tests failed" in in_case.says.en
    assert "broken off" not in in_case.says.en
    assert not in_header.passed


@pytest.mark.parametrize(
    "sign", ["✓", "✅", "✔ passed", "Pass\u00a0", "", " ", "un-successful"[3:]]
)
def test_a_tick_is_a_success(reads: Reads, sign: str) -> None:
    assert reads("junit", suite(case(f'status="{sign}"'))).passed


IDLE_NAMES = (
    *("skip", "skips", "todo", "pending", "ignore", "ignored", "inconclusive", "notExecuted"),
    *("excluded", "deselected", "filtered", "not-run", "not_run", "notRun", "Skip", "disabled"),
    *("isSkipped", "was-skipped"),
)
BAD_NAMES = (
    *("cancelled", "canceled", "interrupted", "blocked", "incomplete", "undefined", "aborted"),
    *("unexpectedSuccess", "unexpected-success", "crash", "crashes", "timedOut", "失败"),
)


@pytest.mark.parametrize("name", [*IDLE_NAMES, *BAD_NAMES])
@pytest.mark.parametrize("form", ["<{}/>", '<{} message="no database"/>', "<{}>why</{}>"])
def test_an_element_in_a_word_for_what_did_not_pass_is_no_pass(
    reads: Reads, name: str, form: str
) -> None:
    report = suite(case("", form.format(name, name)))

    assert not reads("junit", report).passed
    assert reads("junit", suite(GOOD + case("", f"<{name}/>"))).as_data()["tests"]["passed"] == 1


@pytest.mark.parametrize("name", [*IDLE_NAMES, "skipReason", "ignore-reason"])
@pytest.mark.parametrize("value", ["true", "1", "no database", "yes"])
def test_a_flag_whose_value_is_a_reason_is_set(reads: Reads, name: str, value: str) -> None:
    contents = reads("junit", suite(case(f'{name}="{value}"')))

    assert not contents.passed
    assert "skipped" in contents.says.en


@pytest.mark.parametrize("name", [*IDLE_NAMES, *BAD_NAMES])
@pytest.mark.parametrize("value", ["false", "0", "no", "", "False"])
def test_a_flag_that_says_no_is_not_set(reads: Reads, name: str, value: str) -> None:
    assert reads("junit", suite(case(f'{name}="{value}"'))).passed


@pytest.mark.parametrize("name", IDLE_NAMES)
def test_a_reason_that_is_none_sets_no_flag(reads: Reads, name: str) -> None:
    assert reads("junit", suite(case(f'{name}="none"'))).passed


@pytest.mark.parametrize(
    "flag",
    [
        *('passed="✗"', 'passed="failed"', 'passed=""', 'success="null"', 'executed="none"'),
        *('isPassed="false"', 'success="never"', 'executed="✗"', 'exitCode="1"', 'completed="no"'),
        *('exit-code="139"', 'returnCode="-1"', 'passed="0"', 'run="skipped"', 'failureType="x"'),
    ],
)
def test_a_flag_of_success_that_does_not_affirm_is_no_success(reads: Reads, flag: str) -> None:
    report = suite(case(flag))

    assert not reads("junit", report).passed


@pytest.mark.parametrize(
    "flag",
    [
        *('passed="3"', 'success="OK"', 'executed="2026-11-23T17:00:00"', 'run="run-17"'),
        *('exitCode="0"', 'assertions="0"', 'timeout="5000"', 'maxFailures="3"', 'retries="2"'),
        *('completed="2026-11-23"', 'failure=""', 'finished="17:00"', 'state="done"', 'id="-"'),
        *('warnings="2"', 'flaky="true"', 'type="error-handling"', 'success="100%"'),
    ],
)
def test_a_flag_of_success_and_an_attribute_about_something_else_pass(
    reads: Reads, flag: str
) -> None:
    assert reads("junit", suite(case(flag))).passed
    assert reads("junit", suite(GOOD, flag)).passed


@pytest.mark.parametrize(
    "header",
    [
        *('failedTests="1"', 'failed_tests="1"', 'failed-tests="1"', 'error-count="1"'),
        *('failureCount="1"', 'numFailures="1"', 'totalErrors="1"', 'exitCode="139"'),
        *('interrupted="true"', 'cancelled="true"', 'incomplete="true"', 'blocked="1"'),
        *(
            'assertionFailures="1"',
            'tests-failed="1"',
            'has-errors="true"',
            'complete="false"',
            'aborted="yes"',
        ),
    ],
)
@pytest.mark.parametrize("place", ["suite", "root", "empty suite"])
def test_a_header_that_says_failed_in_a_longer_word_is_a_failure(
    reads: Reads, header: str, place: str
) -> None:
    inner = suite(GOOD, header if place == "suite" else "")
    inner += f'<testsuite name="empty" {header}/>' if place == "empty suite" else ""
    report = f"<testsuites {header if place == 'root' else ''}>{inner}</testsuites>"

    assert not reads("junit", report).passed


@pytest.mark.parametrize("header", ['successes="0"', 'passCount="0"', 'passed="0"'])
def test_a_header_that_counts_no_success_is_believed(reads: Reads, header: str) -> None:
    assert not reads("junit", suite(GOOD, header)).passed
    empty = f'<testsuite name="empty" {header}/>'
    assert reads("junit", f"<testsuites>{suite(GOOD)}{empty}</testsuites>").passed


@pytest.mark.parametrize(
    "header",
    [
        *('not-run="1"', 'inconclusive="1"', 'skip="1"', 'todo="1"', 'notExecuted="1"'),
        *('skippedTests="1"', 'skip-count="1"', 'num_ignored="1"', 'ignored="1"'),
    ],
)
def test_a_header_that_says_not_run_in_another_word_is_believed(reads: Reads, header: str) -> None:
    assert not reads("junit", suite(GOOD, f'tests="1" {header}')).passed
    beside = reads("junit", suite(GOOD + case("", "<skipped/>"), f'tests="2" {header}'))
    assert beside.passed


@pytest.mark.parametrize(
    "content",
    [
        "<attachments/><steps><step status='skipped'/></steps><system-out/>",
        "<properties><property name='status' value='failed'/></properties><system-err/>",
        "<passed/>",
        "<trace>error</trace><description>blocked until paid</description>",
        "<flakyFailure/>",
        "<output/><metadata/><measurements/><tags/>",
        "<result>4 orders</result><success>true</success>",
    ],
)
def test_elements_that_say_nothing_of_the_outcome_leave_a_pass(reads: Reads, content: str) -> None:
    assert reads("junit", suite(case("", content))).says.en == "1 test passed."


@pytest.mark.parametrize("content", ["<result>FAILED</result>", "<success>false</success>"])
def test_the_word_in_an_element_for_the_outcome_counts(reads: Reads, content: str) -> None:
    assert not reads("junit", suite(case("", content))).passed


def test_a_test_that_is_still_to_do_may_fail_as_it_may_in_node(reads: Reads) -> None:
    contents = reads("junit", (REPORTS / "node-todo.xml").read_text("utf-8"))

    assert contents.says.en == "3 tests passed."
    assert contents.as_data()["tests"]["skipped"] == 1


def test_what_passed_before_this_edition_passes_as_it_did_then() -> None:
    for content in (case('status="❌"'), case("", "<todo/>"), case('skipped="no database"')):
        assert passed_then(suite(content))
    assert not passed_then((REPORTS / "node-todo.xml").read_text("utf-8"))
