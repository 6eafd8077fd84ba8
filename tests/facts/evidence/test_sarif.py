"""SARIF: how bad a result is, whatever way leads to its rule (threat E9; SARIF 2.1.0, 3.27.10)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from launchpolicy.facts.evidence.contents import EvidenceContents
from launchpolicy.facts.evidence.reading import read_evidence
from launchpolicy.policy.edition import FOURTH_EDITION
from tests.facts.evidence.conftest import Reads, Refuses

RULES = [
    {"id": "sql", "guid": "0A-0B", "defaultConfiguration": {"level": "error"}},
    {"id": "style", "defaultConfiguration": {"level": "note"}},
    {"id": "plain"},
    {"id": "style/line", "defaultConfiguration": {"level": "none"}},
]
EXTENSION = {
    "name": "pack",
    "guid": "EE",
    "rules": [{"id": "deep", "defaultConfiguration": {"level": "error"}}],
}
TO_NOTE = {"descriptor": {"id": "sql"}, "configuration": {"level": "note"}}
TO_ERROR = {"descriptor": {"index": 1}, "configuration": {"level": "error"}}


def log(*results: Any, **run: Any) -> str:
    tool = {"driver": {"name": "scanner", "rules": RULES}, "extensions": [EXTENSION]}
    return json.dumps(
        {"version": "2.1.0", "runs": [{"tool": tool, "results": list(results), **run}]}
    )


def counts(reads: Reads, *results: dict[str, Any], **run: Any) -> tuple[int, int, int]:
    findings = reads("sarif", log(*results, **run)).as_data()["findings"]
    return findings["errors"], findings["warnings"], findings["notes"]


ERROR, WARNING, NOTE, NONE = (1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 0, 0)


@pytest.mark.parametrize(
    ("result", "level"),
    [
        pytest.param({"ruleIndex": 0}, ERROR, id="by ruleIndex alone"),
        pytest.param({"ruleIndex": 1}, NOTE, id="by ruleIndex, a note"),
        pytest.param({"rule": {"index": 0}}, ERROR, id="by rule.index"),
        pytest.param({"rule": {"guid": "0a-0b"}}, ERROR, id="by rule.guid"),
        pytest.param({"rule": {"id": "sql"}}, ERROR, id="by rule.id"),
        pytest.param({"ruleId": "sql/1/a"}, ERROR, id="by a hierarchical id"),
        pytest.param({"ruleId": "style/line"}, NONE, id="by the longest id of a hierarchy"),
        pytest.param({"ruleId": "style/other"}, NOTE, id="by the id above"),
        pytest.param({"ruleId": "deep"}, ERROR, id="by an id in an extension"),
        pytest.param({"rule": {"index": 0, "toolComponent": {"index": 0}}}, ERROR,
                     id="by an index in an extension"),
        pytest.param({"ruleIndex": 0, "rule": {"toolComponent": {"guid": "ee"}}}, ERROR,
                     id="by an extension's guid"),
        pytest.param({"rule": {"index": 1, "toolComponent": {}}}, NOTE, id="in the driver"),
        pytest.param({"ruleId": "plain"}, WARNING, id="a rule without a level"),
        pytest.param({"ruleId": "unknown"}, WARNING, id="a rule that nobody describes"),
        pytest.param({}, WARNING, id="no rule at all"),
        pytest.param({"ruleId": "sql", "level": "note"}, NOTE, id="its own level"),
        pytest.param({"ruleId": "style", "level": "catastrophe"}, ERROR, id="an unknown level"),
        pytest.param({"ruleId": "sql", "kind": "fail"}, ERROR, id="kind fail"),
        pytest.param({"ruleId": "sql", "kind": "pass"}, NONE, id="kind pass"),
        pytest.param({"ruleId": "sql", "kind": "notApplicable", "level": "none"}, NONE,
                     id="not applicable"),
        pytest.param({"ruleId": "sql", "ruleIndex": -1}, ERROR, id="an index that says nothing"),
    ],
)  # fmt: skip
def test_the_level_of_a_result_is_that_of_the_standard(
    reads: Reads, result: dict[str, Any], level: tuple[int, int, int]
) -> None:
    assert counts(reads, result) == level


@pytest.mark.parametrize(
    "result",
    [
        pytest.param({"ruleId": "sql", "ruleIndex": 1}, id="an index that leads to a milder rule"),
        pytest.param({"ruleId": "style", "ruleIndex": 0}, id="an id of a milder rule"),
        pytest.param({"ruleIndex": 0, "rule": {"index": 1}}, id="two indexes"),
        pytest.param({"ruleIndex": 99}, id="an index that leads nowhere"),
        pytest.param({"ruleIndex": True}, id="an index that is none"),
        pytest.param({"kind": "pass", "level": "error"}, id="a kind that its level belies"),
        pytest.param({"kind": ["pass"], "ruleId": "sql"}, id="a kind that is none"),
        pytest.param({"kind": "review", "ruleId": "sql"}, id="a result that awaits a review"),
        pytest.param({"kind": "open", "ruleId": "sql"}, id="a result that was left open"),
        pytest.param({"level": ["note"]}, id="a level that is none"),
    ],
)
def test_a_result_that_contradicts_itself_is_as_bad_as_it_can_mean(
    reads: Reads, result: dict[str, Any]
) -> None:
    assert counts(reads, result) == ERROR


@pytest.mark.parametrize("kind", ["open", "review", "fail", None, "Review", 1])
def test_a_result_that_nobody_has_decided_does_not_pass_by_the_level_none(
    reads: Reads, kind: object
) -> None:
    result = {"ruleId": "sql", "level": "none"} | ({} if kind is None else {"kind": kind})
    then = read_evidence("sarif", "a.sarif", log(result).encode(), {}, FOURTH_EDITION)

    assert counts(reads, result) == ERROR
    assert not reads("sarif", log(result)).passed
    assert counts(reads, {**result, "ruleId": "style"}) == NOTE
    assert isinstance(then, EvidenceContents)
    assert then.passed


@pytest.mark.parametrize("kind", ["pass", "notApplicable", "informational"])
def test_a_result_that_is_settled_passes_with_the_level_none(reads: Reads, kind: str) -> None:
    assert counts(reads, {"ruleId": "sql", "level": "none", "kind": kind}) == NONE


@pytest.mark.parametrize(
    ("result", "overrides", "level"),
    [
        ({"ruleId": "sql", "provenance": {"invocationIndex": 0}}, [TO_NOTE], NOTE),
        ({"ruleId": "style", "provenance": {"invocationIndex": 0}}, [TO_ERROR], ERROR),
        ({"ruleIndex": 1, "provenance": {"invocationIndex": 0}}, [TO_NOTE, TO_ERROR], ERROR),
        ({"ruleId": "sql", "level": "warning"}, [TO_NOTE], WARNING),
        # Without an invocation the standard uses no override: a milder one excuses nothing.
        ({"ruleId": "sql"}, [TO_NOTE], ERROR),
        ({"ruleId": "style"}, [TO_ERROR], ERROR),
        ({"ruleId": "sql", "provenance": {"invocationIndex": 7}}, [TO_NOTE], ERROR),
    ],
)
def test_an_override_of_the_invocation_sets_the_level(
    reads: Reads, result: dict[str, Any], overrides: list[Any], level: tuple[int, int, int]
) -> None:
    invocation = {"executionSuccessful": True, "ruleConfigurationOverrides": overrides}

    assert counts(reads, result, invocations=[invocation]) == level


@pytest.mark.parametrize(
    ("score", "severity"),
    [
        ("9.8", "critical"),
        (9.0, "critical"),
        ("10", "critical"),
        ("7.5", "high"),
        ("4.0", "medium"),
        ("0.1", "low"),
        ("0.0", ""),
        ("", ""),
        ("CRITICAL", "critical"),
        ("High", "high"),
        ("dreadful", "critical"),
        ("NaN", "critical"),
        ("99", "critical"),
        (True, "critical"),
        ([9.8], "critical"),
    ],
)
def test_a_critical_vulnerability_at_level_warning_is_counted_as_critical(
    reads: Reads, score: object, severity: str
) -> None:
    properties = {"properties": {"security-severity": score}}
    rule = {"id": "CVE-2099-0001", **properties}
    tool = {"driver": {"name": "scanner", "rules": [rule]}}
    in_rule = log({"ruleId": "CVE-2099-0001", "level": "warning"}, tool=tool)
    in_result = log({"ruleId": "plain", "level": "note", **properties})

    for written in (in_rule, in_result):
        contents = reads("sarif", written)
        findings = contents.as_data()["findings"]
        named = [word for word in ("critical", "high", "medium", "low") if findings[word]]
        assert named == ([severity] if severity else [])
        assert contents.passed is (severity != "critical")
        assert ("critical" in contents.says.en) is (severity == "critical")


@pytest.mark.parametrize(
    ("suppressions", "stands"),
    [
        ([{"kind": "external", "status": "accepted"}], False),
        ([{"kind": "inSource"}], False),
        ([{"kind": "external", "status": "underReview"}], True),
        ([{"kind": "inSource"}, {"kind": "external", "status": "rejected"}], True),
        ([{"kind": "external", "status": "whatever"}], True),
        ([{"kind": "external", "status": None}], True),
        ([], True),
        (["accepted"], True),
        ("accepted", True),
    ],
)
def test_only_a_suppression_that_was_accepted_suppresses(
    reads: Reads, suppressions: object, *, stands: bool
) -> None:
    contents = reads("sarif", log({"ruleId": "sql", "suppressions": suppressions}))

    assert contents.passed is not stands
    assert contents.as_data()["findings"]["suppressed"] == (not stands)


@pytest.mark.parametrize(
    ("times", "made_at", "without_zone"),
    [
        ({"startTimeUtc": "2026-11-23T10:00:00Z"}, "2026-11-23T10:00:00Z", False),
        ({"startTimeUtc": "2026-11-23T10:00:00Z", "endTimeUtc": "2026-11-23T11:00:00Z"},
         "2026-11-23T11:00:00Z", False),
        ({"endTimeUtc": "2019-01-01T00:00:00"}, "2019-01-01T00:00:00-12:00", True),
        ({}, "", False),
    ],
)  # fmt: skip
def test_a_scan_says_when_it_ended_or_began_and_otherwise_is_undated(
    reads: Reads, times: dict[str, str], made_at: str, *, without_zone: bool
) -> None:
    invocation = {"executionSuccessful": True, **times}

    data = reads("sarif", log(invocations=[invocation])).as_data()

    assert (data["madeAt"], data["withoutZone"]) == (made_at, without_zone)
    assert data["undated"] is (not times)


def test_a_second_run_hides_nothing(reads: Reads) -> None:
    good, bad = json.loads(log()), json.loads(log({"ruleIndex": 0}))
    both = {"version": "2.1.0", "runs": [*good["runs"], *bad["runs"]]}

    assert not reads("sarif", json.dumps(both)).passed


@pytest.mark.parametrize("results", [None, {}, "none"])
def test_a_run_without_results_has_said_nothing(reads: Reads, results: object) -> None:
    assert not reads("sarif", log(results=results)).passed


@pytest.mark.parametrize(
    "report",
    [
        log("an error"),
        '{"version": "2.1.0", "runs": [{"results": []}]}',
        log(tool={"driver": {"name": " "}}),
        log(externalPropertyFileReferences={"results": [{"location": {"uri": "a.json"}}]}),
        log(externalPropertyFileReferences={"driver": {"location": {"uri": "a.json"}}}),
        '{"version": "2.1.0", "runs": [], "inlineExternalProperties": [{"results": []}]}',
    ],
)
def test_a_log_that_hides_its_results_or_its_tool_is_refused(refuses: Refuses, report: str) -> None:
    assert refuses("sarif", report)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_log_in_utf_16_says_so(refuses: Refuses, encoding: str) -> None:
    says = refuses("sarif", log().encode(encoding))

    assert "UTF-16" in says or "UTF-32" in says
    assert "UTF-8" in says


def test_a_log_of_many_results_rules_and_overrides_is_read_at_once(reads: Reads) -> None:
    rules = [{"id": f"r{n}", "defaultConfiguration": {"level": "note"}} for n in range(2000)]
    overrides = [
        {"descriptor": {"id": rule["id"]}, "configuration": {"level": "none"}} for rule in rules
    ]
    invocations = [{"executionSuccessful": True, "ruleConfigurationOverrides": overrides}]
    results = [
        {"ruleId": f"r{n % 2000}/x", "provenance": {"invocationIndex": 0}} for n in range(9000)
    ]
    tool = {"driver": {"name": "scanner", "rules": rules}}

    assert reads("sarif", log(*results, tool=tool, invocations=invocations)).passed
