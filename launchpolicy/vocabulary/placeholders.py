"""Texts that stand for an answer that is still missing: TBD, 待定, x, a row of dots."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

_PLACEHOLDERS = frozenset(
    """
    tbd|tba|tbc|todo|fixme|n/a|na|nil|none|null|unknown|undecided|pending|later|see above|same|ditto
    as above|same as above|to follow|will follow|follows|to be done|to be determined|to be decided
    to be defined|to be added|to be provided|to be confirmed|to be announced|to come|coming soon
    not yet|not yet known|not decided|no idea|placeholder|lorem ipsum|dummy|sample text|asdf|qwerty
    foo|bar|foobar|test test
    待定|待补|待补充|待填|待填写|待完善|待确认|待更新|待提供|待后补|待定后补|后补|后续补充|后续补上|稍后补充
    补充中|未定|未知|暂定|暂无|暂缺|不详|无|没有|略|见上|同上|同前|如上|占位|占位符|测试测试|随便
    """.replace("\n", "|").split("|")
)
_KNOWN = frozenset("".join(filter(str.isalnum, words)) for words in _PLACEHOLDERS) - {""}
_SHAPELESS = dict.fromkeys(map(ord, "\u115f\u1160\u3164\uffa0"))
"""Letters that are shown as nothing: Hangul fillers."""
_LEAST = 2


def is_placeholder(text: str, more: Collection[str] = ()) -> bool:
    """Return whether a text says nothing: a known placeholder, one character, or none that shows.

    Case, width, spaces and punctuation make no difference.

    Args:
        text: what was written.
        more: further placeholders, as the configuration lists them.
    """
    core = content_of(text)
    return (
        len(core) < _LEAST
        or len(set(core)) == 1
        or core in _KNOWN
        or any(core == content_of(words) for words in more)
    )


def content_of(text: str) -> str:
    """Return the letters and digits of `text` that can be seen, in one width and one case."""
    composed = unicodedata.normalize("NFKC", text).casefold()
    return "".join(filter(str.isalnum, composed)).translate(_SHAPELESS)
