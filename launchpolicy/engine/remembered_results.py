"""Results of policies that are made once for equal values, as long as a run lasts.

A launch lands at every stage, and most of what its policies judge is the same each time. The result
of a policy is a pure function of the values that it rests on (`policy.result_values`). Nothing
outlasts the run; what rests on approvals, on the time, or on other files is judged each time.
"""

from __future__ import annotations

import hashlib
import marshal
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar, cast

from launchpolicy.documents.reading import Document
from launchpolicy.engine.context import Context
from launchpolicy.engine.evaluation import Evaluation
from launchpolicy.policy.cel.identifiers import ValuePath
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.policy.policy import Policy
from launchpolicy.policy.result_values import condition_values, result_values
from launchpolicy.policy.scoping import scoped_expression
from launchpolicy.vocabulary.finding import Outcome, PolicyResult
from launchpolicy.vocabulary.named_tuple import NamedTuple

_MOST: Final = 8192
"""So many results are kept, the latest: of some hundred requests."""

_MOST_STAGES: Final = 256

_EXACT: Final = 2
"""The version of `marshal` that writes every value out: equal bytes are equal values and types."""

_WIDTH: Final = 32
"""Bytes of a digest; what is shorter stands for itself."""

_Digests = tuple[bytes | None, ...]
_Pick = Callable[[Mapping[int, bytes | None]], _Digests]
_Key = tuple[str | bool, ...]


class _KnownPolicy(NamedTuple):
    """A policy with its name, and what picks the digests of the values that its result rests on.

    `digests_of` is None where that cannot be told.
    """

    policy: Policy
    name: str
    digests_of: _Pick | None


class RememberedResults:
    """The results of a run, by policy, kind of the request, and digests of values.

    Launches that are alike in what a policy reads have one result; its findings are placed in the
    document of each. So it is with each condition, also where the result rests on more.
    """

    def __init__(self) -> None:
        self._rules: PackSet | None = None
        self._numbers: dict[ValuePath, int] = {}
        self._policies: dict[int, _KnownPolicy] = {}
        self._conditions: dict[str, _Pick | None] = {}
        self._unmatched: dict[_Key, dict[int, tuple[Policy, PolicyResult]]] = {}
        self._results: dict[tuple[_Key, _Digests], PolicyResult] = {}
        self._truths: dict[tuple[str, _Digests], bool] = {}
        self.paths: list[ValuePath] = []

    def of_rules(self, rules: PackSet) -> RememberedResults:
        """Return itself, without what was judged by other rules."""
        if rules is not self._rules:
            self._rules = rules
            for known in (self._numbers, self._policies, self._conditions, self._unmatched):
                known.clear()
            self._results.clear()
            self._truths.clear()
            self.paths.clear()
        return self

    def evaluation(self, context: Context) -> Evaluation:
        """Return an evaluation that knows these results, and adds to them.

        A document that replaces another, is deleted, or has open questions is judged again.
        """
        is_plain = context.document is not None and not (context.is_moved or context.unanswered)
        return _RememberingEvaluation(context, self) if is_plain else Evaluation(context)

    def unmatched(self, *what: str) -> dict[int, tuple[Policy, PolicyResult]]:
        """Return the results of policies that are not about requests of this kind, by their ids.

        `what` is kind, operation and stage. A kind of one's own may have any text as a stage, so
        those of many are forgotten.
        """
        if len(self._unmatched) >= _MOST_STAGES:
            self._unmatched.clear()
        return self._unmatched.setdefault(what, {})

    def policy(self, policy: Policy) -> _KnownPolicy:
        """Return a policy with what its result rests on, found out once."""
        known = self._policies.get(id(policy))
        if known is None or known.policy is not policy:
            name = f"{policy.text.pack}/{policy.text.id}"
            known = _KnownPolicy(policy, name, self._pick(result_values(policy)))
            self._policies[id(policy)] = known
        return known

    def condition(self, policy: Policy, condition: str) -> tuple[str, _Pick | None]:
        """Return what stands for a condition, and what picks the digests that it rests on."""
        expression = scoped_expression(policy, condition)
        if expression not in self._conditions:
            self._conditions[expression] = self._pick(condition_values(policy, condition))
        return expression, self._conditions[expression]

    def _pick(self, paths: Sequence[ValuePath] | None) -> _Pick | None:
        """Return what picks the digests of paths, by numbers: no path is looked up each time."""
        if paths is None:
            return None
        for path in paths:
            if path not in self._numbers:
                self._numbers[path] = len(self.paths)
                self.paths.append(path)
        numbers = [self._numbers[path] for path in paths]
        if len(numbers) > 1:
            return cast("_Pick", operator.itemgetter(*numbers))
        return lambda digests: tuple(digests[number] for number in numbers)

    def find(self, key: tuple[_Key, _Digests]) -> PolicyResult | None:
        """Return the result under a key; None where there is none."""
        return self._results.get(key)

    def keep(self, key: tuple[_Key, _Digests], result: PolicyResult) -> None:
        """Keep a result, instead of the oldest where there are many."""
        _keep(self._results, key, result)

    def find_truth(self, key: tuple[str, _Digests]) -> bool | None:
        """Return whether a condition holds; None where that is not known."""
        return self._truths.get(key)

    def keep_truth(self, key: tuple[str, _Digests], *, holds: bool) -> None:
        """Keep whether a condition holds, as `keep` does."""
        _keep(self._truths, key, holds)


