"""An entry moved to another place keeps its comments and layout, and nothing else changes."""

from __future__ import annotations

import pytest

from launchpolicy.documents.editing import EditError
from launchpolicy.documents.moving import with_moved
from launchpolicy.documents.reading import Document, read

BLOCK = """\
spec:
  a: 1   # stays
  old:                    # why
    by: x

    # inside
    to:
      - one
      - {two: 2}
    text: |
      several
        lines
  b: 2
status:
  stage: requested   # now
"""
MOVED = """\
spec:
  a: 1   # stays
  b: 2
status:
  stage: requested   # now
  new:                    # why
    by: x

    # inside
    to:
      - one
      - {two: 2}
    text: |
      several
        lines
"""


def document(text: str) -> Document:
    found = read("request.yaml", text.encode())
    assert isinstance(found, Document), found.findings
    return found


def test_an_entry_in_block_style_is_moved_as_it_is_written() -> None:
    assert with_moved(document(BLOCK), ("spec", "old"), ("status", "new")).text == MOVED


def test_a_deeper_entry_is_moved_to_its_new_indentation() -> None:
    text = (
        "spec:\n  in:\n    old:\n      - 1\n      # one more\n      - 2\n    b: 2\n"
        "status:\n    s: r\n"
    )

    moved = with_moved(document(text), ("spec", "in", "old"), ("status", "new"))

    assert moved.text == (
        "spec:\n  in:\n    b: 2\nstatus:\n    s: r\n"
        "    new:\n      - 1\n      # one more\n      - 2\n"
    )


def test_an_entry_in_braces_is_written_anew() -> None:
    text = "spec:\n  in: {a: 1, old: {by: x}, b: 2}   # c\nstatus: {stage: requested}\n"

    moved = with_moved(document(text), ("spec", "in", "old"), ("status", "new"))

    assert moved.text == (
        "spec:\n  in: {a: 1, b: 2}   # c\nstatus: {stage: requested, new: {by: x}}\n"
    )


def test_windows_line_ends_stay() -> None:
    text = BLOCK.replace("\n", "\r\n")

    moved = with_moved(document(text), ("spec", "old"), ("status", "new"))

    assert moved.data == document(MOVED).data


@pytest.mark.parametrize("text", ['spec:\n  "old": 1\n  b: 2\nstatus: {s: 1}\n', "spec: 1\n"])
def test_what_cannot_be_moved_in_place_is_refused(text: str) -> None:
    with pytest.raises(EditError):
        with_moved(document(text), ("spec", "old"), ("status", "new"))
