"""Remarks beside a good result that tell of a fault, of half a success, or of no look at all.

"Sometimes it crashes", 没测, 应该没问题, 大部分通过, "2 bugs still open": beside `accepted` they
say against it, unless the remark also says that the matter is right. What a test provokes and what
is repaired is no fault.
"""

from __future__ import annotations

import re
from typing import Final

from launchpolicy.facts.everyday_faults import (
    FURTHER_SYMPTOM,
    FURTHER_UNSEEN,
    FURTHER_UNSURE,
    PROVOKED,
    PUT_OFF,
    TRIFLE,
)
from launchpolicy.facts.stance_asides import what_is_concluded
from launchpolicy.facts.stance_doubts import DoubtKind, is_agreeing, is_outweighed
from launchpolicy.vocabulary.late_pattern import LatePattern

_END: Final = r"\W*\Z"
_THINGS: Final = r"(?:totals?|amounts?|figures?|data|results?|numbers?|sums?|balances?)"
_FAULTS: Final = r"(?:defects?|bugs?|issues?|faults?|errors?|problems?|findings?)"
_UNSEEN: Final = LatePattern(
    r"\W*(?:was |were |has been |have been |but )?(?:not (?:yet )?(?:been )?(?:tested|run|checked"
    rf"|executed|verified|tried|looked at)(?: yet)?|untested|skipped|omitted|left out){_END}"
    r"|\bto be (?:re-?)?(?:tested|checked|fixed|repaired|verified)\b|\bjust (?:a )?(?:quick|short)"
    r" (?:look|glance)\b"
    r"|\A\W*(?:还|尚|均|都)?(?:没有?|未)(?:测|验|试|跑|看|检查|测试|验证|执行)(?:过|完)?\W*\Z"
    r"|\A\W*(?:跳过|略过?)\W*\Z"
    r"|(?:后面|以后|之后|下次|回头|上线后)再(?:修|改|测|补|看|说|验)|(?:等|待)(?:修复|修改|复测"
    r"|重测|解决)(?:\W|\Z)"
    r"|(?:只|大致|粗略地?|随便|简单)(?:看|测|试|验)了?(?:一眼|一下|看|两眼)",
    re.IGNORECASE,
)
_NOTHING: Final = LatePattern(r"\b(?:no|none|nothing|never)\b|无|没有|未", re.IGNORECASE)
_UNSURE: Final = LatePattern(
    r"\A\W*(?:it |this |that )?(?:should|might|may|could) (?:be|work|do)\b"
    r"|\bi (?:think|guess|suppose|believe|hope|assume)\b|\b(?:probably|presumably|supposedly)\b"
    r"|(?:应该|估计|大概|可能|想来|感觉|好像)(?:是|都)?(?:没|可以|能|行|通过|好|正常|符合|满足"
    r"|问题不大)",
    re.IGNORECASE,
)
_HALF: Final = LatePattern(
    r"\b(?:mostly|partly|partially|half|almost|nearly) (?:works?|working|accepted|passed|done|ok"
    r"|okay|tested|completed?|finished)\b"
    r"|(?:勉强|大部分|部分|多数|少数|一半)(?:用例|功能|项目?)?(?:地|上)?(?:通过|可用|合格|完成|正常"
    r"|满足|符合|能用)(?:\W|\Z)",
    re.IGNORECASE,
)
_OPEN_FAULT: Final = LatePattern(
    rf"\b(?:\d+|an?|one|two|three|four|five|some|several) (?:\w+ ){{0,2}}?{_FAULTS} (?:is |are )?"
    r"(?:still )?(?:open|left|remain(?:s|ing)?|not (?:yet )?(?:fixed|repaired|solved)|unfixed"
    r"|unresolved)\b"
    r"|(?:还|仍|尚)(?:有|存在|剩|遗留).{0,6}(?:缺陷|问题|漏洞|错误|[Bb][Uu][Gg])"
    r"|(?<![没无未含现])有(?:个|点|些|一个|几个|小)?\s*(?:问题|毛病|故障|错误|[Bb][Uu][Gg])\s*\Z"
    r"|(?:用例|测试|检查|场景|步骤).{0,4}没(?:能)?过",
    re.IGNORECASE,
)
_SYMPTOM: Final = LatePattern(
    r"\b(?:crash(?:es|ed)?|hangs?|freezes?|freezing|fails?|failing|(?:does|did)(?: not|n't) (?:work"
    r"|open|load|start|print|arrive))(?: (?:sometimes|often|always|again|now and then|at times"
    rf"|every time|(?:on|in|under|with) \w+(?: \w+)?))?{_END}"
    r"|\A\W*(?:sometimes|often|now and then|at times) (?:it )?(?:crash\w*|hangs?|fails?|freezes?)\b"
    r"|\b(?:shows?|gives?|throws?|raises?) (?:an? |some )?(?:errors?|exceptions?)"
    rf"(?: (?:sometimes|often|now and then|at times|(?:on|in|under) \w+))?{_END}"
    rf"|\bwrong {_THINGS}{_END}|\b{_THINGS} (?:are|is|were|was) (?:wrong|incorrect|lost|missing)\b"
    rf"|\bdata loss(?: seen| found| observed)?{_END}|\btoo slow\b"
    r"|\b(?:above|over) the (?:limit|target|maximum)\b"
    r"|(?:报错|崩溃|闪退|卡死|卡顿|死机|打不开|登录不了|登不上|用不了|不能用|恢复不了|显示异常"
    r"|页面空白|数据不对"
    r"|数据错误|金额(?:算错|不对|错误)|丢(?:失)?数据|数据丢失|太慢|很慢|超时|不好用|文件损坏|不达标"
    r"|未达标|不满意"
    r"|无法(?:登录|使用|打开|支付|提交|下载|恢复))(?:严重|较多|频繁|明显)?\s*\Z",
    re.IGNORECASE,
)
_IN_ORDER: Final = LatePattern(
    r"\b(?:no|not|never|without|nothing|none|if|when|whenever|after|while|until|minor|low"
    r"|cosmetic|accepted|bug|ticket|fixed|repaired|solved|wrong|invalid|empty|expired|missing"
    r"|duplicate|offline|unknown|blocked|locked)\b"
    r"|(?<!\d)0 ?[项个条例次起]|[无未没若如错非]|不(?:再|会|存在|足)|(?<!有)时|后|情况|场景|一般"
    r"|轻微|次要|建议|低危|低级|已|模拟|故意|断网|断电|停用|过期|越权|黑名单|游客|旧版|欠费|锁定"
    r"|冻结|禁用|注销"
    r"|离职|关闭|重复|空",
    re.IGNORECASE,
)
"""In a clause with such words a symptom is provoked, past, small or not there."""
_SMALL: Final = LatePattern(
    r"\b(?:no|none|minor|low|cosmetic|fixed|repaired)\b|\baccepted (?:by|as)\b"
    r"|(?<!\d)0 ?[项个条例]|小问题"
    r"|一般|轻微|次要|建议|低危|低级|已(?:经)?(?:修|解决|关闭|评估|列入|接受)|[没无]有?(?:遗留|缺陷"
    r"|问题)",
    re.IGNORECASE,
)
_AS_IT_SHOULD: Final = LatePattern(
    r"\W*(?:(?:this |which |that )?(?:is |was )?(?:correct(?:ly)?|right|intended|wanted)"
    r"|(?:(?:just )?as|by) (?:design(?:ed)?|expected|specified|required|intended|agreed|it should)"
    r"|正确|无误|(?:符合|如)(?:设计|预期|需求|规则|要求)|设计如此|需求如此|(?:属|是)正常(?:现象)?"
    r"|按设计)\W*",
    re.IGNORECASE,
)
"""A clause by which what stands before it is as it should be."""
_CLAUSE: Final = LatePattern(r"[,，;；。！!\n|、]|\.(?=\s|\Z)|\bbut\b")


