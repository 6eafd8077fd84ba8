"""A share of cases is the same in every run, spread over all of them, and all in `make full`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.extent import WHOLE, examples_of, is_whole, share_of

ROOT = Path(__file__).parents[2]
SHARES = re.compile(r"^from tests\.extent import .*\b(?:share_of|is_whole)\b", re.MULTILINE)


@pytest.fixture(params=["", "1"], ids=["share", "whole"])
def extent(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv(WHOLE, request.param)
    given: str = request.param
    return given


def test_a_share_is_spread_evenly_and_the_whole_is_everything(extent: str) -> None:
    cases = list(range(100))
    assert is_whole() == bool(extent)
    assert share_of(cases, 4) == (cases if extent else [0, 25, 50, 75])


@pytest.mark.usefixtures("extent")
def test_few_cases_are_all_tried() -> None:
    assert share_of("abc", 3) == share_of("abc", 8) == "abc"


def test_a_third_of_the_examples_is_drawn_and_never_none(extent: str) -> None:
    assert [examples_of(size) for size in (1, 8, 100)] == ([1, 8, 100] if extent else [1, 3, 34])


def test_make_full_tries_everything_and_the_guide_names_each_test_that_takes_a_share() -> None:
    assert f"full: export {WHOLE} := 1\n" in (ROOT / "Makefile").read_text("utf-8")
    guide = (ROOT / "tests" / "README.md").read_text("utf-8")
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        if SHARES.search(file.read_text("utf-8")) and file != Path(__file__):
            assert f"`{file.relative_to(ROOT)}`" in guide, file
