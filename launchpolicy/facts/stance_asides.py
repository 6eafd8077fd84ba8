"""Sentences that refuse or put off nothing of the matter itself: of another one, or of none yet.

What is out of scope was not accepted, and need not be. Criteria say what would be refused. A
meeting that agreed may put off something else, if it names it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from launchpolicy.vocabulary.late_pattern import LatePattern

_SENTENCE: Final = LatePattern(r"[;；。！!|\t]|\.(?=\s|$)")
_OUT_OF_SCOPE: Final = LatePattern(
    r"(?:不在|不属于|未纳入|未列入|不纳入|不含在|超出)[^,，;；。]{0,8}?(?:本期|本次|范围|计划"
    r"|版本)(?:范围)?(?:之?内)?"
    r"|范围(?:之?外|以外)|\b(?:out of|not (?:in|within|part of|included in)|outside(?: of)?)"
    r" (?:the |this |our )?(?:scope|release|version|launch|round|delivery)\b",
    re.IGNORECASE,
)
_EXCEPT: Final = LatePattern(r"除外|除了?|\bexcept\b", re.IGNORECASE)
_OF_ALL: Final = LatePattern(
    r"上线|发布|投产|切换|本次|整体|总体|结论|全部|所有|其余|其他|我们"
    r"|\b(?:launch|release|version|acceptance|everything|all|rest|others?|we"
    r"|decision|conclusion|result)\b",
    re.IGNORECASE,
)
_CRITERIA: Final = LatePattern(
    r"[\s#>*\-0-9.、()]*(?:(?:验收|通过|测试|评判|判定|质检|评审|上线|准入)?(?:标准|准则|规则"
    r"|准入条件)"
    r"|(?:acceptance |exit |entry )?criteri(?:a|on)|rules?)\s*[:：]",
    re.IGNORECASE,
)
_SUPPOSITION: Final = LatePattern(
    r"则|方可|方能|才能|如果|若|一旦|\b(?:if|when|whenever|must|may not)\b", re.IGNORECASE
)
_LABEL: Final = LatePattern(r"[\s#>*\-]*[^:：,，]{1,30}[:：]")
_LATER: Final = LatePattern(
    r"再议|待议|再作?(?:讨论|研究|决定)|另行(?:讨论|研究|决定)|搁置"
    r"|(?:以后|稍后|后续|下周|下次|下月|会后|节后)(?:再|另行)?(?:讨论|研究|再?议|决定)"
    r"|\b(?:is|are|was|were|goes|go|comes?|will be)?\s*(?:to be |left |kept )?"
    r"(?:discussed|decided|talked about|open|taken up)?\s*(?:again )?(?:in|at|until|to|the|on|\s)*"
    r"\bnext (?:week|time|meeting|month)\b",
    re.IGNORECASE,
)
_ALTERNATIVE: Final = LatePattern(
    r"方案 ?[A-Z一二三甲乙丙]|\b(?:option|variant|alternative) [A-Z1-9]\b"
)
_MOVED: Final = LatePattern(
    r"\b(?:was|were) (?:delayed|postponed|put off) (?:by|for) (?:a|an|one|two|\d+)\b", re.IGNORECASE
)
_PART: Final = LatePattern(
    r"(?:不同意|不批准|不赞成|不接受|反对|否决了?)(?:将|把)?(?:直接|擅自)?(?:提前|缩短|降低|减少"
    r"|删除|省略|跳过|简化|绕过)"
    r"(?![^,，]*(?:上线|发布|投产))"
    r"|(?:不同意|反对)的(?:事项|意见|地方|部分|内容).*已(?:经)?(?:取消|解决|修改|调整|删除|处理)"
    r"|\b(?:proposals?|suggestions?|ideas?|wish|request)\b.*\b(?:first|earlier|early|sooner|without"
    r"|skip|shorten|leave out)\b",
    re.IGNORECASE,
)
"""What a meeting refuses beside the matter: to be earlier, to leave a part out."""
_TO_VERSION: Final = LatePattern(
    r"\W*(?:deferred|postponed|delayed) (?:to|until) (?:version "
    r"|release )?v?\d{1,3}\.\d",
    re.IGNORECASE,
)
"""How a defect or a wish is put off, beside a launch that has a date."""
_ATTACHMENT: Final = LatePattern(
    r"截图|海报|归档|照片|素材|扫描件|\b(?:screenshots?|posters?|scans?)\b"
)
_TOOK_NOTE: Final = LatePattern(
    r"\W*(?:已阅|已讨论|已传达|知悉|discussed|noted|seen|read)\W*", re.IGNORECASE
)
"""What is no answer by itself, and stands before one: 已阅，同意."""
_NEXT: Final = LatePattern(
    r"下一?次(?:例行)?(?:评审|会议|检查|审核|复审)(?:时间|日期)?|next (?:review|meeting|audit)",
    re.IGNORECASE,
)
_OF_MATTER: Final = LatePattern(
    r"上线|发布|投产|切换|验收|评审|本次|此次|是否|结论|决定|意见|结果|通过|同意|此事|审批|具体"
    r"|细节"
    r"|签字|\b(?:launch|release|go[- ]live|cut[- ]?over|accept\w*|approv\w*|decisions?|conclusions?"
    r"|this|it|matter|whether|votes?|results?|details?|reviews?|sign\w*)\b",
    re.IGNORECASE,
)
_NO_SUBJECT: Final = LatePattern(
    r"(?:因为?|由于|鉴于|经)[^,，]*[,，]?|但是?|而且?|其中|会议|我们|大家|各[室方部门]+|与会者|一致"
    r"|讨论"
    r"|明确|需要?|将|可以?|要|应|再|等|待[^,，]*后|下[周次月]|以后|稍后|会后|本次|此次|该|项目组"
    r"|\b(?:but|and|the|we|all|they|meeting|everybody|to|be|is|are|was|will|so|therefore|however"
    r"|because .*|since .*)\b",
    re.IGNORECASE,
)
_SUBJECT: Final = LatePattern(r"[\u3400-\u9fff]{2}|[^\W\d_]{3}")
_AS_WANTED: Final = LatePattern(
    r"符合(?:需求|预期|设计|规则)|按(?:需求|设计)|提示(?:信息)?(?:正确|正常|清晰|准确)|正确提示"
    r"|\bas (?:required|specified|designed|they should|it should)\b"
    r"|\b(?:wrong|invalid|expired|incorrect|duplicate|unknown|empty|weak|unauthori[sz]ed|stolen"
    r"|malformed|negative)\b.*\b(?:rejected|refused|declined|denied|blocked)\b"
    r"|(?:无效|过期|重复|非法|弱|越权|未授权|超限).{0,10}(?:拒绝|驳回|拦截)|拒绝(?:弱|无效|非法"
    r"|重复|过期|越权)",
    re.IGNORECASE,
)
_OF_TESTS: Final = LatePattern(
    r"测试|用例|验收|检查|评审|演练|\b(?:tests?|cases?|checks?|suites?|reviews?|rehearsals?"
    r"|acceptance)\b"
    r"|\d\s*(?:[项条个例]|of\b|out of\b)",
    re.IGNORECASE,
)
_LONGEST: Final = 2_000
"""Characters of a remark that are read."""
_NUMBERED: Final = LatePattern(
    r"\b(?:step|case|round|build|item|line)\s*#?\d{1,4}\b", re.IGNORECASE
)
_SITUATION: Final = LatePattern(
    r"(?:\w{1,8}、){1,8}\w{1,8}?(?:情况|场景|流程|路径)|(?:失败|异常|错误|超时)的?(?:情况|场景|流程"
    r"|分支)"
)
_WORKS: Final = LatePattern(r"通过|正常|验证|覆盖|正确|测了|符合")
_SUPPOSED: Final = LatePattern(
    r"\A\W*(?:if|when|whenever|where|should (?:an?|the|one|it))\b[^,]*,"
    r"|\A\W*(?:如果?|若|当)[^,，]*[,，]"
    r"|\b(?:when|whenever|if) [^,]*\b(?:fails|breaks|crashes|is down|times out)\W*\Z",
    re.IGNORECASE,
)
_MADE: Final = LatePattern(
    r"断网|断电|断开|拔掉|停用|过期|越权|重复|超限|输错|填错|错误密码|密码错误|无效|为空|空值|非法"
    r"|缺货|余额不足"
    r"|\b(?:offline|wrong|invalid|expired|empty|missing|unplugged|duplicate)\b",
    re.IGNORECASE,
)
_MESSAGE: Final = LatePattern(
    r"(?:提示|显示|弹出|返回|报)\s*[“「\"'《][^”」\"'》]{1,40}[”」\"'》]"
    r"|\b(?:shows?|says?|message|displays?|returns?) [“\"'][^”\"']{1,40}[”\"']",
    re.IGNORECASE,
)
"""What is shown when a tester does something wrong on purpose."""
_LOCKED: Final = LatePattern(
    r"(?:登录|登陆|输入|密码|口令|验证码)+(?:失败|错误)\s*\d{1,2}\s*次[后即]?.{0,4}"
    r"(?:锁定|冻结|禁用|限制|弹出|要求|需要)"
)
_FIRST_TIME: Final = LatePattern(r"(?:第一次|首次|头一次)[^,，;；。]*")
_SECOND_TIME: Final = LatePattern(
    r"第[二三四2-4]次[^,，;；。不未没失]{0,10}(?:通过|正常|成功|合格)|(?:复测|重测|再测"
    r"|再次测试)(?:后)?(?:通过|正常|成功|合格)"
)
_IN_ROUND: Final = LatePattern(r" in (?:the )?(?:round \d{1,2}|\w+ round)\b", re.IGNORECASE)


def what_is_concluded(remark: str) -> str:
    """Return a remark without what it tells of wrong input, of other cases and of other things."""
    if _SECOND_TIME.search(remark):
        remark = _FIRST_TIME.sub("", remark)
    return "; ".join(
        _own_words(sentence)
        for sentence in stated_lines(remark[:_LONGEST])
        if not _AS_WANTED.search(sentence) or _OF_TESTS.search(sentence)
    )


def _own_words(sentence: str) -> str:
    """Return a sentence without numbers of steps, and without the names of situations."""
    plain = _LOCKED.sub("", _NUMBERED.sub("", _IN_ROUND.sub("", sentence)))
    if _MADE.search(plain):
        plain = _MESSAGE.sub("", plain)
    if _WORKS.search(plain):
        plain = _SITUATION.sub("", plain)
    return _SUPPOSED.sub("", plain)


def stated_lines(text: str) -> Iterator[str]:
    """Yield the sentences of a text, without criteria and without what is out of scope."""
    for line in text.splitlines():
        is_criterion = False
        for number, sentence in enumerate(_SENTENCE.split(line)):
            if number == 0:
                is_criterion = _CRITERIA.match(sentence) is not None
            elif _LABEL.match(sentence):
                is_criterion = False
            supposes = is_criterion and _SUPPOSITION.search(sentence)
            if not supposes and not is_out_of_scope(sentence):
                yield sentence


def is_out_of_scope(sentence: str) -> bool:
    """Return whether a sentence is about a thing that is no part of what is decided."""
    match = _OUT_OF_SCOPE.search(sentence)
    if match is None or _EXCEPT.search(sentence):
        return False
    return _OF_ALL.search(sentence[: match.start()] + " " + sentence[match.end() :]) is None


def is_aside(kind: str, label: str, clause: str) -> bool:
    """Return whether a clause against something counts only where nothing is agreed."""
    if kind == "open":
        is_note = _TOOK_NOTE.fullmatch(clause) or _ATTACHMENT.search(clause)
        return puts_another_off(label, clause) or is_note is not None
    if kind != "refused":
        return False
    if label and _TO_VERSION.match(clause) and not _OF_MATTER.search(label):
        return True
    if _PART.search(clause):
        return True
    return _ALTERNATIVE.search(clause) is not None or _MOVED.search(clause) is not None


def puts_another_off(label: str, clause: str) -> bool:
    """Return whether a clause leaves open for later a matter that it names, and that is another."""
    if _NEXT.fullmatch(label):
        return True
    match = _LATER.search(clause)
    if match is None:
        return False
    before = f"{label} {clause[: match.start()]}"
    is_own = _OF_MATTER.search(f"{before} {clause[match.end() :]}")
    return not is_own and names_something(before)


def names_something(words: str) -> bool:
    """Return whether words before a verb are a subject, and not a reason or a pronoun."""
    return _SUBJECT.search(_NO_SUBJECT.sub(" ", words)) is not None
