"""What the ledger says of each policy: how often it stood in the way, and how often it was waived.

The ledger holds what landed. A version of a proposal that a policy refused, and that was corrected
before the merge, is in it as `fixed`; a proposal that was given up is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from launchpolicy.ledger.entry import RULES, Entry
from launchpolicy.ledger.voids import EVENT, voided_numbers


class PolicyHistory(NamedTuple):
    """`landings` were judged in all; `held` and `waived` count them by the policy's id."""

    landings: int
    held: Mapping[str, int]
    waived: Mapping[str, int]


def policy_history(entries: Iterable[Entry]) -> PolicyHistory:
    """Return what entries in the ledger's order say; void ones count for nothing."""
    known = tuple(entries)
    void = voided_numbers(known)
    landings = 0
    held: dict[str, int] = {}
    waived: dict[str, int] = {}
    for number, entry in enumerate(known):
        if number in void or entry.kind == RULES or entry.event == EVENT:
            continue
        landings += 1
        for policy in {hurdle.policy for hurdle in entry.hurdles}:
            held[policy] = held.get(policy, 0) + 1
        for policy in {use.policy for use in entry.waivers}:
            waived[policy] = waived.get(policy, 0) + 1
    return PolicyHistory(landings, held, waived)
