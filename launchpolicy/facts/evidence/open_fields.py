"""Fields of templates that nobody has filled in, and the sentences around them (threat E10).

One rule for all documents, in both languages: a sentence in which a field is still open, or that
tells what to write there, says nothing. Fields are known by the brackets of template languages, by
words for what belongs there in other brackets, by letters in place of a name or a date, and by
lines to write on.
"""

from __future__ import annotations

import re
from typing import Final

from launchpolicy.policy.edition import EDITION, SEVENTH_EDITION

_NOUNS: Final = (
    *("names?", "dates?", "times?", "products?", "projects?", "compan(?:y|ies)", "departments?"),
    *("teams?", "roles?", "titles?", "positions?", "versions?", "numbers?", "no", "results?"),
    *("conclusions?", "signatures?", "approvers?", "reviewers?", "testers?", "owners?", "clients?"),
    *("requesters?", "authors?", "customers?", "systems?", "modules?", "services?", "features?"),
    *("functions?", "environments?", "reasons?", "descriptions?", "summar(?:y|ies)", "comments?"),
    *("texts?", "contents?", "address(?:es)?", "e-?mails?", "phone", "values?", "links?", "urls?"),
    *("files?", "documents?", "ids?", "tickets?", "amounts?", "details?", "day", "month", "year"),
    *("yyyy", "mm", "dd", "hh", "placeholder", "todo", "tbd", "tba", "here", "organi[sz]ation"),
    *("person", "acceptors?", "accepted", "approved", "signed", "tested", "by", "release"),
    *("items?", "leads?"),
)
_LINKING: Final = ("of", "the", "a", "an", "and", "or", "your", "please", "to", "for", "in", "this")
_VERBS: Final = (
    "insert|enter|type|write|fill(?: in| out)?|describe|state|add|put|give|provide|choose|select"
    "|specify|replace|click|tap|press|name|list|explain"
)
_NOUN = "|".join(_NOUNS)
_LINK = "|".join(_LINKING)
_CHINESE_NOUNS: Final = (
    "姓名|名称|产品名称?|项目名称?|系统名称?|日期|时间|年月日|版本号?|编号|部门|公司|岗位|职务|结论|结果"
    "|签名|签字|验收人|审批人|测试人|负责人|申请人|客户|内容|说明|描述|备注|原因|单位|金额|地址|电话|邮箱"
)
_HTML: Final = (
    "a|abbr|article|aside|b|blockquote|body|br|center|cite|code|dd|del|details|div|dl|dt|em|figure"
    "|font|footer|form|h[1-6]|head|header|hr|html|i|img|input|ins|kbd|li|link|main|mark|meta|nav|ol"
    "|p|pre|q|s|samp|section|small|span|strong|style|sub|summary|sup|table|tbody|td|tfoot|th|thead"
    "|title|tr|tt|u|ul|var|wbr"
)
_OPEN_FIELD = re.compile(
    # template languages: {{x}}, {%x%}, ${x}, #{x}, <%x%>, %x%, {x}, <x>, «x», $x, @@x@@
    r"\{\{[^{}\n]{0,80}\}\}|\{%[^{}\n]{0,80}%\}|[$#]\{[^{}\n]{0,80}\}|<%[^<>\n]{0,80}%>"
    r"|(?<!\w)%[A-Za-z_]{2,40}%(?!\w)|\{[^\W\d][\w .-]{0,40}\}|[«‹][^«»‹›\n]{1,60}[»›]"
    r"|(?<![\w$])\$[a-z_][A-Za-z_]{1,40}\b|@@[\w .-]{1,40}@@|%\([A-Za-z_]{1,40}\)s"
    rf"|(?<![A-Za-z0-9_])</?(?!(?:{_HTML})\s*>)[^\W\d_][\w \u3000/、，-]{{0,60}}>"
    # words for what belongs there, in brackets
    rf"|\[(?i:(?:{_NOUN}|{_LINK}|{_VERBS}|x{{2,}})(?:[ _/,:-]+|(?=\])))+\](?!\()"
    rf"|[\[【［〔(（<＜]\s*(?:请?(?:填写|输入|插入|填入|写明)?(?:{_CHINESE_NOUNS}))\s*[\]】］〕)）>＞]"
    r"|[\[【［〔(（]\s*(?:待[\u4e00-\u9fff]{1,3}|后补|另行补充|请?在?此[处栏]?填?写?[^\])】］〕）\n]{0,20})"
    r"\s*[\])】］〕）]"
    # letters in place of a name or a date
    r"|(?<![A-Za-z0-9])[xX×ＸｘX]{2,}(?![A-Za-z0-9])|某某|[○〇]{2,}|\*{3,}(?=[\u4e00-\u9fff]|\s*$)"
    r"|(?<![A-Za-z])(?:Y{4}|y{4})\W{0,2}[Mm]{2}\W{0,2}[Dd]{2}(?![A-Za-z])|Y{4}年|y{4}年"
    r"|(?<![A-Za-z])(?:[Dd]{2}\W[Mm]{2}|[Mm]{2}\W[Dd]{2})\W[Yy]{4}(?![A-Za-z])"
    # lines to write on
    r"|_{3,}|…{3,}|\.{6,}|—{6,}|\u3000{4,}(?=[验签审批测])"
)
_LEADER = re.compile(r"(?<=[\w)\]])[ ]?\.{3,}[ ]?[:：](?=[ ]*[-+]?[\w])")
"""Dots from a label to its value, as load tests print them: `http_reqs......: 24000`."""
_BLANK_DATE = re.compile(
    r"(?<![\d一二三四五六七八九十〇零 \t\u3000_])[ \t\u3000_]*年[ \t\u3000_]*月[ \t\u3000_]*日"
)
_LINE: Final = "____"
_INSTRUCTION = re.compile(
    rf"\b(?:{_VERBS})\b.{{0,80}}\bhere\b"
    rf"|^\W*(?:please )?(?:{_VERBS})(?: (?:{_NOUN}|{_LINK}))+\W*$"
    r"|\b(?:choose|select) an? (?:item|date|option)\b|\bto be (?:filled|completed) (?:in )?by\b"
    r"|\b(?:click|tap|press)\b.{0,40}\b(?:to|and) (?:enter|add|choose|insert|select)\b"
    r"|\b(?:your|sample|dummy|placeholder) text\b|\b(?:your|sample) (?:name|company|product)\b"
    r"|(?:在|于|请|^\W*)(?:此|此处|这里|下方|本栏|此栏)(?:处)?.{0,4}"
    r"(?:填写|填入|输入|录入|插入|描述|说明|粘贴|签字|签名|写明)"
    r"|(?:单击|点击|轻触|点按).{0,10}(?:输入|添加|选择|填写)"
    r"|^\W*请(?:填写|填入|输入|插入|简述|写明|说明|描述|列出|选择)",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"[^，,。；;！!\n]{0,20}(?:稍后|随后|后续|另行|日后|届时)(?:再|另行)?"
    r"(?:提供|补充|补上|补交|附上|上传|填写)[^，,。；;！!\n]{0,2}"
)
_PIECE = re.compile(
    r"\n|\t|\u3000+|[ ]{2,}|\||[。！!；;？?]|\.(?=\s|$)|[ ](?=[\u4e00-\u9fff]{1,12}[ ]?[:：])"
)
_NEXT_FIELD = re.compile(
    r"(?<=\S)(?:[ ]{2,}|[\t\u3000]+)(?=\S)|[ ](?=[\u4e00-\u9fff]{1,12}[ ]?[:：])|(?=[□☐☑☒■])"
)
"""Where one line goes on with another field of a form, or another box."""


def without_unfilled(text: str, edition: int = EDITION) -> str:
    """Return a text without the sentences in which a field is still open.

    `edition` is that of the program as which it is read (`policy.edition`).
    """
    if edition > SEVENTH_EDITION:
        text = _LEADER.sub(":", text)
    text = _BLANK_DATE.sub(_LINE, _LATER.sub("", text))
    kept: list[str] = []
    start = 0
    for mark in _PIECE.finditer(text):
        kept += [_without_field(text[start : mark.start()]), mark.group()]
        start = mark.end()
    return "".join([*kept, _without_field(text[start:])])


def _without_field(sentence: str) -> str:
    is_open = _OPEN_FIELD.search(sentence) or _INSTRUCTION.search(sentence)
    return "" if is_open else sentence


def fields_of(line: str) -> list[str]:
    """Return the fields of a form that stand in one line, each with its label or its box."""
    return [field.strip() for field in _NEXT_FIELD.split(line) if field.strip()]
