"""The conditions one by one: the edges of a window, dependencies, content, the whole answer."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from launchpolicy.engine.launches.start_conditions import (
    CONDITIONS,
    Condition,
    ConditionState,
    GateResult,
)
from launchpolicy.facts.deployed_content import ContentComparison, ContentState
from launchpolicy.facts.launch_windows import Interval
from launchpolicy.operations.gate.clock_conditions import (
    calendar_condition,
    window_condition,
    window_of,
)
from launchpolicy.operations.gate.content_condition import content_condition
from launchpolicy.operations.gate.judged_conditions import JudgedStart, dependencies_condition
from launchpolicy.reporters.gate import job, text
from launchpolicy.reporters.reporter import ReaderView
from launchpolicy.vocabulary.finding import Judgement, Operation, Verdict
from launchpolicy.vocabulary.names import NO_NAMES
from launchpolicy.vocabulary.text import Text
from tests.operations.gate.night import CLOSES, OPENS

INSTANT = timedelta(microseconds=1)
MET, NOT_MET, UNDECIDED = ConditionState.MET, ConditionState.NOT_MET, ConditionState.UNDECIDED
NOTHING = Judgement("LaunchRequest", "LR", "LR", Operation.UPDATE, "requested", Verdict.PASS)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (OPENS - INSTANT, NOT_MET),
        (OPENS, MET),
        (CLOSES - INSTANT, MET),
        (CLOSES, NOT_MET),
        (CLOSES + timedelta(days=400), NOT_MET),
    ],
    ids=["before", "first-instant", "last-instant-within", "last-instant", "after"],
)
def test_a_window_is_open_from_its_start_up_to_and_not_at_its_end(
    now: datetime, state: ConditionState
) -> None:
    assert window_condition(Interval(OPENS, CLOSES), now, []).state is state


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-12-01T23:30:00+08:00", "2026-12-01T22:00:00+08:00"),
        ("2026-12-01T22:00:00+08:00", "2026-12-01T22:00:00+08:00"),
        ("2026-12-01T22:00:00", "2026-12-01T23:00:00"),
        ("TODO", "TODO"),
    ],
    ids=["turned-round", "empty", "without-offset", "open"],
)
def test_a_window_that_is_none_is_never_open(start: str, end: str) -> None:
    window = window_of({"spec": {"window": {"start": start, "end": end}}})
    assert window is None
    assert window_condition(window, OPENS, []).state is NOT_MET


@pytest.mark.parametrize(
    ("stage", "launched", "state"),
    [("requested", False, NOT_MET), ("", False, NOT_MET), ("launched", True, MET)],
)
def test_what_a_launch_depends_on_has_to_be_launched(
    stage: str, state: ConditionState, *, launched: bool
) -> None:
    dependency = {"name": "LR-2026-0040", "stage": stage, "launched": launched}
    judged = JudgedStart(NOTHING, NOTHING, [dependency])
    assert dependencies_condition(judged, "main").state is state


@pytest.mark.parametrize(
    ("content_state", "deployed", "state"),
    [
        (ContentState.SAME, "x", MET),
        (ContentState.LEFT_OUT, "", MET),
        (ContentState.NOT_IDENTIFIED, "", MET),
        (ContentState.NOT_IDENTIFIED, "x", UNDECIDED),
        (ContentState.OTHER, "x", NOT_MET),
        (ContentState.MISSING, "", NOT_MET),
        (ContentState.UNKNOWN, "x", NOT_MET),
    ],
)
def test_content_is_met_only_where_nothing_differs(
    content_state: ContentState, deployed: str, state: ConditionState
) -> None:
    rows = [
        ContentComparison("a", ContentState.SAME, "y", "y"),
        ContentComparison("b", content_state, "y", deployed),
    ]
    assert content_condition(rows).state is state


@pytest.mark.parametrize(
    ("states", "mark"),
    [
        ([ContentState.SAME], "✓"),
        ([ContentState.SAME, ContentState.LEFT_OUT], "✓"),
        ([ContentState.LEFT_OUT], "-"),
        ([ContentState.NOT_IDENTIFIED], "-"),
        ([ContentState.SAME, ContentState.NOT_IDENTIFIED], "-"),
        ([], "-"),
        ([ContentState.OTHER, ContentState.NOT_IDENTIFIED], "✗"),
    ],
)
def test_content_that_was_not_compared_has_not_the_mark_of_what_passed(
    states: list[ContentState], mark: str
) -> None:
    condition = content_condition([ContentComparison("a", state, "y", "") for state in states])
    assert mark_in_every_format(condition) == {mark}


def test_a_calendar_that_is_not_there_has_not_the_mark_of_what_passed() -> None:
    condition = calendar_condition(None, {}, Interval(OPENS, CLOSES), OPENS, None)
    assert (condition.state, mark_in_every_format(condition)) == (MET, {"-"})


def mark_in_every_format(condition: Condition) -> set[str]:
    """The marks of the one condition of an answer, in the text and in the summary of a job."""
    title = Text("", "")
    result = GateResult("LR", "", title, OPENS, "main", "", (condition,))
    lines = "".join(text.render(result, NO_NAMES, ReaderView("en", 100))).splitlines()
    rows = job.summary(result, NO_NAMES, "en").splitlines()
    word = CONDITIONS[condition.id].en
    return {
        *(line.split()[0] for line in lines if f" {word} " in line),
        *(row.split()[1] for row in rows if f"| {word} |" in row),
    }


@pytest.mark.parametrize(
    ("states", "is_trial", "code"),
    [
        ([MET, MET], False, 0),
        ([MET, NOT_MET, UNDECIDED], False, 1),
        ([MET, UNDECIDED], False, 3),
        ([], False, 3),
        ([MET], True, 3),
        ([NOT_MET], True, 1),
    ],
    ids=["all-met", "refused", "unknown", "nothing-asked", "trial", "refused-trial"],
)
def test_only_conditions_that_are_all_met_at_the_real_time_let_a_launch_start(
    states: list[ConditionState], code: int, *, is_trial: bool
) -> None:
    title = Text("", "")
    conditions = tuple(Condition("stage", state, title) for state in states)
    result = GateResult("LR", "", title, OPENS, "main", "", conditions, is_trial=is_trial)
    assert result.exit_code == code
