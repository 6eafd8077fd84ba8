"""Further words that count against a matter whatever else agrees, since edition 11.

An approver in a log refused (李强 已拒绝, "Brandt: rejected - load test failed") or took back what
he had agreed to, an approval hangs on what is still to come ("Approved if the bug is fixed",
以安全部意见为准), and the box that is ticked is 修改后通过 while 通过 stands empty beside it.
"""

from __future__ import annotations

import re
from typing import Final

from launchpolicy.facts.stance_words import StanceKind, is_of_others
from launchpolicy.vocabulary.late_pattern import LatePattern

_REFUSED: Final = LatePattern(
    r"\A\W*(?:rejected|declined|vetoed|disapproved|not approved)\s+[-—–]+\s"
    r"|\b(?:approval|acceptance) (?:is |was |has been )?(?:withdrawn|revoked|taken back)\b"
    r"|\A\W*(?:withdr[ae]w|revoked?|took back) (?:my|the|our|his|her) (?:approval|acceptance)\b"
    r"|\A\W*(?!系统|平台|后台|页面|接口|服务)[\u3400-\u9fff]{2,4}\s+已(?:拒绝|驳回|否决)(?=\s|\Z"
    r"|[,(])"
    r"|(?:撤回|收回|撤销)了?(?:之前的?|此前的?|原)?(?:通过|批准)(?:结论|意见)?\s*\Z"
    r"|(?:撤回|收回)了?(?:之前的?|此前的?|原)同意(?:结论|意见)?\s*\Z",
    re.IGNORECASE,
)
_PUT_OFF: Final = LatePattern(
    r"\A\W*(?:会议)?(?:一致)?(?:同意|决定)(?:将)?(?:本次|此次)?(?:上线|发布|投产)?(?:延期|推迟|暂缓"
    r"|延后|缓办)\W*\Z"
)
_CONDITIONAL: Final = LatePattern(
    r"\A\W*(?:approved?|agreed?|accepted|ok|okay|passed|we agree|we approve|i agree|i approve)"
    r"(?: \w+){0,3}? (?:subject to|provided|on (?:the )?condition(?! \d)|as long as"
    r"|once(?! more| again| by)|pending|only if|only after|but only)\b"
    r"|\A\W*(?:approved?|agreed?|we agree|we approve|i agree|i approve)(?: \w+){0,3}? if\b(?!-)"
    r"|\A\W*(?:ok|okay|accepted) if\b.*\b(?:pass(?:es)?|fixed|agrees?|repaired|signs?)\b"
    r"|\A\W*(?:approved|accepted|passed|agreed|approval|acceptance) (?:with|under) (?:conditions"
    r"|reservations?|reserve)\b|\A\W*only if\b.*\b(?:agrees?|approves?|confirms?|passes|accepts?)\b"
    r"|\A\W*but (?:first|only (?:if|after|once|when))\b"
    r"|\A但?前提(?:条件)?[是为].{0,24}(?:修|解决|整改|补齐|补充|补交|达标)(?!.*已)"
    r"|\A但?(?:仍|还|尚)?(?:需要?|须|必须|要)先(?:行)?(?:修复|修完|修好|解决|整改|完善|补齐|改完)"
    r"|以[^,，]{0,8}(?:部门?|处|室|中心|领导|客户|专家)的?(?:意见|结论|批复|答复)为准"
    r"|\A\W*否则(?:取消|推迟|暂缓)(?:(?:本次)?(?:上线|发布|投产)|\W*\Z)|\A\W*否则不(?:能|得|予"
    r"|可)?(?:上线"
    r"|发布|投产)"
    r"|待.{1,20}[后之]再行?(?:验收|上线|评审|发布|投产)"
    r"|\A(?:待|等).{1,14}(?:缺陷|问题|漏洞|[Bb][Uu][Gg]).{0,6}(?:修复|修完|修好|解决|整改"
    r"|改完)(?:后|之后)?再",
    re.IGNORECASE,
)
_SATISFIED: Final = LatePattern(
    r"已(?:经)?(?:满足|具备|达到|完成|解决|修复|通过)|均已|\b(?:has|have|was|were"
    r"|had) (?:been )?(?:met"
    r"|fulfilled|fixed|satisfied|done|agreed|approved|passed)\b",
    re.IGNORECASE,
)
"""A condition that is met already."""
_TICK: Final = r"(?:[☑☒■✓✔✅√●]|\[[xX√✓]\]|【[√✓xX]】)\s*"
_TICKED_WITH_MORE: Final = LatePattern(
    rf"{_TICK}(?:(?:修改|整改|完善|修正|补正|调整)后?再?(?:予以|重新)?(?:通过|同意|合格|评审|审核"
    rf"|验收|提交)"
    r"|有条件|附条件|复审"
    r"|(?:approved?|accept(?:ed)?|pass(?:ed)?|agreed?) (?:with|after|subject to|on)"
    r" (?:\w+ )?(?:changes?|conditions?|modifications?|corrections?|revisions?|rework)"
    r"|(?:conditional|revise|rework|resubmit))",
    re.IGNORECASE,
)
_OPTION: Final = LatePattern(
    r"(?:[□☐○◯]|\[\s?\]|【\s?】)\s*(?:通过|同意|合格|approved?|accept(?:ed)?|pass(?:ed)?|agreed?)"
    r"[\s.;]*(?=$|[□☐○◯☑☒■✓✔✅√●\[【/、,(])",
    re.IGNORECASE | re.MULTILINE,
)
_UNTICKED_LINE: Final = LatePattern(
    r"^[ \t\-*>|]*(?:[□☐○◯]|\[\s?\])(?:(?!\[\s?\]|\[[xX]\])[^\n□☐○◯☑☒■✓✔✅√●])*$", re.MULTILINE
)
_LETTER_AS_TICK: Final = LatePattern(r"\[[xX]\]|【[xX]】")


