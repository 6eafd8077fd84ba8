"""The fact `texts.refusals`: texts that say against what stands beside them as passed or decided.

A conclusion of a review, a remark beside a result, and the decisions of a meeting: `result: passed`
with the remark that two tests failed, or a review that passed and concluded 会后再议.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from launchpolicy.facts.decision_stances import stance_of_decisions
from launchpolicy.facts.evidence.failure_phrases import concludes_failure
from launchpolicy.facts.marked_places import MarkedValue
from launchpolicy.facts.remark_doubts import doubt_of_remark
from launchpolicy.facts.stance_asides import what_is_concluded
from launchpolicy.facts.stances import (
    NO_STANCE,
    Stance,
    stance_of,
    tells_of_earlier,
)
from launchpolicy.policy.edition import EDITION, TENTH_EDITION, TWELFTH_EDITION
from launchpolicy.vocabulary.place import Data, Route, format_route

_LANGUAGES: Final = ("en", "zh")
_GOOD: Final = frozenset({"passed", "accepted", "done", "restored", "feasible", "met"})
_SUMMARY: Final = "summary"
"""A key under which a study or an improvement may name the very fault that it is about."""
_REMARKS: Final = frozenset({"remark", "remarks", _SUMMARY})
_DECISIONS: Final = ("spec", "meeting", "decisions")


def refusals(
    data: Data, texts: Iterable[MarkedValue], edition: int = EDITION
) -> list[dict[str, str]]:
    """Return `{at, text, kind}` for each text that says against its own matter.

    Args:
        data: the request.
        texts: those of it that are to be judged.
        edition: that of the program by which it is judged (`policy.edition`).
    """
    against: list[dict[str, str]] = []
    decisions: dict[str, list[MarkedValue]] = {}
    for text in texts:
        if text.route[: len(_DECISIONS)] == _DECISIONS:
            decisions.setdefault(str(text.route[-1]), []).append(text)
            continue
        stance = _stance_at(data, text, edition)
        if stance.kind:
            against.append(_entry(text, stance))
    against.extend(_of_meetings(decisions, edition))
    return against


def _stance_at(data: Data, text: MarkedValue, edition: int) -> Stance:
    counts_doubts, counts_dissent = edition > TENTH_EDITION, edition > TWELFTH_EDITION
    route = text.route[:-1] if text.route[-1] in _LANGUAGES else text.route
    key = str(route[-1])
    if key == "conclusion":
        return stance_of(text.value, counts_doubts=counts_doubts, counts_dissent=counts_dissent)
    container = _container(data, route)
    if key not in _REMARKS or not _is_beside_success(container):
        return NO_STANCE
    conclusion = what_is_concluded(text.value)
    if concludes_failure(conclusion) and not tells_of_earlier(conclusion):
        return Stance("refused", text.value)
    stance = stance_of(text.value, counts_dissent=counts_dissent)
    tells_of_test = key != _SUMMARY or container.get("result") == "passed"
    if counts_doubts and not stance.kind and tells_of_test:
        doubt = doubt_of_remark(text.value)
        return Stance(doubt, text.value) if doubt else stance
    return stance


def _is_beside_success(container: Data) -> bool:
    """Return whether what a remark belongs to is recorded as passed or as done."""
    if not isinstance(container, Mapping):
        return False
    return container.get("result") in _GOOD or bool({"doneAt", "confirmedAt"} & set(container))


def _container(data: Data, route: Route) -> Data:
    for step in route[:-1]:
        data = data[step]  # the route is that of a value of `data`
    return data


def _of_meetings(
    decisions: Mapping[str, list[MarkedValue]], edition: int
) -> Iterator[dict[str, str]]:
    """Yield the decision against the matter, of the decisions in one language."""
    for texts in decisions.values():
        stance = stance_of_decisions(
            [text.value for text in texts],
            counts_doubts=edition > TENTH_EDITION,
            counts_dissent=edition > TWELFTH_EDITION,
        )
        if stance.kind:
            at = next((text for text in texts if stance.words in text.value), texts[0])
            yield _entry(at, stance)


def _entry(text: MarkedValue, stance: Stance) -> dict[str, str]:
    return {"at": format_route(text.route), "text": text.value, "kind": stance.kind}
