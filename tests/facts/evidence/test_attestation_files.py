"""What a file of attestations says around its test results (threat E9, edition 7)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from launchpolicy.facts.evidence.contents import EvidenceContents
from launchpolicy.facts.evidence.reading import read_evidence
from launchpolicy.policy.edition import SIXTH_EDITION
from tests.facts.evidence.conftest import Reads, Refuses
from tests.facts.evidence.test_in_toto import envelope, lines, statement

VERIFIED = {
    **statement(),
    "predicateType": "https://slsa.dev/verification_summary/v1",
    "predicate": {"verificationResult": "PASSED", "timeVerified": "2026-11-24T01:00:00Z"},
}
REJECTED = {**VERIFIED, "predicate": {"verificationResult": "FAILED"}}
KIND = statement()["predicateType"]


def passed_then(written: str) -> bool:
    """Whether the edition before took the file for a pass."""
    contents = read_evidence("in-toto", "a.json", written.encode(), {}, SIXTH_EDITION)
    return isinstance(contents, EvidenceContents) and contents.passed


def with_keys(**further: Any) -> str:
    made = statement(passedTests=["adds"])
    return json.dumps({**made, "predicate": {**made["predicate"], **further}}, ensure_ascii=False)


@pytest.mark.parametrize(
    "further",
    [
        *({"failedAssertions": 2}, {"softFailures": 1}, {"uncaughtErrors": ["e"]}, {"passRate": 0}),
        *({"结论": "不通过"}, {"是否通过": "否"}, {"overall": "FAIL"}, {"summary": "2 failed"}),
        *({"summary": {"结论": "不通过"}}, {"runs": [{"result": "FAILED"}]}, {"failureRate": 0.5}),
        *({"tests": [{"name": "a", "status": "failed"}]}, {"suites": [{"failed": 2}]}),
        {"a": {"b": {"c": {"d": {"e": {"f": {"failed": 1}}}}}}},
    ],
)
def test_a_predicate_that_states_a_failure_in_any_words_or_place_is_refused(
    refuses: Refuses, further: dict[str, Any]
) -> None:
    written = with_keys(**further)

    assert "says otherwise" in refuses("in-toto", written)
    assert passed_then(written)


@pytest.mark.parametrize(
    "further",
    [
        *({"failedAssertions": 0}, {"结论": "通过"}, {"summary": "12 passed, 0 failed"}),
        *({"attempts": [{"result": "FAILED"}, {"result": "PASSED"}]}, {"passRate": 1}),
        *({"runs": [{"result": "PASSED"}]}, {"maxFailures": 3}, {"url": "https://x.org/failed"}),
        *({"tests": [{"name": "failed login", "status": "passed"}]}, {"uncaughtErrors": []}),
    ],
)
def test_a_predicate_that_states_a_success_or_something_else_passes(
    reads: Reads, further: dict[str, Any]
) -> None:
    assert reads("in-toto", with_keys(**further)).passed


@pytest.mark.parametrize(
    "written",
    [
        json.dumps({**statement(), "failedTests": ["refunds"]}),
        json.dumps({**statement(), "result": "FAILED"}),
        json.dumps({**statement(), "结论": "不通过"}),
        json.dumps({**envelope(statement()), "result": "FAILED"}),
        lines(statement(), REJECTED),
    ],
)
def test_a_failure_beside_the_predicate_is_refused(refuses: Refuses, written: str) -> None:
    assert "something failed" in refuses("in-toto", written)
    assert passed_then(written)


@pytest.mark.parametrize(
    "other",
    [
        {**statement("FAILED"), "predicateType": KIND.replace("v0.1", "v0.2")},
        {**statement("FAILED"), "predicateType": f"{KIND}/"},
        {**statement("FAILED"), "predicateType": KIND.upper().replace("-", "_")},
        {**statement(), "predicate": "FAILED"},
        {**statement(), "predicate": [{"result": "FAILED"}]},
        {**statement(), "predicate": None},
    ],
)
def test_a_test_result_in_a_form_that_is_not_read_is_not_passed_over(
    refuses: Refuses, other: dict[str, Any]
) -> None:
    written = lines(statement(), other)

    assert "form that is not read" in refuses("in-toto", written)
    assert passed_then(written)


def test_a_verification_that_passed_and_provenance_are_passed_over(reads: Reads) -> None:
    provenance = {**VERIFIED, "predicateType": "https://slsa.dev/provenance/v1", "predicate": {}}

    assert reads("in-toto", lines(statement(), VERIFIED, provenance)).passed


@pytest.mark.parametrize("name", ["", " ", "\u200b"])
def test_a_test_without_a_name_that_shows_proves_nothing(reads: Reads, name: str) -> None:
    alone = statement(passedTests=[name])

    assert not reads("in-toto", json.dumps(alone)).passed
    assert passed_then(json.dumps(alone))
    assert reads("in-toto", json.dumps(statement(passedTests=[name, "测试一"]))).passed


def test_a_test_that_is_listed_as_passed_and_as_skipped_did_not_run(reads: Reads) -> None:
    both = json.dumps(statement(passedTests=["adds"], skippedTests=["adds"]))

    assert not reads("in-toto", both).passed
    assert passed_then(both)
    assert reads("in-toto", json.dumps(statement(passedTests=["a1"], skippedTests=["b1"]))).passed


@pytest.mark.parametrize(
    "subject", [{}, {"name": "shop"}, {"name": "shop", "digest": {"sha1": ""}}]
)
def test_a_subject_without_a_digest_is_none(refuses: Refuses, subject: dict[str, Any]) -> None:
    written = json.dumps({**statement(), "subject": [subject]})

    assert "subject" in refuses("in-toto", written)
    assert passed_then(written)


def test_nesting_that_is_deeper_than_is_read_is_not_believed(refuses: Refuses) -> None:
    deep: dict[str, Any] = {"failed": 1}
    for _ in range(200):
        deep = {"a": deep}

    assert refuses("in-toto", with_keys(more=deep))
