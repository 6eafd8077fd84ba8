"""Words of a clause that refuse something, leave it open or tie it to a condition."""

from __future__ import annotations

import re
from typing import Final, Literal

from launchpolicy.vocabulary.late_pattern import LatePattern

StanceKind = Literal["", "refused", "open", "conditional"]

_THING: Final = (
    r"(?:launch|release|go[- ]live|cut[- ]?over|acceptance|product|version|plan|design|request"
    r"|application|proposal|review|inspection|matter|form|system|prototype|confirmation|state"
    r"|changes?|upgrade|migration|decision|meeting|report)"
)
_WHO: Final = (
    r"(?:we|i|he|she|they|meeting|offices?|committee|customers?|centre|center|leads?|board|leader"
    r"|department|finance|operations|management|reviewers?|testers?|all|leadership|charge)"
)
_ASSENT: Final = (
    r"(?:pass(?:ed)?|accept(?:ed|able)?|approved?|agreed?|go ahead|meet|satisfied|satisfy|ready"
    r"|launched|released|issued|signed|recommend(?:ed)?|allowed|permitted|granted|complete"
    r"|successful|good enough|ok|fit|fulfil(?:led)?)"
)
_REFUSED: Final = (
    r"(?:rejected|refused|declined|denied|disapproved|vetoed|postponed|deferred|delayed|put off"
    r"|cancell?ed|called off|withdrawn|suspended|stopped|on hold|turned down|unsuccessful)"
)
_ENGLISH_REFUSED: Final = LatePattern(
    rf"^\W*(?:not (?:yet )?(?:be )?(?:to be )?{_ASSENT}|{_REFUSED}|failed|fail|no go)"
    r"(?:\W*$| \(| (?:by|at|on|because|as|since|due|until|to|for|in)\b)"
    rf"|\b{_THING}\b(?: [\w.]+){{0,4}}? (?:(?:is|was|are|were|be|been|may|can|does|do|did|should"
    r"|will|must|could|has|have)(?: \w+)? not|cannot|isn't|wasn't|doesn't|didn't|won't|can't)"
    rf"(?: \w+)? {_ASSENT}\b"
    rf"|\b{_THING}\b(?: [\w.]+){{0,4}}? (?:is|was|are|were|be|been|gets?|got)"
    rf"(?: (?:now|therefore|hereby|again))? (?:{_REFUSED}|not (?:to be )?{_ASSENT})\b"
    rf"|\b{_WHO}\b(?: \w+){{0,3}}? (?:do|does|did|could|can|will|would)(?: not|n't) (?:accept|agree"
    r"|approve|support|sign|consent|recommend|pass)\b"
    rf"|\b{_WHO}\b(?: (?!may|can|could|might)\w+)? (?:rejects?|rejected|refuses?|refused"
    r"|opposes?|opposed|vetoe[sd]|declines?|declined|objects?|objected)"
    r" (?:to )?(?:the|this|it|any)\b"
    r"|\b(?:agreed?|decided?) to (?:postpone|defer|delay|cancel|reject|(?:put|call) off)"
    rf" (?:the |this )?{_THING}\b|\bsays? no\W*$|^\W*(?:reject|decline|refuse|veto)\W*$"
    r"|\b(?:we|i) (?:cannot|can't) (?:accept|agree|approve|support|recommend)\b",
    re.IGNORECASE,
)
_PUT_OFF: Final = LatePattern(
    rf"\b(?:is|are|was|were|be) (?:{_REFUSED}|not {_ASSENT})\b", re.IGNORECASE
)
_ENGLISH_OPEN: Final = LatePattern(
    r"\b(?:nothing|neither|not|no decision|no conclusion)"
    r"(?: (?:was|were|is|has|have|been|yet)){0,3} (?:decided|concluded|agreed upon)\b"
    r"|\bno (?:decision|conclusion|result)s? (?:yet|was|were)\b"
    r"|\bto be (?:decided|discussed|continued|repeated|written|completed|done|signed|filled in)\b"
    r"|\bwill be (?:written|handed in|added|done|completed|decided|discussed|supplied|sent|repeated"
    r"|provided|filled in|signed|attached)\b.*\b(?:later|after|next|tomorrow|when|once|soon)\b"
    rf"|\b{_THING}\b(?: \w+){{0,3}}? (?:is|was|has|have)(?: still)? not(?: yet)?(?: been)?"
    r" (?:finished|completed|done|decided|written|tested|reviewed|carried out|made|begun|started)\b"
    r"|\b(?:did not|didn't|had no|without)(?: have)?(?: the| any)? time\b|\badjourned\b"
    r"|\bnext (?:week|time|meeting)(?: again)?\W*$|^\W*not (?:yet )?(?:done|finished|completed"
    r"|started|checked|tested|reviewed|prepared)(?: yet)?\W*$"
    r"|^\W*(?:discussed|noted|undecided|open|seen|read)\W*$|\bopen until\b"
    r"|^\W*draft\b(?! \d)|\bdraft\W*$|\bnot (?:yet )?for publication\b",
    re.IGNORECASE,
)
_ENGLISH_CONDITIONAL: Final = LatePattern(
    r"\b(?:once|as soon as|provided(?: that)?|on condition(?: that)?|only if|only after"
    r"|subject to|not before"
    r"|after (?:the |these |all )?(?:faults?|defects?|issues?|problems?|bugs?|findings?))"
    r"\b.*\b(?:fixed|repaired|solved|resolved|closed|corrected|remedied|cleared|re-?tested|repair"
    r"|fix|correction)\b",
    re.IGNORECASE,
)
_OF_FUNCTIONS: Final = LatePattern(
    r"未(?:获得?|被|予|经)?(?:通过|批准|同意|认可|接受)(?:校验|审核|审批|验证|认证|检查)?的"
    r"(?:商户|商家|用户|会员|客户|订单|表单|申请|请求|数据|文件|图片|商品|账号|输入|单据|评论|内容)"
    r"|未通过(?:校验|验证|认证)|(?:驳回|否决|不同意|不批准)[后时](?:申请人|用户|商[户家]|可|能|应"
    r"|会|系统|页面)"
    r"|(?:驳回|否决|不同意|不通过)(?:流程|功能|按钮|操作|场景|分支)|不(?:合格|达标|通过)(?:项"
    r"|的[^,，]{0,8})?(?:均|全部|都)?已(?:经)?"
    r"(?:整改|修复|关闭|解决|改正|退货|更换|返修|替换|补[测验考])"
    r"|不(?:合格|达标|及格)\s*\d+\s*[家台件个人名批]?\s*\(?(?:均|全部)?已(?:经)?(?:淘汰|退货|更换"
    r"|返修|补考|补训|剔除|报废|整改|修复)"
    r"|(?:驳回|拒绝|退回|不通过|未通过)(?:原因|理由)(?:必填|选填|可填|字段|显示|展示|清楚|正确"
    r"|为必填)"
    r"|(?:不通过|未通过|驳回|退回)(?:时|后)?(?:可以?|能|会)(?!先?(?:上线|发布|投产))(?:修改|重新"
    r"|再次|编辑|撤回|查看|补充|申诉)"
    r"|未通过[^,，]{0,8}的(?:人员?|员工|学员|商户|用户|供应商|请求|订单|数据)"
    r"|不[得准可能](?:提前|擅自|自行|私自|随意|单独|先)|不合格(?:条款|品(?:处理|处置|率|管理)|情形"
    r"|判定标准)"
)
"""Refusals that a page makes, and those that were repaired."""
_IS_PAST: Final = LatePattern(
    r"\b(?:was|were|has been|have been) (?:\w+ )?(?:accepted|passed|approved|agreed)\b",
    re.IGNORECASE,
)
"""What has been agreed is tied to no condition any more."""
_DECIDES: Final = LatePattern(
    r"\b(?:launch|releas|accept|approv|pass|sign|agree|valid|go(?:es)? ahead)", re.IGNORECASE
)
_ON_CONDITION: Final = LatePattern(
    r"\bconditional(?:ly)?\b|\bunder reserve\b|\bwith reservations?\b", re.IGNORECASE
)
_CHINESE_REFUSED: Final = LatePattern(
    r"不予?(?:同意|批准|赞成|认可)|(?<![不没])反对|否决|驳回|未(?:获得?|被|予|经)(?:通过|批准|同意"
    r"|认可|接受)"
    r"|不予(?:通过|验收|上线|发布|投产|接收|签发)|不签发|不合格|不达标"
    r"|(?:不|未|没有?|未能|没能)通过(?!项|的?用例|率)"
    r"|(?:不|尚不|暂不|并不|仍不)(?:建议|宜|能|得|可以?|应|准|具备|满足|符合|同意).{0,6}"
    r"(?:上线|发布|投产|验收|切换|要求)"
    r"|(?:暂缓|暂停|推迟|延期|延后|取消|停止|中止|终止)(?:本次|此次|该)?"
    r"(?:上线|发布|投产|验收|评审|切换)(?=$|[,，、至到于待 ])"
    r"|(?:上线|发布|投产|验收|评审|切换)(?:时间)?(?:暂缓|推迟|延期|延后|取消|中止|终止)"
    r"|(?:^(?:本次|暂|暂时)?|同意)不(?:上线|发布|签字|验收|投产)|^(?:功能|页面|产品"
    r"|系统)尚?未(?:经)?验收|没有?同意|^退回(?:修改|整改)?$"
)
_CHINESE_OPEN: Final = LatePattern(
    r"再议|待议|再作?(?:讨论|研究|决定)|另行(?:讨论|研究|决定)|未形成.{0,4}(?:决议|结论|决定|一致)"
    r"|未(?:作|做)出?(?:决定|结论)|(?:没有|无)(?:结论|决议|定论)|搁置"
    r"|(?:验收|评审|测试|质检|检查|报告|总结|文档|审核|确认书).{0,4}(?:尚未|还未|还没有?|仍未)"
    r"(?:完成|进行|开始|作出|编写|填写|提交|签字)"
    r"|(?:以后|稍后|后续|下周|下次|下月|会后|节后|上线后)(?:再|另行)?"
    r"(?:补充|补交|补写|补签|补做|补填|讨论|研究|再?议|决定|评审|验收)"
    r"|没有?(?:来得及|时间).{0,6}(?:看|验收|检查|测|评审)|^(?:草稿|草案|初稿|讨论稿|征求意见稿)"
    r"|[（(](?:草稿|草案|初稿|讨论稿|征求意见稿)[)）]|^(?:尚未|还没有?|仍未)(?:完成|做|开始|检查"
    r"|准备好?|验收)"
    r"|^待(?:修复|解决|整改|复[测验])$|^(?:已阅|已讨论|已传达|知悉)$"
)
_CHINESE_CONDITIONAL: Final = LatePattern(
    r"(?:修复|解决|整改|补齐|关闭|改正|具备|成熟|满足)[^，,；;]{0,12}(?:后|之后|完毕)[，,]?"
    r"(?:再|方可|方能|才能?|才可|可以?|予以|生效|上线|发布|验收)|有条件地?(?:通过|同意|上线|批准)"
    r"|附条件|前提(?:条件)?[是为].{0,12}(?:解决|修复|整改)|(?:必须|须|应|要)先(?:行)?(?:修复|解决"
    r"|整改)|待.{0,12}(?:后|再)(?:再|方可|重新)?"
    r"(?:上线|验收|发布|通过|生效|签字)|(?<!无)(?<!没有)保留意见"
)
_OF_OTHERS: Final = LatePattern(
    r"\W*[\u4e00-\u9fff]{0,4}(?:公告|海报|通稿|新闻|宣传|推广|尾款|其余|其他|剩余|旧系统|第[二三四]批|下一?批|后续批次|二期)"
    r"(?![^,，]*(?:本次|此次|该产品|本产品))"
)
"""Begins a clause about what comes after the launch, or about the parts that come later."""
_NOTHING: Final = LatePattern(
    r"\b(?:nothing|nobody|no one|none|neither|without|if|unless|whether|no objections?)\b"
    r"|无|没有(?!来得及|时间|通过|结论|决议|定论)|未(?:发现|出现|提出|收到)|(?:期间|时段)\Z|不存在"
    r"|零|如果?|若|一旦|除非|是否"
    r"|(?<!\d)0 ?[项个条例票人名位]",
    re.IGNORECASE,
)
_ZERO: Final = LatePattern(r"\s*(?:数量?|项|用例|率|票数?|意见)?\s*[::]?\s*0(?![.\d])")
"""A count of nothing behind what is counted."""


