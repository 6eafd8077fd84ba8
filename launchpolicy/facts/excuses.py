"""Reasons that excuse that something was left out, and give no ground for it."""

from __future__ import annotations

import re
from typing import Final

_REASONS: Final = re.compile(
    r"\.(none|dropped)\.reason$|defects\.reason$|problems\.reason$|^spec\.emergency\.reason$"
)
"""Places of reasons, where an excuse is none."""

_EXCUSE: Final = re.compile(
    r"\b(?:no|not enough|lack of|little|short of|had no|without) time\b(?! zone)"
    r"|\btoo (?:big|large|much work|expensive|busy|late|much effort)\b|\bforg[eo]t(?:ten)?\b"
    r"|\b(?:boss|leader|manager|management|leadership|director|centre|chief)s? (?:has |have )?"
    r"(?:orally |already )?(?:agreed|said|decided|approved|allowed|wants?|asked|insists?)\b"
    r"|\b(?:last|previous) (?:week|month|year|time|quarter)'?s?\b.*\b(?:backup|there|enough|good)\b"
    r"|\b(?:done|do|fix(?:ed)?|repaired|solved|promote|back up)(?: it)? (?:later|another time)\b"
    r"|没有?时间|时间(?:太|比较|很)?(?:紧|不够|有限|不足|来不及)|来不及|忘(?:记|了)|空间不(?:足|够)"
    r"|太(?:大|多|忙|麻烦|贵)|人手不|人员不足|嫌麻烦|领导.{0,4}(?:同意|说|要求|指示|批准)"
    r"|口头同意|上(?:次|个?月|周|一?年|回|季度)(?:已经?)?(?:备份|做|有)过?|(?:以后|下次|过后|回头)(?:再|修|做|处理|解决)",
    re.IGNORECASE,
)
"""What excuses that something was not done, and gives no ground."""


def is_reason(place: str) -> bool:
    """Return whether a reason stands at a place, which is given by its keys."""
    return _REASONS.search(place) is not None


def is_excuse(text: str) -> bool:
    """Return whether a reason is that there was no time, that it was forgotten, or that one may."""
    return _EXCUSE.search(text) is not None
