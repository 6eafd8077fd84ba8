"""Whether a meeting refused, put off or tied to a condition what it decided.

A meeting that agreed to one matter may put off another: in another decision, or in a sentence that
names what it puts off.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from launchpolicy.facts.stance_asides import names_something, puts_another_off
from launchpolicy.facts.stance_doubts import is_agreeing, is_outweighed
from launchpolicy.facts.stance_words import put_off_in, refusal_in
from launchpolicy.facts.stances import (
    NO_STANCE,
    Stance,
    agrees,
    dissent_of,
    stance_of,
    tells_of_earlier,
)
from launchpolicy.vocabulary.late_pattern import LatePattern

_ABOUT_LAUNCH: Final = LatePattern(
    r"\b(?:launch|release|go[- ]live|cut[- ]?over)\b|上线|发布|切换|投产", re.IGNORECASE
)
_SENTENCE: Final = LatePattern(r"[;；。！!\n\r\t|]|\.(?=\s|$)")
_AGREEING: Final = LatePattern(
    r"同意|批准|通过|合格|无异议|准予|赞成|决定|意见|以上|上述|\b(?:approved|accepted|agreed?|passed|decision"
    r"|above)\b",
    re.IGNORECASE,
)
_TALKED: Final = LatePattern(
    r"讨论|研究|听取|汇报|介绍|\b(?:discussed|talked|heard|presented|reported)\b", re.IGNORECASE
)
"""What a meeting did beside deciding."""
_LONGEST: Final = 400


def stance_of_decisions(
    decisions: list[str], *, counts_doubts: bool = False, counts_dissent: bool = False
) -> Stance:
    """Return the stance of a meeting: what it refused, unless it also agreed to something.

    Args:
        decisions: what it decided.
        counts_doubts: as of `stances.stance_of`.
        counts_dissent: likewise.
    """
    if counts_dissent and (dissent := dissent_of("\n".join(decisions))).kind:
        return dissent
    stances = [_of_whole_decision(decision) for decision in decisions]
    agreed = any(
        not stance.kind and _settles(decision)
        for stance, decision in zip(stances, decisions, strict=True)
    )
    against = next((stance for stance in stances if stance.kind), NO_STANCE)
    if counts_doubts and not against.kind:
        return _doubt_in(decisions)
    return NO_STANCE if agreed else against


def _doubt_in(decisions: list[str]) -> Stance:
    """Return the first sentence that stands against the matter, where no other one decides it."""
    parts = [part for text in decisions for part in _SENTENCE.split(text) if part.strip()]
    doubts = [stance_of(part, counts_doubts=True) for part in parts]
    if is_outweighed(parts, [doubt.kind for doubt in doubts], _decides):
        return NO_STANCE
    return next((doubt for doubt in doubts if doubt.kind), NO_STANCE)


def _decides(part: str) -> bool:
    return is_agreeing(part) or (_settles(part) and not _TALKED.search(part))


def _of_whole_decision(decision: str) -> Stance:
    """Return the stance of a decision that may agree to one matter and put off another."""
    parts = [part for part in _SENTENCE.split(decision) if part.strip()]
    stances = [_of_decision(part) for part in parts]
    agreed = [
        part
        for stance, part in zip(stances, parts, strict=True)
        if not stance.kind and _settles(part)
    ]
    if not agreed:
        return _of_decision(decision)
    is_named = any(map(_names_what_is_agreed, agreed))
    against = (
        stance
        for stance, part in zip(stances, parts, strict=True)
        if stance.kind and not _is_of_another(part, stance, is_named=is_named)
    )
    return next(against, NO_STANCE)


def _names_what_is_agreed(part: str) -> bool:
    """Return whether a sentence agrees to a thing, and not to what was said before it."""
    return _ABOUT_LAUNCH.search(part) is not None or names_something(_AGREEING.sub(" ", part))


def _is_of_another(part: str, stance: Stance, *, is_named: bool) -> bool:
    """Return whether a sentence beside one that agrees refuses or puts off what it names itself."""
    if stance.kind == "conditional":
        return False
    if stance.kind == "open":
        return puts_another_off("", part[:_LONGEST])
    match = refusal_in(stance.words)
    if match is None or not is_named:
        return False
    before = unicodedata.normalize("NFKC", part).partition(stance.words)[0]
    before += stance.words[: match.start()]
    return names_something(before) or names_something(stance.words[match.end() :])


def _of_decision(decision: str) -> Stance:
    """Return the stance of a decision, which is about a launch even where it only names it."""
    stance = stance_of(decision)
    is_put_off = put_off_in(decision) is not None and not tells_of_earlier(decision)
    if not stance.kind and is_put_off and not agrees(decision):
        return Stance("refused", decision)
    return stance


def _settles(decision: str) -> bool:
    """Return whether a decision that nothing stands against agrees, or is about a launch."""
    return agrees(decision) or _ABOUT_LAUNCH.search(decision) is not None
