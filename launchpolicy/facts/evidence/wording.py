"""What the words of a document come to: whether they say anything, whom and what they name."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from launchpolicy.facts.evidence.markup import bodies, shown_lines
from launchpolicy.facts.evidence.open_fields import fields_of, without_unfilled
from launchpolicy.policy.edition import EDITION, FOURTH_EDITION, NINTH_EDITION, TENTH_EDITION
from launchpolicy.vocabulary.hashing import sha256
from launchpolicy.vocabulary.placeholder_words import UNDER_WAY
from launchpolicy.vocabulary.placeholders import content_of, is_placeholder

_LEAST: Final = 8
"""What a document says at least: a letter or digit of an alphabet counts 1, an ideograph 2."""

_RUNNING: Final = 60
"""So much text says something, however it is broken into lines."""

_WORDS: Final = 4
"""What its words say at least, without figures, dates and numbers of requests."""

_JUDGED: Final = 20_000
_SHORT: Final = 48
_CLAUSE = re.compile(r"[,;，；。！]|[.!?](?=\s|$)")
_MARKS = re.compile(r"^[\s#>*\-+=_|`~.0-9、()（）一二三四五六七八九十]+")
_LABEL = re.compile(r"[:：](?!//)")
_PUT_OFF = re.compile(
    r"^(todo|fixme|tbd|tba|tbc)\b|^(待办|待定|待补)|(待补充?|待定|后补|待后补|稍后补充|后续补充|待填写?"
    r"|待确认|待完善|to follow|tbd|tba|(to be|being|will be) (added|done|provided|attached"
    r"|determined|confirmed|completed|decided|filled( in)?|written|defined|supplied|agreed)"
    r"( later| soon| separately)?|(attached|added|provided|sent) (later|soon|separately))\W*$",
    re.IGNORECASE,
)
_SAMPLE = re.compile(
    r"intentionally (left )?blank|此页.{0,4}(留白|空白)|本页.{0,4}(留白|空白)"
    r"|^this is (just )?a (test|sample|placeholder|dummy)\b|^这是(一[份个])?(测试|示例|占位)"
    r"|^测试(文档|文件|内容|数据)?$",
    re.IGNORECASE,
)
_LOREM = re.compile(r"lorem ipsum|dolor sit amet", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\bhttps?://\S+|\S+\.(pdf|docx?|xlsx?|pptx?|od[tsp]|md|txt|csv|log|png|jpe?g|gif|webp|zip)\b"
    r"|\b(please )?(see|refer to|as in|cf\.?) (the )?(attach\w*|annex|appendix|above|below"
    r"|enclos\w*)( (file|document|form|report))?|(详|请|参)?见(附件|附表|附录|附后|上文|下文|报告)",
    re.IGNORECASE,
)
_HEADING: Final = re.compile(
    r"(?:产品|系统|项目|用户|上线|功能|性能|数据|业务|最终|正式)*(?:验收|评审|测试|上线|培训|演练|会议|回滚|回退|转换|切换|质检|安装"
    r"|操作|内测|发布)?(?:报告|记录|纪要|单|表|文档|方案|计划|申请表?|确认书|证书|手册|说明书?)"
    r"|概述|引言|前言|背景|目的|范围|定义|术语|安装|配置|环境|联系人|附录|参考资料|目录|封面|正文|结论|概要|简介|其他"
    r"|(?:本页|以下)?无正文|以下空白|全文完|完|文件内容|正文内容|你好|(?:测试){2,}|参?见[\u4e00-\u9fff]{0,6}(?:报告|文档|纪要|系统|邮件|记录)"
    r"|(?:the )?(?:(?:user|product|system|final|functional) )*(?:acceptance|test|review|launch"
    r"|rehearsal|meeting|training|rollback|conversion|release|installation|design)? ?(?:report"
    r"|record|minutes|plan|document|form|sheet|certificate|manual|notes)"
    r"|introduction|scope|overview|background|purpose|terms|definitions|installation|configuration"
    r"|environment|contacts?|appendix|contents|conclusions?|summary|cover|hello world|the end",
    re.IGNORECASE,
)
"""Titles, headings and fillers, each the whole of a clause; they say nothing since edition 11."""
_NAME = re.compile(r"(?<![A-Z0-9-])[A-Z][A-Z0-9]{0,15}(?:-[A-Za-z0-9]{1,20}){1,5}(?![A-Za-z0-9])")
_NUMBER = re.compile(rf"{_NAME.pattern}|\d{{2,4}}[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?")
_MOST_NAMES: Final = 50


def says_something(text: str, edition: int = EDITION) -> bool:
    """Return whether a text says more than a title, labels, questions and placeholders.

    `edition` is that of the program as which it is read (`policy.edition`).
    """
    is_strict = edition > FOURTH_EDITION
    judged = without_unfilled(text[:_JUDGED], edition) if is_strict else text[:_JUDGED]
    lines = shown_lines(judged)
    words: dict[str, None] = {}
    for line in bodies(lines, of_forms=is_strict, is_part=judged != text[:_JUDGED]):
        for field in fields_of(line) if is_strict else (line,):
            words.update(dict.fromkeys(_WORD.findall(_statement(field, edition))))
    relevant = [word for word in words if not is_placeholder(word) or len(word) == 1]
    letters = sum(_weight(word) for word in relevant if not any(map(str.isdigit, word)))
    weight = sum(map(_weight, relevant))
    long = sum(map(_weight, dict.fromkeys(word for line in lines for word in _WORD.findall(line))))
    return letters >= _WORDS and (weight >= _LEAST or long >= _RUNNING)


_WORD = re.compile(r"[^\W_]+")


def _statement(line: str, edition: int) -> str:
    """Return what a line says, without list marks, labels, and what stands elsewhere."""
    if _LOREM.search(line):
        return ""
    clauses = (_clause(clause, edition) for clause in _CLAUSE.split(_MARKS.sub("", line)))
    return " ".join(clause for clause in clauses if clause)


def _clause(clause: str, edition: int) -> str:
    words = _NUMBER.sub("", _ELSEWHERE.sub("", clause)).strip()
    label, *values = _LABEL.split(words)
    value = values[-1].strip() if values else label.strip()
    if _SAMPLE.search(value) or (_weight(value) <= _SHORT and _PUT_OFF.search(value)):
        return ""
    if edition > NINTH_EDITION and UNDER_WAY.fullmatch(content_of(value)):
        return ""
    if not values:
        is_heading = edition > TENTH_EDITION and _HEADING.fullmatch(
            words.strip("()（）[]【】《》 ")
        )
        return "" if is_heading or is_placeholder(words) else words
    return "" if is_placeholder(value) or _PUT_OFF.match(label.strip()) else words


def _weight(text: str) -> int:
    return sum(
        2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in content_of(text)
    )


def names_in(text: str) -> list[str]:
    """Return what may be names of requests in a text, each once, the first fifty."""
    names = dict.fromkeys(match.group() for match in _NAME.finditer(text))
    numbered = [name for name in names if any(character.isdigit() for character in name)]
    return numbered[:_MOST_NAMES]


def digest_of(text: str) -> str:
    """Return the digest of the letters and digits of a text, whatever stands between them."""
    core = content_of(text)
    return sha256(core.encode()) if core else ""
