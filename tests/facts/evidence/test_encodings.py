"""Evidence as Windows programs write it: byte order marks, UTF-16, GBK; what hides in a text."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from launchpolicy.facts.evidence.contents import EvidenceContents, Reading, UnreadableEvidence
from launchpolicy.facts.evidence.reading import read_evidence
from launchpolicy.hosts import shipped_files

SCHEMAS = {
    name: shipped_files.schema(name).data
    for name in ("BackupManifest", "Minutes", "RehearsalRecord", "StepRecord")
}
PROJECT = Path(__file__).parents[3]
REHEARSAL = PROJECT / "examples/system-cutover/launches/LR-2026-0201/rehearsal/launch.yaml"
CSV = "用例,结果\r\n登录,通过\r\n"
JUNIT = '<testsuite name="a" tests="1" failures="0" errors="0"><testcase name="b"/></testsuite>'
COBERTURA = (
    '<coverage line-rate="1"><packages><package><classes><class filename="a"><lines>'
    '<line number="1" hits="1"/></lines></class></classes></package></packages></coverage>'
)
SARIF = '{"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "t"}}, "results": []}]}'


def reading(kind: str, path: str, data: bytes) -> Reading:
    return read_evidence(kind, path, data, SCHEMAS)


@pytest.mark.parametrize("name", ["cases.csv", "notes.md", "list.txt", "run.log"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"])
def test_a_text_is_a_document_with_and_without_a_byte_order_mark(name: str, encoding: str) -> None:
    found = reading("document", name, CSV.encode(encoding))
    assert isinstance(found, EvidenceContents)
    assert found.media_type == "text/plain"


def test_big_endian_utf_16_is_a_document_too() -> None:
    data = codecs.BOM_UTF16_BE + CSV.encode("utf-16-be")
    assert isinstance(reading("document", "cases.csv", data), EvidenceContents)


@pytest.mark.parametrize(
    ("kind", "name", "content"),
    [
        ("junit", "report.xml", JUNIT),
        ("cobertura", "coverage.xml", COBERTURA),
        ("sarif", "scan.sarif", SARIF),
    ],
)
def test_a_byte_order_mark_before_a_report_changes_nothing(
    kind: str, name: str, content: str
) -> None:
    without = reading(kind, name, content.encode())
    marked = reading(kind, name, content.encode("utf-8-sig"))
    assert isinstance(without, EvidenceContents)
    assert isinstance(marked, EvidenceContents)
    assert (marked.passed, marked.says) == (without.passed, without.says)


def test_a_byte_order_mark_before_a_record_in_yaml_changes_nothing() -> None:
    data = REHEARSAL.read_bytes()
    assert isinstance(reading("rehearsal", "launch.yaml", data), EvidenceContents)
    assert isinstance(reading("rehearsal", "launch.yaml", codecs.BOM_UTF8 + data), EvidenceContents)


@pytest.mark.parametrize(
    ("kind", "name", "data", "says"),
    [
        ("document", "a.csv", CSV.encode("utf-16-le"), "UTF-16"),
        ("document", "a.csv", codecs.BOM_UTF16_LE + b"abc", "not known"),
        ("document", "a.txt", codecs.BOM_UTF8 * 2 + b"abc", "U+FEFF"),
        ("document", "a.txt", codecs.BOM_UTF8, "empty"),
        ("document", "a.txt", codecs.BOM_UTF16_LE, "empty"),
        ("sarif", "a.sarif", SARIF.encode("utf-16"), "UTF-16"),
        ("in-toto", "a.json", "{}".encode("utf-16"), "UTF-16"),
        ("minutes", "a.yaml", "kind: Minutes\n".encode("utf-16"), "UTF-16"),
        ("junit", "a.xml", codecs.BOM_UTF8, "empty"),
    ],
)
def test_what_is_not_read_says_which_encoding_it_is_or_that_it_is_unknown(
    kind: str, name: str, data: bytes, says: str
) -> None:
    found = reading(kind, name, data)
    assert isinstance(found, UnreadableEvidence)
    assert says in found.problem.en
    assert found.problem.zh


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    "page", ["<script>x</script>", "\n <HTML>", "<!DOCTYPE html>", "#!/bin/sh\n", "<svg/>", "<?php"]
)
def test_a_page_or_a_program_does_not_get_in_behind_a_byte_order_mark(
    page: str, encoding: str
) -> None:
    found = reading("document", "a.txt", page.encode(encoding))
    assert isinstance(found, UnreadableEvidence)
    assert "page or a program" in found.problem.en


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "hidden", ["\u202e", "\u200b", "\x1b[2J", "\x00", "\u200d", "\ufe0f", "\U000e0041", "\x07"]
)
def test_a_character_that_hides_something_is_named_with_its_line(
    hidden: str, encoding: str
) -> None:
    found = reading("document", "a.txt", f"first\r\nsecond {hidden}x\n".encode(encoding))
    assert isinstance(found, UnreadableEvidence)
    code = f"U+{ord(hidden[0]):04X}"
    assert f"Line 2 holds the character {code}" in found.problem.en
    assert f"第 2 行含有字符 {code}" in found.problem.zh


@pytest.mark.parametrize("seen", ["全角\u3000空格", "10\u00a0%", "a\tb", "👩\u200d💻 ⚠\ufe0f", "é"])
def test_what_a_reader_sees_is_text(seen: str) -> None:
    data = f"accepted by all {seen}".encode()
    assert isinstance(reading("document", "a.txt", data), EvidenceContents)


@pytest.mark.parametrize("odd", ["\ue000", "\u0378", "\U000f0000"])
def test_characters_without_a_meaning_are_not_text(odd: str) -> None:
    assert isinstance(reading("document", "a.txt", f"a{odd}".encode()), UnreadableEvidence)
