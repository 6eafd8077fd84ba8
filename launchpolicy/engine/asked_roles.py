"""Which roles policies ask approvals from, as far as can be said without the request's answers."""

from __future__ import annotations

from collections.abc import Sequence

from launchpolicy.policy.policy import Policy
from launchpolicy.policy.quorum import demands_in


def roles_asked(policies: Sequence[Policy], kind: str) -> frozenset[str] | None:
    """Return the roles that quorums for a kind name; None where one asks by expression.

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
