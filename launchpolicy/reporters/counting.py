"""How many requests, outcomes and findings a report has; every reporter shows the same numbers."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from launchpolicy.vocabulary.finding import UNANSWERED, Action, Outcome, Report, Verdict


class Counts(NamedTuple):
    """`failed` splits `outcomes[FAILED]` by what the binding does with a failure.

    `unanswered` are the open questions (`TODO`) among the `refusals`.
    """

    verdicts: Counter[Verdict]
    outcomes: Counter[Outcome]
    failed: Counter[Action]
    refusals: int
    unanswered: int

    @property
    def requests(self) -> int:
        """How many requests were judged, or could not be."""
        return self.verdicts.total()


def count(report: Report) -> Counts:
    """The numbers of a whole report."""
    results = [result for judgement in report.judgements for result in judgement.results]
    refusals = [finding for judgement in report.judgements for finding in judgement.refusals]
    return Counts(
        verdicts=Counter(judgement.verdict for judgement in report.judgements),
        outcomes=Counter(result.outcome for result in results),
        failed=Counter(result.action for result in results if result.outcome is Outcome.FAILED),
        refusals=len(refusals),
        unanswered=sum(finding.rule == UNANSWERED for finding in refusals),
    )
