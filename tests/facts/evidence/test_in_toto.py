"""In-toto statements: bare, in DSSE envelopes, in bundles of sigstore, one a line (threat E9)."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from launchpolicy.facts.evidence.contents import EvidenceContents
from launchpolicy.facts.evidence.reading import read_evidence
from launchpolicy.policy.edition import FOURTH_EDITION
from tests.facts.evidence.conftest import Reads, Refuses


def statement(result: str = "PASSED", commit: str = "3f2a", **lists: Any) -> dict[str, Any]:
    return {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"digest": {"gitCommit": commit}}],
        "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
        "predicate": {"result": result, **(lists or {"passedTests": ["结算>>?", "月末对账??>"]})},
    }


PROVENANCE = {**statement(), "predicateType": "https://slsa.dev/provenance/v1", "predicate": {}}


def envelope(
    value: dict[str, Any], *, url_safe: bool = False, padded: bool = True
) -> dict[str, Any]:
    data = json.dumps(value, ensure_ascii=False).encode()
    encoded = (base64.urlsafe_b64encode if url_safe else base64.b64encode)(data).decode()
    return {
        "payloadType": "application/vnd.in-toto+json",
        "payload": encoded if padded else encoded.rstrip("="),
        "signatures": [{"keyid": "", "sig": "AA=="}],
    }


def bundle(value: dict[str, Any]) -> dict[str, Any]:
    return {
        "mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
        "verificationMaterial": {},
        "dsseEnvelope": envelope(value),
    }


def lines(*values: dict[str, Any]) -> str:
    return "".join(f"{json.dumps(value)}\n" for value in values)


@pytest.mark.parametrize("url_safe", [False, True])
@pytest.mark.parametrize("padded", [False, True])
def test_a_payload_in_either_alphabet_of_base64_is_read(
    reads: Reads, *, url_safe: bool, padded: bool
) -> None:
    written = envelope(statement(), url_safe=url_safe, padded=padded)

    assert reads("in-toto", json.dumps(written)).as_data()["tests"]["passed"] == 2


@pytest.mark.parametrize(
    "written",
    [
        json.dumps(bundle(statement())),
        json.dumps({"bundle": bundle(statement())}),
        json.dumps(bundle(statement()), indent=2),
        lines(bundle(PROVENANCE), bundle(statement())),
        lines(envelope(statement()), PROVENANCE),
        lines(envelope(statement()), bundle(statement())),
        "\n" + lines(statement()) + "\r\n",
    ],
)
def test_a_bundle_and_one_statement_a_line_are_read(reads: Reads, written: str) -> None:
    contents = reads("in-toto", written)

    assert contents.says.en.startswith("2 tests passed")
    assert contents.commits == ("3f2a",)


def test_a_failed_statement_among_others_fails_them_all(reads: Reads) -> None:
    written = lines(statement(), statement("FAILED", failedTests=["c"]))

    contents = reads("in-toto", written)

    assert not contents.passed
    assert contents.says.en == "1 of 3 tests failed: c"


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (lines(statement(), statement(commit="4c1f")), "different things"),
        (lines(statement(), {"a": 1}), "no in-toto"),
        (lines(PROVENANCE, PROVENANCE), "about a test result"),
        (lines(statement()) + "{", "Line 2"),
        (lines(statement(), {**envelope(statement()), "payload": "?"}), "damaged"),
        (json.dumps({"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
                     "messageSignature": {}}), "attestation"),
        (json.dumps(envelope({"payload": "x"})), "no in-toto"),
        ('{"bundle": ' * 900 + "1" + "}" * 900, "no in-toto"),
    ],
)  # fmt: skip
def test_what_holds_no_statement_or_several_of_different_things_is_refused(
    refuses: Refuses, written: str, says: str
) -> None:
    assert says in refuses("in-toto", written)


@pytest.mark.parametrize("failed", ["c", {"c": 1}, [{"name": "c"}], 1, ""])
def test_failed_tests_in_another_form_are_not_passed_over(refuses: Refuses, failed: Any) -> None:
    written = json.dumps(statement(passedTests=["a"], failedTests=failed))

    assert "failedTests" in refuses("in-toto", written)


@pytest.mark.parametrize(
    ("written", "signature"),
    [
        (statement(), "none"),
        ({**envelope(statement()), "signatures": []}, "none"),
        (envelope(statement()), "unverified"),
        (bundle(statement()), "unverified"),
    ],
)
def test_a_signature_that_nobody_verified_is_labelled_so(
    reads: Reads, written: dict[str, Any], signature: str
) -> None:
    contents = reads("in-toto", json.dumps(written))

    assert contents.as_data()["signature"] == signature
    assert ("not verified" in contents.says.en) is (signature == "unverified")


@pytest.mark.parametrize(
    "more", [{"FailedTests": ["x"]}, {"failed_tests": ["x"]}, {"Result": "FAILED"}]
)
def test_a_list_of_failed_tests_in_other_letters_is_refused(
    refuses: Refuses, more: dict[str, Any]
) -> None:
    written = statement(passedTests=["adds"], **more)

    assert "only in its letters" in refuses("in-toto", json.dumps(written))


def test_further_keys_of_a_predicate_are_passed_over(reads: Reads) -> None:
    written = statement(passedTests=["adds"], configuration=[], url="https://ci.example/1")

    assert reads("in-toto", json.dumps(written)).passed


def passed_then(written: dict[str, Any]) -> bool:
    """Whether the edition before took the statement for a pass."""
    contents = read_evidence("in-toto", "a.json", json.dumps(written).encode(), {}, FOURTH_EDITION)
    return isinstance(contents, EvidenceContents) and contents.passed


FAILED = statement("FAILED", failedTests=["splits_an_order"])


@pytest.mark.parametrize(
    "written",
    [
        {**FAILED, **envelope(statement())},
        {**FAILED, "dsseEnvelope": envelope(statement())},
        {**FAILED, "bundle": bundle(statement())},
        {**envelope(FAILED), "dsseEnvelope": envelope(statement())},
        {**bundle(FAILED), "bundle": bundle(statement())},
        {"bundle": {**bundle(statement()), **envelope(FAILED)}},
        bundle(statement()) | {"dsseEnvelope": {**envelope(statement()), **FAILED}},
        envelope({**statement(), **envelope(FAILED)}),
        {"predicate": FAILED["predicate"], **envelope(statement())},
    ],
)
def test_a_failed_statement_beside_an_envelope_that_passed_is_refused(
    refuses: Refuses, written: dict[str, Any]
) -> None:
    assert "at once" in refuses("in-toto", json.dumps(written))
    assert passed_then(written)


@pytest.mark.parametrize("key", ["Payload", "payload_type", "Predicate", "dsse_envelope"])
def test_a_key_of_an_envelope_in_other_letters_is_refused(refuses: Refuses, key: str) -> None:
    assert "only in its letters" in refuses("in-toto", json.dumps({**statement(), key: "x"}))


@pytest.mark.parametrize(
    "more",
    [
        {"erroredTests": ["x"]},
        {"failures": 3},
        {"failed": ["x"]},
        {"errors": "2"},
        {"success": False},
        {"exitCode": 1},
        {"interrupted": True},
        {"outcome": "failed"},
        {"summary": {"failed": 1}},
        {"summary": {"tests": {"numFailedTests": 1}}},
    ],
)
def test_what_contradicts_the_result_beside_it_is_refused(
    refuses: Refuses, more: dict[str, Any]
) -> None:
    written = statement(passedTests=["adds"], **more)

    assert "says otherwise" in refuses("in-toto", json.dumps(written))
    assert passed_then(written)


def test_skipped_tests_beside_a_result_did_not_run(reads: Reads) -> None:
    tests = reads("in-toto", json.dumps(statement(passedTests=["a"], skippedTests=["b", "c"])))

    assert tests.as_data()["tests"]["skipped"] == 2
    assert tests.as_data()["tests"]["total"] == 3


@pytest.mark.parametrize("word", ["PASSED", "WARNED"])
def test_warnings_alone_prove_nothing(reads: Reads, word: str) -> None:
    written = statement(word, passedTests=[], warnedTests=["adds"])

    assert not reads("in-toto", json.dumps(written)).passed
    assert reads(
        "in-toto", json.dumps(statement(word, passedTests=["a"], warnedTests=["b"]))
    ).passed
    assert passed_then(written)


@pytest.mark.parametrize("subject", [[], None, "checkout", ["checkout"]])
def test_a_statement_about_nothing_is_refused(refuses: Refuses, subject: Any) -> None:
    written = {**statement(), "subject": subject}

    assert "no subject" in refuses("in-toto", json.dumps(written))
    assert passed_then(written)


def test_one_name_three_times_is_one_test(reads: Reads) -> None:
    contents = reads("in-toto", json.dumps(statement(passedTests=["adds", "adds", "adds"])))

    assert contents.says.en == "1 test passed."


def test_further_keys_that_agree_with_the_result_pass(reads: Reads) -> None:
    more: dict[str, Any] = {
        "success": True,
        "failures": 0,
        "exitCode": 0,
        "summary": {"failed": [], "passed": 1},
    }

    assert reads("in-toto", json.dumps(statement(passedTests=["adds"], **more))).passed
