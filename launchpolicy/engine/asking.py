"""Which roles policies ask approvals from, as far as can be said without the request's answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from launchpolicy.policy.policy import Policy
from launchpolicy.policy.quorum import Demand, Group, Node


def roles_asked(policies: Sequence[Policy], kind: str) -> frozenset[str] | None:
    """The roles that the quorums for documents of a kind name; None where one asks by expression.

    An expression may ask anybody, so no role can be called unasked then.
    """
    asked: set[str] = set()
    for policy in policies:
        if policy.quorum is None or kind not in policy.match.kinds:
            continue
        for demand in demands_in(policy.quorum.root):
            if demand.people or demand.roles_from:
                return None
            asked.update(demand.roles)
    return frozenset(asked)


def demands_in(node: Node) -> Iterator[Demand]:
    """Every demand for people in a quorum, in the order of the file."""
    if isinstance(node, Group):
        for part in node.parts:
            yield from demands_in(part)
    else:
        yield node
