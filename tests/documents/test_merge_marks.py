"""A merge that was not finished is called that, at the first mark that git left in the file."""

from __future__ import annotations

import pytest

from launchpolicy.documents.data_files import read_data
from launchpolicy.documents.reading import Document, Refusal, read
from launchpolicy.documents.reading_rules import ReadingRules
from launchpolicy.vocabulary.finding import Finding

OURS, BASE, BETWEEN, THEIRS = "<<<<<<< HEAD", "||||||| 8f2a1c0 (Ask: why)", "=======", ">>>>>>> b"
CONFLICTS = {
    "a whole conflict": ("a: 1", OURS, "b: 1", BETWEEN, "b: 2", THEIRS),
    "with the base between": ("a: 1", OURS, "b: 1", BASE, "b: 0", BETWEEN, "b: 2", THEIRS),
    "in a list": ("a:", OURS, "  - 1", BETWEEN, "  - 2", THEIRS),
    "in a list that is not indented": ("- 1", OURS, "- 2", BETWEEN, "- 3", THEIRS),
    "in a text of several lines": ("a: |", OURS, "  one", BETWEEN, "  two", THEIRS),
    "at the beginning": ("", OURS, "b: 1", BETWEEN, "b: 2", THEIRS),
    "one side is empty": ("a: 1", OURS, BETWEEN, "b: 2", THEIRS),
    "only the first mark is left": ("a: 1", OURS, "b: 1"),
    "only the last mark is left": ("a: 1", THEIRS, "b: 1"),
    "only the mark of the base is left": ("a: 1", BASE, "b: 1"),
    "a branch with a colon in its name": ("a: 1", "<<<<<<< HEAD:a.yaml", "b: 1"),
    "longer marks": ("a: 1", "<<<<<<<<<<< HEAD", "b: 1", "===========", ">>>>>>>>>>> b"),
}


def _finding(refused: object) -> Finding:
    assert isinstance(refused, Refusal)
    return refused.findings[0]


def _require_merge(finding: Finding, line: int = 2) -> None:
    assert "a merge was not finished" in finding.message.en
    assert "合并尚未完成" in finding.message.zh
    assert (finding.place.span.start.line, finding.place.span.start.column) == (line, 1)
    assert "git add" in finding.fix.en
    assert "git add" in finding.fix.zh


@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("lines", CONFLICTS.values(), ids=CONFLICTS)
def test_marks_of_a_conflict_are_said_at_the_first_of_them(
    lines: tuple[str, ...], end: str
) -> None:
    source = end.join([*lines, ""]).encode()
    _require_merge(_finding(read("f.yaml", source)))
    _require_merge(_finding(read("f.yaml", source, ReadingRules(expands_anchors=True))))


@pytest.mark.parametrize(
    ("data_format", "text"),
    [
        ("yaml", "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> b\n"),
        ("json", '{\n<<<<<<< HEAD\n"a": 1\n=======\n"a": 2\n>>>>>>> b\n}\n'),
        ("toml", "a = 1\n<<<<<<< HEAD\nb = 1\n=======\nb = 2\n>>>>>>> b\n"),
    ],
)
def test_marks_in_a_data_file_are_said(data_format: str, text: str) -> None:
    _require_merge(_finding(read_data("f", text.encode(), data_format)))


@pytest.mark.parametrize(
    "source",
    [
        "text: |\n  <<<<<<< HEAD\n  =======\n  >>>>>>> b\n",
        "text: |\n  Title\n  =======\n",
        "text: a\n",
    ],
)
def test_what_is_no_mark_is_read(source: str) -> None:
    assert isinstance(read("f.yaml", source.encode()), Document)


def test_a_line_of_equals_signs_alone_is_no_merge() -> None:
    assert "merge" not in _finding(read("f.yaml", b"a: 1\nTitle\n=======\nb: 2\n")).message.en
