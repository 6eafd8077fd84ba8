"""What a SARIF log says of results and scans beside their levels (threat E9, edition 7)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from launchpolicy.facts.evidence.contents import EvidenceContents
from launchpolicy.facts.evidence.reading import read_evidence
from launchpolicy.policy.edition import SIXTH_EDITION
from tests.facts.evidence.conftest import Reads, Refuses

ERROR = {"ruleId": "sql-injection", "level": "error", "message": {"text": "m"}}
NOTE = {"ruleId": "sql-injection", "level": "note", "message": {"text": "m"}}


def log_of(*results: dict[str, Any], rules: Any = (), log: Any = (), **run: Any) -> str:
    """A log of one run with these results."""
    driver = {"name": "扫描器", "rules": list(rules)}
    whole = {"tool": {"driver": driver}, "results": list(results), **run}
    return json.dumps({"version": "2.1.0", "runs": [whole], **dict(log)}, ensure_ascii=False)


def suppressed(*suppressions: Any) -> dict[str, Any]:
    return {**ERROR, "suppressions": list(suppressions)}


def passed_then(written: str) -> bool:
    """Whether the edition before took the log for a pass."""
    contents = read_evidence("sarif", "a.sarif", written.encode(), {}, SIXTH_EDITION)
    return isinstance(contents, EvidenceContents) and contents.passed


@pytest.mark.parametrize(
    "result",
    [
        suppressed({"kind": "external", "state": "rejected"}),
        suppressed({"kind": "external", "state": "underReview"}),
        suppressed({}),
        suppressed({"kind": "by hand"}),
        suppressed({"kind": 1}),
        suppressed({"kind": "inSource"}, "and more"),
    ],
)
def test_a_suppression_that_is_none_or_by_an_older_word_not_accepted_suppresses_nothing(
    reads: Reads, result: dict[str, Any]
) -> None:
    contents = reads("sarif", log_of(result))

    assert not contents.passed
    assert contents.as_data()["findings"]["suppressed"] == 0
    assert passed_then(log_of(result))


@pytest.mark.parametrize(
    "suppression",
    [
        {"kind": "inSource"},
        {"kind": "external", "status": "accepted", "justification": "误报"},
        {"kind": "external", "state": "accepted"},
    ],
)
def test_an_accepted_suppression_still_suppresses(reads: Reads, suppression: Any) -> None:
    assert reads("sarif", log_of(suppressed(suppression))).passed


@pytest.mark.parametrize(
    "properties",
    [
        *({"Severity": "Critical"}, {"severity": "严重"}, {"漏洞等级": "超危"}, {"级别": "致命"}),
        *({"security_severity": "9.8"}, {"securitySeverity": 9.8}, {"cvssScore": 9.8}),
        *({"cvss": "9.8"}, {"severity": "BLOCKER"}, {"tags": ["security", "CRITICAL"]}),
    ],
)
@pytest.mark.parametrize("is_of_rule", [True, False])
def test_a_critical_severity_under_another_word_or_key_is_critical(
    reads: Reads, properties: dict[str, Any], *, is_of_rule: bool
) -> None:
    rule = {"id": "sql-injection", "properties": properties if is_of_rule else {}}
    written = log_of({**NOTE, "properties": {} if is_of_rule else properties}, rules=[rule])

    assert not reads("sarif", written).passed
    assert passed_then(written)


@pytest.mark.parametrize(
    "properties",
    [
        *({"severity": "低"}, {"cvss": "CVSS:3.1/AV:N/AC:L"}, {"cvssScore": "5.0"}, {"risk": "?"}),
        *({"tags": ["critical-path", "high"]}, {"severity": "info"}, {"级别": 3}),
    ],
)
def test_a_lower_severity_and_a_vector_are_not_critical(reads: Reads, properties: Any) -> None:
    assert reads("sarif", log_of({**NOTE, "properties": properties})).passed


@pytest.mark.parametrize(
    "written",
    [
        log_of(properties={"result": "FAILED"}),
        log_of(properties={"结论": "不通过"}),
        log_of(log={"properties": {"quality": {"qualityGate": "FAILED"}}}),
        log_of(properties={"truncated": True}),
        log_of(invocations=[{"executionSuccessful": True, "properties": {"passed": False}}]),
    ],
)
def test_a_log_whose_properties_conclude_a_failure_is_no_pass(reads: Reads, written: str) -> None:
    contents = reads("sarif", written)

    assert not contents.passed
    assert "did not come to its end" in contents.says.en
    assert passed_then(written)


@pytest.mark.parametrize(
    "properties",
    [
        *({"result": "PASSED"}, {"metrics": {"errors": 3}}, {"truncated": False}, {"passed": True}),
        *({"status": "https://scan.example.com/failed"}, {"结论": "通过"}, {"failOnError": True}),
    ],
)
def test_properties_that_conclude_a_success_or_count_leave_a_pass(
    reads: Reads, properties: dict[str, Any]
) -> None:
    assert reads("sarif", log_of(properties=properties)).passed


@pytest.mark.parametrize(
    "written",
    [
        log_of(results_=[ERROR]),
        log_of(**{"Results ": [ERROR]}),
        log_of(log={"runs ": []}),
        log_of({**NOTE, "rule_id": "x"}),
        log_of(suppressed({"kind": "external", "Status": "rejected"})),
        log_of(
            invocations=[
                {
                    "executionSuccessful": True,
                    "toolExecutionNotifications": [{"Level": "error", "message": {"text": "m"}}],
                }
            ]
        ),
    ],
)
def test_a_key_that_nearly_is_one_of_the_standard_is_refused(
    refuses: Refuses, written: str
) -> None:
    assert "no key of SARIF" in refuses("sarif", written)
    assert passed_then(written)


def test_a_rule_whose_id_is_in_other_letters_gives_its_level(reads: Reads) -> None:
    rule = {"id": "SQL-Injection", "defaultConfiguration": {"level": "error"}}
    result = {"ruleId": "sql-injection", "message": {"text": "m"}}

    assert not reads("sarif", log_of(result, rules=[rule])).passed
    assert passed_then(log_of(result, rules=[rule]))
    exact = {"id": "sql-injection", "defaultConfiguration": {"level": "note"}}
    assert reads("sarif", log_of(result, rules=[rule, exact])).passed
