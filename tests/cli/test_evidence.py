"""Evidence that is not what it seems, through the real command (threats E1 to E8).

Each attack ends in a clear refusal at the reference, and nothing outside the request's folder is
ever read or printed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.launch_repository import LaunchRepository

WORDS = "correct-horse-battery-staple"
REPORT = "tests/load.xml"
ROUTE = "spec.testing.reports[1].evidence"

LYING = b"""<testsuite name="load" tests="2" failures="0" errors="0" skipped="0">
<testcase classname="load" name="p95"><failure message="412 ms"/></testcase>
<testcase classname="load" name="errors"/></testsuite>"""
FAILING = LYING.replace(b'failures="0"', b'failures="1"')
EMPTY = b'<testsuites tests="0" failures="0" errors="0"></testsuites>'
PASSING = b"""<testsuite name="load" tests="1" failures="0" errors="0" skipped="0"
  timestamp="2026-11-23T18:00:00+08:00">
<testcase classname="load" name="p95"/>
</testsuite>
"""
SKIPPED = b"""<testsuite name="load" tests="2" failures="0" errors="0" skipped="2">
<testcase classname="load" name="p95"><skipped/></testcase>
<testcase classname="load" name="errors"><skipped/></testcase></testsuite>"""
BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a0 "aaaaaaaaaa">'
    + b"".join(
        b'<!ENTITY a%d "%s">' % (level, (b"&a%d;" % (level - 1)) * 10) for level in range(1, 9)
    )
    + b']><testsuite name="&a8;" tests="1"><testcase name="x"/></testsuite>'
)
EXTERNAL = (
    b'<?xml version="1.0"?><!DOCTYPE t [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b'<testsuite name="t" tests="1"><testcase name="&x;"/></testsuite>'
)
DEEP = b"<testsuite>" * 100_000 + b"</testsuite>" * 100_000
POINTER = (
    b"version https://git-lfs.github.com/spec/v1\n"
    b"oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n"
)


def state(repository: LaunchRepository, data: bytes) -> None:
    """Puts `data` in place of the load test's report, with its true digest in the request."""
    file = repository.request.parent / REPORT
    old = hashlib.sha256(file.read_bytes()).hexdigest()
    file.write_bytes(data)
    repository.edit((old, f'"{hashlib.sha256(data).hexdigest()}"'))


def failures(repository: LaunchRepository, *arguments: str) -> dict[str, dict[str, Any]]:
    """The first finding of every policy that failed, by policy."""
    finished = repository.check("--format", "json", *arguments)
    assert finished.code == 1, finished.complaint
    assert WORDS not in finished.output + finished.complaint
    assert "root:x:0:0" not in finished.output
    (request,) = json.loads(finished.output)["requests"]
    return {
        result["policy"]: result["findings"][0]
        for result in request["results"]
        if result["outcome"] == "failed"
    }


@pytest.mark.parametrize(
    ("data", "policy", "says"),
    [
        pytest.param(LYING, "test-reports-pass", "p95", id="a header that lies"),
        pytest.param(FAILING, "test-reports-pass", "p95", id="a failing test, by name"),
        pytest.param(EMPTY, "test-reports-pass", "no test", id="no test at all"),
        pytest.param(SKIPPED, "test-reports-pass", "skipped", id="every test skipped"),
        pytest.param(BOMB, "evidence-read", "DTD", id="an entity bomb"),
        pytest.param(EXTERNAL, "evidence-read", "DTD", id="an external entity"),
        pytest.param(DEEP, "evidence-read", "deep", id="nested beyond all reason"),
        pytest.param(POINTER, "evidence-read", "LFS", id="a Git LFS pointer"),
        pytest.param(b"", "evidence-read", "empty", id="an empty file"),
        pytest.param(b"all is well", "evidence-read", "XML", id="no XML at all"),
    ],
)
def test_a_report_that_is_not_what_it_seems_is_blocked_at_its_reference(
    repository: LaunchRepository, data: bytes, policy: str, says: str
) -> None:
    state(repository, data)

    found = failures(repository)

    assert policy in found
    assert says.casefold() in found[policy]["message"]["en"].casefold()
    assert found[policy]["place"]["route"] == ROUTE
    assert found[policy]["message"]["zh"] != found[policy]["message"]["en"]


@pytest.mark.parametrize(
    ("stamp", "now", "policies"),
    [
        pytest.param("2019-01-01T00:00:00", "2026-11-28T12:00:00+08:00", {"test-reports-fresh"},
                     id="stale in every zone"),
        pytest.param("2026-11-24T12:00:00", "2026-11-24T13:00:00+08:00", set(),
                     id="of today, in a zone that nobody knows"),
    ],
)  # fmt: skip
def test_a_report_without_a_zone_is_stale_where_it_is_in_every_zone(
    repository: LaunchRepository, stamp: str, now: str, policies: set[str]
) -> None:
    state(repository, PASSING.replace(b"2026-11-23T18:00:00+08:00", stamp.encode()))

    finished = repository.check("--format", "json", "--now", now)

    (request,) = json.loads(finished.output)["requests"]
    failed = {result["policy"] for result in request["results"] if result["outcome"] == "failed"}
    assert failed & {"test-reports-fresh", "test-reports-of-this-version"} == policies


