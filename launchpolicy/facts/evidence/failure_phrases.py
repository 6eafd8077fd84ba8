"""Conclusions in words: whether a text concludes that something failed (threat E9, edition 7).

Each clause may conclude; the last one that does counts, since a first round that failed may have
been repeated. A count of failures stands whatever is counted beside it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from launchpolicy.facts.evidence.junit_vocabulary import is_bad_word, is_good_word
from launchpolicy.vocabulary.late_pattern import LatePattern

_SIGNS: Final = frozenset("✗✘❌✖🔴⛔❎🚫")
_WORDS: Final = frozenset(
    {
        *("f", "ng", "nogo", "red", "reject", "declined", "denied", "refused", "notaccepted"),
        *("notapproved", "didnotpass", "nopass", "fails", "failures", "errors"),
        *(
            "驳回",
            "拒绝",
            "不达标",
            "未达标",
            "不合格",
            "不同意",
            "不批准",
            "否决",
            "退回",
            "不及格",
        ),
        *(
            "不予通过",
            "未能通过",
            "没有通过",
            "没通过",
            "无法通过",
            "不能通过",
            "不接受",
            "不可上线",
        ),
        *("不具备上线条件", "不满足上线条件", "不建议上线", "不准上线", "不予上线", "不得上线"),
        *("暂缓上线", "终止", "有缺陷不可上线", "被拒绝", "未成功", "不成功", "不正常"),
    }
)
_END: Final = LatePattern(
    r"\b(?:(?<!not )(?:failed|fails|failing|failure|rejected|unsuccessful|aborted|blocked|refused"
    r"|declined)"
    r"|(?:not|never|n't|cannot|isn't|wasn't) (?:\w+ )?(?:pass|passed|ok|accepted|approved|ready"
    r"|successful|met)|no[ -]go)\W*\Z",
    re.IGNORECASE,
)
_START: Final = LatePattern(
    r"\A\W*(?:fail(?:ed|ure)?|rejected|aborted|error|no[ -]go)\W*\Z", re.IGNORECASE
)
_GOOD_END: Final = LatePattern(
    r"\b(?:pass|passed|passes|accepted|approved|ok|okay|successful(?:ly)?|succeeded|green|ready"
    r"|met|good)\W*\Z",
    re.IGNORECASE,
)
_NEGATED: Final = LatePattern(
    r"\b(?:no|none|nothing|nobody|never|without|zero|0|neither|if|unless)\b(?![ -]go\b)",
    re.IGNORECASE,
)
_COUNT: Final = LatePattern(
    r"(?P<before>\d{1,9})\s*(?:out of \d+ |of \d+ )?(?:\w+\s+){0,2}?"
    r"(?:failed|failures?|errors?|failing|broken|rejected)\b"
    r"|\b(?:failed|failures?|errors?|failing)\s*[:=]?\s*(?P<after>\d{1,9})\b"
    r"|(?P<items>\d{1,9})\s*[项个条例]?(?:测试|用例|断言|步骤|场景)*"
    r"(?:失败|不通过|未通过|不合格|错误|未达标)"
    r"|(?:失败|不通过|未通过|不合格|错误)(?:测试|用例|断言|步骤|场景)?数?\s*[::]?\s*"
    r"(?P<number>\d{1,9})",
    re.IGNORECASE,
)
_CHINESE_END: Final = LatePattern(
    r"(?:失败|异常|中断|中止|阻塞|驳回|拒绝|否决|退回|不及格|不予?同意|不批准|不接受"
    r"|(?:不|未|没|没有|无法|未能|不能|不予|未予|不准|不可|不得|不宜|不建议|暂缓|不同意|不具备|不满足)"
    r"(?:通过|合格|达标|成功|上线|上线条件|验收|发布))了?"
)
_CHINESE_GOOD: Final = LatePattern(
    r"(?:通过|合格|达标|成功|同意|同意上线|可以上线|具备上线条件|满足上线条件|正常|修复|解决|批准)了?"
)
_CHINESE_NEGATED: Final = LatePattern(r"(?:无|没有|未发现|未出现|未发生|零|不存在|(?<!\d)0)")
_CLAUSE: Final = LatePattern(r"[,;:()。！!\n\t|、；，：（）]|\.(?=\s|\Z)")
_DIGIT: Final = LatePattern(r"\d")
_MOST: Final = 400


def is_word_of_failure(written: str) -> bool:
    """Return whether a text is, as a whole, a word or a sign for a failure."""
    text = unicodedata.normalize("NFKC", written)
    if not _SIGNS.isdisjoint(text) and not any(map(str.isalnum, text)):
        return True
    word = "".join(filter(str.isalnum, text.lower()))
    return word in _WORDS or is_bad_word(text)


def concludes_failure(written: str) -> bool:
    """Return whether a text concludes that something failed, or was rejected."""
    text = unicodedata.normalize("NFKC", written).strip()[:_MOST]
    if not text or is_good_word(text):
        return False
    if is_word_of_failure(text):
        return True
    if "/" in text or "\\" in text:  # an address or a path
        return False
    return conclusion_of(text) == "bad"


def conclusion_of(text: str) -> str:
    """Return `good` or `bad` for a text that concludes, "" for one that does not."""
    conclusion = ""
    for clause in _CLAUSE.split(text):
        if own := _conclusion_of_clause(clause.strip()):
            conclusion = own
    return conclusion


def _conclusion_of_clause(clause: str) -> str:
    counts = [number for match in _COUNT.finditer(clause) for number in match.groups() if number]
    if counts:
        return "bad" if any(map(int, counts)) else ""
    if is_word_of_failure(clause) or _START.match(clause):
        return "bad"
    own = "" if clause.isascii() else _conclusion_in_chinese(clause)
    if not own and _END.search(clause):
        return "" if _NEGATED.search(clause) else "bad"
    if not own and _GOOD_END.search(clause) and not _DIGIT.search(clause):
        return "good"
    return own


def _conclusion_in_chinese(clause: str) -> str:
    plain = "".join(filter(str.isalnum, clause))
    if match := re.search(rf"{_CHINESE_END.pattern}\Z", plain):
        return "" if _CHINESE_NEGATED.search(plain, 0, match.start()) else "bad"
    is_good = re.search(rf"{_CHINESE_GOOD.pattern}\Z", plain) and not _DIGIT.search(plain)
    return "good" if is_good else ""
