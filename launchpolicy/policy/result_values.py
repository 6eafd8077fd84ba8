"""The values that the result of a policy rests on: if they are the same, so is the result.

It may name more values than decide, never fewer (`policy.policy_reads` is for people, and says
what decides). What it says rests on how `engine.evaluation` makes a result.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from launchpolicy.policy.cel.identifiers import ValuePath, value_paths
from launchpolicy.policy.cel.runtime import VARIABLES
from launchpolicy.policy.fact_shapes import FACT_LISTS
from launchpolicy.policy.order import EVERY, ITEM, MADE_AT, NOW, DateOrder, pattern_of
from launchpolicy.policy.policy import ANY_KEY, EDITS, Policy

_OBJECT: Final = "object"
_FILES_OF_EVIDENCE: Final = ("evidence", "files")
_OF_POLICIES: Final = frozenset({"params", "variables", "each", "index", "key"})
"""Variables that are made of the policy itself, or of other values."""

_VALUES: Final = frozenset(VARIABLES) - _OF_POLICIES


def result_values(policy: Policy) -> tuple[ValuePath, ...] | None:
    """Return the paths of the values that a policy's result rests on; None if that is unknown.

    It is of approvals, of the time of the check, and of what is asked about other files. Of the
    findings they decide the words and the routes, and not which part of a route a document has.
    """
    if policy.quorum is not None or policy.lookups:
        return None
    paths: set[ValuePath] = set()
    for expression in _expressions(policy):
        named = value_paths(expression)
        if named is None:
            return None
        paths |= {path for path in named if path[0] in _VALUES}
    for order in policy.order:
        paths |= set(_paths_of_order(order))
    paths |= set(_paths_of_lists(policy))
    return _shortest(paths)


def expression_values(policy: Policy, scoped: str) -> tuple[ValuePath, ...] | None:
    """Return the paths of the values that an expression of a policy rests on, as `result_values`.

    `scoped` has the policy's own names around it (`policy.scoping`).
    """
    named = None if policy.lookups else value_paths(scoped)
    return None if named is None else _shortest({path for path in named if path[0] in _VALUES})


def _shortest(paths: set[ValuePath]) -> tuple[ValuePath, ...] | None:
    """Return the paths without those below others; None where some value is not plain data."""
    if any(path[0] in {NOW, "files"} for path in paths):
        return None
    shortest = {
        path for path in paths if not any(path[:count] in paths for count in range(1, len(path)))
    }
    return tuple(sorted(shortest))


def _expressions(policy: Policy) -> Iterator[str]:
    for named in (*policy.conditions, *policy.variables):
        yield named.expression
    for validation in policy.validations:
        yield validation.expression
        yield validation.at_expression
        yield from validation.message_expressions.values()


def _paths_of_lists(policy: Policy) -> Iterator[ValuePath]:
    """Yield the paths to what validations go through."""
    for validation in policy.validations:
        keys = tuple(validation.for_each.split("."))
        if validation.for_each == EDITS or validation.for_each in FACT_LISTS:
            yield keys
        elif validation.for_each:
            yield (_OBJECT, *keys[: keys.index(ANY_KEY) if ANY_KEY in keys else None])


def _paths_of_order(order: DateOrder) -> Iterator[ValuePath]:
    """Yield the paths to what holds the dates of an order, by which messages name them as well."""
    if NOW in {order.earlier, order.later}:
        yield (NOW,)
    if order.reads_evidence:
        yield _FILES_OF_EVIDENCE
    for route in order.routes:
        if route.endswith(EVERY):
            yield (_OBJECT,)
            continue
        keys = pattern_of(route).removesuffix(MADE_AT).partition(ITEM)[0].split(".")
        yield (_OBJECT, *(keys if ITEM in pattern_of(route) else keys[:-1]))
