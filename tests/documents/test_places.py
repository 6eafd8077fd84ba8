from __future__ import annotations

import pytest

from launchpolicy.documents.reading import Document, read
from launchpolicy.vocabulary.place import Place, Position, parse_route

SOURCE = """\
spec:
  window: {start: 2026-12-01, end: "x"}
  steps:
    - name: drain
      by: 赵敏
    - name: migrate
  说明: |
    first
    second
  list:
  - [a, b]
  none:
status: {stage: requested}
"""


@pytest.fixture(scope="module")
def document() -> Document:
    document = read("launches/a/request.yaml", SOURCE.encode())
    assert isinstance(document, Document)
    return document


def marked(place: Place) -> str:
    """The part of its line that a place covers."""
    start, end = place.span
    assert start.line == end.line
    return place.source[start.column - 1 : end.column - 1]


@pytest.mark.parametrize(
    ("route", "line", "text"),
    [
        ("spec.window.start", 2, "2026-12-01"),
        ("spec.window.end", 2, '"x"'),
        ("spec.window", 2, "window"),
        ("spec.steps", 3, "steps"),
        ("spec.steps[0]", 4, "name: drain"),
        ("spec.steps[0].by", 5, "赵敏"),
        ("spec.steps[1].name", 6, "migrate"),
        ("spec.list[0][1]", 11, "b"),
        ("status.stage", 13, "requested"),
        ("spec", 1, "spec"),
    ],
)
def test_a_value_stands_where_it_is_written(
    document: Document, route: str, line: int, text: str
) -> None:
    place = document.place(parse_route(route))
    assert place.span.start.line == line
    assert marked(place) == text
    assert place.route == parse_route(route)
    assert place.missing == ()


@pytest.mark.parametrize(
    ("route", "found", "missing", "text"),
    [
        ("spec.rollback.impact", "spec", "rollback.impact", "spec"),
        ("spec.window.length", "spec.window", "length", "window"),
        ("spec.steps[7].by", "spec.steps", "[7].by", "steps"),
        ("spec.steps[1].by", "spec.steps[1]", "by", "name: migrate"),
        ("spec.none.reason", "spec.none", "reason", "none"),
        ("metadata", "", "metadata", "spec:"),
    ],
)
def test_a_missing_value_stands_at_its_nearest_parent(
    document: Document, route: str, found: str, missing: str, text: str
) -> None:
    place = document.place(parse_route(route))
    assert place.route == parse_route(found)
    assert place.missing == parse_route(missing)
    assert marked(place) == text


def test_key_place_is_the_key(document: Document) -> None:
    assert marked(document.key_place(("spec", "steps", 0, "by"))) == "by"


def test_crlf_and_blank_lines_do_not_shift_positions() -> None:
    document = read("f", b"\xef\xbb\xbfa: 1\r\n\r\n# c\r\nb:\r\n  c: x\r\n")
    assert isinstance(document, Document)
    place = document.place(("b", "c"))
    assert place.span.start == Position(5, 6)
    assert place.source == "  c: x"


@pytest.mark.parametrize(
    ("source", "line", "column", "expected"),
    [
        ("e: a.b == c\n", 1, 3, Position(1, 6)),
        ("e: 'a.b'\n", 1, 3, Position(1, 7)),
        ("e: |\n    a.b\n    && c.d\n", 2, 4, Position(3, 8)),
        ("e: >-\n    a.b\n    && c.d\n", 1, 3, Position(2, 7)),
        ("e: >-\n    a.b\n    && c.d\n", 1, 8, Position(3, 8)),
        ("e: a\n  b\n", 2, 1, Position(1, 4)),
    ],
    ids=["plain", "quoted", "literal", "folded, line 1", "folded, line 2", "beyond the scalar"],
)
def test_a_place_inside_a_scalar(source: str, line: int, column: int, expected: Position) -> None:
    document = read("f", source.encode())
    assert isinstance(document, Document)
    assert document.inside(("e",), line, column).span.start == expected


@pytest.mark.parametrize(
    ("line", "column", "character"), [(1, 1, "a"), (2, 3, "b"), (4, 5, "c"), (4, 7, "d")]
)
def test_a_place_inside_a_block_counts_from_the_indentation_of_its_first_line(
    line: int, column: int, character: str
) -> None:
    text = "rule: |\n    a &&\n      b &&\n\n        c d\n"
    document = read("policy.yaml", text.encode())
    assert isinstance(document, Document)
    place = document.inside(("rule",), line, column)
    at_line, at_column = place.span.start
    assert text.split("\n")[at_line - 1][at_column - 1] == character
