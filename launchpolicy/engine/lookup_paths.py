"""The paths of the documents that are looked up for one request, found by pure evaluation."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from launchpolicy.documents.reading import Document
from launchpolicy.engine.context import path_data
from launchpolicy.policy.cel.runtime import Bindings, EvaluationError
from launchpolicy.policy.policy import Policy
from launchpolicy.policy.scoping import scope_expression
from launchpolicy.requests.kinds import STAGE, Kind, value_at
from launchpolicy.requests.lookups import Lookup
from launchpolicy.vocabulary.finding import Operation


class LookupPath(NamedTuple):
    """A lookup for one document: the policy that declares it ("" for the kind), and its path.

    `path` is None where the expression has no value, for the `reason`.
    """

    owner: str
    lookup: Lookup
    path: str | None
    reason: str = ""


def lookup_paths(
    kind: Kind, policies: Iterable[Policy], document: Document, operations: Collection[Operation]
) -> Iterator[LookupPath]:
    """Yield the lookups of `kind`, and of the `policies` about it, each with its path.

    Policies about other operations or stages than those of the document are not evaluated, so they
    look nothing up; where none is left, the kind does not either.
    """
    stage = value_at(document.data, STAGE)
    evaluated = [
        policy
        for policy in policies
        if kind.name in policy.match.kinds
        and not set(policy.match.operations).isdisjoint(operations)
        and (not policy.match.stages or stage in policy.match.stages)
    ]
    if not evaluated:
        return
    declared: list[tuple[str, Lookup, str]] = [("", lookup, lookup.path) for lookup in kind.lookups]
    for policy in evaluated:
        declared += [
            (policy.id, lookup, scope_expression(lookup.path, policy.params, ()))
            for lookup in policy.lookups
        ]
    if not declared:
        return
    bindings = Bindings(
        {
            "object": document.data,
            "path": path_data(document.path),
            "data": dict(kind.data.values),
        }
    )
    for owner, lookup, expression in declared:
        try:
            path = bindings.evaluate(expression)
        except EvaluationError as error:
            yield LookupPath(owner, lookup, None, str(error))
            continue
        if isinstance(path, str):
            yield LookupPath(owner, lookup, path)
        else:
            yield LookupPath(owner, lookup, None, "it gives no text")
