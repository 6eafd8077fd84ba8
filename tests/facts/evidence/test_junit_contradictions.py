"""JUnit reports that contradict themselves: the worst counts (threat E9)."""

from __future__ import annotations

import pytest

from tests.facts.evidence.conftest import Reads, Refuses

FRESH = 'timestamp="2026-11-23T17:00:00+08:00"'
STALE = 'timestamp="2024-01-01T00:00:00Z"'
CASE = '<testcase classname="shop" name="adds"/>'
IDLE = '<testcase name="adds" status="notrun"/>'
YESTERDAY = 'timestamp="yesterday"'


def suite(attributes: str, content: str = CASE) -> str:
    return f'<testsuite name="shop" {attributes}>{content}</testsuite>'


def stamped_case(attributes: str) -> str:
    return f'<testcase classname="shop" name="adds" {attributes}/>'


@pytest.mark.parametrize(
    "report",
    [
        pytest.param(f"<testsuites {FRESH}>{suite(STALE)}</testsuites>", id="in the header"),
        pytest.param(f"<testsuites>{suite(STALE)}{suite(FRESH, '')}</testsuites>",
                     id="in an empty suite"),
        pytest.param(f"<testsuites>{suite(FRESH)}{suite(STALE)}</testsuites>",
                     id="in a suite beside"),
        pytest.param(suite(FRESH, suite(STALE)), id="in the suite around"),
        pytest.param(suite(STALE, suite(FRESH)), id="in the suite inside"),
        pytest.param(suite(STALE, stamped_case(FRESH)), id="in a test case"),
        pytest.param(suite(FRESH, stamped_case(STALE)), id="in the suite of an old test case"),
        pytest.param(f"<testsuites>{suite(STALE)}{suite(FRESH, IDLE)}</testsuites>",
                     id="in a suite that did not run"),
        pytest.param(suite(f"Timestamp{STALE[9:]}", suite("")), id="in small letters only"),
        pytest.param(suite(STALE).replace("/>", f"><properties {FRESH}/></testcase>"),
                     id="in another element"),
    ],
)  # fmt: skip
def test_a_fresh_date_beside_old_tests_does_not_make_the_report_fresh(
    reads: Reads, report: str
) -> None:
    contents = reads("junit", report)

    assert contents.passed
    assert contents.made_at == "2024-01-01T00:00:00Z"


@pytest.mark.parametrize(
    "report",
    [
        pytest.param(f"<testsuites>{suite(FRESH)}{suite('')}</testsuites>", id="without a date"),
        pytest.param(f"<testsuites>{suite(FRESH)}{suite(YESTERDAY)}</testsuites>",
                     id="with a date that is none"),
        pytest.param(f"<testsuites {FRESH}>{suite(YESTERDAY)}</testsuites>",
                     id="with a header and a date that is none"),
    ],
)  # fmt: skip
def test_a_suite_without_a_date_among_dated_ones_makes_the_report_undated(
    reads: Reads, report: str
) -> None:
    data = reads("junit", report).as_data()

    assert data["undated"]
    assert data["madeAt"] == "2026-11-23T17:00:00+08:00"


@pytest.mark.parametrize(
    "report",
    [
        pytest.param(suite(FRESH), id="a suite"),
        pytest.param(f"<testsuites {FRESH}>{suite('')}{suite('')}</testsuites>",
                     id="a header that dates suites without a date"),
        pytest.param(f"<testsuites>{suite(FRESH)}{suite('', '')}</testsuites>",
                     id="an empty suite without a date, as Mocha has"),
        pytest.param(suite(FRESH, CASE + stamped_case(
            'status="notrun" timestamp="1970-01-01T00:00:00.000"')),
                     id="GoogleTest, a disabled test of 1970"),
        pytest.param(f"<testsuites {FRESH}>{suite(FRESH)}" + suite(
            'timestamp="1970-01-01T00:00:00.000"', stamped_case('status="notrun"'))
                     + "</testsuites>", id="GoogleTest, a disabled suite of 1970"),
    ],
)  # fmt: skip
def test_a_report_whose_tests_all_have_a_date_is_dated(reads: Reads, report: str) -> None:
    data = reads("junit", report).as_data()

    assert data["passed"]
    assert not data["undated"]
    assert data["madeAt"] == "2026-11-23T17:00:00+08:00"


