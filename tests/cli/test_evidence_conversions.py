"""Evidence is what git stores: one digest and one verdict in work tree, index and commit (E11)."""

from __future__ import annotations

import hashlib
import json

import pytest

from tests.cli.launch_repository import LaunchRepository

REPORT = "tests/load.xml"
ROUTE = "spec.testing.reports[1].evidence"
PASSING = """<testsuite name="load" tests="1" failures="0" errors="0" skipped="0"
  timestamp="2026-11-23T18:00:00+08:00">
<!-- $Id$ -->
<testcase classname="load" name="p95"/>
</testsuite>
"""
WINDOWS = PASSING.replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("autocrlf", "attributes", "here"),
    [
        pytest.param("true", "", WINDOWS.encode(), id="a Windows checkout"),
        pytest.param("input", "", WINDOWS.encode(), id="input"),
        pytest.param("false", "* text=auto eol=crlf", WINDOWS.encode(), id="eol=crlf"),
        pytest.param("true", "* -text", PASSING.encode(), id="kept as it is"),
        pytest.param(
            "false", "*.xml ident", PASSING.replace("$Id$", "$Id: 4b825dc $").encode(), id="ident"
        ),
        pytest.param(
            "false",
            "load.xml text working-tree-encoding=UTF-16",
            WINDOWS.encode("utf-16"),
            id="UTF-16 in the work tree",
        ),
    ],
)
def test_evidence_has_one_digest_and_one_verdict_whatever_git_converts(
    repository: LaunchRepository, autocrlf: str, attributes: str, here: bytes
) -> None:
    repository.git("config", "core.autocrlf", autocrlf)
    repository.git("config", "core.safecrlf", "false")
    (repository.folder / ".gitattributes").write_text(attributes + "\n")
    file = repository.request.parent / REPORT
    file.write_bytes(here)

    finished = repository.run("evidence", "add", str(file), "--at", ROUTE)

    assert finished.code == 0, finished.complaint
    assert hashlib.sha256(PASSING.encode()).hexdigest() in repository.request.read_text("utf-8")
    verdicts = [repository.check("--format", "json").code]
    repository.git("add", "--all")
    verdicts.append(repository.check("--staged", "--format", "json").code)
    repository.commit()
    outcome = repository.check("--base", "HEAD~1", "--format", "json")
    (judged,) = json.loads(outcome.output)["requests"]
    faults = {
        result["policy"] for result in judged["results"] if result["outcome"] in {"failed", "error"}
    }
    assert verdicts == [0, 0]
    assert not faults & {"evidence-read", "test-reports-pass"}


@pytest.mark.parametrize("staged", [False, True])
def test_evidence_swapped_for_other_bytes_is_blocked_on_windows_too(
    repository: LaunchRepository, *, staged: bool
) -> None:
    repository.git("config", "core.autocrlf", "true")
    repository.git("config", "core.safecrlf", "false")
    file = repository.request.parent / REPORT
    file.write_bytes(WINDOWS.encode())
    repository.run("evidence", "add", str(file), "--at", ROUTE)
    file.write_bytes(WINDOWS.replace("p95", "p50").encode())
    repository.git("add", "--all")

    outcome = repository.check(*(["--staged"] if staged else []))

    assert outcome.code == 1
    assert "SHA-256" in outcome.output
