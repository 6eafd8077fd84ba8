"""Clauses that say against a matter what counts only where nothing in the text agrees to it.

"Do not launch", 请勿上线, 暂缓, the customer refused to sign, 有待进一步验证, no tests were run.
An honest page may have such words beside its agreement, about another matter, a rule or an earlier
time; a page that has nothing else refuses, or leaves open what it is to decide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, Literal

from launchpolicy.facts import everyday_doubts
from launchpolicy.vocabulary.late_pattern import LatePattern

DoubtKind = Literal["", "refused", "open"]

_MATTER: Final = (
    r"(?:launch|release|go[- ]live|cut[- ]?over|acceptance|approval|permission|publication)"
)
_PRODUCT: Final = r"(?:product|version|launch|release|system|prototype|plan|design|it|this|we)"
_PEOPLE: Final = (
    r"(?:customers?|clients?|users?|representatives?|sponsors?|owners?|managers?|leads?|leaders?"
    r"|auditors?|partners?|board|committee|centre|center|offices?|department|finance|operations"
    r"|leadership|reviewers?|testers?|experts?|they|he|she|we|i)"
)
_CHECK: Final = (
    r"(?:acceptance|rehearsals?|reviews?|training|drill|inspections?|tests?|testing|checks?|audit"
    r"|demonstration|backup|restore)"
)
_EVENT: Final = r"(?:rehearsals?|acceptance|review|training|drill|inspection|trial)"
_TRIED: Final = r"(?:tested|checked|reviewed|accepted|finished|done)"
_END: Final = r"(?=\W*$| \()"
_ENGLISH_REFUSED: Final = LatePattern(
    r"^\W*(?:please )?(?:do not|don't|must not|never) (?:launch|release|go live|go ahead|deploy"
    r"|cut over)(?:\W*$| (?:(?:this|the) (?:version|product|release)|it|yet|now|as|because|until"
    r"|since)\b)"
    rf"|\b{_PRODUCT}\b(?: [\w.]+){{0,4}}? (?:must|may|should|can|is|are)(?:not| not|n't)"
    r"(?: yet)?(?: to)?(?: be)? (?:go live|launch(?:ed)?|released?|publish(?:ed)?|deploy(?:ed)?"
    rf"|ship(?:ped)?|produced?)(?:{_END}| (?:yet|now|until|as|because|since|in this)\b)"
    r"|\b(?:recommend(?:s|ed)?|advis(?:es?|ed)|decided?|decides|spoke|argued?|argues) against\b"
    rf"|\b{_MATTER}\b(?: \w+){{0,3}}? (?:is |was |has been |remains )?(?:denied|withheld|revoked"
    r"|blocked|off|impossible|out of the question|refused|rejected|not granted)"
    rf"(?:{_END}| (?:for now|until|because|as|since|by|at present)\b)"
    r"|^\W*(?:it is |it's )?a? ?no[- ]go\b"
    rf"|\b{_PEOPLE}\b(?: \w+){{0,3}}? (?:refuse[sd]?|decline[sd]?) to (?:sign|accept|approve|agree"
    r"|confirm)"
    rf"|\b{_PEOPLE}\b(?: \w+){{0,3}}? (?:do|does|did|would|could|can|will)(?:not| not|n't)"
    r" (?:sign|accept|approve|agree|confirm|support)\b"
    rf"|\b{_PEOPLE}\b(?: \w+){{0,3}}? (?:is|are|was|were|has|have)(?: not|n't)(?: yet)?"
    r" (?:signed|accepted|approved|agreed|confirmed|satisfied|convinced|in favour)\b"
    r"|\b(?:motion|proposal|vote) (?:is|was) (?:lost|defeated|not carried)|\bvoted down\b"
    rf"|\b{_EVENT}\b(?: (?:has|was|were))? (?:failed|fails|unsuccessful|not successful)\b"
    r"|\b(?:business|services?|systems?) (?:has|have|is|are) not (?:yet )?(?:resumed|restored"
    r"|recovered)\b|\b(?:backups?|data|databases?)\b(?: \w+){0,3}? (?:could|can) ?not be restored\b"
    r"|\b(?:does|do|did)(?: not|n't) conform\b|\bnot in conformity\b|\bdeviations? too large\b"
    r"|\btoo risky\b|\bnot ripe\b"
    r"|\bbelow the (?:limit|target|minimum)\b|\bonly (?:half|a part|some)\b(?: of)?(?: it| them)?"
    rf" (?:was|were) {_TRIED}\b|\bstart (?:all over )?again from\b"
    r"|\bno majority\b|\bunsatisfactory\b|\b(?:far from|not) ready\b"
    r"|\bstill (?:has|have|contains?|shows?) (?:\w+ ){0,3}?(?:serious|severe|major|critical|grave"
    r"|blocking|open)\b"
    r"|\b(?:serious|severe|major|critical|grave|blocking|fundamental)\b(?: \w+){0,2}? (?:flaws?"
    r"|faults?|defects?|bugs?|issues?|problems?|errors?)\b(?: \w+){0,3}? (?:remain(?:s|ed)?"
    r"|(?:is|are|was|were) (?:still )?(?:open|unresolved|unsolved|not (?:yet )?(?:fixed|repaired"
    r"|solved|resolved)))\b",
    re.IGNORECASE,
)
_ENGLISH_OPEN: Final = LatePattern(
    rf"\b{_CHECK}\b(?: [\w.]+){{0,3}}? (?:was|were|is|are|has been|have been) (?:skipped|omitted"
    r"|left out|not (?:yet )?(?:been )?(?:held|carried out|done|performed|made|run|executed"
    r"|finished|completed))\b"
    rf"|\b{_CHECK}\b(?: [\w.]+){{0,3}}? not (?:performed|carried out|executed|held|done)"
    rf"(?:{_END}| (?:due|because|as|since|for lack)\b)"
    r"|\b(?:did|has|have)(?: not|n't) (?:take|taken) place\b"
    rf"|\bno {_CHECK}\b(?: \w+){{0,2}}? (?:was|were|has been|have been|took)(?: \w+)? (?:run|held"
    r"|done|made|performed|carried out|place|given|executed)\b"
    r"|\b(?:could|can)(?:not| not|n't) (?:agree|reach (?:an )?agreement|come to an? \w+)\b"
    r"|\b(?:failed|unable) to (?:agree|reach (?:an )?agreement|come to an? \w+)\b"
    r"|\b(?:development|work|implementation|product|system|migration) (?:is|was|has) not"
    r" (?:yet )?(?:been )?(?:finished|completed?|done)\b"
    r"|\b(?:was|were) not (?:asked|consulted|heard)\b|\bnobody (?:signed|agreed|took part|came)\b"
    r"|\bno quorum\b|\bquorum (?:is|was) not\b|\bmeeting (?:is|was) cancelled\b"
    r"|\bno agreement\b|\bnot (?:yet )?signed\b|\bunsigned\b",
    re.IGNORECASE,
)
_SAYS_NOTHING_ELSE: Final = LatePattern(
    r"\W*(?:pending|tbc|to be (?:confirmed|decided|announced)|not good|bad|poor|resubmit(?:ted)?"
    r"|(?:major|needs) (?:revision|rework)|rework(?: required| needed)?|incomplete|unfinished"
    r"|must be (?:repaired|fixed|changed|tested) first|to be (?:repaired|reworked|redesigned)"
    r"|(?:先)?(?:待定|缓办|放一放|不行|不可以|不能用|差|较差|未完成|没做完|没测完|需要?整改"
    r"|限期整改|待整改|容后再[定议])"
    r"|(?:修改|整改|完善)后(?:重新|再次?)(?:提交|报审|送审|上报)(?:评审|审批|验收)?|会议(?:没开"
    r"|未开|取消|未召开)"
    r"|(?:需要?|须|应)?(?:重新|再次)(?:设计|测试|开发|提交|评审|验收)(?:后再(?:评审|验收|提交"
    r"|上会))?)\W*",
    re.IGNORECASE,
)
"""What a whole clause may be."""
_IN_ORDER: Final = LatePattern(
    r"\b(?:no|not a single|without|nothing|none|neither|if|unless|before|whether)\b"
    r"|(?<![\d.])0 (?:\w+ )?\Z",
    re.IGNORECASE,
)
"""Before such words: there is none, or only perhaps."""
_RELATIVE: Final = LatePattern(r"\b(?:who|whom|whose|which|that)\b", re.IGNORECASE)
"""In them: something is said of some people or things, and of nothing else."""
_SEVERE: Final = r"(?:严重|重大|致命|阻断性?|高危|一级|核心)"
_FAULT: Final = r"(?:缺陷|问题|漏洞|隐患|故障|[Bb][Uu][Gg])"
_STOP: Final = r"(?=$|[,，、.。;；!！(（])"
_CHINESE_REFUSED: Final = LatePattern(
    r"^(?:请勿|请不要|不要|切勿|禁止|严禁|不得|不准|不许|不可)(?:将|把)?(?:本次|此次|该|此"
    r"|本)?(?:产品|版本|系统"
    rf"|项目)?(?:上线|发布|投产|切换|验收|投入使用){_STOP}"
    r"|^(?:暂缓|缓行|缓议|暂停|搁置|延期|推迟|中止|终止|退回|打回|驳回|不可行|不具备条件)(?:执行"
    r"|办理|处理|申请)?"
    rf"{_STOP}"
    r"|拒绝(?:签字|签署|签收|验收|接收|确认|盖章)(?!的|后|时|率|流程)|(?:不肯|不愿)(?:签字|签署"
    r"|签收|验收|接收|盖章)"
    r"|不(?:建议|推荐|支持|赞成|宜).{0,4}(?:实施|采用|推广|交付|执行|通过|采纳)"
    rf"|(?<![无不])不满意{_STOP}|不成熟{_STOP}|推倒重来|风险(?:太大|过大|过高|不可控)"
    rf"|没(?:有)?批准?{_STOP}|未批{_STOP}"
    r"|结果不符|偏差(?:过大|太大)|不符合(?:合同|约定|要求|标准|规范|设计|需求|预期)|与(?:合同|约定"
    r"|需求|设计)不符|功能(?:缺失|不全|不完整)"
    rf"|达不到(?:要求|标准|目标|指标)|未达标{_STOP}|(?<!时)无法(?:使用|验收|运行){_STOP}"
    rf"|不能正常(?:使用|工作|运行){_STOP}"
    rf"|(?:要求|须|需|应)(?:全部|整体|推倒)?(?:重做|返工|重来|重新设计|重新开发|重新验收"
    rf"|重新提交){_STOP}"
    rf"|(?:演练|验收|评审|评估|审查|培训|考核)(?:结果|结论)?(?:最终|均|全部)?(?:失败|不成功|未成功"
    rf"|不理想){_STOP}"
    rf"|未(?:能)?达到?(?:验收|上线|预期|设计|合同)?的?(?:要求|标准|目标|条件|指标){_STOP}"
    rf"|(?:尚|仍|还)(?:有|存在|遗留).{{0,8}}{_SEVERE}.{{0,4}}{_FAULT}"
    rf"|(?<![不未没无])存在.{{0,4}}{_SEVERE}的?{_FAULT}{_STOP}"
    r"|(?:^|差异.{0,12}|偏差.{0,12})原因(?:不明|待查|未知)"
    rf"|(?:业务|系统|服务)(?:尚未|仍未|还未|未能|未)(?:完全|全部)?恢复{_STOP}"
    rf"|(?<!一般)(?<!轻微)(?<!次要){_FAULT}.{{0,6}}(?:尚未|仍未|还未|未)(?:解决|修复|关闭|整改"
    rf"|处理){_STOP}"
)
_WORK: Final = (
    r"(?:验收|测试|演练|培训|备份|评审|检查|核对|确认|签字|会签|审批|质检|开发|联调|部署|安装)"
)
_CHINESE_OPEN: Final = LatePattern(
    rf"{_WORK}(?:工作|报告|手续)?(?:都|均|全部|一项)?(?:尚未|还未|还没有?|仍未|未|没有?"
    rf"|未能)(?:完成|执行|开展"
    rf"|进行|做|举行|组织|实施|开始){_STOP}"
    rf"|(?:未|没有?)(?:经过?|执行|进行|开展|组织|完成|逐项|做)(?:任何|过)?(?:的)?{_WORK}{_STOP}"
    r"|有待(?:进一步)?(?:验证|确认|测试|评估|研究|讨论|商榷)|(?:需|需要|须|尚需|还需)(?:进一步"
    r"|继续)"
    r"(?:验证|确认|测试|评估|研究|讨论|论证)"
    r"|先(?:行)?(?:上线|发布|投产).{0,6}(?:再|后)补|后补(?:验收|材料|手续|资料|报告|签字|文档|测试)"
    r"|(?:验收|材料|手续|资料|报告|签字|文档|测试)(?:等)?后补"
    r"|(?:未|没有?|未能|无法|难以)(?:就.{0,12})?(?:达成|取得|形成)(?:一致|共识)"
    rf"|(?:未|没有?|未能|没人|无人)(?:签字|签署|盖章|同意){_STOP}|未(?:征求|听取).{{0,8}}意见"
    r"|只(?:测|验|查|评|完成|检查|验收)了?(?:其中)?(?:一半|一部分|部分)|未达到?法定人数|会议无效"
    r"|人数不足"
)
_CHINESE_IN_ORDER: Final = LatePattern(
    r"如果?|若|一旦|万一|假如|除非|是否|未发现|没有发现|不存在|无|没有|未发生|未出现|避免|防止"
    r"|不需要|不得|不能|不再|不允许|不应"
    r"|严禁|禁止|原[定来计]"
)
_AGREES: Final = LatePattern(
    r"同意|批准|通过|合格|无异议|准予|符合|满足|正常|成功|没问题|没有问题|无问题|可行|达标|良好"
    r"|顺利|准许|认可|赞成|支持|满意"
    r"|签字确认|可以上|按计划"
    r"|\b(?:approve[sd]?|accept(?:s|ed|able)?|agree[sd]?|pass(?:ed|es)?|ok|okay|fine|good"
    r"|go(?:es)? ahead|succe\w+|works?|confirmed|satisf\w+|meets?|met|ready|lgtm|in favour|yes"
    r"|go(?![- ]live)"
    r"|signed|welcome)\b",
    re.IGNORECASE,
)
_AGAINST: Final = LatePattern(r"不|未|没|拒|\b(?:not|no|never|cannot)\b|n't\b", re.IGNORECASE)
_HEDGED: Final = LatePattern(
    r"待|补|再|进一步|暂|缓|搁|延|推迟|止|退|打回|驳|禁|勿|仅|只|半|部分|缺|问题|漏洞|隐患|故障|风险|差|原因|失败|重|返工|会议|人数"
    r"|\b(?:lost|defeated|denied|withheld|revoked|blocked|off|impossible|against|refuse[sd]?|rejected"
    r"|decline[sd]?|unable|still|only|half|serious|severe|major|critical|grave|blocking|fail(?:s|ed)?"
    r"|unsuccessful|nobody|un\w+|too|below|skipped|omitted|left|cancelled|pending|rework|again"
    r"|down|far|to be|needs?)\b",
    re.IGNORECASE,
)
_RATE: Final = LatePattern(
    r"(?:通过|合格|成功)率|\b(?:pass|success|acceptance) rate", re.IGNORECASE
)
_PRAISE: Final = LatePattern(
    r"没有?问题|未(?:发现|出现)|不影响|不存在|\bno (?:objections?|problems?|issues?|concerns?)\b",
    re.IGNORECASE,
)
"""Denials that agree."""
_SETTLED: Final = LatePattern(
    r"已(?:经)?(?:全部|均|都)?(?:解决|修复|关闭|整改|处理|完成|补[签齐交充])"
    r"|(?<!not )(?<!yet )\b(?:fixed|repaired|solved|resolved|closed|corrected)"
    r" (?:since|now|on|by)\b",
    re.IGNORECASE,
)
_Doubts = tuple[tuple[LatePattern, DoubtKind], ...]
_ENGLISH: Final[_Doubts] = (
    (_ENGLISH_REFUSED, "refused"),
    (_ENGLISH_OPEN, "open"),
    (everyday_doubts.ENGLISH_REFUSED, "refused"),
    (everyday_doubts.ENGLISH_OPEN, "open"),
)
_CHINESE: Final[_Doubts] = (
    (_CHINESE_REFUSED, "refused"),
    (_CHINESE_OPEN, "open"),
    (everyday_doubts.CHINESE_REFUSED, "refused"),
    (everyday_doubts.CHINESE_OPEN, "open"),
)
_LATIN: Final = LatePattern(r"[A-Za-z]{2}")


def doubt_in(clause: str) -> DoubtKind:
    """Return how a clause stands against a matter, where nothing beside it agrees."""
    if not clause or _SETTLED.search(clause):
        return ""
    if _SAYS_NOTHING_ELSE.fullmatch(clause):
        return "open"
    chinese = "" if clause.isascii() else _first_of(_CHINESE, _CHINESE_IN_ORDER, clause)
    return chinese or (_first_of(_ENGLISH, _IN_ORDER, clause) if _LATIN.search(clause) else "")


def _first_of(doubts: _Doubts, in_order: LatePattern, clause: str) -> DoubtKind:
    for pattern, kind in doubts:
        match = pattern.search(clause)
        if match is None or in_order.search(clause, 0, match.start()):
            continue
        if not _RELATIVE.search(match[0]):
            return kind
    return ""


def is_agreeing(clause: str) -> bool:
    """Return whether a clause has words of agreement or success, and none that deny them."""
    plain, count = _PRAISE.subn("", _RATE.sub("", clause))
    return (count > 0 or _AGREES.search(plain) is not None) and not _AGAINST.search(plain)


def agrees_outright(clause: str) -> bool:
    """Return whether a clause agrees, and has no word that doubts are made of."""
    return is_agreeing(clause) and _HEDGED.search(clause) is None


def is_outweighed(
    clauses: Sequence[str], kinds: Sequence[str], agrees: Callable[[str], object]
) -> bool:
    """Return whether a clause that stands against nothing agrees.

    Args:
        clauses: those of a text.
        kinds: how each stands against its matter; "" where it does not.
        agrees: whether a clause agrees.
    """
    return any(not kind and agrees(clause) for kind, clause in zip(kinds, clauses, strict=True))


def is_rate(clause: str) -> bool:
    """Return whether a clause says how many passed, which by itself agrees to nothing."""
    return _RATE.search(clause) is not None
