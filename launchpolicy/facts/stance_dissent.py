"""Whether a clause tells that a person or a body refuses what others agreed to.

"Operations agree. Legal objects to the launch." is no agreement, and neither is 运维部同意，DBA
拒绝批准. It counts beside any agreement, until the same one agrees, as later clauses may tell.
"""

from __future__ import annotations

import re
from typing import Final

from launchpolicy.vocabulary.late_pattern import LatePattern

_BODY: Final = (
    r"(?:customers?|clients?|vendors?|suppliers?|dbas?|database administrators?|operations|ops"
    r"|finance|accounting|security|quality(?: assurance)?|qa|testing|legal|compliance"
    r"|risk(?: control)?|audit|internal audit|marketing|sales|support|customer service|product"
    r"|development|r&d|engineering|architecture|management|leadership|procurement|infrastructure|network|business|sre)"
)
_RANK: Final = (
    r"(?:leads?|leaders?|managers?|directors?|heads?|officers?|offices?|departments?|teams?|groups?"
    r"|boards?|committees?|representatives?|side|owners?|engineers?|approvers?|reviewers?|experts?"
    r"|administrators?|architects?|auditors?|sponsors?|stakeholders?|counsel|chair(?:man|woman)?"
    r"|controllers?|testers?|members?)"
)
_WHO: Final = (
    rf"(?:(?:the|our|their|its|one|two|both|a|an) )?(?:{_BODY}(?: and {_BODY})?(?: {_RANK})?"
    rf"|(?:[a-z&]+ ){{0,2}}{_RANK}"
    r"|(?-i:[A-Z][a-z]+ [A-Z][a-z]+)|(?-i:(?:Mr|Ms|Mrs|Dr)\.? [A-Z][a-z]+)"
    r"|[a-z]+\.[a-z]+)"
)
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
    rf"\W*(?P<who>{_WHO})(?: (?:has|have|had))?(?: (?:still|again|also|even|now|then|formally))*"
    rf" (?:(?:refuse[sd]?|decline[sd]?) to (?:{_ACTS}|take over|release|go ahead|go along)\b"
    rf"|(?:is|are|was|were) (?:not (?:willing|ready|prepared|going)|unwilling) to {_ACTS}\b"
    rf"|(?:would not|wouldn't|will not|won't|did not|didn't|does not|doesn't|do not|don't|cannot"
    rf"|can not|can't|could not|couldn't|not|hasn't|haven't)(?: yet)? {_ACTS}{_MATTER}{_END}"
    r"|(?:with(?:held|holds?)) (?:(?:its|their|his|her|the|any) )?(?:approval|consent|signature"
    r"|sign-?off|agreement|acceptance)\b"
    rf"|(?:disagree[sd]?|objects?|objected|dissent(?:s|ed)?|oppose[sd]?|vetoe[sd]|veto){_MATTER}{_END}"
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
    rf"\W*(?P<who>{_WHO})\W*[:：]\W*(?:(?:he|she|they) )?(?:refuse[sd]?|decline[sd]?|against"
    r"|opposed|objects?|objected|objection|disagree[sd]?|veto(?:ed)?)\b(?: to)?"
    r"(?: (?:sign|accept|approve|agree))?[\s.]*(?:$|[,(])",
    re.IGNORECASE,
)
_ANSWER_OF_RANK: Final = LatePattern(
    rf"\W*(?P<who>(?:[a-z&]+ ){{0,3}}{_RANK}|dba)\s*[:：]\s*no[\s.]*(?:$|[,(])", re.IGNORECASE
)
_NOBODY: Final = LatePattern(
    r"\W*(?:(?:no|none|neither|nobody|not|without|any|each|every|users?|end users?)\b"
    r"|未有|没有|无|任何)",
    re.IGNORECASE,
)
_SETTLED: Final = LatePattern(
    r"[^,，]*(?:\boverruled\b|\boutvoted\b|\bmajority\b|表决通过|多数同意)"
    r"|\W*(?:后来?|现|已|经|修[改订复]|调整|整改|补充|沟通|解释|说明)[^,，。]{0,16}"
    r"(?:无异议|同意|批准|签字|验收|撤回|接受)"
    r"|\W*(?:this|that|it|which|(?:the |their |its )?(?:objections?|concerns?)) "
    r"(?:was|were|is|are|has been|have been) (?:since |then )?(?:resolved|settled|withdrawn|cleared"
    r"|lifted|taken back)\b",
    re.IGNORECASE,
)

_SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁"
    "任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴"
    "莫孔向汤"
)
_CHINESE_BODY: Final = (
    r"(?:客户|甲方|乙方|业主|业务|需求|运维|运营|DBA|数据库|财务|会计|法务|法律|合规|风控|审计|内审|安全"
    r"|信息安全|质量|质控|品质|测试|产品|研发|开发|技术|架构|基础设施|网络|市场|销售|客服|采购|行政|项目"
    r"|项目管理|领导|公司领导|管理|实施|供应商|厂商|监理|专家|评审|验收|审批|变更)"
)
_CHINESE_RANK: Final = (
    r"(?:部门?|处|科|室|中心|组|团队|小组|委员会|委员|办公室|方|侧|人员|人|负责人|经理|主管|总监|主任|代表"
    r"|工程师|管理员|专家|成员|领导|总|管|同事|同志|老师)"
)
_CHINESE_WHO: Final = (
    rf"(?:[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}?|{_CHINESE_BODY}{_CHINESE_RANK}{{0,2}}|客户|甲方"
    rf"|[\u4e00-\u9fff]{{2,6}}?(?:部门?|处|室|中心|委员会|负责人|经理|总监|代表|方))"
)
_CHINESE: Final = LatePattern(
    rf"\W*(?P<who>{_CHINESE_WHO})(?:[(（][^()（）]{{1,16}}[)）])?(?:认为[^,，]{{0,20}}[,，])?"
    r"(?:\s|仍然?|还是|依然|当场|明确|坚决|表示|已|已经|现|均|都|对此|最终|正式|书面)*"
    r"(?:拒绝(?:在[^,，。]{0,12})?(?:签字|签署|签收|签批|签章|盖章|验收|批准|审批|同意|接受|接收|认可|确认|上线"
    r"|投产|放行|通过)"
    r"|拒(?:签|收|批)"
    r"|不(?:肯|愿|愿意)(?:签字?|签署|验收|批准|同意|接受|接收|认可|确认|上线|放行)"
    r"|(?:无法|不能|未能)(?:同意|批准|认可|签字|签署)(?:本次|此次|该|上线|发布|投产|验收|交付|结果)*"
    r"(?=[\s,，。;；(（]|$)"
    r"|(?:提出|持有?|有|保留|存在)(?:了)?(?:强烈|重大|明确|不同|书面)?(?:异议|反对意见)"
    r"|(?:尚未|还未|仍未|未|没有|没)(?:予)?(?:同意|批准|认可|签字|签署|签章|盖章)"
    r"(?:本次|此次|该|上线|发布|投产|验收|交付|结果)*(?=[\s,，。;；(（]|$)"
    r"|投(?:了)?反对票"
    r"|(?:退回|打回|驳回)(?:了)?(?:本次|此次|该|本)?(?:[\u4e00-\u9fff]{0,4}?)?(?:交付物?|版本|验收|方案)"
    r"|(?:将|把)(?:本次|此次|该|本)?(?:[\u4e00-\u9fff]{0,4}?)?(?:交付物?|版本|方案)(?:予以)?(?:退回|打回|驳回))"
    r"(?!的)",
    re.IGNORECASE,
)
_CHINESE_ANSWER: Final = LatePattern(
    rf"\W*(?P<who>{_CHINESE_WHO})(?:[(（][^()（）]{{1,16}}[)）])?(?:意见|结论)?\s*[:：]\s*"
    r"(?:拒绝|拒签|拒收|反对|有异议|持异议|保留意见|不赞成|不支持)(?:签字|签署|批准|同意|上线|验收)?"
    r"[\s。]*(?:$|[,，(（])",
    re.IGNORECASE,
)
_SUPPOSED: Final = LatePattern(
    r"时|则|如|若|当|后(?:可|应|须|弹)|提示|弹出|系统|页面|接口|按钮|用例|场景"
    r"|\b(?:if|when|whenever|unless|case|scenario|screen|page|button|dialog|message|error|shows?)\b",
    re.IGNORECASE,
)
"""Words of what may happen, or of what the product does where someone refuses."""


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
        "disagree",
    ),
    *("object", "dissent", "oppos", "veto", "vote", "against", "turn", "sen", "denied", ": no"),
)
_CHINESE_SIGNS: Final = ("拒", "不", "无法", "未", "没", "异议", "反对", "意见", "退", "打回", "驳")
"""Parts of the words of refusal; a clause without one is read no further."""


def dissenter_in(clause: str) -> str:
    """Return who refuses, in a clause, what is decided; "" where nobody does.

    Of a refusal in the passive, which may name nobody, it is the whole clause.
    """
    lowered = clause.lower()
    english = any(sign in lowered for sign in _SIGNS)
    chinese = any(sign in clause for sign in _CHINESE_SIGNS)
    if not (english or chinese) or _SUPPOSED.search(clause) or _NOBODY.match(clause):
        return ""
    patterns = [
        *([_ENGLISH, _ANSWER, _ANSWER_OF_RANK] if english else []),
        *([_CHINESE, _CHINESE_ANSWER] if chinese else []),
    ]
    match = next((match for pattern in patterns if (match := pattern.match(clause))), None)
    if match:
        return match["who"].strip().lower()
    return clause if english and _PASSIVE.match(clause) else ""


def settles(subject: str, clause: str, *, is_good: bool) -> bool:
    """Return whether a clause takes back what a person or body refused before.

    Args:
        subject: who refused, as `dissenter_in` has it.
        clause: a later clause.
        is_good: whether it has words of agreement.
    """
    return (is_good and subject in clause.lower()) or _SETTLED.match(clause) is not None
