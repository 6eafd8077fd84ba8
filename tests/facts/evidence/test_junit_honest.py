"""Reports of real runners that passed: no word for a link, a setting or a name blocks them."""

from __future__ import annotations

import pytest

from tests.facts.evidence.conftest import Reads

GOOD = '<testcase classname="shop" name="adds" time="0.1"/>'


def suite(content: str, properties: str = "") -> str:
    around = f"<properties>{properties}</properties>" if properties else ""
    return f'<testsuite name="shop">{around}{content}</testsuite>'


@pytest.mark.parametrize(
    "test",
    [
        '<testcase classname="a feature" name="" status="passed"/>',
        '<testcase classname="shop" name="a" errorMessage="OK" exitStatus="success"/>',
        '<testcase classname="shop" name="a" done="✓" queued="0.3" scheduled="2026-11-30"/>',
        '<testcase classname="shop" name="a" 结果="通过" success="是" 错误="无"/>',
        '<testcase classname="shop" name="a"><webLink/><traits/></testcase>',
    ],
)
def test_a_test_that_passed_stays_one(reads: Reads, test: str) -> None:
    contents = reads("junit", suite(GOOD + test))
    assert contents.passed, contents.says.en


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Errors", "https://example.com/errors"),
        ("Failures", "see JIRA-5"),
        ("exit_code", "success"),
        ("failures", "0/120"),
        ("failures", "0 of 100"),
        ("errors", "[]"),
        ("ErrorCode", "0x0"),
        ("signal", "SIGTERM"),
        ("timeouts", "30s"),
        ("DryRun", "false"),
    ],
)
def test_a_property_that_speaks_of_no_failure_fails_nothing(
    reads: Reads, name: str, value: str
) -> None:
    contents = reads("junit", suite(GOOD, f'<property name="{name}" value="{value}"/>'))
    assert contents.passed, contents.says.en


@pytest.mark.parametrize(
    "report",
    [
        suite(GOOD, '<property name="DryRun" value="true"/>'),
        suite(GOOD, '<property name="failing" value="1"/>'),
        f'<testsuite name="shop" failing="1">{GOOD}</testsuite>',
        f'<testsuite name="shop" failedTestCount="1">{GOOD}</testsuite>',
        f'<testsuite name="shop" allPassed="false">{GOOD}</testsuite>',
        f'<testsuite name="shop" bailedOut="true">{GOOD}</testsuite>',
        f'<testsuite name="shop" 失败数="2">{GOOD}</testsuite>',
        suite('<testcase classname="shop" name="a"><verdict>❌</verdict></testcase>'),
    ],
)
def test_what_did_not_run_or_failed_in_other_words_is_no_pass(reads: Reads, report: str) -> None:
    assert not reads("junit", report).passed
