"""Whether a clause tells that a person or a body has not answered yet, or agrees on a condition.

"Operations agree. Legal is still reviewing." is no agreement yet, and "the DBA agrees, provided the
backup is repeated" is one only once it was.
"""

from __future__ import annotations

import re
from typing import Final

from launchpolicy.facts.stance_parties import CHINESE_PARTY, ENGLISH_PARTY
from launchpolicy.facts.stance_words import StanceKind
from launchpolicy.vocabulary.late_pattern import LatePattern

_ANSWER: Final = (
    r"(?:answer|approval|signature|decision|confirmation|consent|sign-?off|agreement|statement"
    r"|vote)"
)
_MISSING: Final = (
    r"(?:still )?(?:pending|missing|outstanding|open|awaited|due|to follow|to come|not in|not there"
    r"|not here|being waited for)\b"
)
_ENGLISH_OPEN: Final = LatePattern(
    rf"\W*(?P<who>{ENGLISH_PARTY})(?:"
    r" (?:has|have)(?: (?:not|still not)|n't)(?: yet)? (?:answered|replied|responded|decided"
    r"|confirmed|commented|voted|reacted)\b"
    r"|(?: (?:is|are|was|were))? still (?:reviewing|checking|assessing|considering|deciding"
    r"|thinking"
    r"|waiting|looking|working|undecided|evaluating|discussing)\b"
    r"|,? who (?:has|have) not (?:answered|replied|decided|signed)\b"
    r"| (?:will|is to|are to|is going to|intends? to) (?:only )?(?:decide|answer"
    r"|confirm|sign(?: off)?"
    r"|approve|agree|accept|vote)(?: on (?:it|this)| it| this| the (?:launch|release|acceptance"
    r"|delivery|form|report))? (?:later|next|tomorrow|again|afterwards|after|once|when|soon"
    r"|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
    r"| wants? to (?:look|check|review|think|discuss|see|decide)\b.* again\b"
    rf"|(?:['’]s?)? {_ANSWER}(?: to (?:this|it|the [a-z]+))? (?:is|are|was|were) {_MISSING}"
    r"| abstain(?:s|ed)\b"
    r"| has (?:open|unanswered|further) questions\b"
    r"| (?:asks?|asked|demands?|demanded|requests?|requested|requires?|insists? on"
    r"|wants?)(?: for)? "
    r"(?:another|a further|a second|one more|more|additional|new) "
    r"(?:tests?|reviews?|rounds?|rehearsals?|checks?|inspections?|proofs?|time|backups?)\b"
    r"|\W*[:：]\W*(?:still )?(?:pending|tbc|tbd|to be (?:confirmed|decided|announced|done)|not yet"
    r"|under review|in review|reviewing|waiting|awaiting|no (?:answer|reply|response)|outstanding"
    r"|undecided|abstain(?:s|ed)?|has not (?:answered|replied|signed)|open)\b[^:]*$)",
    re.IGNORECASE,
)
_ENGLISH_MISSING: Final = LatePattern(
    rf"\W*(?:the )?{_ANSWER} (?:of|by|from) (?P<who>{ENGLISH_PARTY}) (?:is|are|was|were) {_MISSING}"
    rf"|\W*(?:we|the team|everyone|all) (?:are|is) still waiting for (?P<whose>{ENGLISH_PARTY})\b"
    rf"|\W*(?:we are |still )waiting for (?:the )?(?:{_ANSWER} (?:of|by|from) )?"
    rf"(?P<awaited>{ENGLISH_PARTY})(?:['’]s? {_ANSWER})?\b",
    re.IGNORECASE,
)
_ENGLISH_CONDITION: Final = LatePattern(
    rf"\W*(?P<who>{ENGLISH_PARTY}) (?:has |have |had |will |would |only |now |also )*"
    r"(?:agree[sd]?|approve[sd]?|accept(?:s|ed)?|sign(?:s|ed)?|consents?|consented|confirms?)"
    r"(?: off| to (?:it|this)| (?:to )?the (?:launch|release|delivery|migration))?"
    r",?(?: but)?(?: only)? (?:if|provided|on (?:the )?condition|as long as|subject to|unless"
    r"|with (?:the |a |one |two |some )?(?:reservations?|conditions?)|conditionally"
    r"|under (?:the |one |a )?conditions?)\b",
    re.IGNORECASE,
)
_CHINESE_OPEN: Final = LatePattern(
    rf"\W*(?P<who>{CHINESE_PARTY})(?:[(（][^()（）]{{1,16}}[)）])?\s*(?:目前|对此|现|暂|均)*(?:"
    r"(?:尚未|仍未|还未|未|没有|还没有?|暂未)(?:予)?(?:答复|回复|回应|表态|反馈|作?出?决定"
    r"|签字确认|给出意见"
    r"|提供意见|明确意见)(?:意见)?(?=[\s,，。;；(（]|$)"
    r"|(?:仍在|还在|正在)(?:评估|审核|审查|审批|研究|考虑|核实|讨论|会签)(?!完|通过|的)"
    r"|(?:下周|下月|稍后|会后|节后|明天|日后|上线后|之后|改天)(?:再|另行|才)?(?:作?出?决定|答复"
    r"|回复|确认|签字"
    r"|补签|签署|表态|审批)(?:意见|验收单)?(?=[\s,，。;；(（]|$)"
    r"|(?:的)?(?:意见|签字|签名|签章|答复|结论|审批|批复|确认)?(?:待定|待确认|待补|待签|待回复"
    r"|待审批?|未定"
    r"|暂缺|尚缺)(?:签|充)?(?=[\s,，。;；(（]|$)"
    r"|(?:的)?(?:意见|签字|签名|签章|答复|批复)(?:缺失|暂缺|尚缺|未到|未回)"
    r"|(?:仍|尚|还)?(?:须|需|要|需要)再(?:评估|测试?|审核?|看|议|研究"
    r"|确认)(?:一[下轮次])?(?=[\s,，。;；]|$)"
    r"|要求(?:再|重新)(?:测试?|评审|演练|验收|检查|备份)[^,，。]{0,6}(?:后|才)"
    r"|弃权"
    r"|(?:意见|结论)?\s*[:：]\s*(?:待定|待确认|待签|待补签?|审核中|审批中|评估中|会签中|处理中"
    r"|未回复|未答复"
    r"|未表态|未定|暂无意见|暂无答复|弃权|尚未[^,，。]{0,6})[\s。]*(?:$|[,，(（]))",
    re.IGNORECASE,
)
_CHINESE_CONDITION: Final = LatePattern(
    rf"\W*(?P<who>{CHINESE_PARTY})(?:[(（][^()（）]{{1,16}}[)）])?\s*(?:意见\s*[:：]\s*)?(?:"
    r"(?:在|以)[^,，。]{1,30}(?:前提下|条件下|为前提|为条件)[,，]?(?:才)?(?:同意|批准|认可|接受"
    r"|通过)"
    r"|(?:有条件|附条件|带条件)(?:地)?(?:同意|批准|认可|接受|通过)"
    r"|(?:同意|批准|认可|接受)(?:上线|发布|投产|本次上线)?[,，]?(?:但|不过|前提是|条件是)"
    r"(?:是)?(?:须|需|要|应|必须|前提|条件|[^,，。]{1,20}(?:前|后|前提|条件|方可|才)))",
    re.IGNORECASE,
)
_MET: Final = LatePattern(
    r"(?:条件|前提)[^,，。]{0,8}(?:已|均已|全部)[^,，。]{0,4}(?:满足|具备|达到|落实|完成)"
    r"|\b(?:conditions?|reservations?)\b.*\b(?:met|fulfilled|settled|lifted|done"
    r"|removed|resolved)\b",
    re.IGNORECASE,
)
OPEN_SIGNS: Final = (
    *("not ", "n't ", "still", "will ", "later", "pending", "missing", "outstanding", "abstain"),
    *("questions", "another", "further", "more ", "tbc", "tbd", "to be ", "waiting", "review"),
    *(" if ", "provided", "condition", "as long as", "subject to", "unless", "reservation", "open"),
    *("no answer", "no reply", "undecided", "wants", "second", "additional"),
    *("尚未", "仍未", "还未", "未答", "未回", "未应", "未表态", "未反馈", "未决定", "未签", "未作"),
    *(
        "没有",
        "暂未",
        "仍在",
        "还在",
        "正在",
        "需再",
        "须再",
        "要再",
        "要求再",
        "要求重新",
        "待",
        "缺",
    ),
    *("弃权", "决定", "后", "前提", "条件", "但", "不过", "中", "暂无", "未给出", "未定", "未到"),
)
"""Parts of the words of an open answer; a clause without one is read no further."""


