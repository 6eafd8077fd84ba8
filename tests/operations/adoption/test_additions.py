"""Lines for files of others: only where they change nothing else."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.operations.adoption.additions import (
    has_attribute,
    has_hooks,
    lacks_owners,
    with_hooks,
    with_line,
)
from launchpolicy.reporters.adoption.setup import Program

PROGRAM = Program("https://github.com/acme/launchpolicy", "0123456789" * 4, "acme/launchpolicy")
LINES = st.lists(
    st.sampled_from(
        ["repos:", "- repo: local", "  hooks: []", "  - repo: x", "    rev: y", "# x", "", "a: b"]
    ),
    max_size=8,
)


@given(LINES)
def test_hooks_are_added_only_where_everything_else_stays_as_it_reads(lines: list[str]) -> None:
    text = "\n".join(lines) + "\n"
    changed = with_hooks(text.encode(), PROGRAM, "", "en")
    if changed is None:
        return
    before, after = yaml.safe_load(text), yaml.safe_load(changed)
    assert after.pop("repos")[:-1] == before.pop("repos")
    assert after == before
    assert changed.startswith(text.rstrip("\n").encode())
    assert has_hooks(changed, "")
    assert not has_hooks(changed, "ops")


def test_hooks_are_added_to_the_usual_file() -> None:
    text = b"repos:\n  - repo: local\n    hooks: []"
    changed = with_hooks(text, PROGRAM, "ops", "zh")
    assert changed is not None
    assert has_hooks(changed, "ops")


@pytest.mark.parametrize("data", [b"\xff\xfea\0", b"a\0b\n"])
def test_what_is_no_text_gets_no_line(data: bytes) -> None:
    assert with_line(data, "x") is None
    assert with_hooks(data, PROGRAM, "", "en") is None


@pytest.mark.parametrize(
    ("text", "has"),
    [
        ("launches/** -text\n", True),
        ("launches/** eol=lf -text\n", True),
        ("launches/** text\n", False),
        ("# launches/** -text\n", False),
        ("launches/* -text\n", False),
        ("", False),
    ],
)
def test_an_attribute_counts_only_for_the_whole_folder(text: str, *, has: bool) -> None:
    assert has_attribute(text.encode(), "launches/**") is has


@pytest.mark.parametrize(
    ("there", "lacks"),
    [
        ("/people.yaml @boss\n/policies/  @boss # why\n", False),
        ("/people.yaml @boss\n", True),
        ("/people.yaml\n/policies/ @boss\n", True),
        ("# /people.yaml @boss\n/policies/ @boss\n", True),
        ("* @boss\n", True),
    ],
)
def test_a_path_without_an_owner_is_missing(there: str, *, lacks: bool) -> None:
    ours = "# ours\n/people.yaml  @acme\n/policies/    @acme\n"
    assert lacks_owners(there.encode(), ours) is lacks
