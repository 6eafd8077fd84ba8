"""Test results as JUnit XML: counted from the test cases, never from what a header claims (E7)."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from launchpolicy.facts.evidence.contents import (
    MOST_RESULTS,
    EvidenceContents,
    Reading,
    Schemas,
    UnreadableEvidence,
    identifier,
    too_many_results,
)
from launchpolicy.facts.evidence.figures import figures_in, measurements_in, property_line
from launchpolicy.facts.evidence.junit_counting import HeaderError, Tally, tally_of
from launchpolicy.facts.evidence.junit_words import CASE, kind_of, rename_attributes
from launchpolicy.facts.evidence.reservations import reservations_in
from launchpolicy.facts.evidence.timestamps import date_of
from launchpolicy.facts.evidence.xml import XmlError, local_name, root_of
from launchpolicy.vocabulary.hashing import sha256
from launchpolicy.vocabulary.text import Text

_COMMITS = ("commit", "git.commit", "git-commit", "revision")
_VERSIONS = ("version", "product.version", "product-version", "app.version")
_REQUESTS = ("launch-request", "launchRequest")
_ENVIRONMENTS = ("environment", "env", "test.environment", "test-environment", "testEnvironment")
_CASES = Text("test cases", "测试")
_Elements = list[tuple[str, Element]]
"""All elements of a report, each with its name without its namespace."""

_BROKEN_OFF = Text(
    "; the run was broken off in a test without a name, run it again",
    "；运行在一项没有名称的测试中被中断，请重新运行",
)

_NAMED = 3
_PRINTED = 100_000
_OTHER_FORMATS = {
    "TestRun": "Visual Studio",
    "assemblies": "xUnit.net",
    "test-run": "NUnit",
    "test-results": "NUnit",
    "testng-results": "TestNG",
    "robot": "Robot Framework",
    "Site": "CTest",
    "Catch": "Catch2",
    "Catch2TestRun": "Catch2",
    "TestLog": "Boost.Test",
    "TestResult": "Boost.Test",
    "testExecutions": "SonarQube",
    "coverage": "Cobertura or Clover",
    "checkstyle": "Checkstyle",
    "doctest": "doctest",
    "pmd": "PMD",
}
"""Formats of runners that also write JUnit XML: the root element → the runner."""


def read(path: str, data: bytes, schemas: Schemas, edition: int) -> Reading:
    """Return what the tests came to, in the format of Ant and Maven, suites nested or not."""
    del path, schemas
    try:
        root = _root_of_report(data)
        elements = [(local_name(element), element) for element in root.iter()]
        if sum(kind_of(name) == CASE for name, _ in elements) > MOST_RESULTS:
            return too_many_results(_CASES)
        tally = tally_of(root, edition=edition)
    except (XmlError, HeaderError) as error:
        return UnreadableEvidence(error.problem)
    properties = list(_properties(elements))
    report_lines = _report_lines(elements)
    # Nothing that ran: then any time, for a report that does not pass.
    stamps = tally.stamps or {(element.get("timestamp", ""),) for _, element in elements}
    made, is_partly_undated = date_of(stamps)
    return EvidenceContents(
        passed=_is_passed(tally),
        says=_says(tally),
        size=len(data),
        media_type="application/xml",
        made_at=made.written,
        is_without_zone=made.is_without_zone,
        is_partly_undated=is_partly_undated and bool(tally.stamps),
        request=", ".join(
            dict.fromkeys(value for name, value in properties if name in _REQUESTS and value)
        ),
        commits=tuple(dict.fromkeys(value for name, value in properties if name in _COMMITS)),
        details={
            "versions": [value for name, value in properties if name in _VERSIONS],
            "figures": figures_in("\n".join(report_lines)),
            "measurements": measurements_in(report_lines, edition),
            "gist": _gist(elements),
            "reservations": reservations_in(properties, tally.successes, tally.total),
            "environment": next((v for name, v in properties if name in _ENVIRONMENTS and v), ""),
            "tests": {
                "total": tally.total,
                "passed": tally.successes,
                "failed": tally.failed,
                "errors": tally.errors,
                "skipped": tally.skipped,
                "unnamed": tally.unnamed,
                "failures": tally.failures,
            },
        },
    )


def _root_of_report(data: bytes) -> Element:
    """Return the root of a report, its attributes with their usual names.

    Raises:
        XmlError: it is no report, holds too many tests, or an attribute twice.
    """
    if data.count(b"<testcase") > MOST_RESULTS:
        raise XmlError(too_many_results(_CASES).problem)
    root = root_of(data)
    if local_name(root) not in {"testsuites", "testsuite"}:
        raise XmlError(_other_format(local_name(root)))
    if twice := rename_attributes(root):
        raise XmlError(_twice(twice))
    return root


def _other_format(root: str) -> Text:
    """Return what to do with a report in a format of one runner's own."""
    tool = _OTHER_FORMATS.get(root)
    if tool is None:
        return Text(
            "It is XML, but no JUnit report: its root is not testsuites or testsuite.",
            "它是 XML，但不是 JUnit 报告：根元素不是 testsuites 或 testsuite。",
        )
    return Text(
        f"It is a report of {tool}, no JUnit report; let {tool} write JUnit XML, or convert it.",
        f"它是 {tool} 的报告，不是 JUnit 报告；请让 {tool} 输出 JUnit XML，或转换其格式。",
    )