@pytest.mark.parametrize(
    "header",
    [
        'status="FAILED"', 'result="failed"', 'outcome="failure"', 'state="broken"',
        'verdict="fail"', 'conclusion="unstable"', 'status="FAILED (errors=1)"',
        'aborted="1"', 'crashed="1"', 'unsuccessful="true"', 'failures="0000000000001"',
        'failed="1"', 'failure="2"', 'error="1"', 'failed="true"', 'passed="false"',
        'success="0"', 'Status="failed"', 'FAILURES="1"', 'x:result="failed"',
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["suite", "header"])
def test_any_word_or_count_of_failure_in_a_header_is_a_failure(
    reads: Reads, header: str, place: str
) -> None:
    inner = suite(f"{header} {FRESH}" if place == "suite" else FRESH)
    outer = header if place == "header" else ""

    contents = reads("junit", f'<testsuites xmlns:x="urn:x" {outer}>{inner}</testsuites>')

    assert not contents.passed
    assert "1 of 2 tests failed" in contents.says.en or "2 of 3" in contents.says.en


@pytest.mark.parametrize(
    "bad",
    [
        '<testcase name="adds" passed="false"/>',
        '<testcase name="adds" failed="true"/>',
        '<testcase name="adds" failed="1"/>',
        '<testcase name="adds" failure="1 == 2"/>',
        '<testcase name="adds" error="not found"/>',
        '<testcase name="adds" Status="failed"/>',
        '<testcase name="adds" verdict="fail"/>',
        '<testcase name="adds" ok="no"/>',
        '<testcase name="adds"><failed/></testcase>',
        '<testcase name="adds"><fail>1 == 2</fail></testcase>',
        '<testcase name="adds"><rerunFailure/></testcase>',
        '<testcase name="adds"><rerun-failure/></testcase>',
        '<testcase name="adds"><assertionFailure/></testcase>',
        '<testcase name="adds"><exception type="E"/></testcase>',
        '<testcase name="adds"><timeout/></testcase>',
        '<testcase name="adds"><crashed/></testcase>',
        '<testcase name="adds"><system-out/><details><fatal/></details></testcase>',
        "<failed/>",
    ],
)
def test_an_attribute_or_an_element_of_another_name_that_says_failure_is_a_failure(
    reads: Reads, bad: str
) -> None:
    assert not reads("junit", suite(FRESH, bad + CASE)).passed


@pytest.mark.parametrize(
    "good",
    [
        suite('failed="0" errors="0" error="0" passed="1" success="true"'),
        suite('failed="false" status="passed" result="Success"'),
        suite('passed="0"', "") + suite('passed="1"'),
        suite('state="finished" outcome="OK"'),
        suite('result="Skipped"'),
        suite("", stamped_case('passed="true" failed="0" failure="" error="false"')),
        suite("", '<testcase name="adds"><attachments/><output>failed</output></testcase>'),
        suite('xmlns:s="urn:s" s:noNamespaceSchemaLocation="failed.xsd"'),
    ],
)
def test_a_header_that_speaks_of_success_in_its_own_words_passes(reads: Reads, good: str) -> None:
    assert reads("junit", f"<testsuites>{good}</testsuites>").says.en == "1 test passed."


@pytest.mark.parametrize("pair", ['status="passed" Status="failed"', 'failures="0" Failures="1"'])
def test_an_attribute_in_two_spellings_is_refused(refuses: Refuses, pair: str) -> None:
    assert "twice" in refuses("junit", suite(pair))


@pytest.mark.parametrize("attribute", ['executed="false"', 'run="no"'])
def test_a_suite_that_did_not_run_passes_no_test(reads: Reads, attribute: str) -> None:
    assert not reads("junit", suite(attribute)).passed
    assert reads("junit", suite('executed="True"')).passed


def test_a_report_of_two_requests_is_of_neither(reads: Reads) -> None:
    names = [f'<property name="launch-request" value="LR-{n}"/>' for n in (1, 2, 1)]

    assert reads("junit", suite("", f"{''.join(names)}{CASE}")).request == "LR-1, LR-2"
    assert reads("junit", suite("", f"{names[0]}{names[2]}{CASE}")).request == "LR-1"
