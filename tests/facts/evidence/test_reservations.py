"""Reports that state beside their tests that fewer pass, and those that only say how many do."""

from __future__ import annotations

import json

import pytest

from launchpolicy.facts.evidence.reservations import reservations_in
from tests.facts.evidence.conftest import Reads


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("knownFailures", "3"),
        ("known-failures", "refund_of_a_gift_card"),
        ("quarantined tests failed", "1"),
        ("已知失败用例数", "2"),
        ("passRate", "80%"),
        ("pass_rate", "0.8"),
        ("通过率", "92 %"),
        ("test pass percentage", "97.5"),
    ],
)
def test_known_failures_and_a_lower_pass_rate_are_reservations(name: str, value: str) -> None:
    named = name.replace("quarantined tests failed", "quarantinedFailedTests")
    assert reservations_in([(named, value)], 3, 3)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("knownFailures", "0"),
        ("knownFailures", "none"),
        ("passRate", "100%"),
        ("passRate", "1.0"),
        ("passRate", "99.6%"),
        ("requiredPassRate", "95%"),
        ("success rate", "99.9%"),
        ("expectedFailures", "2"),
        ("passRate", "see report"),
    ],
)
def test_a_whole_rate_and_limits_are_none(name: str, value: str) -> None:
    assert reservations_in([(name, value)], 3, 3) == []


def test_a_rate_that_counts_skipped_tests_agrees_with_them() -> None:
    assert reservations_in([("passRate", "90%")], 9, 10) == []
    assert reservations_in([("passRate", "80%")], 9, 10)


def test_a_property_of_junit_is_read(reads: Reads) -> None:
    report = (
        '<testsuite name="s" tests="1"><properties><property name="knownFailures" value="3"/>'
        '<property name="environment" value="staging-2"/></properties>'
        '<testcase classname="shop" name="pays_an_order" time="0.1"/></testsuite>'
    )
    details = reads("junit", report, "tests.xml").details
    assert details["reservations"] == ["knownFailures: 3"]
    assert details["environment"] == "staging-2"


def test_a_key_of_an_attestation_is_read(reads: Reads) -> None:
    statement = {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"name": "shop", "digest": {"sha256": "ab12" * 16}}],
        "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
        "predicate": {
            "result": "PASSED",
            "configuration": [{"name": "shop.tests"}],
            "passedTests": ["pays_an_order"],
            "knownFailures": ["refunds_a_gift_card"],
            "passRate": 0.6,
        },
    }
    details = reads("in-toto", json.dumps(statement), "tests.json").details
    assert len(details["reservations"]) == len(("knownFailures", "passRate"))