class _DigestsOfValues(dict[int, bytes | None]):
    """The digests of values by the numbers of their paths, each found when it is first asked."""

    __slots__ = ("_paths", "_variables")

    def __init__(self, variables: Mapping[str, Any], paths: Sequence[ValuePath]) -> None:
        super().__init__()
        self._variables = variables
        self._paths = paths

    def __missing__(self, number: int) -> bytes | None:
        digest = self[number] = _digest_at(self._variables, self._paths[number])
        return digest


class _RememberingEvaluation(Evaluation):
    """An evaluation that looks among the results of its run first."""

    def __init__(self, context: Context, results: RememberedResults) -> None:
        super().__init__(context)
        self._results = results
        self._digests = _DigestsOfValues(self.expressions.variables, results.paths)
        what = context.kind, str(context.change.operation)
        stage = self._stage
        self._unmatched = results.unmatched(*what, stage) if isinstance(stage, str) else {}

    def result(self, policy: Policy) -> PolicyResult:
        """Return the outcome of `policy`, with its findings."""
        known = self._unmatched.get(id(policy))
        if known is not None and known[0] is policy:
            return known[1]
        result = super().result(policy)
        if result.outcome is Outcome.NOT_APPLICABLE and not self.is_about(policy):
            self._unmatched[id(policy)] = (policy, result)
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

    def _condition_holds(self, policy: Policy, condition: str) -> bool:
        expression, pick = self._results.condition(policy, condition)
        digests = pick(self._digests) if pick is not None else (None,)
        if None in digests:
            return super()._condition_holds(policy, condition)
        holds = self._results.find_truth((expression, digests))
        if holds is None:
            holds = super()._condition_holds(policy, condition)
            self._results.keep_truth((expression, digests), holds=holds)
        return holds

    def _key(self, policy: Policy) -> tuple[_Key, _Digests] | None:
        """Return what a result rests on; None where that cannot be told, or is not plain data."""
        _, name, pick = self._results.policy(policy)
        if pick is None:
            return None
        digests = pick(self._digests)
        if None in digests:
            return None
        effective = policy.effective_from
        is_early = effective is not None and self.context.now < effective
        return (name, self.context.kind, is_early), digests


_Known = TypeVar("_Known")
_Value = TypeVar("_Value")


def _keep(kept: dict[_Known, _Value], key: _Known, value: _Value) -> None:
    if len(kept) >= _MOST:
        del kept[next(iter(kept))]
    kept[key] = value


def _place_findings(result: PolicyResult, document: Document) -> PolicyResult:
    """Return a result with its findings where their routes lead in `document`."""
    findings = tuple(
        finding._replace(place=document.place(finding.place.full_route))
        for finding in result.findings
    )
    return result._replace(findings=findings)


def _digest_at(variables: Mapping[str, Any], path: ValuePath) -> bytes | None:
    """Return the digest of the value at a path, or of where the way to it ends; None without one.

    The way ends at what is no map, which may be told from another such value, or at a map without
    the key, of which nothing else counts.
    """
    value: Any = variables
    for number, step in enumerate(path):
        if type(value) is not dict and not isinstance(value, Mapping):
            break
        if step not in value:
            return b"\xff%d" % number  # no value is written so
        value = value[step]
    try:
        written = marshal.dumps(value, _EXACT)
    except ValueError:
        return None
    return written if len(written) < _WIDTH else hashlib.sha256(written).digest()
