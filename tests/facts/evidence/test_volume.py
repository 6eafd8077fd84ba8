"""How much evidence a request may have read: five files below the limit kept a check for a minute.

Threat E9: the check neither hangs nor passes.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, NoReturn

import pytest

from launchpolicy.facts.evidence.contents import MOST_RESULTS
from launchpolicy.facts.evidence.examination import examine_all
from launchpolicy.facts.evidence.references import EvidenceFile, Reference
from launchpolicy.facts.evidence.volume import DOCUMENTS, RECORDS, REPORTS, TOTAL_MARKS, family_of
from tests.facts.evidence.conftest import Reads, Refuses
from tests.growth import grows_with_its_input

REGULAR = "100644"
RUN = {"tool": {"driver": {"name": "scanner"}}}
STATEMENT = {
    "_type": "https://in-toto.io/Statement/v1",
    "subject": [{"name": "a", "digest": {"sha256": "0" * 64}}],
    "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
}


def junit(number: int, case: str = '<testcase name="adds"/>') -> str:
    return f"<testsuite>{case * number}</testsuite>"


def sarif(number: int) -> str:
    results = [{"level": "note"}] * number
    return json.dumps({"version": "2.1.0", "runs": [{**RUN, "results": results}]})


def in_toto(number: int) -> str:
    predicate = {"result": "PASSED", "passedTests": ["adds"] * number}
    return json.dumps({**STATEMENT, "predicate": predicate})


def examined(*files: tuple[str, bytes]) -> list[dict[str, Any]]:
    listed = [
        (
            Reference((number,), f"f{number}.xml", kind, hashlib.sha256(data).hexdigest()),
            EvidenceFile(REGULAR, len(data), data),
        )
        for number, (kind, data) in enumerate(files)
    ]
    return list(examine_all(listed, {}))


@pytest.mark.parametrize(
    ("kind", "report"),
    [
        pytest.param("junit", junit(MOST_RESULTS + 1), id="JUnit"),
        pytest.param("junit", junit(MOST_RESULTS + 1, "<TestCase/>"), id="JUnit in capitals"),
        pytest.param("sarif", sarif(MOST_RESULTS + 1), id="SARIF"),
        pytest.param("in-toto", in_toto(MOST_RESULTS + 1), id="in-toto"),
    ],
)
def test_a_report_of_more_results_than_the_limit_is_refused(
    refuses: Refuses, kind: str, report: str
) -> None:
    says = refuses(kind, report)

    assert "more than 100,000" in says
    assert "split it, or attach a summary" in says


@pytest.mark.parametrize(
    ("kind", "report"),
    [("junit", junit(20_000)), ("sarif", sarif(20_000)), ("in-toto", in_toto(20_000))],
)
def test_a_report_of_many_results_is_read(reads: Reads, kind: str, report: str) -> None:
    assert reads(kind, report).passed


def test_many_reports_below_the_limit_of_one_do_not_keep_the_check_busy() -> None:
    data = junit(480_000, '<testcase classname="a" name="t123456"/>').encode()

    references = examined(*[("junit", data)] * 5)

    assert not any(reference["read"] for reference in references)
    assert "100,000 test cases" in references[0]["problem"]["en"]
    assert "32 MiB" in references[4]["problem"]["en"]
    assert "32 MiB" in references[4]["problem"]["zh"]
    assert "split the launch" in references[4]["problem"]["en"]


@pytest.mark.parametrize(
    ("kind", "mark"),
    [("junit", b"<a/>"), ("cobertura", b"<a/>"), ("sarif", b"{},"), ("in-toto", b'"",')],
)
def test_a_report_of_nothing_but_tags_or_objects_is_not_read(
    kind: str, mark: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse_to_read(*_: object) -> NoReturn:
        pytest.fail("the report was read")

    monkeypatch.setattr("launchpolicy.facts.evidence.examination.read_evidence", refuse_to_read)

    problem = examined((kind, mark * (TOTAL_MARKS + 1)))[0]["problem"]

    assert "1,000,000 tags or objects" in problem["en"]


@pytest.mark.parametrize(
    ("kind", "family"), [("junit", REPORTS), ("minutes", RECORDS), ("document", DOCUMENTS)]
)
def test_each_family_of_evidence_has_a_limit_for_all_files_of_a_request(
    kind: str, family: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert family_of(kind) == family
    monkeypatch.setattr(
        "launchpolicy.facts.evidence.volume.family_of", lambda _: family._replace(most=100)
    )

    first, second = examined((kind, b"[" * 60), (kind, b"{" * 60))

    assert "of this request" not in first["problem"]["en"]
    assert f"the {family.title.en} of this request" in second["problem"]["en"]


def test_reports_that_stay_below_the_limits_together_are_all_read() -> None:
    files = [("junit", junit(1000).encode()), ("sarif", sarif(1000).encode())] * 5

    assert all(reference["read"] for reference in examined(*files))


def test_classes_nested_in_classes_are_read_once(reads: Reads) -> None:
    def read_report(depth: int) -> None:
        nested = f"{'<class>' * depth}{'<line/>' * 400 * depth}{'</class>' * depth}"
        assert not reads("cobertura", f"<coverage>{nested}</coverage>").passed

    assert grows_with_its_input(read_report, 12)
