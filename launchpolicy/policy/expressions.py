"""The expressions of one policy, wherever they stand in it."""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.policy.policy import Policy


def expressions_of(policy: Policy) -> Iterator[str]:
    """Yield every CEL expression of a policy; "" where an optional one is not written."""
    yield from (named.expression for named in (*policy.conditions, *policy.variables))
    for validation in policy.validations:
        yield from (validation.for_each, validation.expression, validation.at_expression)
        yield from validation.message_expressions.values()
    if any(order.reads_evidence for order in policy.order):
        yield "evidence.files"
    if policy.quorum is not None:
        yield from (expression for _, expression, _ in policy.quorum.expressions())


def mentions(policy: Policy, fact: str) -> bool:
    """Return whether the text of some expression holds the name of a fact, also as a part."""
    return any(fact in expression for expression in expressions_of(policy))
