"""Count requests, outcomes and findings of a report; every reporter shows the same numbers."""

from __future__ import annotations

from collections import Counter

from launchpolicy.vocabulary.finding import UNANSWERED, Action, Outcome, Report, Verdict
from launchpolicy.vocabulary.named_tuple import NamedTuple


class Counts(NamedTuple):
    """The numbers of a report; `failed` splits `outcomes[FAILED]` by the action of the binding.

    `unanswered` are the open questions (`TODO`) among the `refusals`.
    """

    verdicts: Counter[Verdict]
    outcomes: Counter[Outcome]
    failed: Counter[Action]
    refusals: int
    unanswered: int

    @property
    def requests(self) -> int:
        """Return how many requests were judged, or could not be."""
        return self.verdicts.total()


def count(report: Report) -> Counts:
    """Return the numbers of a whole report."""
    results = [result for judgement in report.judgements for result in judgement.results]
    refusals = [finding for judgement in report.judgements for finding in judgement.refusals]
    return Counts(
        verdicts=Counter(judgement.verdict for judgement in report.judgements),
        outcomes=Counter(result.outcome for result in results),
        failed=Counter(result.action for result in results if result.outcome is Outcome.FAILED),
        refusals=len(refusals),
        unanswered=sum(finding.rule == UNANSWERED for finding in refusals),
    )
