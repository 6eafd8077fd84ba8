"""Whether a clause tells that a person or a body refuses what others agreed to.

"Operations agree. Legal objects to the launch." is no agreement, and neither is 运维部同意，DBA
拒绝批准. It counts beside any agreement, until the same one agrees, as later clauses may tell.
"""

from __future__ import annotations

import re
from typing import Final

from launchpolicy.facts.stance_open_answers import (
    OPEN_SIGNS,
    open_answer_in,
    tells_of_met_condition,
)
from launchpolicy.facts.stance_parties import CHINESE_PARTY, ENGLISH_PARTY, RANK
from launchpolicy.facts.stance_words import StanceKind
from launchpolicy.vocabulary.late_pattern import LatePattern

_ACTS: Final = (
    r"(?:sign(?:ed)?|accept(?:ed)?|approved?|agreed?|confirm(?:ed)?|endorsed?|authori[sz]ed?)"
)
_MATTER: Final = (
    r"(?: (?:off|(?:to |with |on )?(?:it|this|that|them)|all of it|(?:to |with |on )?"
    r"(?:the |this |our |its |that )(?:[a-z]+ )?(?:launch|release|delivery|deliverables?|acceptance"
    r"|migration|cut-?over|go-live|version|results?|reports?|plan|form|certificate|minutes|protocol"
    r"|rollout|deployment|change|test|system|product|module)"
    r"(?: (?:form|report|plan|sheet|window|results?|certificate))?))?"
)
_END: Final = (
    r"(?=\s*(?:[.,;:()]|$|\b(?:because|as|since|until|for|due|on|in|by|and|but|today|yet)\b))"
)
_ENGLISH: Final = LatePattern(
    rf"\W*(?P<who>{ENGLISH_PARTY})(?: (?:has|have|had))?(?: (?:still|again|also|even|now|then"
    rf"|formally))*"
    rf" (?:(?:refuse[sd]?|decline[sd]?) to (?:{_ACTS}|take over|release|go ahead|go along)\b"
    rf"|(?:is|are|was|were) (?:not (?:willing|ready|prepared|going)|unwilling) to {_ACTS}\b"
    rf"|(?:would not|wouldn't|will not|won't|did not|didn't|does not|doesn't|do not|don't|cannot"
    rf"|can not|can't|could not|couldn't|not|hasn't|haven't)(?: yet)? {_ACTS}{_MATTER}{_END}"
    r"|(?:with(?:held|holds?)) (?:(?:its|their|his|her|the|any) )?(?:approval|consent|signature"
    r"|sign-?off|agreement|acceptance)\b"
    rf"|(?:disagree[sd]?|objects?|objected|dissent(?:s|ed)?|oppose[sd]?|vetoe[sd]"
    rf"|veto){_MATTER}{_END}"
    r"|(?:raise[sd]?|lodged?|maintains?|upholds?) (?:an |its |their |his |her )?objections?\b"
    r"|voted? (?:against|no)\b|(?:is|are|was|were|remains?|stays?) (?:firmly |strongly )?(?:against"
    rf"|opposed(?: to)?){_MATTER}{_END}"
    r"|(?:turn(?:s|ed)|sends?|sent) (?:the |this )?(?:delivery|deliverables?|release|version) "
    r"(?:down|back)\b"
    rf"|return(?:s|ed) (?:the |this )?(?:delivery|deliverables?|release|version){_END})",
    re.IGNORECASE,
)
_PASSIVE: Final = LatePattern(
    r"\W*(?:the |an? )?(?:[\w'’]+ ){0,4}(?:approval|consent|sign-?off|signature|agreement) "
    r"(?:was|were|is|has been|have been) (?:refused|denied|withheld|declined|not (?:given|granted))"
    r"\b",
    re.IGNORECASE,
)
_ANSWER: Final = LatePattern(
    rf"\W*(?P<who>{ENGLISH_PARTY})\W*[:：]\W*(?:(?:he|she|they) )?(?:refuse[sd]?|decline[sd]?"
    rf"|against"
    r"|opposed|objects?|objected|objection|disagree[sd]?|veto(?:ed)?)\b(?: to)?"
    r"(?: (?:sign|accept|approve|agree))?[\s.]*(?:$|[,(])",
    re.IGNORECASE,
)
_ANSWER_OF_RANK: Final = LatePattern(
    rf"\W*(?P<who>(?:[a-z&]+ ){{0,3}}{RANK}|dba)\s*[:：]\s*no[\s.]*(?:$|[,(])", re.IGNORECASE
)
_NOBODY: Final = LatePattern(
    r"\W*(?:(?:no|none|neither|nobody|not|without|any|each|every|users?|end users?)\b"
    r"|未有|没有|无|任何)",
    re.IGNORECASE,
)
_SETTLED: Final = LatePattern(
    r"[^,，]*(?:\boverruled\b|\boutvoted\b|\bmajority\b|表决通过|多数同意)"
    r"|\W*(?:后来?|现|已|经|修[改订复]|调整|整改|补充|沟通|解释|说明)[^,，。部处室方组客户甲]{0,16}"
    r"(?:无异议|同意|批准|签字|验收|撤回|接受)"
    r"|\W*(?:this|that|it|which|(?:the |their |its )?(?:objections?|concerns?)) "
    r"(?:was|were|is|are|has been|have been) (?:since |then )?(?:resolved|settled|withdrawn|cleared"
    r"|lifted|taken back)\b",
    re.IGNORECASE,
)

