"""Every attack on the page of threats has tests, and they exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / ".github" / "threats.md").read_text("utf-8")
ROWS = dict(re.findall(r"^\| ([A-Z]\d+) \|.*?\| ([^|]*) \|$", PAGE, re.MULTILINE))
WANTED = [
    *(f"R{n}" for n in range(1, 9)),
    *(f"P{n}" for n in range(1, 8)),
    *(f"G{n}" for n in range(1, 9)),
    *(f"O{n}" for n in range(1, 11)),
    *(f"L{n}" for n in range(1, 6)),
    *(f"I{n}" for n in range(1, 8)),
    *(f"E{n}" for n in range(9, 16)),
    *(f"N{n}" for n in range(1, 18)),
    "Y20",
]
TESTS = {
    name
    for file in (ROOT / "tests").rglob("test_*.py")
    for name in re.findall(r"^def (test_\w+)\(", file.read_text("utf-8"), re.MULTILINE)
}


def test_every_row_is_there_once() -> None:
    assert set(WANTED) <= ROWS.keys()
    rows = re.findall(r"^\| ([A-Z]\d+) \|", PAGE, re.MULTILINE)
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize("row", ROWS)
def test_every_row_names_tests_that_exist(row: str) -> None:
    named = re.findall(r"`(test_\w+)`", ROWS[row])
    assert named != []
    assert [name for name in named if name not in TESTS] == []
