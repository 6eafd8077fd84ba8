"""Hold the words with which the gate answers, for every format that people read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from launchpolicy.engine.launches.start_conditions import (
    Condition,
    ConditionState,
    GateResult,
    Shortcoming,
)
from launchpolicy.reporters.text.wording import OUTCOMES, Symbol
from launchpolicy.vocabulary.finding import Outcome, Verdict
from launchpolicy.vocabulary.names import Names
from launchpolicy.vocabulary.place import format_route
from launchpolicy.vocabulary.text import Text

_STATES: Final = {
    ConditionState.MET: Symbol("✓", Text("met", "满足"), "good"),
    ConditionState.NOT_MET: Symbol("✗", Text("not met", "不满足"), "bad"),
    ConditionState.UNDECIDED: Symbol("?", Text("undecided", "无法判定"), "bad"),
}
ANSWERS: Final = {
    Verdict.PASS: Text("may start now", "现在可以开始上线"),
    Verdict.BLOCKED: Text("may not start now", "现在不能开始上线"),
    Verdict.UNDECIDED: Text("undecided: do not start", "无法判定：请勿开始上线"),
}
WOULD_START: Final = Text("could start at that time", "届时可以开始上线")
LED: Final = Text("{}: {}", "{}：{}")
CITED: Final = Text("{} ({})", "{}（{}）")
TRIAL: Final = Text(
    "A trial: the time was given with --now, so this allows no deployment.",
    "试算：时间由 --now 指定，不构成放行。",
)
FACTS_FROM: Final = Text("facts of the night: {}", "当晚登记的事实取自：{}")
AS_OF: Final = Text("as of {}, {} at {}", "判定时间 {}，{} 位于 {}")


def mark_of(condition: Condition) -> Symbol:
    """Return the mark of a condition; what was not checked has not that of what passed."""
    is_unchecked = condition.state is ConditionState.MET and condition.is_unchecked
    return OUTCOMES[Outcome.NOT_APPLICABLE] if is_unchecked else _STATES[condition.state]


def answer_of(result: GateResult) -> Text:
    """Return the answer in a few words; of a trial, what it would be."""
    is_met = all(condition.state is ConditionState.MET for condition in result.conditions)
    return WOULD_START if result.is_trial and is_met else ANSWERS[result.verdict]


def who(shortcoming: Shortcoming, names: Names) -> Text:
    """Return the names of those who can fix it; empty where nobody is named."""
    people = [names.name_of("people", person) for person in shortcoming.people]
    return Text(_join((name.en for name in people), ", "), _join((n.zh for n in people), "、"))


def differ_in_fix(one: Shortcoming, other: Shortcoming) -> bool:
    """Return whether two things that are missing are fixed in different ways, or places."""
    return one.fix != other.fix or where(one) != where(other)


def where(shortcoming: Shortcoming) -> str:
    """Return the file, line and route of what is missing; "" where there is no place."""
    place = shortcoming.place
    if place is None:
        return ""
    route = format_route(place.full_route)
    return f"{place}  {route}" if route else str(place)


def _join(names: Iterable[str], separator: str) -> str:
    return separator.join(dict.fromkeys(names))
