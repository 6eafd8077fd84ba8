"""What is complained about, how gravely, under which fingerprint: the same for every sink."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from launchpolicy.reporters.complaints import Level, complaints
from launchpolicy.vocabulary.finding import Action, Outcome, Report, Verdict

if TYPE_CHECKING:
    from tests.reporters.conftest import Make


@pytest.mark.parametrize(
    ("outcome", "action", "verdict", "level"),
    [
        (Outcome.FAILED, Action.DENY, Verdict.BLOCKED, Level.ERROR),
        (Outcome.FAILED, Action.WARN, Verdict.PASS, Level.WARNING),
        (Outcome.FAILED, Action.AUDIT, Verdict.PASS, Level.NOTE),
        (Outcome.ERROR, Action.AUDIT, Verdict.UNDECIDED, Level.ERROR),
        (Outcome.PENDING, Action.DENY, Verdict.BLOCKED, Level.ERROR),
        (Outcome.PENDING, Action.WARN, Verdict.BLOCKED, Level.WARNING),
        (Outcome.PENDING, Action.DENY, Verdict.PASS, Level.NOTE),
        (Outcome.WAIVED, Action.DENY, Verdict.PASS, Level.ERROR),
    ],
)
def test_how_grave_a_complaint_is(
    make: Make, outcome: Outcome, action: Action, verdict: Verdict, level: Level
) -> None:
    report = make.report(make.judgement(verdict, make.result(outcome, action=action)))
    assert next(complaints(report)).level is level


@pytest.mark.parametrize("outcome", [Outcome.PASSED, Outcome.NOT_APPLICABLE])
def test_what_is_settled_is_no_complaint(make: Make, outcome: Outcome) -> None:
    report = make.report(make.judgement(Verdict.PASS, make.result(outcome)))
    assert list(complaints(report)) == []


@settings(deadline=None)
@given(st.data())
def test_what_does_not_pass_has_an_error_that_is_not_excused(
    hostile_reports: st.SearchStrategy[Report], data: st.DataObject
) -> None:
    report = data.draw(hostile_reports)
    found = list(complaints(report))
    for judgement in report.judgements:
        grave = [
            each
            for each in found
            if each.judgement is judgement and each.level is Level.ERROR and not each.is_waived
        ]
        assert grave or judgement.verdict is Verdict.PASS


@settings(deadline=None)
@given(st.data())
def test_no_two_complaints_share_a_fingerprint(
    hostile_reports: st.SearchStrategy[Report], data: st.DataObject
) -> None:
    found = list(complaints(data.draw(hostile_reports)))
    assert len({each.fingerprint for each in found}) == len(found)
