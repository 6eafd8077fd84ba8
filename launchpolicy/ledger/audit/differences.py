"""Differences of two texts, as people read them, cut to what a page can hold."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

MOST_LINES = 120
LONGEST_LINE = 400


@dataclass(frozen=True, slots=True)
class TextDifference:
    """A unified difference of a file; `left_out` counts the lines that are not shown.

    `old_digest` and `new_digest` are of the whole bytes, "" where there is no file.
    """

    path: str
    lines: tuple[str, ...]
    left_out: int = 0
    old_digest: str = ""
    new_digest: str = ""


def difference_of(
    path: str,
    old: str | None,
    new: str | None,
    digests: tuple[str, str] = ("", ""),
) -> TextDifference:
    """Return the difference between two versions of a file; None is a version that is not there."""
    before, after = (text.splitlines() if text is not None else [] for text in (old, new))
    lines = list(difflib.unified_diff(before, after, "old", "new", lineterm="", n=3))[2:]
    shown = tuple(_cut_line(line) for line in lines[:MOST_LINES])
    return TextDifference(path, shown, len(lines) - len(shown), *digests)


def _cut_line(line: str) -> str:
    return line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…"