def _twice(attribute: str) -> Text:
    return Text(
        f"An element in it has the attribute {attribute} twice, in other letters or another "
        "namespace, so readers would disagree; leave one.",
        f"其中某个元素的属性 {attribute} 以不同大小写或命名空间出现两次，"
        "不同程序的解读会不一致；请只保留一个。",
    )


def _is_passed(tally: Tally) -> bool:
    return tally.successes > 0 and not (tally.failed or tally.errors)


def _says(tally: Tally) -> Text:
    if tally.total == 0:
        return Text("It holds no test at all.", "报告中没有任何测试。")
    bad = tally.failed + tally.errors
    if bad:
        named = tally.failures[:_NAMED]
        more = "" if bad <= _NAMED else ", …"
        broken = _BROKEN_OFF if tally.broken_off else Text("", "")
        return Text(
            f"{bad} of {tally.total} tests failed: {', '.join(named)}{more}{broken.en}",
            f"{tally.total} 项测试中有 {bad} 项失败：{'、'.join(named)}{more}{broken.zh}",
        )
    if tally.total == tally.skipped:
        return Text(
            f"All {tally.total} tests were skipped; nothing was tested.",
            f"全部 {tally.total} 项测试均被跳过，没有实际测试。",
        )
    tests = "test" if tally.successes == 1 else "tests"
    return Text(f"{tally.successes} {tests} passed.", f"{tally.successes} 项测试通过。")


def _properties(elements: _Elements) -> Iterator[tuple[str, str]]:
    for name, element in elements:
        if name == "property":
            value = element.get("value", element.text or "")
            yield element.get("name", ""), identifier(value.strip())


def _report_lines(elements: _Elements) -> list[str]:
    """Return where a report states figures: its properties by name, then what was printed."""
    lines: list[str] = []
    printed: list[str] = []
    for name, element in elements:
        if name == "property":
            value = element.get("value", element.text or "")[:_PRINTED]
            lines.append(property_line(element.get("name", ""), value))
        elif name == "system-out":
            printed.append((element.text or "")[:_PRINTED])
    return [*lines, *"\n".join(printed)[:_PRINTED].splitlines()]


def _gist(elements: _Elements) -> str:
    """Return the digest of all elements with their attributes, without the space between them."""
    contents = (
        (name, sorted(element.items()), (element.text or "").strip()) for name, element in elements
    )
    return sha256(*(repr(content).encode("utf-8", "replace") for content in contents))
