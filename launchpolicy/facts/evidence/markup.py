"""Text as its reader sees it: comments, fields to fill in and rows without values are nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from launchpolicy.vocabulary.placeholders import content_of

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_LINK_TARGET = re.compile(r"^\s{0,3}\[[^\]\n]{1,200}\]:\s.*$", re.MULTILINE)
_TO_FILL = (
    r"fill|insert|enter|describe|write|add|state|name of|date of|your|todo|tbd|tba|xxx|placeholder"
)
_FIELD = re.compile(
    rf"[<\[({{]+\s*(?:please\s+)?(?:{_TO_FILL})\b[^<>\[\](){{}}\n]{{0,80}}[>\])}}]+"
    r"|[（(【\[<《]\s*(?:请|待|此处|在此)[^）)】\]>》\n]{0,40}[）)】\]>》]"
    r"|\{\{[^{}\n]{0,80}\}\}|\$\{[^{}\n]{0,80}\}|_{3,}",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^\s{0,3}#{1,6}(\s|$)")
_UNDERLINE = re.compile(r"^\s{0,3}(=+|-{2,})\s*$")
_BOLD = re.compile(r"^\s*(\*\*|__)(?P<title>[^*_]+)\1\s*$")
_NUMBERED = re.compile(r"^\s*(第?[一二三四五六七八九十]{1,3}[、章节条部分]+)")
_SENTENCE = re.compile(r"[,.;:!?，。；：！？]")
_RULE = re.compile(r"^[\s|:+\-=]*[-=][\s|:+\-=]*$")
_CELL = re.compile(r"\||\t|,(?! )|;(?! )")
_UNTICKED = re.compile(
    r"^\s*(?:[-*+]\s*|\d+[.)]\s*)?\[\s?\]\s*(?P<task>.*)$|^\s*[□☐]\s*(?P<box>.*)$"
)
_DETAIL = re.compile(r"\d|[:：(（]")
_COLUMNS = 3


def shown_lines(text: str) -> list[str]:
    """Return the lines in which something is shown, without what nobody would see as an answer."""
    text = _COMMENT.sub("", _FRONT_MATTER.sub("", text, count=1))
    text = _FIELD.sub("", _LINK_TARGET.sub("", text))
    return [line for line in text.splitlines() if content_of(line) or _RULE.match(line)]


def bodies(lines: list[str]) -> list[str]:
    """Return the lines that are more than headings, heads of tables and boxes without a tick."""
    kept = list(_without_headings(lines))
    if len(kept) == 1 and _is_head_of_table(kept[0]):
        return []
    if len(kept) > 1 and len(kept) == sum(1 for line in lines if content_of(line)):
        kept = kept[_is_title(kept[0]) :]
    return [line for line in kept if not _has_no_answer(line)]


def _without_headings(lines: list[str]) -> Iterator[str]:
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else ""
        if _is_heading(line) or _UNDERLINE.match(line) or _UNDERLINE.match(following):
            continue
        if "|" in line and _RULE.match(following):
            continue  # the head of a table
        if content_of(line):
            yield line


def _is_heading(line: str) -> bool:
    bold = _BOLD.match(line)
    if _HEADING.match(line) or (bold and _is_title(bold["title"])):
        return True
    number = _NUMBERED.match(line)
    return number is not None and _is_title(line[number.end() :])


def _is_title(line: str) -> bool:
    return _SENTENCE.search(line.rstrip(":：")) is None


def _is_head_of_table(line: str) -> bool:
    cells = [cell for cell in _CELL.split(line) if content_of(cell)]
    return len(cells) >= _COLUMNS and not any(map(str.isdigit, line))


def _has_no_answer(line: str) -> bool:
    """Return whether a line is a box without a tick, a bare question, or a row without values."""
    box = _UNTICKED.match(line)
    if box:
        return _DETAIL.search(box["task"] or box["box"] or "") is None
    if line.rstrip().endswith(("?", "？")):
        return True
    cells = line.strip().strip("|").split("|") if line.count("|") > 1 else []
    return len(cells) > 1 and not any(map(content_of, cells[1:]))
