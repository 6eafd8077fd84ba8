"""Reasons that excuse that something was left out, and give no ground for it."""

from __future__ import annotations

import re
from typing import Final

_REASONS: Final = re.compile(
    r"\.(none|dropped)\.reason$|defects\.reason$|problems\.reason$|^spec\.emergency\.reason$"
)
"""Places of reasons, where an excuse is none."""

_EMERGENCY: Final = "spec.emergency.reason"
_ENGLISH_LEAVE: Final = (
    r"\b(?:boss|leader|manager|management|leadership|director|centre|chief)s? (?:has |have )?"
    r"(?:orally |already )?(?:agreed|said|decided|approved|allowed|wants?|asked|insists?)\b"
)
_CHINESE_LEAVE: Final = r"领导.{0,4}(?:同意|说|要求|指示|批准)"
_LEAVE: Final = re.compile(f"{_ENGLISH_LEAVE}|{_CHINESE_LEAVE}", re.IGNORECASE)
_CLAUSE: Final = re.compile(r"[,，;；。!！\n]|\.(?=\s|$)|\b(?:and|but|because|so)\b")
_WORD: Final = re.compile(r"[A-Za-z]{2,}")
_IDEOGRAPH: Final = re.compile(r"[\u3400-\u9fff]")
_FEWEST: Final = (6, 8)
_FEWEST_IN_EMERGENCY: Final = (4, 5)
"""Words, or Chinese characters, of a clause that says something beside an excuse."""
_EXCUSE: Final = re.compile(
    r"\b(?:no|not enough|lack of|little|short of|had no|without) time\b(?! (?:zone|series|stamp))"
    r"|\btoo (?:big|large|much work|expensive|busy|late|much effort)\b|\bforg[eo]t(?:ten)?\b"
    rf"|{_ENGLISH_LEAVE}"
    r"|\b(?:last|previous) (?:week|month|year|time|quarter)'?s?\b.*\b(?:backup|there|enough|good)\b"
    r"|\b(?:done|do|fix(?:ed)?|repaired|solved|promote|back up)(?: it)? (?:later|another time)\b"
    r"|没有?时间|时间(?:太|比较|很)?(?:紧|不够|有限|不足|来不及)|来不及|忘(?:记|了)|空间不(?:足|够)"
    rf"|太(?:大|多|忙|麻烦|贵)|人手不|人员不足|嫌麻烦|{_CHINESE_LEAVE}"
    r"|口头同意|上(?:次|个?月|周|一?年|回|季度)(?:已经?)?(?:备份|做|有)过?|"
    r"(?:以后|下次|过后|回头)(?:再|修|做|处理|解决)",
    re.IGNORECASE,
)
"""What excuses that something was not done, and gives no ground."""


def is_reason(place: str) -> bool:
    """Return whether a reason stands at a place, which is given by its keys."""
    return _REASONS.search(place) is not None


def is_excuse(place: str, text: str) -> bool:
    """Return whether a reason at a place, given by its keys, only excuses what was not done.

    That there was no time, that it was too much, or that one may gives no ground. A reason that
    also says something else, in a clause of some length, is left to people; so is the leave that
    an emergency was given.
    """
    clauses, (words, ideographs) = _CLAUSE.split(text), _FEWEST
    if place == _EMERGENCY:
        clauses, (words, ideographs) = _CLAUSE.split(_LEAVE.sub(" ", text)), _FEWEST_IN_EMERGENCY
    others = [clause for clause in clauses if not _EXCUSE.search(clause)]
    return _EXCUSE.search(text) is not None and not any(
        len(_WORD.findall(clause)) >= words or len(_IDEOGRAPH.findall(clause)) >= ideographs
        for clause in others
    )
