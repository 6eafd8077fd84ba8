"""JUnit reports: the test cases count, a header never (threat E7)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.facts.evidence.contents import EvidenceContents
from launchpolicy.facts.evidence.reading import read_evidence
from tests.facts.evidence.conftest import Reads, Refuses

GOOD = """<testsuites><testsuite name="a" tests="2" timestamp="2026-11-23T17:00:00+08:00">
<properties><property name="commit" value="3f2a"/>
<property name="launch-request" value="LR-1"/></properties>
<testcase classname="a" name="one"/><testcase classname="a" name="two"/></testsuite></testsuites>"""

DEEP = '<testsuite><testcase classname="x" name="deep"><failure/></testcase></testsuite>'


def test_a_good_report_says_what_when_and_for_whom(reads: Reads) -> None:
    found = reads("junit", GOOD)

    assert found.passed
    assert found.says.en == "2 tests passed."
    assert found.made_at == "2026-11-23T17:00:00+08:00"
    assert found.commits == ("3f2a",)
    assert found.request == "LR-1"
    assert found.as_data()["tests"]["total"] == 2


@pytest.mark.parametrize(
    ("report", "says"),
    [
        ("<testsuite/>", "no test at all"),
        ('<testsuite><testcase name="a"><skipped/></testcase></testsuite>', "skipped"),
        ('<testsuite><testcase name="a" status="notrun"/></testsuite>', "skipped"),
        (
            '<testsuite><testcase name="a"><failure/></testcase></testsuite>',
            "1 of 1 tests failed: a",
        ),
        ('<testsuite><testcase name="a"><error/></testcase></testsuite>', "1 of 1 tests failed: a"),
        (
            f"<testsuite>{DEEP}</testsuite>",
            "x.deep",
        ),
    ],
)
def test_what_was_not_tested_or_failed_does_not_pass(reads: Reads, report: str, says: str) -> None:
    found = reads("junit", report)

    assert not found.passed
    assert says in found.says.en


@pytest.mark.parametrize("header", ['failures="1"', 'errors="2"', 'failures="1" errors="1"'])
def test_a_failure_that_only_the_header_tells_of_is_a_failure(reads: Reads, header: str) -> None:
    report = f'<testsuite name="shop" {header}><testcase name="a"/><testcase name="b"/></testsuite>'

    found = reads("junit", report)

    assert not found.passed
    assert "shop (header)" in found.says.en


@pytest.mark.parametrize("status", ['status="failed"', 'result="Error"', 'success="false"'])
def test_a_suite_that_calls_itself_failed_is_a_failure(reads: Reads, status: str) -> None:
    suite = f'<testsuite name="shop" {status}><testcase name="a"/></testsuite>'

    assert not reads("junit", f"<testsuites>{suite}</testsuites>").passed


@pytest.mark.parametrize("header", ['tests="300" failures="0"', 'tests="300" skipped="0"'])
def test_a_header_makes_nothing_better(reads: Reads, header: str) -> None:
    bad = f'<testsuite {header}><testcase name="a"><failure/></testcase></testsuite>'
    idle = f'<testsuite {header}><testcase name="a"><skipped/></testcase></testsuite>'
    none = f"<testsuite {header}/>"

    assert not reads("junit", bad).passed
    assert not reads("junit", idle).passed
    assert not reads("junit", none).passed


def test_tests_that_only_the_header_claims_count_nothing(reads: Reads) -> None:
    report = '<testsuite tests="1000"><testcase name="a"/></testsuite>'

    assert reads("junit", report).as_data()["tests"]["total"] == 1


@pytest.mark.parametrize("counter", ["skipped", "disabled", "ignored"])
def test_tests_that_the_header_calls_skipped_did_not_run(reads: Reads, counter: str) -> None:
    report = (
        f'<testsuite tests="2" {counter}="2"><testcase name="a"/><testcase name="b"/></testsuite>'
    )

    found = reads("junit", report)

    assert not found.passed
    assert found.as_data()["tests"]["skipped"] == 2


@pytest.mark.parametrize("header", ['failures="-2"', 'errors="two"', 'tests="２"', 'skipped="1.0"'])
def test_a_header_whose_number_is_none_is_refused(refuses: Refuses, header: str) -> None:
    assert "header" in refuses("junit", f'<testsuite {header}><testcase name="a"/></testsuite>')


@pytest.mark.parametrize("time", ["NaN", "-1", "-9871.204", "inf", "soon", "1,204.5", ""])
def test_a_time_is_no_verdict(reads: Reads, time: str) -> None:
    report = (
        f'<testsuite time="{time}"><testcase name="a" time="{time}"/>'
        f'<testcase name="b" time="{time}"/></testsuite>'
    )

    assert reads("junit", report).says.en == "2 tests passed."


def test_other_xml_is_no_report(refuses: Refuses) -> None:
    assert "no JUnit report" in refuses("junit", "<coverage/>")


@pytest.mark.parametrize(
    ("root", "tool"),
    [("TestRun", "Visual Studio"), ("assemblies", "xUnit.net"), ("robot", "Robot Framework")],
)
def test_a_report_in_a_format_of_one_runner_names_the_runner(
    refuses: Refuses, root: str, tool: str
) -> None:
    assert tool in refuses("junit", f"<{root}/>")


KINDS = st.sampled_from(["passed", "failure", "error", "skipped"])


@given(
    st.recursive(
        st.lists(KINDS, max_size=4), lambda inner: st.lists(inner, max_size=3), max_leaves=8
    )
)
def test_the_recount_is_that_of_brute_force(tree: list[object]) -> None:
    outcomes: list[str] = []

    def written(node: list[object]) -> str:
        parts = []
        for each in node:
            if isinstance(each, list):
                parts.append(written(each))
            else:
                outcomes.append(str(each))
                inner = "" if each == "passed" else f"<{each}/>"
                parts.append(f'<testcase name="t">{inner}</testcase>')
        return f"<testsuite>{''.join(parts)}</testsuite>"

    found = read_evidence("junit", "a.xml", written(tree).encode(), {})

    assert isinstance(found, EvidenceContents)
    tests = found.as_data()["tests"]
    assert tests["total"] == len(outcomes)
    assert tests["failed"] == outcomes.count("failure")
    assert tests["errors"] == outcomes.count("error")
    assert tests["skipped"] == outcomes.count("skipped")
    bad = outcomes.count("failure") + outcomes.count("error")
    assert found.passed == (bad == 0 and "passed" in outcomes)


@given(
    st.binary(max_size=200), st.sampled_from(["junit", "cobertura", "sarif", "in-toto", "document"])
)
def test_no_bytes_whatever_make_a_reader_fail(data: bytes, kind: str) -> None:
    read_evidence(kind, "a.txt", data, {})
