"""File names of launches."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from launchpolicy.reporters.ledger.slugs import slug

NAMES = st.text(max_size=60)


@given(NAMES, NAMES)
def test_a_slug_is_a_plain_file_name(kind: str, name: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(kind, name))
    assert len(slug(kind, name)) <= 100


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("LR-1", "lr-1"),
        ("LR-1", "LR_1"),
        ("发布", "上线"),
        ("../x", "x"),
        ("\u00e9", "e\u0301"),
        ("a" * 60, "a" * 61),
        ("", "launch"),
    ],
    ids=["case", "sign", "chinese", "folder", "normal-form", "cut-off", "empty"],
)
def test_two_names_are_two_files(one: str, other: str) -> None:
    assert slug("LaunchRequest", one) != slug("LaunchRequest", other)


def test_two_kinds_of_one_name_are_two_files() -> None:
    assert slug("LaunchRequest", "x") != slug("Deliverable", "x")


@pytest.mark.parametrize("name", ["CON", "nul", "README", "..", "com1", "-rf", ".git"])
def test_a_name_that_a_system_takes_for_something_else_is_none(name: str) -> None:
    found = slug("LaunchRequest", name)
    assert found.casefold() not in {"con", "nul", "readme", "com1", "git"}
    assert found[0].isalnum()


def test_names_that_begin_alike_are_told_apart_by_the_digest() -> None:
    names = [f"LR-2026-{'a' * 60}-{number}" for number in range(5000)]
    assert len({slug("LaunchRequest", name) for name in names}) == len(names)
