"""Edits leave comments, order and layout alone, and say exactly what was meant or nothing."""

from __future__ import annotations

import difflib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.documents.editing import EditError, one_line_yaml, with_lines, with_value, without
from launchpolicy.documents.reading import Document, read
from launchpolicy.vocabulary.place import Route
from tests.documents.texts import VISIBLE_TEXTS

REQUEST = """\
# the request of the payments team
spec:
  acceptance:   # both leads
    document: {path: a.pdf, kind: document, sha256: aa}  # signed
  testing:
    reports:
      - {name: functional}
      - name: performance
        by: sun.yu   # tester
    remark: |
      two
      lines

  # the end of the plan
status:
  stage: requested
"""
EVIDENCE = {"path": "t/load.xml", "kind": "junit", "sha256": "0a" * 4}
WRITTEN = '{path: t/load.xml, kind: junit, sha256: "0a0a0a0a"}'


def document(text: str) -> Document:
    found = read("request.yaml", text.encode())
    assert isinstance(found, Document)
    return found


@pytest.mark.parametrize(
    ("route", "line", "replaces"),
    [
        (
            ("spec", "testing", "reports", 0, "evidence"),
            f"      - {{name: functional, evidence: {WRITTEN}}}",
            "      - {name: functional}",
        ),
        (("spec", "testing", "reports", 1, "evidence"), f"        evidence: {WRITTEN}", ""),
        (("spec", "testing", "reports", 2), f"      - {WRITTEN}", ""),
        (("spec", "testing", "cases"), f"    cases: {WRITTEN}", ""),
        (("spec", "documents", "application"), f"  documents: {{application: {WRITTEN}}}", ""),
        (("status", "summary", "evidence"), f"  summary: {{evidence: {WRITTEN}}}", ""),
        (
            ("spec", "acceptance", "document"),
            f"    document: {WRITTEN}  # signed",
            "    document: {path: a.pdf, kind: document, sha256: aa}  # signed",
        ),
    ],
)
def test_a_value_is_put_where_it_belongs_and_nothing_else_moves(
    route: Route, line: str, replaces: str
) -> None:
    before = REQUEST.splitlines()

    after = with_value(document(REQUEST), route, EVIDENCE).splitlines()

    differences = [each for each in difflib.ndiff(before, after) if each[0] in "+-"]
    assert [each[2:] for each in differences if each[0] == "+"] == [line]
    assert [each for each in differences if each[0] == "-"] in ([], [f"- {replaces}"])


def test_only_the_digest_is_renewed() -> None:
    route = ("spec", "acceptance", "document", "sha256")

    edited = with_value(document(REQUEST), route, "bb")

    assert edited == REQUEST.replace("sha256: aa", "sha256: bb")


def test_windows_line_ends_stay() -> None:
    text = REQUEST.replace("\n", "\r\n")

    edited = with_value(document(text), ("spec", "testing", "cases"), EVIDENCE)

    assert f"    cases: {WRITTEN}\r\n" in edited
    assert "\n" not in edited.replace("\r\n", "")


def test_a_file_without_a_last_line_break_gets_one() -> None:
    edited = with_value(
        document("spec:\n  risk: major"), ("spec", "emergency"), {"incident": "I-1"}
    )

    assert edited == "spec:\n  risk: major\n  emergency: {incident: I-1}\n"


@pytest.mark.parametrize(
    "route",
    [
        pytest.param(("spec", "testing", "remark"), id="a literal block"),
        pytest.param(("spec", "testing", "reports", 7), id="an item beyond the end"),
        pytest.param(("spec", "acceptance", "document", "path", "x"), id="below a single value"),
        pytest.param(("spec", "testing"), id="a mapping over several lines"),
    ],
)
def test_what_cannot_be_changed_in_place_is_refused(route: Route) -> None:
    with pytest.raises(EditError):
        with_value(document(REQUEST), route, "new")


@given(
    value=st.recursive(st.booleans() | st.integers(-9, 9) | VISIBLE_TEXTS, st.lists, max_leaves=5)
)
def test_whatever_is_written_is_read_back(value: Any) -> None:
    found = document(f"value: {one_line_yaml(value)}\n")

    assert found.data == {"value": value}


@pytest.mark.parametrize(
    "text", ["yes", "null", "true", "0x10", "1e5", "a: b", "- a", "#", "é", ""]
)
def test_text_that_yaml_could_take_for_something_else_stays_text(text: str) -> None:
    assert document(f"value: {one_line_yaml(text)}\n").data == {"value": text}
    assert json.loads(json.dumps(text)) == text


def test_lines_are_added_behind_the_last_ones_of_their_parent() -> None:
    edited = with_lines(
        document(REQUEST), ("status", "by"), "zhao.min", lambda n: f"{' ' * n}by: zhao.min  # who\n"
    )

    assert edited == REQUEST + "  by: zhao.min  # who\n"


def test_an_item_is_added_to_a_list_in_block_style() -> None:
    route: Route = ("spec", "testing", "reports", 2)

    edited = with_lines(document(REQUEST), route, {"name": "x"}, lambda n: f"{' ' * n}- name: x\n")

    assert "        by: sun.yu   # tester\n      - name: x\n    remark:" in edited


def test_lines_that_say_something_else_are_refused() -> None:
    with pytest.raises(EditError):
        with_lines(document(REQUEST), ("status", "by"), "a", lambda n: f"{' ' * n}by: b\n")


def test_an_entry_is_removed_with_all_its_lines_and_no_other() -> None:
    edited = without(document(REQUEST), ("spec", "testing"))

    assert edited == (
        "# the request of the payments team\nspec:\n  acceptance:   # both leads\n"
        "    document: {path: a.pdf, kind: document, sha256: aa}  # signed\n"
        "  # the end of the plan\nstatus:\n  stage: requested\n"
    )


def test_an_entry_in_braces_is_not_removed_by_its_lines() -> None:
    with pytest.raises(EditError):
        without(document(REQUEST), ("spec", "acceptance", "document", "kind"))


def test_the_only_entry_of_an_object_is_not_removed() -> None:
    with pytest.raises(EditError):
        without(document(REQUEST), ("status", "stage"))