_CHINESE: Final = LatePattern(
    rf"\W*(?P<who>{CHINESE_PARTY})(?:[(（][^()（）]{{1,16}}[)）])?(?:认为[^,，]{{0,20}}[,，])?"
    r"(?:(?:对|就|针对)(?:本次|此次|该|这次|本)?(?:系统|产品|版本)?(?:上线|发布|投产|验收|切换|变更"
    r"|交付|方案|计划|结果|结论)(?:结果|结论|方案|计划)?)?"
    r"(?:\s|仍然?|还是|依然|当场|明确|坚决|表示|已|已经|现|均|都|对此|最终|正式|书面)*"
    r"(?:拒绝(?:在[^,，。]{0,12})?(?:签字|签署|签收|签批|签章|盖章|验收|批准|审批|同意|接受|接收"
    r"|认可|确认|上线"
    r"|投产|放行|通过)"
    r"|拒(?:签|收|批)"
    r"|不(?:肯|愿|愿意)(?:签字?|签署|验收|批准|同意|接受|接收|认可|确认|上线|放行)"
    r"|(?:无法|不能|未能)(?:同意|批准|认可|签字|签署)(?:本次|此次|该|上线|发布|投产|验收|交付"
    r"|结果)*"
    r"(?=[\s,，。;；(（]|$)"
    r"|(?:提出|持有?|有|保留|存在)(?:了)?(?:强烈|重大|明确|不同|书面)?(?:异议|反对意见)"
    r"|(?:尚未|还未|仍未|未|没有|没)(?:予)?(?:同意|批准|认可|签字|签署|签章|盖章)"
    r"(?:本次|此次|该|上线|发布|投产|验收|交付|结果)*(?=[\s,，。;；(（]|$)"
    r"|投(?:了)?反对票"
    r"|(?:退回|打回|驳回)(?:了)?(?:本次|此次|该|本)?(?:[\u4e00-\u9fff]{0,4}?)?(?:交付物?|版本|验收"
    r"|方案)"
    r"|(?:将|把)(?:本次|此次|该|本)?(?:[\u4e00-\u9fff]{0,4}?)?(?:交付物?|版本"
    r"|方案)(?:予以)?(?:退回|打回|驳回))"
    r"(?!的)",
    re.IGNORECASE,
)
_CHINESE_ANSWER: Final = LatePattern(
    rf"\W*(?P<who>{CHINESE_PARTY})(?:[(（][^()（）]{{1,16}}[)）])?(?:意见|结论)?\s*[:：]\s*"
    r"(?:拒绝|拒签|拒收|反对|有异议|持异议|保留意见|不赞成|不支持)(?:签字|签署|批准|同意|上线"
    r"|验收)?"
    r"[\s。]*(?:$|[,，(（])",
    re.IGNORECASE,
)
_PARTY: Final = LatePattern(rf"\W*(?:{CHINESE_PARTY}|{ENGLISH_PARTY}(?![\w'’]))", re.IGNORECASE)
_AGREES: Final = (
    r"(?:\s|has|have|had|now|then|finally|also|since|later|已|现|也|均|都|随后|最终|重新|书面|当场|表示"
    r"|负责人)*"
    r"(?:approv|agree|accept|sign|confirm|withdr|同意|批准|签字|签署|验收通过|认可|无异议|撤回)"
)
"""What follows the name of one who agrees."""
_SUPPOSED: Final = LatePattern(
    r"弹出|提示框|按钮|用例|场景|\b(?:scenario|button|dialog|test case)s?\b", re.IGNORECASE
)
"""Words of what the product does where someone refuses."""

