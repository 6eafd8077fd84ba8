"""libyaml's own errors in words that a requester can act on."""

from __future__ import annotations

import re

from yaml import MarkedYAMLError

from launchpolicy.documents import events
from launchpolicy.documents.decoding import LINE_BREAK
from launchpolicy.documents.merge_marks import REMEDY, WORDS, first_merge_mark
from launchpolicy.documents.refusals import RefusalError
from launchpolicy.vocabulary.text import Text

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


_COMMENTED_KEY = re.compile(r"# ?([A-Za-z][A-Za-z-]*:)")
_QUESTION = Text(
    'Put an open question with a note in quotes: "TODO: ask finance".',
    '带说明的待填内容请加引号："TODO: 请教财务部"。',
)


def _has_open_question(text: str, line: int) -> bool:
    """Return whether a line has an open question with a note, unquoted (`open_questions`)."""
    return any(" TODO: " in row for row in LINE_BREAK.split(text)[line : line + 1])


def _commented_key_above(text: str, line: int) -> Text | None:
    """Return what to do about a line whose key, in the comments right above it, is commented out.

    That is how a line of an example looks whose own mark was removed, and not that of its key.
    """
    rows = LINE_BREAK.split(text)
    for number in range(line - 1, -1, -1):
        row = rows[number].strip()
        if not row.startswith("#"):
            return None
        key = _COMMENTED_KEY.fullmatch(row)
        if key is not None:
            return Text(
                f"If this line belongs to `{key[1]}`, remove the # of line {number + 1}, too; "
                "check the indentation of this line.",
                f"如果本行属于 `{key[1]}`，请同时去掉第 {number + 1} 行的 #，并检查本行缩进。",
            )
    return None


def explain(
    error: MarkedYAMLError, text: str, *, is_strict: bool = True
) -> tuple[int, int, Text, Text]:
    """Return 0-based line and column of an error, the parser's own words, and a remedy.

    Where a text is read strictly and a character that only looks like syntax is the cause, its
    place and its name. Where a merge was not finished, the first mark that git left.
    """
    mark_line = first_merge_mark(text)
    if mark_line is not None:
        return mark_line, 0, WORDS, REMEDY
    words = ", ".join(part for part in (error.context, error.problem) if part)
    mark = error.problem_mark or error.context_mark
    remedy = next((text for piece, text in _REMEDIES if piece in words), _REMEDY)
    line, column = (mark.line, mark.column) if mark else (0, 0)
    if "mapping values" in words and _has_open_question(text, line):
        remedy = _QUESTION
    elif (above := _commented_key_above(text, line)) is not None:
        remedy = above
    if not is_strict:
        return line, column, Text(words, words), remedy
    # Loaded here on purpose: only a text that cannot be read needs its table.
    from launchpolicy.documents.lookalikes import find_syntax_lookalike  # noqa: PLC0415

    lookalike = find_syntax_lookalike(LINE_BREAK.split(text), line, _error_of)
    if lookalike is not None:
        return lookalike.line, lookalike.column, lookalike.words, lookalike.remedy
    return line, column, Text(words, words), remedy


def _error_of(text: str) -> tuple[int, int] | None:
    """Return 0-based line and column of the parser's error in another text; None without one."""
    try:
        events.build(text)
    except RefusalError:
        return None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        return (mark.line, mark.column) if mark else (0, 0)
    return None
