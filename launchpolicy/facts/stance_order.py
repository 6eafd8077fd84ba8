"""Which of two conclusions came later: by the round, the day or the version that they name."""

from __future__ import annotations

import re
from typing import Final

from launchpolicy.vocabulary.late_pattern import LatePattern

_ROUND: Final = LatePattern(
    r"第\s*([0-9一二三四五]{1,2})\s*[轮次]|\b(?:round|run|attempt)\s*(?:no\.?)?\s*(\d{1,2})\b",
    re.IGNORECASE,
)
_VERSION: Final = LatePattern(r"\b(?:version|build|v)\.? ?(\d{1,9}(?:\.\d{1,9})*)\b", re.IGNORECASE)
_CANDIDATE: Final = LatePattern(r"\brc\W?(\d{1,3})\b", re.IGNORECASE)
_LEADING_DAY: Final = LatePattern(
    r"\W*(?:20\d\d[-./年])(\d{1,2})[-./月](\d{1,2})日?(?:\s+\d{1,2}:\d\d(?::\d\d)?)?(?=[\s:])[\s:]*"
)
_MONTHS: Final = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DAY: Final = LatePattern(
    r"\W*(?:(?:20\d\d[-./年])?(\d{1,2})[-./月](\d{1,2})日?"
    rf"|(\d{{1,2}})(?:st|nd|rd|th)? ({_MONTHS})[a-z]*\.?(?: 20\d\d)?"
    rf"|({_MONTHS})[a-z]*\.? (\d{{1,2}})(?:st|nd|rd|th)?(?:,? 20\d\d)?)\W*",
    re.IGNORECASE,
)
_HALF_A_YEAR: Final = 6
_DIGITS: Final = "零一二三四五"
_OF_LABEL: Final = LatePattern(
    r"\W*(?:(?:rev(?:ision)?|修订版?|版本)\.? ?([A-H])|([初一复二三终])[审评]|(\d)(?:st|nd|rd"
    r"|th) review|(?:review|iteration) ?(?:no\.?)? ?(\d{1,2}))\W*",
    re.IGNORECASE,
)
_STAGES: Final = {"初": 1, "一": 1, "复": 2, "二": 2, "三": 3, "终": 4}

Turn = tuple[str, tuple[int, ...]]
"""What is counted (`round`, `candidate`, `day`, `version`), and its number."""


def turn_of(label: str, clause: str) -> Turn | None:
    """Return which round, day or version a conclusion is of, if it says so.

    Args:
        label: what stands before its colon, or "".
        clause: all of it.
    """
    match = _ROUND.search(label or clause)
    if match:
        number = match[1] or match[2]
        return "round", (int(number) if number.isdigit() else _DIGITS.index(number),)
    candidate = _CANDIDATE.search(label or clause)
    if candidate:
        return "candidate", (int(candidate[1]),)
    day = _DAY.fullmatch(label) if label else None
    if day:
        return "day", _day_of(day)
    stage = _OF_LABEL.fullmatch(label) if label else None
    if stage:
        revision, chinese, ordinal, number = stage.groups()
        counted = ord(revision.upper()) if revision else _STAGES.get(chinese, 0)
        counted = counted or int(ordinal or number)
        return "revision" if revision else "review", (counted,)
    version = _VERSION.fullmatch(label) if label else _VERSION.search(clause)
    return ("version", tuple(map(int, version[1].split(".")))) if version else None


def is_later(turn: Turn, other: Turn) -> bool:
    """Return whether a turn comes after another one of its kind; a day may be in a new year."""
    counted, number = turn
    if counted != other[0]:
        return False
    is_of_new_year = counted == "day" and number[0] + _HALF_A_YEAR < other[1][0]
    return is_of_new_year or number > other[1]


def split_day(clause: str) -> tuple[Turn | None, str]:
    """Return the day at the beginning of a line of a log, if one is there, and the rest."""
    match = _LEADING_DAY.match(clause)
    if match is None:
        return None, clause
    return ("day", (int(match[1]), int(match[2]))), clause[match.end() :]


def _day_of(match: re.Match[str]) -> tuple[int, int]:
    numeric_month, numeric_day, day, month, first_month, second_day = match.groups()
    if numeric_month:
        return int(numeric_month), int(numeric_day)
    name = (month or first_month).lower()
    return _MONTHS.split("|").index(name) + 1, int(day or second_day)
