"""Globs of `ignore` and `alsoRules`: which paths they name."""

from __future__ import annotations

import pytest

from launchpolicy.requests.globs import matches_any


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
