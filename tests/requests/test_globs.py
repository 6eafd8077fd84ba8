"""Globs: which paths they name, and whether two of them can name the same."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.documents.schema.schema import Schema
from launchpolicy.requests.globs import matches_any, overlap
from launchpolicy.requests.kinds import Kind

TEXTS = ["".join(letters) for n in range(8) for letters in itertools.product("ab", repeat=n)]


def matches(glob: str, text: str) -> bool:
    return Kind("Note", glob, Schema({}), "", "").matches(text)


@given(st.text("ab*", min_size=1, max_size=4), st.text("ab*", min_size=1, max_size=4))
def test_two_globs_overlap_where_some_text_matches_both(one: str, other: str) -> None:
    shared = any(matches(one, text) and matches(other, text) for text in TEXTS)
    assert overlap(one, other) is shared
    assert overlap(other, one) is shared


@pytest.mark.parametrize(
    ("glob", "path", "named"),
    [
        ("docs/examples", "docs/examples/a.yaml", True),
        ("docs/examples", "docs/examples2/a.yaml", False),
        ("docs/examples/**", "docs/examples/deep/a.yaml", True),
        ("**/testdata", "testdata/a.yaml", True),
        ("**/testdata", "a/b/testdata/c/d.yaml", True),
        ("**/testdata", "a/testdata2/b.yaml", False),
        ("a/**/b", "a/b", True),
        ("*.yaml", "a.yaml", True),
        ("*.yaml", "a/b.yaml", False),
        ("**", "a/b.yaml", True),
    ],
)
def test_a_glob_names_files_and_folders_with_all_below(
    glob: str, path: str, *, named: bool
) -> None:
    assert matches_any([glob], path) is named
