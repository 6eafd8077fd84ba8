"""How many requests, outcomes and findings a report has; every reporter shows the same numbers."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from launchpolicy.vocabulary.finding import Action, Outcome, Report, Verdict


class Counts(NamedTuple):
    """`failed` splits `outcomes[FAILED]` by what the binding does with a failure."""

    verdicts: Counter[Verdict]
    outcomes: Counter[Outcome]
    failed: Counter[Action]
    refusals: int

    @property
    def requests(self) -> int:
        """How many requests were judged, or could not be."""
        return self.verdicts.total()


def count(report: Report) -> Counts:
    """The numbers of a whole report."""
    results = [result for judgement in report.judgements for result in judgement.results]
    return Counts(
        verdicts=Counter(judgement.verdict for judgement in report.judgements),
        outcomes=Counter(result.outcome for result in results),
        failed=Counter(result.action for result in results if result.outcome is Outcome.FAILED),
        refusals=sum(len(judgement.refusals) for judgement in report.judgements),
    )
