"""Everyday words that say against a matter, which count only where nothing in the text agrees.

"I'd rather wait", 建议先别上, "not in a position to sign", 审批意见后补: a mail or a short form has
them in place of a decision. `stance_doubts` has the words of formal records.
"""

from __future__ import annotations

import re
from typing import Final

from launchpolicy.vocabulary.late_pattern import LatePattern

_CHECK: Final = r"(?:reviews?|tests?|testing|inspections?|acceptance|rehearsals?|checks?|audits?)"
ENGLISH_REFUSED: Final = LatePattern(
    r"\b(?:rather|better|prefer to|should|must|let us|let's) wait\b"
    r"|\b(?:recommend|suggest|propose|advise|prefer)s?(?:ed|d)? (?:waiting|postponing|delaying"
    r"|to (?:wait|postpone|delay|defer)|(?:a )?(?:delay|postponement)|another date|a later date)\b"
    r"|\bnot (?:yet )?in a position to\b|\bput on hold\b|\b(?:still )?a lot (?:that )?(?:does"
    r" not|doesn't) work\b|\bchoose (?:another|a different|a later) (?:date|time|window)\b"
    r"|\A\W*cannot be (?:recommended|approved|accepted|released|launched|signed)\b"
    r"|\b(?:does|do|did)(?: not|n't) (?:meet|fulfil|satisfy|reach) (?:the|our|its|all)\b"
    r"|\b(?:is|are|was|were) (?:not sufficient|insufficient|inadequate|not adequate"
    r"|not good enough)\b|\b(?:am|is|are) not (?:yet )?convinced\b"
    r"|\A\W*fails (?:the|our|to meet)\b|\b(?:freezes|crashes|hangs|breaks down) (?:several|many"
    r"|often|constantly|all the time|every|regularly)\b"
    r"|\b(?:don't|do not) schedule\b|\b(?:has|have)(?: not|n't) said yes\b|\bno deal\b"
    r"|\A\W*(?:please )?send (?:it |this )?back\b|\A\W*not (?:this version|cleared|like this"
    r"|possible)\b|\A\W*redo\b|\A\W*(?:still )?blocked(?: by \w+)?\W*\Z"
    r"|\bbelow (?:the|our) (?:entry |exit )?criteria\b|\bfar from (?:the|our|what)\b"
    r"|\b(?:do|does|did)(?: not|n't) want to (?:sign|accept|approve|agree|launch)\b"
    r"|\b(?:vulnerabilit(?:y|ies)|weakness(?:es)?) (?:still )?(?:remains?|open)\b",
    re.IGNORECASE,
)
ENGLISH_OPEN: Final = LatePattern(
    rf"\b{_CHECK} could not (?:\w+ )?be (?:completed|finished|held|carried out|done|run|made)\b"
    r"|\bto decide (?:whether|if|when)\b|\b(?:approval|signature|consent|decision|confirmation)"
    r" (?:will|is to) follow\b|\bran out of time\b|\b(?:tested|checked|reviewed) only (?:half"
    r"|part|some)\b|\bonly (?:half|part|some)\b.{0,24}\b(?:tested|checked|reviewed)\b"
    r"|\A\W*(?:still )?(?:awaiting|waiting for)\b|\b(?:still|we are) waiting for\b"
    r"|\A\W*under (?:review|discussion|consideration)\W*\Z|\A\W*abstained\b"
    r"|\bcannot (?:judge|tell|say|assess)\b|\A\W*come back (?:after|when|once|with)\b"
    r"|\A\W*(?:it )?(?:needs|requires) (?:some |much |a lot )?(?:more|further) (?:work|tests?"
    r"|testing|time|analysis|discussion)\b|\A\W*(?:please )?revise\b|\A\W*(?:please )?hold off\b"
    r"|\bstill to (?:do|be done)\W*\Z|\A\W*no capacity\b|\btoo early to (?:tell|say)\b"
    r"|\A\W*ask \w+(?: \w+)? first\b|\bto be resubmitted\b"
    r"|\bdocuments? (?:is |are )?(?:incomplete|missing)\b|\A\W*returned\W*\Z"
    r"|\A\W*(?:let's|let us|we will|we'll) see\b|\A\W*(?:let's |please )?wait (?:for|until)\b"
    r"|\bwe wait for\b"
    r"|\A\W*(?:undecided|in review|up to (?:the|my|our) \w+|tbd)\b|\bthink about it\b"
    r"|\A\W*(?:the )?(?:\w+ ){1,4}(?:is|are) (?:still )?missing\W*\Z"
    r"|\A\W*(?:i |we )?(?:still )?have (?:some |more |open )?questions\b|\A\W*more \w+ needed\W*\Z"
    r"|\b(?:has|have)(?: not|n't) (?:yet )?(?:looked|seen|read|tried)\b"
    r"|\btest(?:s|ing) (?:is|are) still (?:going on|running|under way)\b|\bdisagree\b"
    r"|\bto be (?:\w+ and )?(?:inspected|tested|reviewed) again\b|\barrange another (?:acceptance"
    r"|review)\b"
    r"|\bdiscuss (?:it |this )?(?:again|next)\b|\bmeet again\b.*\bto (?:decide|discuss)\b"
    r"|\A\W*(?:decision|conclusion|outcome|result|approval)\s*:\s*_{2,}",
    re.IGNORECASE,
)
CHINESE_REFUSED: Final = LatePattern(
    r"(?:先别|暂不|先不要|暂时?不要|不要急着?)(?:上|发|投产|切换)"
    r"|\A\W*不(?:准|行|上了?)\W*\Z|(?:上不了|不让上)(?:线)?\s*\Z|(?:周[一二三四五六日末]|当天|那天"
    r"|今晚|这周|本周)(?:晚上?)?不行|\A\W*(?:先|暂)不(?:上|发|切|放行|立项|投)(?:线|布|换|产)?\s*\Z"
    r"|(?:这|此"
    r"|本)个?版本?不行|打回"
    r"|不予(?:立项|放行)"
    r"|(?:先)?(?:不要|别)(?:安排|通知)?上线|(?:没有?|未)(?:能)?达到(?!触发|回退|回滚"
    r"|告警).{0,6}(?:标准|条件|要求"
    r"|目标)\s*\Z"
    r"|与(?:合同|需求|约定|目标)(?:有|的)?差距(?:较|很|太)?大|退回补充|(?:还没|没有?|尚未)点头"
    r"|建议(?:暂缓|推迟|延期|延后|缓一缓|再等|等一等|改期|另选|另择|先不)|请?另[选择行]+(?:时间"
    r"|日期|窗口|安排)"
    r"|(?:暂时?|目前|尚|还|现)(?:无法|不能|没法)(?:签收|签字|确认|验收|签署|接收|评价)"
    r"|(?:经常|频繁|总是|时常|动不动就?|老是)(?:卡死|卡顿|报错|崩溃|掉线|死机|闪退|断开|出错|丢单"
    r"|宕机)"
    r"|(?:对不上账|账对不上)|(?<![不未没无])存在.{0,4}(?:严重|重大|致命|阻断|高危|一级|核心)的?"
    r"(?:缺陷|问题|漏洞|隐患)\s*[1-9]\d*\s*[个项处]"
    r"|问题(?:还)?(?:挺|较|很|比较|太)多"
)
CHINESE_OPEN: Final = LatePattern(
    r"再(?:次)?(?:开会|上会|集中|组织)(?:讨论|研究|商议|评估|决定|评审)?|(?:下次|下周|改天|会后"
    r"|以后).{0,6}再定"
    r"|(?:还|尚|仍)(?:需要?|须|要|得)(?:等)?(?:领导|上级|部门|客户|[^,，]{1,4}部门?)(?:来)?(?:确认"
    r"|审批|批准|同意|签字|拍板)"
    r"|(?:审批|意见|批复|签名|结论|回执)(?:等)?(?:意见|随)?后补|(?:没有?|未)(?:全部|都)?(?:做|测|跑"
    r"|验|查|看)完"
    r"|(?:没有?|未)改完|没谈拢|意见相左|(?:等|待).{1,10}(?:拍板|定夺|批示|点头|出来再[定说看])"
    r"|再考虑|(?:还没|没有?)想好|\A\W*(?:有|存在)疑问|\A\W*(?:还|尚|仍)?(?:需要?|请"
    r"|须)补充(?!\S*归档)"
    r"|\A\W*(?:评审|审核|审批|讨论|复核|会签)中\W*\Z|\A\W*未(?:评审|审核|审批|复核)\W*\Z"
    r"|补了?再(?:说|看|审|议)|(?:开会|下周|下次|之?后)再(?:看|说)\s*\Z|(?:还没|没有?)(?:看"
    r"|试)(?:过)?\s*\Z"
    r"|(?:优化|整改|修改|修复|完善)后(?:再)?(?:复[验测审]|重测)\s*\Z"
    r"|先(?:行)?修(?:复|好|完).{1,14}(?:再|才)(?:能|可以?|行)?(?:上线|发布|投产|切换)"
    r"|\A\W*再等等|还差.{1,8}没|没有?时间(?:评|看|审|测)|\A\W*看领导"
    r"|上线(?:后|之后)再(?:测|验|补|查)|\A\W*弃权\W*\Z|不(?:发表|便发表)意见|无法(?:评价|判断"
    r"|评估)\s*\Z|没看懂"
    r"|\A\W*(?:还在)?等(?:待)?.{1,10}(?:意见|结果|确认|批复|通知|反馈|答复)\W*\Z"
    r"|(?:修改|整改|完善|修复|解决|补充.{0,8}|改)(?:之?后)(?:重新|再次?)(?:提交|报审|送审|上报|评审"
    r"|审|上会)"
    r"|(?:问题|缺陷|漏洞|[Bb][Uu][Gg]).{0,4}(?:还)?没(?:有)?(?:解决|修复|关闭|修完|修好|改)\s*\Z"
    r"|\A\W*(?:结论|决定|审批结果|验收结论|评审结论)\s*:\s*_{2,}|另行决定\s*\Z"
)
