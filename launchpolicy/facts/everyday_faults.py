"""Everyday words of remarks that tell of a fault, or that nobody looked, since edition 11.

点了没反应, 数据对不上, "keeps dropping", "misses the target", 没条件测, "Boss said it is fine".
`remark_doubts` has the words that are seen most, and says which clauses are no fault.
"""

from __future__ import annotations

import re
from typing import Final

from launchpolicy.vocabulary.late_pattern import LatePattern

_END: Final = r"\W*\Z"
_OFTEN: Final = r"(?:from time to time|occasionally|intermittently|sporadically|now and then)"
FURTHER_SYMPTOM: Final = LatePattern(
    rf"\b(?:crash(?:es|ed)?|hangs?|freezes?|fails?|works?|stops?) (?:{_OFTEN}|sometimes|at times)"
    rf"{_END}|\b{_OFTEN} (?:it )?(?:crash\w*|hangs?|fails?|freezes?|stops?)\b"
    r"|\bkeeps? (?:dropping|crashing|failing|freezing|restarting|disconnecting|hanging)\b"
    rf"|\b(?:is|are) (?:broken|unreachable|unusable|down|garbled|messed up){_END}"
    rf"|\A\W*(?:\w+ ){{1,2}}unreachable{_END}|\bdoes nothing{_END}"
    rf"|\b(?:do|does|did)(?: not|n't) (?:match|add up|agree|load|respond|save|sync){_END}"
    rf"|\bchecksums? (?:differs?|mismatch(?:es)?){_END}|\b(?:nearly|almost) full{_END}"
    r"|\bat 100 ?% (?:all the time|constantly|permanently)\b"
    r"|\b(?:misses|missed|exceeds|exceeded) the (?:target|limit|goal)\b"
    rf"|\bmemory leaks?{_END}|\A\W*(?:big|huge|large|high) (?:\w+ )?(?:lag|delay|latency){_END}"
    rf"|\A\W*(?:(?:you|we|i) )?(?:cannot|can't|can not) (?:log ?in|open|print|export|save"
    rf"|pay){_END}"
    rf"|\A\W*known (?:vulnerabilit(?:y|ies)|bugs?|defects?|faults?){_END}"
    rf"|\b(?:white|blank|black) (?:screen|page)(?: (?:on|after|at) \w+(?: \w+)?)?{_END}"
    rf"|\bsometimes (?:loses|wrong|missing|shows wrong)\b"
    rf"|\bonly works (?:in|on|with)\b|\bworks only (?:sometimes|at times|now and then)\b"
    rf"|\b(?:returns|answers|gives) (?:http )?5\d\d{_END}"
    rf"|\bkeeps? timing out\b|\A\W*(?:it )?(?:crashed|froze|failed) (?:twice|again|several times"
    rf"|\d+ times){_END}"
    rf"|\A\W*(?:sort|kind) of works|\b(?:is|are) not (?:shown|finished|complete|visible"
    rf"|displayed){_END}"
    rf"|\b(?:charged|booked|paid) twice{_END}|\b(?:do|does|did)(?: not"
    rf"|n't) arrive{_END}"
    rf"|\b(?:can ?not|could not|can't) be (?:opened|read|restored|used|printed){_END}"
    r"|白屏\s*\Z|(?:偶尔|有时候?|时不时)(?:会)?(?:丢|不对|错|少|漏)|(?:功能|页面"
    r"|需求)(?:还)?没(?:有)?做(?:完|好)"
    r"|(?:接口|返回|报|页面)\s*5\d\d\s*\Z|崩了|凑合|(?<![应可])不显示\s*\Z|谁都(?:能|可以)(?:看|改"
    r"|删)|了两次\s*\Z"
    r"|收不到\s*\Z|没控制住"
    rf"|\A\W*(?:it )?(?:loses|drops) \w+{_END}|\bkeeps? (?:growing|rising)\b|\balways (?:fails?"
    rf"|crash\w*)\b"
    rf"|\bneeds a restart\b|\A\W*garbled \w+{_END}|\A\W*\w+ overlaps?{_END}|\bruns anyway{_END}"
    r"|\A\W*(?:全是|都是|出现)?乱码\s*\Z|会丢(?:单|数据|消息|包)|老是(?:要)?(?:重启|报错|卡|掉)"
    r"|一直(?:在)?(?:涨|报错|卡|转圈)"
    r"|必(?:挂|崩|报错|卡死)\s*\Z|(?:叠在一起|重叠)\s*\Z"
    r"|(?:位置|颜色|金额|顺序|结果|格式|数量)(?:都|有点)?不对\s*\Z|(?:有的|有些).{1,4}不行\s*\Z"
    r"|\A\W*反正"
    r"|(?:点(?:了|击)?(?:后|之后)?)?(?:没|无)(?:有)?反应\s*\Z"
    r"|(?:打印|导出|加载|显示|上传|下载|提交|登录|登|收|打|刷|保存)不(?:出来?|了|上去?|进去|上"
    r"|成功)\s*\Z"
    r"|对不上\s*\Z|时好时坏|(?:磁盘|内存|空间|硬盘)(?:快|将|要)满|(?:一直|持续|长期)\s*100 ?%"
    r"|连不上\s*\Z"
    r"|(?:经常|频繁|老是|总是|偶尔|偶发|有时)(?:会)?(?:断|掉线|卡|报错|崩溃|闪退|失败|死机|出错"
    r"|超时)(?:开|线|顿|死)?\s*\Z"
    r"|存在偶发|(?:校验和?|数据|结果|金额|总数|数量|账目|余额)(?:不一致|不符|有出入)\s*\Z|延迟(?:很"
    r"|太|非常)(?:大|高|长)\s*\Z"
    r"|报错但|超过(?:了)?(?:目标|上限|阈值|指标|要求)(?:值)?\s*\Z|(?:没"
    r"|未)(?:有)?(?:能)?达到?(?:目标|指标|要求|标准)(?:值)?\s*\Z"
    r"|内存泄[漏露]\s*\Z|样式(?:全)?(?:乱|错)(?:了)?\s*\Z|\A\W*(?:有|存在)(?:已知)?漏洞(?!扫描|报告"
    r"|库)",
    re.IGNORECASE,
)
FURTHER_UNSEEN: Final = LatePattern(
    r"\bdid not get (?:round|around) to\b|\bno time (?:to|for) (?:test|verif|check|look|re-?test)"
    rf"|\bcould not be (?:tested|checked|verified|run|tried){_END}|\bskipped for now\b"
    r"|\bnot (?:tested|checked|verified|looked at) (?:again|this time)\b"
    r"|\btest environment (?:was|is) (?:broken|down|not available|unavailable|missing)\b"
    rf"|\A\W*no (?:backup|test|check|rehearsal|restore) (?:was|has been) (?:made|done|run){_END}"
    r"|\bno way to (?:test|verify|check)\b|\bi (?:did not|didn't|have not) (?:try|tried|test|tested"
    r"|look|see)\b"
    r"|\bwill (?:be )?(?:test|check|verif)\w*(?: it| this)? (?:tomorrow|later|next week|soon)\b"
    rf"|\btest (?:data|accounts?) (?:not ready|missing|not available){_END}"
    r"|没(?:有)?仔细(?:看|测|验)|\bdid not look closely\b|没法(?:测|验|试|确认)|我没(?:操作|看|测"
    r"|试)|(?:明天|改天|下周|过后)再(?:测|试|看|验)|(?:数据"
    r"|账号|环境)没(?:有)?(?:准备好?|给|到位|就绪)"
    r"|没有?条件(?:测|验|试)|(?:没|未)(?:能)?(?:测|验|试|跑|做)成|测不了|验不了|\A\W*(?:没"
    r"|未)(?:有)?再(?:次)?(?:测|验|看)"
    r"|(?:时间|环境|人手|条件).{0,6}(?:没有?|未)(?:能)?(?:测试?|验证?|检查|复测|做)\s*\Z"
    r"|\A\W*(?:备份|演练|校验|压测|回归|复测|恢复)(?:都|还)?(?:没有?|未)做\s*\Z|暂(?:时)?(?:跳过"
    r"|略过|未测)"
    r"|只(?:大概|简单)?(?:测|看|验|试|查)了(?:其中)?(?:一?部分|一半|几个)\s*\Z",
    re.IGNORECASE,
)
FURTHER_UNSURE: Final = LatePattern(
    r"\b(?:accept|pass|take|leave|approve)(?:ed)? (?:it |this )?for now\b"
    r"|\b(?:boss|lead|leader|manager|management|director)s? (?:said|says|agreed|told)\b"
    r"|\bfrom experience\b"
    r"|(?:感觉|觉得|看着|看起来|好像)(?:还|挺)?(?:行|可以|凑合)|按(?:照)?(?:以往|以前|过去"
    r"|往常)?的?经验|先(?:这样|通过|过|验收)吧"
    r"|领导(?:都)?(?:说|同意|认为)|(?:说好|商量好|约好)了?\s*\Z",
    re.IGNORECASE,
)
PUT_OFF: Final = LatePattern(
    r"\bwill (?:be )?fix(?:ed)?(?: it| this)? (?:later|afterwards|soon|in the next|next|after)\b"
    r"|\A\W*下个?版(?:本)?(?:再)?(?:修复?|改|解决)",
    re.IGNORECASE,
)
"""What is repaired later, which counts unless it is a trifle."""
TRIFLE: Final = LatePattern(
    r"\b(?:minor|cosmetic|typos?|wording|translations?|low)\b|文案|错别字|轻微|次要|小问题|一般"
    r"|建议|低危|措辞",
    re.IGNORECASE,
)
PROVOKED: Final = LatePattern(
    r"\b(?:answers?|returns?|gives?) (?:http )?4\d\d\b|\b(?:disabled|throttled|simulated|killed"
    r"|unplugged|pulled|stopped)\b|拔掉|拔线|关掉|杀掉|停掉|注入",
    re.IGNORECASE,
)
"""What a tester did himself, so that the symptom is what he wanted to see."""
