"""Documents that conclude a failure: an acceptance that says itself it was refused (threat E20).

Only what stands behind a label such as `验收结论：` or `Conclusion:` counts, and the last of these:
a document may tell of a first round that failed. What free sentences say, people read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from launchpolicy.facts.evidence.failure_phrases import concludes_failure, conclusion_of
from launchpolicy.facts.evidence.failure_statements import subject_of
from launchpolicy.facts.stance_layout import EARLIER_VERDICT
from launchpolicy.vocabulary.late_pattern import LatePattern

_MENTIONED: Final = LatePattern(
    r"结论|結論|判定|验收结果|测试结果|评审结果|审批意见|验收意见|评审意见"
    r"|conclusion|verdict|(?:overall|final|acceptance|test|review) (?:result|outcome|decision)",
    re.IGNORECASE,
)
_LABELLED: Final = LatePattern(
    r"[\s#>*\-+=_|0-9.、()（）一二三四五六七八九十]*(?P<label>[^::：|\t,，]{2,30}?)[\s*_]*"
    r"(?:[::：|\t,，][\s*_|]*(?P<value>.*))?\Z"
)
_BOX: Final = r"[□☐☑☒■✓✔✅√○◯●]|\[[ xX√]?\]"
_CHECKED: Final = LatePattern(rf"(?:[☑☒■✓✔✅√●]|\[[xX√]\])\s*(?P<option>.*?)(?={_BOX}|\Z)")
_ANY_BOX: Final = LatePattern(_BOX)
_NEXT_LABEL: Final = LatePattern(r"\s{2,}|[|\t]")
_MOST: Final = 200_000
_LONGEST: Final = 200


def failing_conclusion_in(text: str) -> str:
    """Return the label of the last conclusion in a text if it is a failure; "" otherwise."""
    label = ""
    if not _MENTIONED.search(text[:_MOST]):
        return label
    for name, value in _conclusions_in(text[:_MOST].splitlines()):
        outcome = _outcome_of(value)
        if outcome:
            label = name if outcome == "bad" else ""
    return label


def _conclusions_in(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each label of a conclusion with its value, which may be the next line."""
    label = ""
    for line in lines:
        plain = unicodedata.normalize("NFKC", line).strip()[:_LONGEST]
        if not plain:
            continue
        if label:
            yield label, plain
            label = ""
            continue
        match = _LABELLED.match(plain) if _MENTIONED.search(plain) else None
        if match is None or not _is_of_all(match["label"]):
            continue
        value = (match["value"] or "").strip(" *_|")
        if value:
            yield match["label"].strip(), value
        else:
            label = match["label"].strip()


def _is_of_all(label: str) -> bool:
    """Return whether a label is that of a conclusion, not of one step or of what was expected."""
    name = label.strip()
    return _MENTIONED.search(name) is not None and subject_of(name) == "verdict"


def _outcome_of(value: str) -> str:
    """Return `good` or `bad`, "" for what is neither or leaves it open."""
    if _ANY_BOX.search(value):
        if _ANY_BOX.match(value) is None:  # boxes behind their options: not read
            return ""
        checked = [match["option"].strip(" /、,，") for match in _CHECKED.finditer(value)]
        return _outcome_of(checked[0]) if len(checked) == 1 and checked[0] else ""
    first = _NEXT_LABEL.split(value)[0]
    if "/" in first:  # options that nobody chose, an address, or a path
        return ""
    if not concludes_failure(first):
        return conclusion_of(first)
    now = EARLIER_VERDICT.sub("", first).strip()
    return "good" if now != first and conclusion_of(now) == "good" else "bad"