_SIGNS: Final = (
    *(
        "refus",
        "declin",
        "willing",
        "prepared",
        "ready",
        "going",
        "not ",
        "n't ",
        "withh",
        "against",
    ),
    *("disagree", "object", "dissent", "oppos", "veto", "vote", "turn", "sen", "denied", ": no"),
)
_CHINESE_SIGNS: Final = ("拒", "不", "无法", "未", "没", "异议", "反对", "意见", "退", "打回", "驳")
"""Parts of the words of refusal; a clause without one is read no further."""


_LEAD: Final = LatePattern(
    r"\W*(?:(?:but|however|yet|only|still|and|also|so far|in the end|finally|unfortunately|today"
    r"|in this case|at the meeting|in the meeting|during the review|except that)\b[ ,]*"
    r"|(?:但是?|不过|而|其中|另外?|此外|然而|只是|唯有?|最终|最后|目前|截至目前|会上|会后|评审中|现场)[，,]?)+",
    re.IGNORECASE,
)
"""What a clause may begin with before it names who refuses."""


def answer_against(clause: str) -> tuple[str, StanceKind]:
    """Return who refuses what is decided, has not answered or ties it to a condition, and which.

    Both are "" where nobody does. Of a refusal in the passive, which may name nobody, the first is
    the whole clause.
    """
    lead = _LEAD.match(clause)
    clause = clause[lead.end() :] if lead else clause
    lowered = clause.lower()
    signs = {
        language: any(sign in lowered for sign in words)
        for language, words in (("en", _SIGNS), ("zh", _CHINESE_SIGNS), ("open", OPEN_SIGNS))
    }
    if not any(signs.values()) or _SUPPOSED.search(clause) or _NOBODY.match(clause):
        return "", ""
    patterns = [
        *([_ENGLISH, _ANSWER, _ANSWER_OF_RANK] if signs["en"] else []),
        *([_CHINESE, _CHINESE_ANSWER] if signs["zh"] else []),
    ]
    match = next((match for pattern in patterns if (match := pattern.match(clause))), None)
    if match:
        return match["who"].strip().lower(), "refused"
    if signs["en"] and _PASSIVE.match(clause):
        return clause, "refused"
    return open_answer_in(clause) if signs["open"] else ("", "")


def begins_with_party(clause: str) -> bool:
    """Return whether a clause begins with a role, a department or a person."""
    return _PARTY.match(clause) is not None


def settles(subject: str, kind: StanceKind, clause: str, *, is_good: bool) -> bool:
    """Return whether a clause takes back what a person or body said against the matter before.

    Args:
        subject: who said it, as `answer_against` has it.
        kind: likewise; a condition that is met settles no refusal.
        clause: a later clause.
        is_good: whether it has words of agreement.
    """
    if is_good and re.search(f"{re.escape(subject)}{_AGREES}", clause.lower()):
        return True
    is_met = kind == "conditional" and tells_of_met_condition(clause)
    return is_met or _SETTLED.match(clause) is not None