def doubt_of_remark(remark: str) -> DoubtKind:
    """Return how a remark beside a good result says against it; "" where it does not."""
    clauses = [part.strip() for part in _CLAUSE.split(what_is_concluded(remark)) if part.strip()]
    doubts = [_doubt_of_clause(clause) for clause in clauses]
    if not any(doubts) and any(map(PUT_OFF.search, clauses)) and not TRIFLE.search(remark):
        doubts = ["open" if PUT_OFF.search(clause) else "" for clause in clauses]
    if is_outweighed(clauses, doubts, _is_right):
        return ""
    return next((doubt for doubt in doubts if doubt), "")


def _is_right(clause: str) -> bool:
    return is_agreeing(clause) or _AS_IT_SHOULD.fullmatch(clause) is not None


def _doubt_of_clause(clause: str) -> DoubtKind:
    unseen = _UNSEEN.search(clause) or FURTHER_UNSEEN.search(clause)
    if unseen and not _NOTHING.search(clause, 0, unseen.start()):
        return "open"
    if _UNSURE.search(clause) or FURTHER_UNSURE.search(clause):
        return "open"
    is_faulty = (_HALF.search(clause) or _OPEN_FAULT.search(clause)) and not _SMALL.search(clause)
    symptom = _SYMPTOM.search(clause) or FURTHER_SYMPTOM.search(clause)
    return "refused" if is_faulty or (symptom and not _is_provoked(clause, symptom)) else ""


def _is_provoked(clause: str, symptom: re.Match[str]) -> bool:
    is_in_order = _IN_ORDER.search(clause, 0, symptom.start()) is not None
    return is_in_order or PROVOKED.search(clause) is not None
