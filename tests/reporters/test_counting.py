"""Numbers that add up, whatever the report."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from launchpolicy.reporters.counting import count
from launchpolicy.vocabulary.finding import Action, Outcome, Report, Verdict


@settings(deadline=None)
@given(st.data())
def test_every_request_and_every_result_is_counted_once(
    hostile_reports: st.SearchStrategy[Report], data: st.DataObject
) -> None:
    report = data.draw(hostile_reports)
    counts = count(report)
    results = [result for judgement in report.judgements for result in judgement.results]
    assert counts.requests == sum(counts.verdicts[each] for each in Verdict)
    assert counts.requests == len(report.judgements)
    assert sum(counts.outcomes[each] for each in Outcome) == len(results)
    assert sum(counts.failed[each] for each in Action) == counts.outcomes[Outcome.FAILED]
    assert counts.refusals == sum(len(each.refusals) for each in report.judgements)


def test_the_numbers_of_the_sample(sample: Report) -> None:
    counts = count(sample)
    assert counts.verdicts == dict.fromkeys(Verdict, 1)
    assert counts.outcomes == {**dict.fromkeys(Outcome, 1), Outcome.PASSED: 2, Outcome.FAILED: 3}
    assert counts.failed == dict.fromkeys(Action, 1)
    assert counts.refusals == 1