def test_a_report_that_was_changed_after_it_was_stated(repository: LaunchRepository) -> None:
    file = repository.request.parent / REPORT
    file.write_bytes(file.read_bytes() + b"\n")

    found = failures(repository)

    assert set(found) == {"evidence-read"}
    assert "SHA-256" in found["evidence-read"]["message"]["en"]


def _outside(repository: LaunchRepository) -> Path:
    outside = repository.folder.parent / "secret.xml"
    outside.write_text(f'<testsuite tests="1"><testcase name="{WORDS}"/></testsuite>', "utf-8")
    return outside


def _link(repository: LaunchRepository) -> None:
    file = repository.request.parent / REPORT
    file.unlink()
    file.symlink_to(_outside(repository))


def _linked_folder(repository: LaunchRepository) -> None:
    folder = repository.request.parent / "tests"
    folder.rename(repository.folder.parent / "elsewhere")
    folder.symlink_to(repository.folder.parent / "elsewhere")


def _gone(repository: LaunchRepository) -> None:
    (repository.request.parent / REPORT).unlink()


@pytest.mark.parametrize("attack", [_link, _linked_folder, _gone])
@pytest.mark.parametrize("committed", [False, True], ids=["work tree", "commit"])
def test_what_is_no_file_of_the_request_is_never_followed(
    repository: LaunchRepository,
    attack: Callable[[LaunchRepository], None],
    committed: bool,  # noqa: FBT001 (a parameter of the test)
) -> None:
    attack(repository)
    arguments: tuple[str, ...] = ()
    if committed:
        repository.commit("swap the evidence")
        arguments = ("--base", "HEAD~1")

    found = failures(repository, *arguments)

    assert found["evidence-read"]["place"]["path"].endswith("request.yaml")
    assert REPORT in found["evidence-read"]["message"]["en"] or attack is _linked_folder


@pytest.mark.parametrize(
    "path",
    [
        "../../../secret.xml",
        "tests/../../../../secret.xml",
        "/etc/passwd",
        "tests\\\\load.xml",
        "C:/load.xml",
        "tests/load.xml::$DATA",
        ".git/config",
        "tests//load.xml",
        "./tests/load.xml",
    ],
)
def test_a_path_that_leads_out_of_the_folder_is_refused(
    repository: LaunchRepository, path: str
) -> None:
    _outside(repository)
    repository.edit((f"path: {REPORT}", f'path: "{path}"'))

    finished = repository.check()

    assert finished.code in {1, 2}
    assert WORDS not in finished.output + finished.complaint
    assert "root:x:0:0" not in finished.output


def test_evidence_of_another_request_is_found(repository: LaunchRepository) -> None:
    other = repository.folder / "launches/LR-2026-0043"
    other.mkdir()
    for file in repository.request.parent.rglob("*"):
        copy = other / file.relative_to(repository.request.parent)
        if file.is_file():
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
    request = other / "request.yaml"
    text = request.read_text("utf-8").replace("LR-2026-0042", "LR-2026-0043")
    request.write_text(text.replace("2026-12-01T2", "2026-12-08T2"), "utf-8")

    found = failures(repository, "launches/LR-2026-0043")

    assert "LR-2026-0042" in found["evidence-of-this-launch"]["message"]["en"]


def test_a_report_about_another_request_is_found(repository: LaunchRepository) -> None:
    data = (repository.request.parent / REPORT).read_bytes()
    state(repository, data.replace(b"LR-2026-0042", b"LR-2026-0007"))

    found = failures(repository)

    assert set(found) == {"evidence-of-this-launch"}
    assert "LR-2026-0007" in found["evidence-of-this-launch"]["message"]["en"]


def test_evidence_add_states_a_new_report_and_the_request_passes(
    repository: LaunchRepository,
) -> None:
    report = repository.request.parent / REPORT
    report.write_bytes(report.read_bytes().replace(b"61.0", b"60.0"))
    assert repository.check().code == 1

    before = repository.request.read_text("utf-8")
    added = repository.run("evidence", "add", f"launches/LR-2026-0042/{REPORT}")

    assert added.code == 0, added.complaint
    assert ROUTE in added.output
    after = repository.request.read_text("utf-8")
    assert (
        len([1 for a, b in zip(before.splitlines(), after.splitlines(), strict=True) if a != b])
        == 1
    )
    assert repository.check().code == 0


def test_evidence_add_writes_a_reference_where_there_is_none(repository: LaunchRepository) -> None:
    notice = "To finance: on Tuesday at 22:00 the payment page changes; nothing stands still.\n"
    (repository.request.parent / "notice.txt").write_text(notice, "utf-8")
    lost = repository.run("evidence", "add", "launches/LR-2026-0042/notice.txt")
    assert lost.code == 2
    assert "--at" in lost.complaint

    added = repository.run(
        "evidence", "add", "launches/LR-2026-0042/notice.txt", "--at", "status.notice.evidence"
    )

    assert added.code == 0, added.complaint
    assert "  notice: {evidence: {path: notice.txt, kind: document" in repository.request.read_text(
        "utf-8"
    )
    assert repository.check().code == 0