def kind_of_clause(clause: str) -> StanceKind:
    """Return how a clause stands against its matter; "" where it does not."""
    refusal = _ENGLISH_REFUSED.search(clause) or _CHINESE_REFUSED.search(clause)
    if refusal:
        if _OF_FUNCTIONS.match(clause, refusal.start()):
            return ""
        is_none = _NOTHING.search(clause, 0, refusal.start()) or _ZERO.match(clause, refusal.end())
        return "" if is_none else "refused"
    if _ENGLISH_OPEN.search(clause) or _CHINESE_OPEN.search(clause):
        return "open"
    if _IS_PAST.search(clause):
        return ""
    depends = _ENGLISH_CONDITIONAL.search(clause) and _DECIDES.search(clause)
    hangs = _CHINESE_CONDITIONAL.search(clause) and not is_of_others(clause)
    return "conditional" if depends or hangs or _ON_CONDITION.search(clause) else ""


def is_of_others(clause: str) -> bool:
    """Return whether a clause is about what comes after the launch, or about later parts of it."""
    return _OF_OTHERS.match(clause) is not None


def refusal_in(text: str) -> re.Match[str] | None:
    """Return the words of a sentence that refuse something, also where it is no launch."""
    return _ENGLISH_REFUSED.search(text) or _CHINESE_REFUSED.search(text) or put_off_in(text)


def put_off_in(text: str) -> re.Match[str] | None:
    """Return the words that say of anything that it is put off or refused."""
    return _PUT_OFF.search(text)
