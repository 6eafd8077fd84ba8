"""What a form states by its layout: columns for the answers, rounds, legends and options.

A form names the answers that nobody gave: `| 内容 | 通过 | 不通过 |` above a tick, `通过（✓）/
不通过（ ）`, `√ 表示通过，× 表示不通过`. What was answered is written out, a line for each row, so
that `stances` reads it like any other sentence; a row without an answer becomes two empty boxes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from launchpolicy.facts.stance_order import turn_of
from launchpolicy.facts.stance_rules import (
    without_expectations,
    without_other_items,
    without_rules,
)
from launchpolicy.vocabulary.late_pattern import LatePattern
from launchpolicy.vocabulary.named_tuple import NamedTuple

_GOOD: Final = LatePattern(
    r"(?:验收|测试|检查|是否)?(?:通过|合格|同意|接受|符合|达标|是)|pass(?:ed)?|accept(?:ed)?"
    r"|approved?|agreed?|yes|ok",
    re.IGNORECASE,
)
_BAD: Final = LatePattern(
    r"(?:验收|测试|检查)?(?:不|未|不予)(?:通过|合格|同意|接受|符合|达标)|否|fail(?:ed)?"
    r"|reject(?:ed)?|not (?:passed|accepted|approved|agreed)|no|declined?|disagreed?",
    re.IGNORECASE,
)
_CROSS: Final = LatePattern(r"[×✗✘❌✖]+")
_MARK: Final = LatePattern(r"[√✓✔✅☑☒■●○×✗✘❌✖xXvVyY]|\[[xX√✓]\]|\d{1,6}|是|[-—/]+|无|n/a|")
_BLANK: Final = LatePattern(r"(?:0+|[-—/]+|无|n/a)?", re.IGNORECASE)
_RULER: Final = LatePattern(r"[\s|:+=-]+")
_ROUND: Final = LatePattern(
    r"\W*(?:第\s*[0-9一二三四五]{1,2}\s*[轮次]\w{0,4}|(?:round|run|attempt)\s*(?:no\.?)?\s*\d{1,2})"
    r"(?:\s*\([^()]*\))?\W*",
    re.IGNORECASE,
)
_ROUNDS: Final = LatePattern(r"\W*(?:轮次?|次数|rounds?|runs?|attempts?)\W*", re.IGNORECASE)
_LEGEND: Final = LatePattern(
    r"(?:(?<=^)|(?<=[\s,:;]))[√×✓✔✗✘❌✅○●◯□■△—/A-Z0-9-]{1,2}\s*"
    r"(?:表示|代表|=|means|stands for)\s*(?:(?:不|未)?(?:通过|合格|符合|达标|适用|测试|执行)|是|否"
    r"|pass(?:ed)?|fail(?:ed)?|not (?:applicable|run)|n/a|yes|no)(?=$|[\s,;。.、])",
    re.MULTILINE | re.IGNORECASE,
)
EARLIER_VERDICT: Final = LatePattern(
    r"\((?:the )?(?:previous|former|earlier|before|上一?次|此前|之前|原)[^()]*\)", re.IGNORECASE
)
"""What a bracket tells of an earlier verdict."""
_CHOICE: Final = LatePattern(
    r"\(\s*([^()/:\s]{1,12}(?:\s*/\s*[^()/:\s]{1,12})+)\s*\)[ \t]*$", re.MULTILINE
)
_ANSWER: Final = LatePattern(r"([^\s()/,;:、]{1,12})\s*\(\s*([√✓✔xX]?)\s*\)")
_ANSWERS: Final = LatePattern(rf"(?<=:)\s*{_ANSWER.pattern}(?:\s*[/、,;]?\s*{_ANSWER.pattern})+")
_MOST_COLUMNS: Final = 6

_Way = tuple[int, bool, int, int, list[str]]
"""Rows that are answered, whether with no, the first and the next line, and what they state."""

_NO_WAY: Final[_Way] = (0, False, 0, 0, [])


class _Form(NamedTuple):
    """A heading of columns: how many there are, and which stand for yes and for no."""

    columns: int
    good: int
    bad: int


def as_statements(text: str) -> str:
    """Return a text of one compatible form (NFKC) with its forms and tables written out."""
    plain = EARLIER_VERDICT.sub(" ", _LEGEND.sub(" ", without_rules(text)))
    plain = _ANSWERS.sub(_ticked_answers, plain)
    lines = list(without_expectations(without_other_items(plain.splitlines())))
    lines = [line for table in _tables(lines) for line in table]
    lines = list(_rounds(_with_rows_of_cells(lines)))
    below = frozenset(line.strip() for line in lines)
    return _CHOICE.sub(lambda choice: _without_choice(choice, below), "\n".join(lines))


def _ticked_answers(answers: re.Match[str]) -> str:
    """Return the answers that are ticked, and empty boxes where none is."""
    options = _ANSWER.findall(answers[0])
    ticked = [f"√{option}" for option, tick in options if tick]
    return " " + " ".join(ticked or [f"□{option}" for option, _ in options])


def _without_choice(choice: re.Match[str], lines: frozenset[str]) -> str:
    """Return a choice that a heading offers, or "" where a line takes one of its options."""
    options = {option.strip() for option in choice[1].split("/")}
    return "" if options & lines else choice[0]


def _tables(lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield the lines, those of a table with cells in one line written out."""
    reached = 0
    while reached < len(lines):
        cells = _cells(lines[reached])
        form = _form_of(cells) if cells else None
        taken: list[str] = []
        end = reached + 1
        if form or (cells and _ROUNDS.fullmatch(cells[0])):
            taken, end = _rows(lines, end, cells, form)
        yield taken or [lines[reached]]
        reached = end if taken else reached + 1


