"""Text as its reader sees it: comments, fields to fill in and rows without values are nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from launchpolicy.facts.evidence.open_fields import fields_of
from launchpolicy.vocabulary.placeholders import content_of

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_LINK_TARGET = re.compile(r"^\s{0,3}\[[^\]\n]{1,200}\]:\s.*$", re.MULTILINE)
_TO_FILL = (
    r"fill|insert|enter|describe|write|add|state|name of|date of|your|todo|tbd|tba|xxx|placeholder"
)
_FIELD = re.compile(
    rf"(?<![<\[({{])[<\[({{]+\s*(?:please\s+)?(?:{_TO_FILL})\b[^<>\[\](){{}}\n]{{0,80}}[>\])}}]+"
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
_CONCLUSION = re.compile(
    r"\b(passed|accepted|approved|agreed|signed|confirmed|verified|rejected|failed|completed)\b"
    r"|通过|合格|同意|批准|接受|准予|无异议|无遗留|已完成|拒绝|不合格",
    re.IGNORECASE,
)
_KIND_OF_PAPER = re.compile(
    r"(form|report|record|list|certificate|template|plan|criteria|checklist|minutes|document"
    r"|单|表|报告|记录|书|模板|标准|方案|清单|条件|纪要|文档|说明|制度|流程)\W*$",
    re.IGNORECASE,
)


def shown_lines(text: str) -> list[str]:
    """Return the lines in which something is shown, without what nobody would see as an answer."""
    text = _COMMENT.sub("", _FRONT_MATTER.sub("", text, count=1))
    text = _FIELD.sub("", _LINK_TARGET.sub("", text))
    return [line for line in text.splitlines() if content_of(line) or _RULE.match(line)]


def bodies(lines: list[str], *, of_forms: bool = False, is_part: bool = False) -> list[str]:
    """Return the lines that are more than headings, heads of tables and boxes without a tick.

    Of forms, a line of several boxes counts where one is ticked, and a first line that states a
    conclusion is no title. `is_part` is whether there were further lines, so that one that is left
    alone may be the title.
    """
    kept = list(_without_headings(lines))
    if len(kept) == 1 and _is_head_of_table(kept[0]):
        return []
    is_whole = len(kept) == sum(1 for line in lines if content_of(line))
    if is_whole and (len(kept) > 1 or (is_part and kept)):
        kept = kept[_is_title(kept[0]) and not (of_forms and _is_conclusion(kept[0])) :]
    if of_forms:
        return [line for line in kept if not all(map(_has_no_answer, fields_of(line)))]
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


def _is_conclusion(line: str) -> bool:
    """Return whether a line says how something ended, as titles do not."""
    return _CONCLUSION.search(line) is not None and _KIND_OF_PAPER.search(line) is None


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
