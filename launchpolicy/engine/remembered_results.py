"""Results of policies that are made once for equal values, as long as a run lasts.

A launch lands at every stage, and most of what its policies judge is the same each time. The result
of a policy is a pure function of the values that it rests on (`policy.result_values`). Nothing
outlasts the run; what rests on approvals, on the time, or on other files is judged each time.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Mapping
from typing import Any, Final

from launchpolicy.documents.reading import Document
from launchpolicy.engine.context import Context
from launchpolicy.engine.evaluation import Evaluation
from launchpolicy.policy.cel.identifiers import ValuePath
from launchpolicy.policy.pack_set import PackSet
from launchpolicy.policy.policy import Policy
from launchpolicy.policy.result_values import result_values
from launchpolicy.vocabulary.finding import Outcome, PolicyResult

_MOST: Final = 8192
"""So many results are kept, the latest: of some hundred requests."""

_EXACT: Final = 2
"""The version of `marshal` that writes every value out: equal bytes are equal values and types."""

_WIDTH: Final = 32
"""Bytes of a digest; what is shorter stands for itself."""

_Key = tuple[str | bytes | bool, ...]
_UNREAD: Final = b"unread"


class RememberedResults:
    """The results of a run, by policy, kind of the request, and digests of values.

    Launches that are alike in what a policy reads have one result; its findings are placed in the
    document of each.
    """

    def __init__(self) -> None:
        self._rules: PackSet | None = None
        self._numbers: dict[ValuePath, int] = {}
        self._paths: dict[str, tuple[tuple[int, ValuePath], ...] | None] = {}
        self._results: dict[_Key, PolicyResult] = {}

    def of_rules(self, rules: PackSet) -> RememberedResults:
        """Return itself, without what was judged by other rules."""
        if rules is not self._rules:
            self._rules = rules
            self._numbers.clear()
            self._paths.clear()
            self._results.clear()
        return self

    def evaluation(self, context: Context) -> Evaluation:
        """Return an evaluation that knows these results, and adds to them.

        A document that replaces another, is deleted, or has open questions is judged again.
        """
        is_plain = context.document is not None and not (context.is_moved or context.unanswered)
        return _RememberingEvaluation(context, self) if is_plain else Evaluation(context)

    def paths_of(self, policy: Policy, name: str) -> tuple[tuple[int, ValuePath], ...] | None:
        """Return the paths of what the result of the policy `name` rests on, found out once.

        Each has the number that stands for it, so that no path is looked up again and again.
        """
        if name not in self._paths:
            paths = result_values(policy)
            self._paths[name] = None if paths is None else tuple(map(self._with_number, paths))
        return self._paths[name]

    def _with_number(self, path: ValuePath) -> tuple[int, ValuePath]:
        return self._numbers.setdefault(path, len(self._numbers)), path

    def find(self, key: _Key) -> PolicyResult | None:
        """Return the result under a key; None where there is none."""
        return self._results.get(key)

    def keep(self, key: _Key, result: PolicyResult) -> None:
        """Keep a result, instead of the oldest where there are many."""
        if len(self._results) >= _MOST:
            del self._results[next(iter(self._results))]
        self._results[key] = result


class _RememberingEvaluation(Evaluation):
    """An evaluation that looks among the results of its run first."""

    def __init__(self, context: Context, results: RememberedResults) -> None:
        super().__init__(context)
        self._results = results
        self._digests: dict[int, bytes | None] = {}

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

    def _key(self, policy: Policy) -> _Key | None:
        """Return what a result rests on; None where that cannot be told, or is not plain data."""
        text, context = policy.text, self.context
        name = f"{text.pack}/{text.id}"
        paths = self._results.paths_of(policy, name)
        if paths is None:
            return None
        effective = policy.effective_from
        is_early = effective is not None and context.now < effective
        key: list[str | bytes | bool] = [name, context.kind, is_early]
        digests, variables = self._digests, self.expressions.variables
        for number, path in paths:
            digest = digests.get(number, _UNREAD)
            if digest is _UNREAD:
                digest = digests[number] = _digest_at(variables, path)
            if digest is None:
                return None
            key.append(digest)
        return tuple(key)


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