def _rows(
    lines: Sequence[str], start: int, heading: Sequence[str], form: _Form | None
) -> tuple[list[str], int]:
    """Return what the rows below a heading state, and the index of the line behind them."""
    taken: list[str] = []
    end = start
    while end < len(lines):
        cells = _cells(lines[end])
        if len(cells) < len(heading) - 1 and not _RULER.fullmatch(lines[end]):
            break
        if cells and not _RULER.fullmatch(lines[end]):
            padded = [*cells, "", ""]
            if form and not _MARK.fullmatch(padded[form.bad]):
                break
            taken += _answers(padded, heading, form) if form else _round_of(cells)
        end += 1
    return taken, end


def _answers(cells: Sequence[str], heading: Sequence[str], form: _Form) -> list[str]:
    """Return the answer of a row, and its other cells."""
    good, bad = cells[form.good], cells[form.bad]
    name = cells[0] or heading[0]
    others = [cell for at, cell in enumerate(cells) if at not in {0, form.good, form.bad} and cell]
    is_bad = not _BLANK.fullmatch(bad) and not (_CROSS.fullmatch(bad) and good)
    if is_bad or _CROSS.fullmatch(good):
        return [f"{name}: {heading[form.bad]}", *others]
    if _BLANK.fullmatch(good) and not good.isdigit():
        return [f"{name}: □{heading[form.good]} □{heading[form.bad]}", *others]
    return [f"{name}: √ {heading[form.good]}", *others]


def _round_of(cells: Sequence[str]) -> list[str]:
    name = f"round {cells[0]}" if cells[0].isdigit() else cells[0]
    return [f"{name}: {cell}" for cell in cells[1:] if cell]


def _cells(line: str) -> list[str]:
    """Return the cells of a line that is a row, or nothing."""
    for separator in "|\t,":
        if separator in line:
            inner = line.strip().strip("|") if separator == "|" else line
            return [cell.strip(" *_") for cell in inner.split(separator)]
    return []


def _form_of(cells: Sequence[str]) -> _Form | None:
    """Return the form that a heading makes, if two neighbouring columns are a yes and a no."""
    for at in range(1, len(cells) - 1):
        here, there = cells[at], cells[at + 1]
        if _GOOD.fullmatch(here) and _BAD.fullmatch(there):
            return _Form(len(cells), at, at + 1)
        if _BAD.fullmatch(here) and _GOOD.fullmatch(there):
            return _Form(len(cells), at + 1, at)
    return None


def _with_rows_of_cells(lines: Sequence[str]) -> list[str]:
    """Return the lines with the tables of an office file, which have a line for each cell."""
    plain = [line.strip("# \t") for line in lines]
    written: list[str] = []
    reached = 0
    for at in range(1, len(plain) - 1):
        if at <= reached or _form_of(["", plain[at], plain[at + 1]]) is None:
            continue
        best = max(_ways_to_unfold(plain, reached, at), default=_NO_WAY)
        if best[0]:
            _, _, start, end, taken = best
            written += [*lines[reached:start], *taken]
            reached = end
    return [*written, *lines[reached:]]


def _ways_to_unfold(lines: list[str], reached: int, at: int) -> Iterator[_Way]:
    """Yield each way to read cells as rows, with how many are answered and whether with no."""
    for start in range(max(reached, at - _MOST_COLUMNS + 2), at):
        for end in range(at + 2, min(start + _MOST_COLUMNS, len(lines)) + 1):
            heading = lines[start:end]
            form = _form_of(heading) if all(heading) else None
            if form is None:
                continue
            taken: list[str] = []
            row = end
            while row < len(lines):
                cells = [*lines[row : row + form.columns], *[""] * form.columns]
                cells = cells[: form.columns]
                if not _is_row(cells, form):
                    break
                taken += _answers(cells, heading, form)
                row += form.columns
            answered = sum(": □" not in line and ": " in line for line in taken)
            says_no = any(line.endswith(f": {heading[form.bad]}") for line in taken)
            yield answered, says_no, start, min(row, len(lines)), taken


def _is_row(cells: Sequence[str], form: _Form) -> bool:
    return (
        cells[0] != ""
        and not _MARK.fullmatch(cells[0])
        and _MARK.fullmatch(cells[form.good]) is not None
        and _MARK.fullmatch(cells[form.bad]) is not None
    )


def _rounds(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lines, the outcome below the name of a round behind that name."""
    name = ""
    for line in lines:
        turn = turn_of(line, line) if _ROUND.fullmatch(line) else None
        if turn:
            name = f"round {turn[1][0]}"
        elif name and (_GOOD.fullmatch(line.strip()) or _BAD.fullmatch(line.strip())):
            yield f"{name}: {line.strip()}"
            continue
        yield line