_SIGNER: Final = LatePattern(
    r"(?:会签)?(?:部门|单位|岗位|角色|姓名|人员)|(?:审批|会签|评审|验收|签字)人|departments?"
    r"|offices?|names?"
    r"|approvers?|reviewers?|roles?|persons?",
    re.IGNORECASE,
)
_ANSWER: Final = LatePattern(
    r"(?:会签|审批|评审|验收|部门)?(?:意见|结论|决定)|审批(?:结果|状态)|decisions?|approvals?"
    r"|approved\??|opinions?",
    re.IGNORECASE,
)
_MISSING: Final = LatePattern(
    r"待(?:签|审|批|审批|签字|会签|审核|确认|定)|审批中|未(?:签|审批|审|签字)|pending|awaited"
    r"|outstanding"
    r"|not (?:yet )?(?:signed|approved|given)",
    re.IGNORECASE,
)
_PENDING_IN_LOG: Final = LatePattern(
    r"\A\W*(?!状态|订单|单据|申请|用户|商户|商品|任务|事项|进度|合同)[\u3400-\u9fff]{2,4}(?:\s+"
    r"|\s*[(:]\s*)(?:待审批?|审批中|未审批?|未签字?|待签字?"
    r"|下[周次]再[议定])\W*\Z"
)


def missing_approval(text: str) -> str:
    """Return the row of a table of approvals whose answer has not been given yet, or nothing."""
    at = -1
    for line in text.splitlines():
        cells = [cell.strip(" *_") for cell in line.strip().strip("|").split("|")]
        if len(cells) == 1:
            at = -1
            continue
        if any(map(_SIGNER.fullmatch, cells)):
            at = next((n for n, cell in enumerate(cells) if _ANSWER.fullmatch(cell)), -1)
        elif 0 <= at < len(cells) and _MISSING.fullmatch(cells[at]):
            return line.strip()
    return ""


_ASKED: Final = LatePattern(
    r"^(?P<asked>[^?\n]{2,80})\?\s*(?P<answer>(?:no|否|不)[\s.。]*|不同意.*|不行.*|no, .*)$",
    re.IGNORECASE | re.MULTILINE,
)
_OF_ASSENT: Final = LatePattern(
    r"同意|通过|批准|可以上线|\b(?:agree|approve|accept|go|launch)", re.IGNORECASE
)
_DENIAL: Final = LatePattern(
    r"不|未|异议|反对|问题|缺陷|\b(?:not|no|any|objections?|un\w+)\b", re.IGNORECASE
)


def with_answers(text: str) -> str:
    """Return a text in which no for an answer stands as a refusal behind its question."""
    return _ASKED.sub(_refusal_of, text)


def _refusal_of(asked: re.Match[str]) -> str:
    question = asked["asked"]
    is_refusal = _OF_ASSENT.search(question) and not _DENIAL.search(question)
    return f"{question}\n不同意" if is_refusal else asked[0]


def further_kind_of(clause: str) -> StanceKind:
    """Return how a clause stands against its matter in further words; "" where it does not."""
    if _REFUSED.search(clause) or _PUT_OFF.match(clause):
        return "refused"
    is_met = _SATISFIED.search(clause) or is_of_others(clause)
    if _CONDITIONAL.search(clause) and not is_met:
        return "conditional"
    return "open" if _PENDING_IN_LOG.match(clause) else ""


def ticked_with_more(text: str) -> str:
    """Return the option that is ticked, if it asks for changes first while a plain yes is empty."""
    match = _TICKED_WITH_MORE.search(text)
    return match[0] if match and _OPTION.search(text) else ""


def without_unticked(text: str) -> str:
    """Return a text without the lines of options that nobody ticked, and without letters as ticks.

    The words of such an option, "[ ] Approved with changes", are no answer.
    """
    return _LETTER_AS_TICK.sub(" ", _UNTICKED_LINE.sub(" ", text))
