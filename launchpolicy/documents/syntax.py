"""libyaml's own complaints in words that a requester can act on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from launchpolicy.vocabulary.text import Text

if TYPE_CHECKING:
    from yaml import MarkedYAMLError

# A piece of libyaml's message → what to do about it; the first that occurs is used.
_REMEDIES: tuple[tuple[str, Text], ...] = (
    (
        "mapping values are not allowed",
        Text(
            "Put a value that contains `: ` in quotes, and check the indentation of this line.",
            "值中若含有 `: ` 请加引号，并检查本行缩进。",
        ),
    ),
    (
        "found character that cannot start any token",
        Text(
            "Indent with spaces, not tabs; put values that start with @, ` or % in quotes.",
            "请用空格而不是制表符缩进；以 @、` 或 % 开头的值请加引号。",
        ),
    ),
    (
        "unexpected end of stream",
        Text("Close the quote or bracket that is still open.", "请补上未闭合的引号或括号。"),
    ),
    (
        "could not find expected ':'",
        Text(
            "Write `key: value`, with a space after the colon.",
            "请写成 `键: 值`，冒号后要有空格。",
        ),
    ),
)
_REMEDY = Text(
    "Check quotes, brackets and the indentation of this line.",
    "请检查本行的引号、括号与缩进。",
)


def explain(error: MarkedYAMLError) -> tuple[int, int, Text, Text]:
    """0-based line and column, the parser's own words, and a remedy."""
    words = ", ".join(part for part in (error.context, error.problem) if part)
    mark = error.problem_mark or error.context_mark
    remedy = next((text for piece, text in _REMEDIES if piece in words), _REMEDY)
    line, column = (mark.line, mark.column) if mark else (0, 0)
    return line, column, Text(words, words), remedy
