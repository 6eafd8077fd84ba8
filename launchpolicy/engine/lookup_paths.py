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


class LookupPaths(NamedTuple):
    """A lookup for one document: the policy that declares it ("" for the kind), and its paths.

    `paths` is None where the expression has no value, for the `reason`; empty where the lookup has
    patterns, since what they match is not known by the document alone.
    """

    owner: str
    lookup: Lookup
    paths: tuple[str, ...] | None
    reason: str = ""


def lookup_paths(
    kind: Kind, policies: Iterable[Policy], document: Document, operations: Collection[Operation]
) -> Iterator[LookupPaths]:
    """Yield the lookups of `kind`, and of the `policies` about it, each with its paths.

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
        paths, reason = ((), "") if lookup.files else paths_of(lookup, bindings, expression)
        yield LookupPaths(owner, lookup, paths, reason)


def paths_of(
    lookup: Lookup, bindings: Bindings, expression: str
) -> tuple[tuple[str, ...] | None, str]:
    """Return the paths that the expression of a lookup gives, or why it gives none."""
    try:
        value = bindings.evaluate(expression)
    except EvaluationError as error:
        return None, str(error)
    if not lookup.gives_paths:
        return ((value,), "") if isinstance(value, str) else (None, "it gives no text")
    if isinstance(value, list) and all(isinstance(path, str) for path in value):
        return tuple(dict.fromkeys(value)), ""  # one that is named twice is not two
    return None, "it gives no list of texts"
