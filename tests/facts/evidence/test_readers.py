"""SARIF, Cobertura, in-toto, records and documents: what passes, and what only looks like it."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from launchpolicy.facts.evidence.paths import problem_with
from tests.facts.evidence.conftest import Reads, Refuses
from tests.facts.evidence.samples import archive, pdf


def sarif(*results: dict[str, Any], **run: Any) -> str:
    driver = {
        "name": "scanner",
        "rules": [{"id": "sql", "defaultConfiguration": {"level": "error"}}],
    }
    whole = {"tool": {"driver": driver}, "results": list(results), **run}
    return json.dumps({"version": "2.1.0", "runs": [whole]})


@pytest.mark.parametrize(
    ("result", "passes"),
    [
        ({"ruleId": "x", "level": "warning"}, True),
        ({"ruleId": "x", "level": "error"}, False),
        ({"ruleId": "sql"}, False),
        ({"ruleId": "x", "level": "catastrophe"}, False),
        ({"ruleId": "sql", "baselineState": "absent"}, True),
        ({"ruleId": "sql", "kind": "pass"}, True),
        ({"ruleId": "sql", "suppressions": [{"kind": "external"}]}, True),
        ({"ruleId": "sql", "suppressions": [{"kind": "external", "status": "rejected"}]}, False),
        ({"ruleId": "sql", "suppressions": []}, False),
    ],
)
def test_only_errors_that_stand_keep_a_scan_from_passing(
    reads: Reads, result: dict[str, Any], *, passes: bool
) -> None:
    found = reads("sarif", sarif(result))

    assert found.passed is passes
    assert found.as_data()["findings"]["tools"] == ["scanner"]


def test_a_scan_that_did_not_end_does_not_pass(reads: Reads) -> None:
    found = reads("sarif", sarif(invocations=[{"executionSuccessful": False}]))

    assert not found.passed
    assert "end" in found.says.en


def test_a_log_without_a_run_does_not_pass(reads: Reads) -> None:
    found = reads("sarif", '{"version": "2.1.0", "runs": []}')

    assert not found.passed


def test_a_scan_says_when_and_of_which_commit(reads: Reads) -> None:
    run = {
        "invocations": [{"executionSuccessful": True, "endTimeUtc": "2026-11-23T10:00:00Z"}],
        "versionControlProvenance": [{"revisionId": "3f2a"}],
    }

    found = reads("sarif", sarif(**run))

    assert (found.made_at, found.commits) == ("2026-11-23T10:00:00Z", ("3f2a",))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ('{"version": "2.0.0", "runs": []}', "no SARIF"),
        ('{"version": "2.1.0", "runs": [1]}', "no object"),
        ('{"version": "2.1.0", "version": "2.1.0", "runs": []}', "same key twice"),
        ('{"version": NaN}', "NaN"),
        ("[]", "no object"),
        ("{", "JSON"),
        ("[" * 100_000, "JSON"),
    ],
)
def test_json_that_is_no_log_is_refused(refuses: Refuses, data: str, says: str) -> None:
    assert says in refuses("sarif", data)


def cobertura(rate: str, *hits: int, stamp: str = "1795000000") -> str:
    lines = "".join(
        f'<line number="{n}" hits="{each}" condition-coverage="50% (1/2)"/>'
        for n, each in enumerate(hits, 1)
    )
    return (
        f'<coverage line-rate="{rate}" branch-rate="0.5" timestamp="{stamp}"><packages><package>'
        f'<classes><class filename="a.py"><methods><method><lines>{lines}</lines></method>'
        "</methods>"
        f"<lines>{lines}</lines></class></classes></package></packages></coverage>"
    )


def test_coverage_is_counted_from_the_lines_once_each(reads: Reads) -> None:
    found = reads("cobertura", cobertura("0.75", 1, 0, 3, 1))

    assert found.as_data()["coverage"] == {"lines": 0.75, "branches": 0.5}
    assert found.made_at == "2026-11-18T11:06:40Z"


def test_milliseconds_are_taken_for_what_they_are(reads: Reads) -> None:
    found = reads("cobertura", cobertura("1", 1, stamp="1795000000000"))

    assert found.made_at == "2026-11-18T11:06:40Z"


@pytest.mark.parametrize(
    ("report", "says"),
    [
        (cobertura("0.95", 1, 0, 3, 1), "header"),
        (cobertura("NaN", 1), "line-rate"),
        (cobertura("1"), "no line"),
        ("<testsuite/>", "no Cobertura"),
        ("<coverage", "XML"),
    ],
)
def test_coverage_that_lies_or_says_nothing_is_refused(
    refuses: Refuses, report: str, says: str
) -> None:
    assert says in refuses("cobertura", report)


def statement(result: str, **lists: list[str]) -> dict[str, Any]:
    return {
        "_type": "https://in-toto.io/Statement/v1",
        "subject": [{"digest": {"gitCommit": "3f2a"}}],
        "predicateType": "https://in-toto.io/attestation/test-result/v0.1",
        "predicate": {"result": result, "configuration": [], **lists},
    }


@pytest.mark.parametrize(
    ("told", "passes"),
    [
        (statement("PASSED", passedTests=["a"]), True),
        (statement("WARNED", passedTests=["a"], warnedTests=["b"]), True),
        (statement("FAILED", failedTests=["c"]), False),
        (statement("PASSED"), False),
    ],
)
def test_a_statement_passes_when_tests_did(
    reads: Reads, told: dict[str, Any], *, passes: bool
) -> None:
    found = reads("in-toto", json.dumps(told))

    assert found.passed is passes
    assert found.commits == ("3f2a",)


def test_a_statement_in_an_envelope_is_unwrapped(reads: Reads) -> None:
    payload = base64.b64encode(json.dumps(statement("PASSED", passedTests=["a"])).encode()).decode()
    envelope = {"payloadType": "application/vnd.in-toto+json", "payload": payload, "signatures": []}

    assert reads("in-toto", json.dumps(envelope)).passed


@pytest.mark.parametrize(
    ("told", "says"),
    [
        (statement("PASSED", failedTests=["c"]), "yet lists"),
        (statement("SPLENDID"), "no result"),
        ({**statement("PASSED"), "predicateType": "x"}, "no in-toto"),
        ({"payload": "", "payloadType": "x"}, "envelope"),
        ({"payload": "?", "payloadType": "application/vnd.in-toto+json"}, "damaged"),
    ],
)
def test_a_statement_that_contradicts_itself_is_refused(
    refuses: Refuses, told: dict[str, Any], says: str
) -> None:
    assert says in refuses("in-toto", json.dumps(told))


HEAD = "apiVersion: launchpolicy/v1\nkind: {}\nspec:\n"
MANIFEST = HEAD.format("BackupManifest") + (
    "  request: LR-1\n  backups:\n    - {name: db, takenAt: 2026-12-01T20:00:00+08:00, by: he.lin,"
    f" sha256: {'ab' * 32}, location: vault,"
    " rehearsal: {at: 2026-12-01T20:30:00+08:00, result: restored}}\n"
)
MINUTES = HEAD.format("Minutes") + (
    "  topic: {en: Launch, zh: 上线}\n  start: 2026-11-23T09:00:00+08:00\n  host: a.b\n"
    "  attendees: [a.b, c.d]\n  agenda: [Plan]\n  decisions: [Go.]\n"
)
REHEARSAL = HEAD.format("RehearsalRecord") + (
    "  at: 2026-11-20T10:00:00+08:00\n  environment: simulation\n  result: passed\n"
    "  steps:\n    - {name: drain, result: done}\n"
    "    - {name: migrate, result: failed, outcome: done}\n"
)
STEPS = HEAD.format("StepRecord") + (
    "  at: 2026-12-01T22:00:00+08:00\n  steps: [{name: drain, result: done, by: a.b}]\n"
)


@pytest.mark.parametrize(
    ("kind", "record"),
    [
        ("backup-manifest", MANIFEST),
        ("minutes", MINUTES),
        ("rehearsal", REHEARSAL),
        ("steps", STEPS),
    ],
)
def test_a_complete_record_passes(reads: Reads, kind: str, record: str) -> None:
    found = reads(kind, record)

    assert found.passed
    assert found.made_at.startswith("2026-1")


@pytest.mark.parametrize(
    ("kind", "record", "says"),
    [
        (
            "backup-manifest",
            MANIFEST.replace("result: restored", "result: failed"),
            "Never restored",
        ),
        (
            "rehearsal",
            REHEARSAL.replace("outcome: done", "outcome: unresolved"),
            "1 of 2 steps failed",
        ),
        ("rehearsal", REHEARSAL.replace("result: passed", "result: failed"), "says of itself"),
        ("steps", STEPS.replace("result: done", "result: failed"), "drain"),
    ],
)
def test_a_record_of_a_failure_does_not_pass(
    reads: Reads, kind: str, record: str, says: str
) -> None:
    found = reads(kind, record)

    assert not found.passed
    assert says in found.says.en


def test_what_a_manifest_says_is_known_by_name(reads: Reads) -> None:
    (backup,) = reads("backup-manifest", MANIFEST).as_data()["backups"]

    assert (backup["name"], backup["restored"], backup["location"]) == ("db", True, "vault")


def test_where_steps_were_taken_is_known_where_the_record_says_so(reads: Reads) -> None:
    assert reads("rehearsal", REHEARSAL).as_data()["environment"] == "simulation"
    assert not reads("steps", STEPS).as_data()["environment"]


def test_what_minutes_say_is_known(reads: Reads) -> None:
    minutes = reads("minutes", MINUTES).as_data()["minutes"]

    assert (minutes["topic"], minutes["attendees"], minutes["decisions"]) == (
        "Launch",
        ["a.b", "c.d"],
        ["Go."],
    )


@pytest.mark.parametrize(
    ("kind", "record"),
    [
        ("minutes", MINUTES.replace("kind: Minutes", "kind: StepRecord")),
        ("minutes", MINUTES + "  secret: yes\n"),
        ("steps", "a: &b [*b]"),
        ("backup-manifest", "\x00"),
    ],
)
def test_a_record_of_another_shape_is_refused_with_its_line(
    refuses: Refuses, kind: str, record: str
) -> None:
    assert "line" in refuses(kind, record)


@pytest.mark.parametrize(
    ("path", "data", "says"),
    [
        pytest.param("a.pdf", b"", "empty", id="an empty file"),
        pytest.param("a.pdf", b"<!DOCTYPE html><p>hi", "page or a program", id="a page"),
        pytest.param("a.txt", b"#!/bin/sh\nrm -rf /", "page or a program", id="a script"),
        pytest.param("a.txt", pdf("Accepted by all."), "name does not say", id="a wrong name"),
        pytest.param("a.exe", b"MZ\x90\x00\x03", "a program", id="a program"),
        pytest.param("a.docx", archive({"x": b"y"}), "archive", id="any archive"),
        pytest.param("a.docx", b"PK\x03\x04garbage", "damaged", id="a broken archive"),
        pytest.param(
            "a.docx",
            archive({"[Content_Types].xml": b"", "z": b"0" * 9_000_000}),
            "unpacks",
            id="a zip bomb",
        ),
        pytest.param(
            "a.pdf", b"version https://git-lfs.github.com/spec/v1\n", "LFS", id="an LFS pointer"
        ),
    ],
)
def test_what_is_no_document_is_refused(
    refuses: Refuses, path: str, data: bytes, says: str
) -> None:
    assert says in refuses("document", data, path)


def test_an_unknown_kind_is_refused(refuses: Refuses) -> None:
    assert "no such kind" in refuses("horoscope", b"x")


@pytest.mark.parametrize(
    "path",
    ["a.pdf", "tests/负载.xml", "a/b/c-1_2.v3.txt", "《验收单》（终稿）.pdf", "v1+fix.txt"],
)
def test_a_path_inside_the_folder_is_allowed(path: str) -> None:
    assert problem_with(path) is None


@pytest.mark.parametrize(
    "path",
    ["", "/a", "../a", "a/../b", "./a", "a//b", "a/", "a\\b", "C:a", "a:b", ".git/config", "a/.b",
     "a b", "a\nb", "a\u202eb", "e\u0301.txt", "a.", "x" * 300, "a?b", "-a", "~a", "+a",
     "a(1).pdf"],
)  # fmt: skip
def test_a_path_that_leads_elsewhere_or_misleads_is_refused(path: str) -> None:
    found = problem_with(path)

    assert found is not None
    assert found.zh != found.en
