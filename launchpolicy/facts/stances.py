"""Whether a text that records a decision refuses it, leaves it open, or ties it to a condition.

`refused`: not accepted, 不同意, the launch is postponed. `open`: nothing was decided, 会后再议, a
form on which no box is ticked. `conditional`: once the fault is repaired, 整改后方可上线. Only what
is said of the matter itself counts: that a page rejects a wrong card, or that nothing was rejected,
is no refusal, and neither is a first round that was repeated with success.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final

from launchpolicy.facts.further_stance_words import (
    further_kind_of,
    missing_approval,
    ticked_with_more,
    with_answers,
    without_unticked,
)
from launchpolicy.facts.stance_asides import is_aside, stated_lines
from launchpolicy.facts.stance_dissent import answer_against, begins_with_party, settles
from launchpolicy.facts.stance_doubts import (
    agrees_outright,
    doubt_in,
    is_agreeing,
    is_outweighed,
    is_rate,
)
from launchpolicy.facts.stance_layout import as_statements
from launchpolicy.facts.stance_open_answers import unticked_agreement
from launchpolicy.facts.stance_order import Turn, is_later, split_day, turn_of
from launchpolicy.facts.stance_words import StanceKind, kind_of_clause
from launchpolicy.vocabulary.late_pattern import LatePattern
from launchpolicy.vocabulary.named_tuple import NamedTuple

_NONE: Final = LatePattern(
    r"\W*(?:无|没有|none|nil|n/a|0 ?[项个条例票人]?)\W*|[-—–/\\ ]+", re.IGNORECASE
)
_DENIED: Final = LatePattern(r"\s*(?:no|n|false|否|不|×|✗|✘|❌)[\s.。]*", re.IGNORECASE)
"""None of what a label names, and no for an answer."""
_EARLIER: Final = LatePattern(
    r"首轮|首版|第一[轮版]|初版|初验|初次|上一?[次轮]|首次|此前|之前|曾|预期|期望|expected"
    r"|first round|at first|first (?:time|run|attempt|try)|^failed\b.*\bfirst\W*$"
    r"|earlier|previous|initially|last (?:time|week|month)|\bthe first\b|had been|used to",
    re.IGNORECASE,
)
_AGAIN: Final = LatePattern(
    r"(?:复验|复测|复检|再次|重新|修[复改]后|整改后|现已|均已|最终).{0,16}(?:通过|合格|同意|验收)"
    r"|\b(?:again|second|repeated|now|finally|re-?(?:test|inspect|check)\w*|repaired|fixed"
    r"|corrected|since then)\b.*\b(?:accepted|passed"
    r"|approved|works?|good|agreed?)\b|\b(?:accepted|passed|approved|agreed)\b.*\b(?:again|now"
    r"|second|finally)\b",
    re.IGNORECASE,
)
_GOOD: Final = LatePattern(
    r"同意|批准|通过|可以上线|按计划上线|合格|无异议|准予"
    r"|\b(?:approve[sd]|accept(?:s|ed)|agree[sd]?|passed|go(?:es)? ahead|no objections?"
    r"|may be (?:launched"
    r"|released)|is (?:launched|released))\b",
    re.IGNORECASE,
)
_CLAUSE: Final = LatePattern(
    r"(?<=[^\W\d]),(?= )|(?<=%),(?= )|[，,](?=[\u4e00-\u9fff])"
    r"|,(?= (?:passed|accepted|approved|failed)\b)"
)
_LABEL: Final = LatePattern(r"\A(?P<label>[^:：]{1,80})[:：](?!//)\s*(?P<value>.+)\Z")
_CHECKED: Final = LatePattern(r"[☑☒■✓✔✅√●]|\[[xX√✓]\]|【[√✓xX]】")
_UNCHECKED: Final = LatePattern(
    r"(?:[□☐○◯]|\[\s?\]|【\s?】|[(（]\s?[)）])\s*[^\s□☐○◯☑☒■✓✔✅√●\[【/、,，;；]+"
)
_BLANK: Final = LatePattern(r"[:：]\s*(?:_{2,}|\.{3,}|…+)")
_MARKS: Final = LatePattern(r"^(?:[\s#>*\-+=_|`~]|[0-9一二三四五六七八九十]{1,3}[.、)）])+")
_SUPPOSED: Final = LatePattern(
    r"\W*(?:if|unless|where|when|should|如果?|若|一旦|假如|万一)", re.IGNORECASE
)
"""Begins a sentence about what may happen."""
_NAMED: Final = frozenset({"version", "revision", "review"})
"""Turns that a label names as a whole, so that a later line with that label replaces it."""
_LONGEST: Final = 400
_MOST: Final = 50_000
_FIELDS: Final = 3


class Stance(NamedTuple):
    """What a text says against its own matter: the kind, and the words that say it."""

    kind: StanceKind
    words: str


NO_STANCE: Final = Stance("", "")


def stance_of(text: str, *, counts_doubts: bool = False, counts_dissent: bool = False) -> Stance:
    """Return the first clause that refuses, leaves open or ties to a condition what is decided.

    Args:
        text: a decision, a conclusion, or a whole document.
        counts_doubts: whether a clause counts that is against it only where nothing agrees, as it
            does since edition 11 (`stance_doubts`).
        counts_dissent: whether one who refuses counts whatever others say, as since edition 13.
    """
    plain = as_statements(unicodedata.normalize("NFKC", text[:_MOST]))
    form = _of_form(plain) if counts_doubts else NO_STANCE
    if form.kind:
        return form
    has_ticks = _CHECKED.search(plain) is not None
    boxes = len(_UNCHECKED.findall(plain))
    options = with_answers(without_unticked(plain)) if counts_doubts else plain
    read, empty = _UNCHECKED.sub(" ", options), len(_BLANK.findall(plain))
    if (boxes > 1 and not has_ticks) or empty >= _FIELDS:
        return Stance("open", "□" if boxes > 1 else "____")
    if counts_dissent and (dissent := _of_parties(plain, read)).kind:
        return dissent
    against: dict[str | Turn, Stance] = {}
    aside, has_agreed = NO_STANCE, False
    agreed: list[Turn] = []
    others: list[str] = []
    for clause in _clauses(read):
        day, own = split_day(_MARKS.sub("", clause).strip()[:_LONGEST])
        label, stance = _of_clause(own, counts_doubts=counts_doubts)
        turn = day or turn_of(label, own)
        if is_aside(stance.kind, label, stance.words):
            aside = aside if aside.kind else stance
        elif stance.kind and not (turn and any(is_later(other, turn) for other in agreed)):
            against.setdefault(turn or label, stance)
        elif not stance.kind:
            others.append(own)
            _take_back(against, label, turn, own)
            if _GOOD.search(own):
                has_agreed = True
                agreed += [turn] if turn else []
    if counts_doubts and not against and not aside.kind:
        return _doubt_among(others)
    return next(iter(against.values()), NO_STANCE if has_agreed else aside)


def _of_parties(page: str, read: str) -> Stance:
    """Return what one of several parties says against the matter, in a box or in a sentence."""
    unticked = unticked_agreement(page)
    return Stance("open", unticked) if unticked else _dissent_among(stated_lines(read))


def dissent_of(text: str) -> Stance:
    """Return the first clause in which one does not agree to what others decide, nor does later.

    Args:
        text: decisions, or a remark; as since edition 13.
    """
    return _dissent_among(stated_lines(as_statements(unicodedata.normalize("NFKC", text[:_MOST]))))


def _dissent_among(sentences: Iterable[str]) -> Stance:
    dissent: dict[str, Stance] = {}
    for clause in itertools.chain.from_iterable(map(_with_clauses, sentences)):
        own = _MARKS.sub("", clause).strip()[:_LONGEST]
        subject, kind = answer_against(own)
        # "Refused to" ends with words that else tell of an earlier time.
        if subject and not _EARLIER.search(own.replace("fused to", "")):
            dissent.setdefault(subject, Stance(kind, own))
        elif dissent:
            is_good = _GOOD.search(own) is not None
            dissent = {
                other: stance
                for other, stance in dissent.items()
                if not settles(other, stance.kind, own, is_good=is_good)
            }
            if is_good and _AGAIN.search(own) and not begins_with_party(own):
                dissent.clear()
    return next(iter(dissent.values()), NO_STANCE)


def _with_clauses(sentence: str) -> Iterator[str]:
    """Yield a sentence, and its clauses after the first, which it begins with."""
    if not _SUPPOSED.match(sentence):
        yield sentence
        yield from _CLAUSE.split(sentence)[1:]


def _doubt_among(clauses: list[str]) -> Stance:
    """Return the first clause that stands against its matter, where no other one agrees."""
    if any(map(agrees_outright, clauses)):  # which most pages do, and is quick to see
        return NO_STANCE
    doubts = [doubt_of(clause) for clause in clauses]
    if is_outweighed(clauses, [doubt.kind for doubt in doubts], _agrees_somehow):
        return NO_STANCE
    return next((doubt for doubt in doubts if doubt.kind), NO_STANCE)


def _agrees_somehow(clause: str) -> bool:
    return is_agreeing(clause) or (agrees(clause) and not is_rate(clause))


def _of_form(text: str) -> Stance:
    """Return what the ticks of a form and the table of its approvals say against its matter."""
    more, missing = ticked_with_more(text), missing_approval(text)
    if more:
        return Stance("conditional", more)
    return Stance("open", missing) if missing else NO_STANCE


def doubt_of(clause: str) -> Stance:
    """Return how a clause stands against its matter where nothing beside it agrees."""
    match = _LABEL.match(clause)
    value = match["value"].strip() if match else clause
    # "Refused to" ends with words that else tell of an earlier time.
    if _EARLIER.search(clause.replace("fused to", "")) or _NONE.fullmatch(value):
        return NO_STANCE
    for part in dict.fromkeys((value, clause)):
        kind = doubt_in(part)
        if kind:
            return Stance(kind, part)
    return NO_STANCE


def _take_back(
    against: dict[str | Turn, Stance], label: str, turn: Turn | None, clause: str
) -> None:
    """Take back what a clause outweighs: what stood under its label, or in an earlier round."""
    if turn and _GOOD.search(clause):
        for other in [key for key in against if isinstance(key, tuple) and is_later(turn, key)]:
            del against[other]
    key = turn if turn and turn[0] in _NAMED else label
    if label and key in against:
        del against[key]
    elif _AGAIN.search(clause):
        against.clear()


def tells_of_earlier(text: str) -> bool:
    """Return whether a text is about what went before: a first run, the last time."""
    return _EARLIER.search(text) is not None


def agrees(text: str) -> bool:
    """Return whether a text has words of agreement, whatever stands beside them."""
    return _GOOD.search(text) is not None


def _clauses(text: str) -> Iterator[str]:
    """Yield what a text states, without what may happen."""
    for sentence in stated_lines(text):
        if not _SUPPOSED.match(sentence):
            yield from _CLAUSE.split(sentence)


def _of_clause(clause: str, *, counts_doubts: bool) -> tuple[str, Stance]:
    kind_in = _kind_since_eleven if counts_doubts else kind_of_clause
    match = _LABEL.match(clause)
    label, value = (match["label"].strip(), match["value"].strip()) if match else ("", clause)
    if not value or _EARLIER.search(clause):
        return "", NO_STANCE
    if label and _DENIED.fullmatch(value) and _is_agreement(label):
        return label, Stance("refused", clause)
    if label and (_NONE.fullmatch(value) or (_GOOD.search(value) and not kind_in(value))):
        return label, NO_STANCE
    for part in dict.fromkeys((value, clause)):
        kind = kind_in(part)
        if kind:
            return label, Stance(kind, part)
    return label, NO_STANCE


def _kind_since_eleven(clause: str) -> StanceKind:
    return kind_of_clause(clause) or further_kind_of(clause)


def _is_agreement(label: str) -> bool:
    return _GOOD.search(label) is not None and re.search(r"不|未|异议|objection", label) is None
