"""What one policy reads to decide: places of documents and facts; and its own names it never uses.

What only stands in a message, at a place or in a template decides nothing, so it reads nothing; it
does use parameters and variables.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from launchpolicy.policy.cel.reads import (
    ANY,
    EVERY_NAME,
    ExpressionReads,
    ReadPlace,
    ReadValue,
    Steps,
    reads_of,
)
from launchpolicy.policy.cel.tree import ExpressionSyntaxError
from launchpolicy.policy.fact_shapes import FACT_LISTS
from launchpolicy.policy.order import EVERY, MADE_AT, DateOrder, pattern_of
from launchpolicy.policy.policy import EDITS, Policy, Validation
from launchpolicy.policy.quorum import NAMED_IN_REQUEST
from launchpolicy.policy.templates import references
from launchpolicy.requests.kinds import STAGE

OBJECT = "object"
LOOKUPS = "lookups"
_PARAMETER = "params."


class PolicyReads(NamedTuple):
    """The places that a policy reads, the variable first, and what it declares and never uses."""

    places: frozenset[ReadPlace]
    unread_params: tuple[str, ...]
    unread_variables: tuple[str, ...]
    unread_lookups: tuple[str, ...]


def policy_reads(policy: Policy) -> PolicyReads:
    """Return what a policy that was loaded reads.

    An expression that nests too deeply to be looked at counts as reading the whole document.
    """
    deciding = [_reads(policy, _conditions(policy), ReadValue())]
    telling = []
    for validation in policy.validations:
        item = _item_of(validation.for_each)
        deciding.append(_reads(policy, [validation.expression], item))
        telling.append(_reads(policy, list(_words(validation)), item))
    places = {place for reads in deciding for place in reads.places} | set(_other_places(policy))
    used = [*deciding, *telling]
    params = {name for reads in used for name in reads.params} | set(_named_params(policy))
    variables = {name for reads in used for name in reads.variables}
    asked = {place.steps[1:2] for reads in used for place in reads.places if _is_lookup(place)}
    return PolicyReads(
        frozenset(places),
        tuple(name for name in policy.params if not params & {name, EVERY_NAME}),
        tuple(one.name for one in policy.variables if one.name not in variables),
        tuple(one.name for one in policy.lookups if not asked & {(), (one.name,)}),
    )


def _is_lookup(place: ReadPlace) -> bool:
    return place.steps[0] == LOOKUPS


def _reads(policy: Policy, expressions: list[str], item: ReadValue) -> ExpressionReads:
    sources = {variable.name: variable.expression for variable in policy.variables}
    try:
        return reads_of(expressions, sources, item)
    except ExpressionSyntaxError:
        return ExpressionReads(
            frozenset({ReadPlace((OBJECT,), is_whole=True)}),
            frozenset({EVERY_NAME}),
            frozenset(sources),
        )


def _conditions(policy: Policy) -> list[str]:
    """Return the expressions that are asked about the whole document."""
    asked = [condition.expression for condition in policy.conditions]
    asked += [lookup.path for lookup in policy.lookups if lookup.path]
    if policy.quorum is not None:
        asked += [expression for _, expression, _ in policy.quorum.expressions()]
    return asked


def _item_of(for_each: str) -> ReadValue:
    if not for_each:
        return ReadValue()
    steps = tuple(for_each.split("."))
    root = () if for_each == EDITS or for_each in FACT_LISTS else (OBJECT,)
    return ReadValue(frozenset({(*root, *steps, ANY)}))


def _words(validation: Validation) -> Iterator[str]:
    """Yield the expressions that decide only where and in which words it is reported."""
    if validation.at_expression:
        yield validation.at_expression
    yield from validation.message_expressions.values()


def _other_places(policy: Policy) -> Iterator[ReadPlace]:
    """Yield what is read without an expression: stages, lists, persons kept out, dates."""
    if policy.match.stages:
        yield ReadPlace((OBJECT, *map(str, STAGE)), is_whole=True)
    for validation in policy.validations:
        for steps in _item_of(validation.for_each).places:
            yield ReadPlace(steps[:-1], is_whole=False)
    for word in policy.quorum.exclude if policy.quorum is not None else ():
        if word in NAMED_IN_REQUEST:
            yield ReadPlace((OBJECT, "spec", "people", word), is_whole=True)
    for order in policy.order:
        for route in order.routes:
            if not route.endswith(EVERY):
                yield ReadPlace((OBJECT, *_steps(route)), is_whole=True)


def _steps(route: str) -> Steps:
    """Return the keys of a date's route; of `x.madeAt`, the reference to the file."""
    plain = pattern_of(route).removesuffix(MADE_AT).replace("[]", "")
    return tuple(plain.split("."))


def _named_params(policy: Policy) -> Iterator[str]:
    """Yield the parameters that are named without an expression: limits of dates, templates."""
    for order in policy.order:
        yield from _limit(order)
    for validation in policy.validations:
        for written in references(validation.template):
            if written.startswith(_PARAMETER):
                yield written.removeprefix(_PARAMETER).partition(".")[0]


def _limit(order: DateOrder) -> Iterator[str]:
    if order.within.startswith(_PARAMETER):
        yield order.within.removeprefix(_PARAMETER)
