"""Reasons that excuse that something was left out, and give no ground for it."""

from __future__ import annotations

import re
from typing import Final

from launchpolicy.vocabulary.late_pattern import LatePattern

_REASONS: Final = LatePattern(
    r"\.(none|dropped)\.reason$|defects\.reason$|problems\.reason$|^spec\.emergency\.reason$"
)
"""Places of reasons, where an excuse is none."""

_EMERGENCY: Final = "spec.emergency.reason"
_ENGLISH_LEAVE: Final = (
    r"\b(?:boss|leader|manager|management|leadership|director|centre|chief)s? (?:has |have )?"
    r"(?:orally |already )?(?:agreed|said|decided|approved|allowed|wants?|asked|insists?)\b"
)
_CHINESE_LEAVE: Final = r"领导.{0,4}(?:同意|说|要求|指示|批准)"
_LEAVE: Final = LatePattern(f"{_ENGLISH_LEAVE}|{_CHINESE_LEAVE}", re.IGNORECASE)
_CLAUSE: Final = LatePattern(r"[,，;；。!！\n]|\.(?=\s|$)|\b(?:and|but|because|so)\b")
_WORD: Final = LatePattern(r"[A-Za-z]{2,}")
_IDEOGRAPH: Final = LatePattern(r"[\u3400-\u9fff]")
_FEWEST: Final = (6, 8)
_FEWEST_IN_EMERGENCY: Final = (4, 5)
"""Words, or Chinese characters, of a clause that says something beside an excuse."""
_EXCUSE: Final = LatePattern(
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
_COLLEAGUE: Final = r"(?:dba|lead|team|operator|administrator|manager|person|colleague|he|she)s?"
_FURTHER_EXCUSE: Final = LatePattern(
    r"\bsav(?:es?|ing) (?:time|money|costs?|effort|work)\b|\bin a hurry\b|\btight deadline\b"
    r"|\A\W*(?:because of )?(?:the )?deadline\W*\Z|\bdisks? (?:is |are )?full\b|\btrust me\b"
    r"|\bno (?:space (?:left|for)|tools? (?:for|to)|staff|budget)\b"
    r"|\A\W*no (?:space|tools?|capacity|money)\W*\Z"
    r"|\bnobody (?:knows how|asked (?:for|us)|has time)\b"
    rf"|\b{_COLLEAGUE} (?:is |are |was )?(?:on holiday|on leave|not available|away|ill|sick)\b"
    r"|\b(?:agreed|allowed|approved|settled) by (?:tele)?phone\b"
    r"|\bdiscussed with (?:the )?(?:boss|lead|leader|manager|management)\b"
    rf"|\bthe {_COLLEAGUE} (?:said|says) (?:no|so)\b|\btakes? too long\b|\bcosts? too much\b"
    r"|\bnext time\b|\bno big deal\b|\bnothing will happen\b|\bwe never\b|\bnever necessary\b"
    r"|\A\W*(?:the )?(?:same )?(?:done )?as (?:last time|always|usual)\W*\Z"
    r"|省(?:事|时间|成本|钱|力)|节省(?:成本|时间|人力)|嫌(?:慢|烦)|赶(?:时间|上线|进度|工期)|急着"
    r"|磁盘(?:已)?满"
    r"|没有?(?:空间(?!限制)|工具(?!栏)|人手|预算|经费)|没人(?:会|有空|管)"
    r"|(?:负责人|dba|管理员|人员|同事|人)(?:在)?(?:休假|出差|不在岗?|请假|离职)"
    r"|(?:已|经)(?:与|和|跟)?(?:领导|dba|运维|上级)?沟通过?\s*\Z|(?:dba|运维|开发|厂家|领导)说(?:不"
    r"|没|无)"
    r"|领导(?:已)?知道|流程(?:太|过|较|很)?(?:长|繁琐|麻烦)|先上线再说|出了?问题再说|大家都知道"
    r"|用不着"
    r"|(?:以前|从前|过去|历来|从来)(?:也|都|就)?(?:没有?|不)(?:备|做|发|写|通知|统计|记录)"
    r"|(?<!不)应该不会|没有人(?:会|有空|管|看|用过)"
    r"|\bnot enough (?:space|people|staff|money|capacity)\b|懒得|不想(?:备|做|发|写|打扰|通知|弄)"
    r"|没人看|\bnobody (?:reads"
    r"|cares|looks)\b"
    r"|\b(?:do|did)(?: not|n't) (?:feel like|bother|want to|care)\b|上次备过|应该没(?:什么"
    r"|啥)?(?:问题|事)"
    r"|\b(?:should|will) be (?:fine|ok|okay|alright|all right)\W*\Z|\bnothing (?:can|could"
    r"|should) go wrong\b"
    r"|(?:脚本|磁盘|设备|机器|工具|硬盘)(?:都)?(?:坏|挂|出问题)了?|没(?:有)?权限\s*(?:\Z"
    r"|[,，。做备发])|不会(?:弄|搞|操作)"
    r"|没什么可(?:备|做|发|写)"
    r"|\b(?:scripts?|tools?|drives?) (?:is|are|was) (?:broken|down)\b"
    r"|\A\W*(?:we have )?no permissions?\W*\Z"
    r"|\bnot (?:our|my) job\b|\bwe trust\b|\bi guess\b"
    r"|按(?:照)?(?:惯例|老规矩|习惯|往常)|习惯做法|历来如此"
    r"|一直(?:都)?(?:不|没有?)(?:备份|做过|发布|推广|测试|通知)|(?:备份|恢复)(?:太|很|较)?慢",
    re.IGNORECASE,
)
"""More of them, in everyday words, which count since edition 11."""


def is_reason(place: str) -> bool:
    """Return whether a reason stands at a place, which is given by its keys."""
    return _REASONS.search(place) is not None


def is_excuse(place: str, text: str, *, has_further: bool = False) -> bool:
    """Return whether a reason at a place, given by its keys, only excuses what was not done.

    That there was no time, that it was too much, or that one may gives no ground. A reason that
    also says something else, in a clause of some length, is left to people; so is the leave that
    an emergency was given.
    """
    excuses = (_EXCUSE, _FURTHER_EXCUSE) if has_further else (_EXCUSE,)
    clauses, (words, ideographs) = _CLAUSE.split(text), _FEWEST
    if place == _EMERGENCY:
        clauses, (words, ideographs) = _CLAUSE.split(_LEAVE.sub(" ", text)), _FEWEST_IN_EMERGENCY
    others = [clause for clause in clauses if not _excuses(clause, excuses)]
    return _excuses(text, excuses) and not any(
        len(_WORD.findall(clause)) >= words or len(_IDEOGRAPH.findall(clause)) >= ideographs
        for clause in others
    )


def _excuses(text: str, excuses: tuple[LatePattern, ...]) -> bool:
    return any(excuse.search(text) for excuse in excuses)
