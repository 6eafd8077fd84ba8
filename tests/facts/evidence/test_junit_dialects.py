"""JUnit as runners really write it: what ran, and what only looks as if it had (threat E9).

The files in `reports/` were written by the tools themselves.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.facts.evidence.conftest import Reads

REPORTS = Path(__file__).parent / "reports"
COUNTERS = ("total", "passed", "failed", "errors", "skipped")


@pytest.mark.parametrize(
    ("report", "counts"),
    [
        # An assertion that fails where the test may fail is neither a pass nor a failure.
        pytest.param("catch2", (5, 3, 1, 0, 1), id="Catch2, whose header counts assertions"),
        pytest.param("ctest", (5, 1, 1, 0, 3), id="CTest, disabled, skipped and not found"),
        pytest.param("googletest", (4, 1, 1, 0, 2), id="GoogleTest, disabled and skipped"),
        pytest.param(
            "gotestsum", (7, 3, 2, 0, 2), id="Go, where the parent of a subtest fails too"
        ),
        pytest.param("jest", (5, 2, 1, 0, 2), id="Jest, test.todo written like a pass"),
        pytest.param("mocha", (5, 2, 1, 0, 2), id="Mocha, pending only in the header"),
        pytest.param("node-test", (6, 3, 1, 0, 2), id="node:test, nested, skipped and to do"),
        pytest.param("node-todo", (4, 3, 0, 0, 1), id="node:test, failing and still to do"),
        pytest.param("phpunit", (7, 3, 1, 1, 2), id="PHPUnit, with a warning and a risky test"),
        pytest.param("pytest", (6, 4, 0, 0, 2), id="pytest, subtests, a rerun and xfail"),
        pytest.param("pytest-failing", (4, 1, 2, 1, 0), id="pytest, failing subtest and rerun"),
        pytest.param("pytest-interrupted", (2, 1, 1, 0, 0), id="pytest, interrupted in a test"),
        pytest.param("surefire", (4, 2, 1, 0, 1), id="Surefire, whose header counts attempts"),
        pytest.param("vitest", (3, 1, 0, 0, 2), id="Vitest"),
    ],
)
def test_a_report_of_a_real_runner_is_counted_from_its_test_cases(
    reads: Reads, report: str, counts: tuple[int, ...]
) -> None:
    found = reads("junit", (REPORTS / f"{report}.xml").read_bytes())

    tests = found.as_data()["tests"]
    assert tuple(tests[counter] for counter in COUNTERS) == counts
    assert found.passed is (counts[2] + counts[3] == 0)


def test_every_report_of_a_runner_is_in_the_table_and_counted() -> None:
    table = (REPORTS / "README.md").read_text("utf-8")
    counted = Path(__file__).read_text("utf-8")

    for report in REPORTS.glob("*.xml"):
        assert f"`{report.name}`" in table
        assert f'"{report.stem}"' in counted


def case(attributes: str = "", content: str = "") -> str:
    return f'<testcase classname="shop" name="adds" {attributes}>{content}</testcase>'


@pytest.mark.parametrize(
    "idle",
    [
        pytest.param(case('status="disabled"'), id="CTest disabled"),
        pytest.param(case('status="notrun"'), id="CTest, GoogleTest not run"),
        pytest.param(case('status="notrun" result="suppressed"'), id="GoogleTest disabled"),
        pytest.param(case('status="run" result="skipped"'), id="GoogleTest skipped"),
        pytest.param(case('status="Skipped"'), id="skipped with a capital"),
        pytest.param(case('status="not run"'), id="two words"),
        pytest.param(case('result="NotExecuted"'), id="Visual Studio"),
        pytest.param(case('result="Inconclusive"'), id="NUnit"),
        pytest.param(case('status="pending"'), id="Cucumber, Jasmine"),
        pytest.param(case('executed="False"'), id="NUnit 2"),
        pytest.param(case('skipped="true"'), id="an attribute"),
        pytest.param(case("", "<skipped/>"), id="Ant, Surefire, Jest"),
        pytest.param(case("", '<skipped type="todo"/>'), id="node:test to do"),
        pytest.param(case("", "<disabled/>"), id="a child"),
        pytest.param(case('status="run"', "<skipped/>"), id="run and yet skipped"),
        pytest.param(case("", "<properties/><x><Skipped/></x>"), id="deep inside"),
    ],
)
def test_a_test_that_was_disabled_or_skipped_or_not_run_is_not_a_passed_test(
    reads: Reads, idle: str
) -> None:
    alone = reads("junit", f"<testsuite>{idle}</testsuite>")
    beside = reads("junit", f"<testsuite>{idle}{case()}</testsuite>")

    assert not alone.passed
    assert "nothing was tested" in alone.says.en
    assert beside.as_data()["tests"]["passed"] == 1


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(case('status="failed"'), id="a status without a child"),
        pytest.param(case('status="FAIL"'), id="in capitals"),
        pytest.param(case('result="Failed"'), id="a result"),
        pytest.param(case('status="error"'), id="an error"),
        pytest.param(case('status="timed out"'), id="a word of its own"),
        pytest.param(case('status="passed" result="crashed"'), id="two words that contradict"),
        pytest.param(case('success="False"'), id="NUnit 2"),
        pytest.param(case('failures="1"'), id="a number"),
        pytest.param(case('status="passed"', "<failure/>"), id="a child beside a good word"),
        pytest.param(case("", "<skipped/><failure/>"), id="skipped and yet failed"),
        pytest.param(case("", "<system-out/><x><failure/></x>"), id="deep inside"),
        pytest.param(case("", "<rerunFailure/>"), id="Surefire, failed again"),
        pytest.param(case("", "<warning/>"), id="PHPUnit"),
        pytest.param(case("", case("", "<error/>")), id="a test in a test"),
        pytest.param('<testsuite><error message="not loaded"/></testsuite>', id="beside the tests"),
        pytest.param("<failure/>", id="directly in the suite"),
        pytest.param(f"<group>{case('', '<failure/>')}</group>", id="in an element of its own"),
        pytest.param('<testsuite name="x" tests="0" errors="1"/>', id="a suite that did not load"),
        pytest.param('<f:testcase xmlns:f="urn:f"><f:failure/></f:testcase>', id="in a namespace"),
    ],
)  # fmt: skip
def test_a_failure_is_one_however_a_runner_writes_it(reads: Reads, bad: str) -> None:
    found = reads("junit", f'<testsuite name="shop">{bad}{case()}</testsuite>')

    assert not found.passed
    assert "failed" in found.says.en


@pytest.mark.parametrize(
    "good",
    [
        pytest.param(case('status="run"'), id="Catch2, CTest"),
        pytest.param(case('status="run" result="completed"'), id="GoogleTest"),
        pytest.param(case('status="passed"'), id="many"),
        pytest.param(case('result="Passed"'), id="Visual Studio"),
        pytest.param(case('executed="True" success="True" result="Success"'), id="NUnit 2"),
        pytest.param(case("", "<flakyFailure/>"), id="Surefire, passed at last"),
        pytest.param(case("", "<system-out>failure, error, skipped</system-out>"), id="words"),
        pytest.param(case("", "<properties><property name='status' value='failed'/></properties>"),
                     id="a property"),
        pytest.param(case('skipped="false" disabled="0" failures="0"'), id="said to be not so"),
    ],
)  # fmt: skip
def test_a_test_that_passed_counts_however_a_runner_writes_it(reads: Reads, good: str) -> None:
    assert reads("junit", f"<testsuite>{good}</testsuite>").says.en == "1 test passed."


def test_flaky_tests_that_passed_in_the_end_pass_though_the_header_counts_their_failures(
    reads: Reads,
) -> None:
    flaky = case("", "<flakyFailure/><flakyFailure/>")

    assert reads("junit", f'<testsuite tests="4" failures="2">{flaky}{case()}</testsuite>').passed
    assert not reads(
        "junit", f'<testsuite tests="4" failures="3">{flaky}{case()}</testsuite>'
    ).passed


def test_tests_nested_in_tests_to_the_limit_are_counted_at_once(reads: Reads) -> None:
    nested = "<testcase>" * 60 + "</testcase>" * 60

    assert reads("junit", f"<testsuite>{nested}</testsuite>").as_data()["tests"]["total"] == 60


def test_a_logger_of_dotnet_is_read(reads: Reads) -> None:
    report = (
        '<testsuites><testsuite name="Shop.Tests.dll" tests="3" skipped="1" failures="0" errors="0"'
        ' timestamp="2026-11-28T13:24:59"><properties/>'
        '<testcase classname="Shop.Cart" name="Adds"/><testcase name="Shop.Cart.Takes"/>'
        '<testcase classname="Shop.Cart" name="Prints"><skipped message="no printer"/></testcase>'
        "<system-out>Failed to print</system-out></testsuite></testsuites>"
    )

    assert reads("junit", report).as_data()["tests"]["passed"] == 2
