"""Results of policies that are made once for equal values, as long as a run lasts.

A launch lands at every stage, and most of what its policies judge is the same each time. The result
of a policy is a pure function of the values that it rests on (`policy.result_values`). Nothing
outlasts the run; what rests on approvals, on the time, or on other files is judged each time.
"""

from __future__ import annotations

from typing import Final

from launchpolicy.documents.reading import Document
from launchpolicy.engine.context import Context
from launchpolicy.engine.evaluation import Evaluation
from launchpolicy.engine.remembered_expressions import (
    PolicyName,
    RememberedExpressions,
    RememberingExpressions,
    name_of,
)
from launchpolicy.engine.value_digests import Digests, Pick, ValueNumbers, keep
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.policy.policy import Policy
from launchpolicy.policy.result_values import result_values
from launchpolicy.vocabulary.finding import Outcome, PolicyResult
from launchpolicy.vocabulary.named_tuple import NamedTuple

_MOST_STAGES: Final = 256

_Key = tuple[str | bool | PolicyName, ...]


class _KnownPolicy(NamedTuple):
    """A policy with its name, and what picks the digests of the values that its result rests on.

    `digests_of` is None where that cannot be known.
    """

    policy: Policy
    name: PolicyName
    digests_of: Pick | None


class RememberedResults:
    """The results of a run, by policy, kind of the request, and digests of values.

    Launches that are alike in what a policy reads have one result; its findings are placed in the
    document of each. So it is with each condition, also where the result rests on more.
    """

    def __init__(self) -> None:
        self._rules: PackSet | None = None
        self._numbers = ValueNumbers()
        self._policies: dict[PolicyName, _KnownPolicy] = {}
        self._unmatched: dict[_Key, dict[PolicyName, tuple[Policy, PolicyResult]]] = {}
        self._results: dict[tuple[_Key, Digests], PolicyResult] = {}
        self.expressions = RememberedExpressions(self._numbers)

    def of_rules(self, rules: PackSet) -> RememberedResults:
        """Return itself, without what was judged by other rules."""
        if rules is not self._rules:
            self._rules = rules
            self._numbers.clear()
            self._policies.clear()
            self._unmatched.clear()
            self._results.clear()
            self.expressions.clear()
        return self

    def evaluation(self, context: Context) -> Evaluation:
        """Return an evaluation that knows these results, and adds to them.

        A document that replaces another, is deleted, or has open questions is judged again.
        """
        is_plain = context.document is not None and not (context.is_moved or context.unanswered)
        return _RememberingEvaluation(context, self) if is_plain else Evaluation(context)

    def results_apart(self, *what: str) -> dict[PolicyName, tuple[Policy, PolicyResult]]:
        """Return the results of policies that are not about requests of this kind, by their names.

        `what` is kind, operation and stage. A kind of one's own may have any text as a stage, so
        those of many are forgotten.
        """
        if len(self._unmatched) >= _MOST_STAGES:
            self._unmatched.clear()
        return self._unmatched.setdefault(what, {})

    def policy(self, policy: Policy) -> _KnownPolicy:
        """Return a policy with what its result rests on, found out once."""
        name = name_of(policy)
        known = self._policies.get(name)
        if known is None or known.policy is not policy:
            known = _KnownPolicy(policy, name, self._numbers.pick(result_values(policy)))
            self._policies[name] = known
        return known

    def find(self, key: tuple[_Key, Digests]) -> PolicyResult | None:
        """Return the result under a key; None where there is none."""
        return self._results.get(key)

    def keep(self, key: tuple[_Key, Digests], result: PolicyResult) -> None:
        """Keep a result, instead of the oldest where there are many."""
        keep(self._results, key, result)


class _RememberingEvaluation(Evaluation):
    """An evaluation that looks among the results of its run first."""

    def __init__(self, context: Context, results: RememberedResults) -> None:
        expressions = RememberingExpressions(results.expressions, context)
        super().__init__(context, expressions=expressions)
        self._results = results
        self._digests = expressions.digests
        what = context.kind, str(context.change.operation)
        stage = self._stage
        self._unmatched = results.results_apart(*what, stage) if isinstance(stage, str) else {}

    def result(self, policy: Policy) -> PolicyResult:
        """Return the outcome of `policy`, with its findings."""
        name = name_of(policy)
        known = self._unmatched.get(name)
        if known is not None and known[0] is policy:
            return known[1]
        result = super().result(policy)
        if result.outcome is Outcome.NOT_APPLICABLE and not self.is_about(policy):
            self._unmatched[name] = (policy, result)
        return result

    def result_where_matched(self, policy: Policy) -> PolicyResult:
        """Return the outcome of a policy that is about the request, with its findings."""
        key = self._key(policy)
        if key is None:
            return super().result_where_matched(policy)
        known = self._results.find(key)
        if known is not None:
            return _place_findings(known, self.context.shown_document) if known.findings else known
        result = super().result_where_matched(policy)
        if result.outcome is not Outcome.ERROR:
            self._results.keep(key, result)
        return result

    def _key(self, policy: Policy) -> tuple[_Key, Digests] | None:
        """Return what a result rests on; None where that is not known, or is not plain data."""
        _, name, pick = self._results.policy(policy)
        if pick is None:
            return None
        digests = pick(self._digests)
        if None in digests:
            return None
        effective = policy.effective_from
        is_early = effective is not None and self.context.now < effective
        return (name, self.context.kind, is_early), digests


def _place_findings(result: PolicyResult, document: Document) -> PolicyResult:
    """Return a result with its findings where their routes lead in `document`."""
    findings = tuple(
        finding._replace(place=document.place(finding.place.full_route))
        for finding in result.findings
    )
    return result._replace(findings=findings)
