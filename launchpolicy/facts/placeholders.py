"""The fact `texts.placeholders`: texts that a rule relies on, and that say nothing.

A text that repeats the one that it must add to, word for word, says nothing either: `copied`.
Only what a text says counts, so width, case, punctuation and characters without a shape are taken
off first. A short text that says something ("pg_restore", "重启") is no placeholder.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Iterable

from launchpolicy.facts.copied_texts import is_copied
from launchpolicy.facts.marked_places import MarkedValue
from launchpolicy.policy.edition import (
    EDITION,
    FOURTH_EDITION,
    NINTH_EDITION,
    SEVENTH_EDITION,
    TENTH_EDITION,
)
from launchpolicy.vocabulary.place import Data, format_route
from launchpolicy.vocabulary.placeholder_words import (
    BARE_ASSENT,
    BEGINNINGS,
    FURTHER_LATER,
    FURTHER_NOTHING,
    LATER,
    NAMES,
    NO_REASON,
    NOTHING,
    REFERENCE,
    UNDER_WAY,
)
from launchpolicy.vocabulary.placeholders import content_of, look_of, shows_nothing

_FREE = "free"
_RELIED = "relied"
_FIGURE = "figure"
_ANSWER = "answer"
_LONGEST = 40
"""Characters of content; a longer text is not looked up, and says something."""
_FEW = 12
"""So many characters behind "待定" are still no content."""
_PLAIN = re.compile(r"[A-Za-z0-9\u4e00-\u9fff]")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_EMPTY = LATER | NOTHING | NO_REASON | BARE_ASSENT
_LONGEST_WORD = max(map(len, _EMPTY))
_SAMPLE = re.compile(r"lorem ipsum|dolor sit amet", re.IGNORECASE)
_TEMPLATE = re.compile(
    r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\$?\{[^{}]*\}|\$\([^()]*\)|<[^\W\d_][^<>]*>|\[\[[^\[\]]*\]\]"
)
"""A field of a template that nobody has filled in."""
_REPEATED = re.compile(r"(.{1,2}?)\1{2,}|(.)\2*")
_UNIT = "[%％‰]|[人名个台套条行项次笔件份张处天日周月年元万亿秒分]"
_FIGURES = r"[0-9]+(?:[.,][0-9]+)*"
_QUANTITY = re.compile(
    rf"\s*(?:[<>≤≥]=?\s*{_FIGURES}\s*(?:{_UNIT})?|[约近]?\s*{_FIGURES}\s*(?:{_UNIT})"
    r"|[0-9]+\s*/\s*[0-9]+)[\s.。]*"
)
"""A figure with its unit, its limit or its whole: 2 %, 3 人, > 100, 4/4."""
_NONE = frozenset({"none", "notneeded", "notnecessary", "notrequired", "nothing", "0"})
_NONE |= {"无", "没有", "无需", "不需要"}
_INITIALS = re.compile(r"\s*(?:Q\s*&\s*A|R\s*&\s*D)\s*", re.IGNORECASE)
"""Words of two letters that are no placeholder: questions and answers, research and development."""


def placeholders(
    data: Data,
    texts: Iterable[MarkedValue],
    own_words: Collection[str] = (),
    edition: int = EDITION,
) -> list[dict[str, str]]:
    """Return `{at, text, kind}` for each placeholder that `data` newly has, in document order.

    Args:
        data: the request.
        texts: those of it that are to be judged.
        own_words: further placeholders, from the configuration.
        edition: that of the program by which it is judged (`policy.edition`).
    """
    counts_references = edition > FOURTH_EDITION
    own = frozenset(content_of(word) for word in own_words)
    blanks: list[dict[str, str]] = []
    for text in texts:
        if text.mark == _FREE:
            kind = "blank" if shows_nothing(text.value) else ""
        else:
            is_relied = text.mark in {_RELIED, _FIGURE, _ANSWER}
            kind = kind_of_placeholder(
                text.value, own, is_relied=is_relied, counts_references=counts_references
            )
            if not kind and edition > NINTH_EDITION:
                kind = "later" if UNDER_WAY.fullmatch(content_of(text.value)) else ""
            if not kind and is_relied and edition > TENTH_EDITION:
                kind = _kind_of_further(content_of(text.value))
            if kind == "nothing" and edition > SEVENTH_EDITION and _is_answer(text):
                kind = ""
            kind = kind or ("copied" if is_copied(data, text.route, text.value) else "")
        if kind:
            blanks.append({"at": format_route(text.route), "text": text.value, "kind": kind})
    return blanks


def _kind_of_further(content: str) -> str:
    if content in FURTHER_LATER:
        return "later"
    return "nothing" if content in FURTHER_NOTHING else ""


def _is_answer(text: MarkedValue) -> bool:
    """Return whether a text without any word says something at its place."""
    if text.mark == _ANSWER and content_of(text.value) in _NONE:
        return True
    is_figure = text.mark == _FIGURE and _QUANTITY.fullmatch(text.value)
    return bool(is_figure or _INITIALS.fullmatch(text.value))


@functools.lru_cache(maxsize=4096)
def kind_of_placeholder(
    text: str,
    own: frozenset[str] = frozenset(),
    *,
    is_relied: bool = True,
    counts_references: bool = True,
) -> str:
    """Return `blank`, `later` or `nothing`; "" for a text that says something.

    Args:
        text: as it was written.
        own: further placeholders, normalised.
        is_relied: whether a short answer or "none" says nothing here.
        counts_references: whether "see document" puts a text off, as it does since edition 5.
    """
    if _SAMPLE.search(text) or _is_template(text):
        return "later"
    if len(_PLAIN.findall(text)) > _LONGEST:
        return ""
    content = content_of(text)
    if not content:
        return "blank"
    if len(content) > _LONGEST:
        return ""
    look = look_of(content)
    is_reference = counts_references and REFERENCE.fullmatch(content)
    if (
        is_reference
        or content in own
        or any(_consists_of(form, LATER) or _begins_so(form) for form in {content, look})
    ):
        return "later"
    says_nothing = _says_nothing(text, content) or _consists_of(look, _EMPTY)
    return "nothing" if is_relied and says_nothing else ""


def _is_template(text: str) -> bool:
    """Return whether a text is fields of a template, with no more than numbers beside them."""
    rest, fields = _TEMPLATE.subn("", text)
    return fields > 0 and not any(map(str.isalpha, rest))


def _says_nothing(text: str, content: str) -> bool:
    if _consists_of(content, _EMPTY) or _REPEATED.fullmatch(content):
        return True
    words = (content_of(word) for word in _BETWEEN_WORDS.split(text))
    return all(not word or _REPEATED.fullmatch(word) or word in NOTHING for word in words)


def _begins_so(content: str) -> bool:
    return not NAMES.fullmatch(content) and any(
        content.startswith(word) and len(content) - len(word) <= _FEW for word in BEGINNINGS
    )


def _consists_of(content: str, words: Collection[str]) -> bool:
    """Return whether `content` is words of the list, one behind the other."""
    reached, starts = {0}, [0]
    while starts:
        start = starts.pop()
        for end in range(start + 1, min(start + _LONGEST_WORD, len(content)) + 1):
            if end not in reached and content[start:end] in words:
                reached.add(end)
                starts.append(end)
    return len(content) in reached