def open_answer_in(clause: str) -> tuple[str, StanceKind]:
    """Return who has not agreed yet, or only on a condition, and which; both "" for nobody."""
    for kind, pattern in _PATTERNS:
        match = pattern.match(clause)
        if match:
            return next(filter(None, match.groupdict().values())).strip().lower(), kind
    return "", ""


_PATTERNS: Final[tuple[tuple[StanceKind, LatePattern], ...]] = (
    ("open", _ENGLISH_OPEN),
    ("open", _ENGLISH_MISSING),
    ("conditional", _ENGLISH_CONDITION),
    ("open", _CHINESE_OPEN),
    ("conditional", _CHINESE_CONDITION),
)


_AGREEMENT: Final = (
    r"(?:[\u4e00-\u9fff]{0,4}(?:同意|批准|通过|合格|验收|认可)(?:上线|发布|验收)?"
    r"|(?:we |i |all )?(?:is |are )?(?:accepted|approved?|agreed?|passed|signed(?: off)?|released))"
    r"(?=\s*(?:[.。;；,，]|$|[□☐○◯☑☒■✓✔√●\[]))"
)
_UNTICKED: Final = LatePattern(
    rf"(?:[□☐○◯]|\[\s?\])\s*(?!不|未)(?P<words>{_AGREEMENT})", re.IGNORECASE | re.MULTILINE
)
_TICKED: Final = LatePattern(
    rf"(?:[☑■✓✔√●]|\[[xX√✓]\])\s*(?!不|未)[^\n□☐○◯☑☒■✓✔√●\[]*?{_AGREEMENT}",
    re.IGNORECASE | re.MULTILINE,
)


def unticked_agreement(text: str) -> str:
    """Return the words of agreement beside an empty box, where none beside a full one agree."""
    match = _UNTICKED.search(text)
    return match["words"].strip() if match and not _TICKED.search(text) else ""


def tells_of_met_condition(clause: str) -> bool:
    """Return whether a clause tells that a condition is met."""
    return _MET.search(clause) is not None