@pytest.mark.parametrize(
    ("file", "arguments", "says"),
    [
        (
            "launches/LR-2026-0042/tests/load.xml",
            ("--at", "spec.nowhere"),
            "There is no evidence at",
        ),
        ("launches/LR-2026-0042/tests/load.xml", ("--kind", "sarif"), "cannot be evidence"),
        (".launchpolicy.yaml", (), "is in no folder of a request"),
    ],
)
def test_evidence_add_says_what_is_wrong_and_changes_nothing(
    repository: LaunchRepository, file: str, arguments: tuple[str, ...], says: str
) -> None:
    before = repository.request.read_bytes()

    refused = repository.run("evidence", "add", file, *arguments)

    assert refused.code == 2
    assert says in refused.complaint
    assert repository.request.read_bytes() == before


@pytest.mark.parametrize("kind", ["RehearsalRecord", "Minutes", "StepRecord", "BackupManifest"])
def test_a_record_with_a_mistake_is_called_what_it_says_it_is(
    repository: LaunchRepository, kind: str
) -> None:
    text = f"apiVersion: launchpolicy/v1\nkind: {kind}\nspec:\n  by: [zhao.min, he.lin]\n"
    (repository.request.parent / "record.yaml").write_text(text, "utf-8")

    refused = repository.run("evidence", "add", "launches/LR-2026-0042/record.yaml")

    assert f"It is no readable {kind}; line " in " ".join(refused.complaint.split())


@pytest.mark.parametrize("how", ["autocrlf", "attributes"])
def test_what_is_stated_on_windows_is_what_git_stores(
    repository: LaunchRepository, how: str
) -> None:
    if how == "autocrlf":
        repository.git("config", "core.autocrlf", "true")
        repository.git("config", "core.safecrlf", "false")
    else:
        (repository.folder / ".gitattributes").write_text("* text=auto eol=crlf\n")
    request = repository.request.read_bytes().replace(b"\n", b"\r\n")
    repository.request.write_bytes(b"\xef\xbb\xbf" + request)
    file = repository.request.parent / REPORT
    file.write_bytes(PASSING.replace(b"\n", b"\r\n"))
    finished = repository.run("evidence", "add", str(file), "--at", ROUTE)
    assert finished.code == 0, finished.complaint
    written = repository.request.read_bytes()
    assert hashlib.sha256(PASSING).hexdigest().encode() in written
    assert written.startswith(b"\xef\xbb\xbf")  # layout kept
    assert written.count(b"\n") == written.count(b"\r\n") == request.count(b"\n")
    work_tree = repository.check("--format", "json")
    assert work_tree.code == 0, work_tree.output
    repository.git("add", "--all")
    index = repository.check("--staged", "--format", "json")
    assert index.code == 0, index.output
    repository.commit()
    (judged,) = json.loads(repository.check("--base", "HEAD~1", "--format", "json").output)[
        "requests"
    ]
    assert not {each["outcome"] for each in judged["results"]} & {"failed", "error"}


def test_evidence_that_passes_a_clean_filter_is_undecided_and_the_program_never_run(
    repository: LaunchRepository,
) -> None:
    trap = repository.folder.parent / "ran"
    repository.git("config", "filter.trap.clean", f"touch {trap}")
    (repository.folder / ".gitattributes").write_text("*.xml filter=trap\n")
    (repository.request.parent / REPORT).write_bytes(PASSING)
    path = str(repository.request.parent / REPORT)
    for arguments in (("check",), ("evidence", "add", path, "--at", ROUTE)):
        finished = repository.run(*arguments)
        assert finished.code == 3
        assert "clean filter" in finished.complaint
        assert "-filter" in finished.complaint
        assert "Traceback" not in finished.complaint
    assert not trap.exists()


def test_a_request_in_another_encoding_is_read_as_git_stores_it_and_never_overwritten(
    repository: LaunchRepository,
) -> None:
    source = repository.request.read_text("utf-8").encode("utf-16")
    repository.request.write_bytes(source)
    attributes = "request.yaml text working-tree-encoding=UTF-16\n"
    (repository.folder / ".gitattributes").write_text(attributes)
    assert repository.check().code == 0
    file = repository.request.parent / REPORT
    file.write_bytes(PASSING)
    finished = repository.run("evidence", "add", str(file), "--at", ROUTE)
    assert finished.code == 2
    assert "working-tree-encoding" in finished.complaint
    assert repository.request.read_bytes() == source


def test_a_file_outside_of_the_repository_is_to_be_copied_beside_its_request(
    repository: LaunchRepository, tmp_path: Path
) -> None:
    report = tmp_path / "downloads" / "load.xml"
    report.parent.mkdir()
    report.write_text("<testsuite/>", "utf-8")
    refused = repository.run("evidence", "add", str(report), "--at", "spec.acceptance.document")
    assert refused.code == 2
    assert "is in no folder of a request" in refused.complaint
    assert "Copy it beside the request.yaml" in refused.complaint
