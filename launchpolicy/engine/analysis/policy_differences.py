"""What a change of rules does to each policy.

Some of it its text tells (`text_differences`), the rest requests (`decided_otherwise`).
"""

from __future__ import annotations

import enum
from typing import NamedTuple

from launchpolicy.engine.analysis.decision_changes import PolicyOutcome
from launchpolicy.vocabulary.text import Text


class Direction(enum.StrEnum):
    """What became of a policy."""

    REMOVED = "removed"
    WEAKENED = "weakened"
    MIXED = "weakened-and-tightened"
    UNDECIDABLE = "undecidable"
    TIGHTENED = "tightened"
    ADDED = "added"
    WORDS = "words"


WEAKER = frozenset({Direction.REMOVED, Direction.WEAKENED, Direction.MIXED})
"""What lets something pass that did not."""


class DirectedReason(NamedTuple):
    """Why a policy is weaker or stricter than before; only these two directions."""

    direction: Direction
    text: Text


class DifferingRequest(NamedTuple):
    """A request that a policy decides otherwise than before.

    `source` says where it comes from, `request` is it as YAML, as small as it could be made.
    `neighbour` is a request that both versions let pass, and that differs in little; "" where none
    was found.
    """

    direction: Direction
    source: Text
    before: PolicyOutcome
    after: PolicyOutcome
    request: str
    neighbour: str = ""
    files: tuple[Text, ...] = ()
    """Which other files it rests on, and whether they are there."""


class PolicyDifference(NamedTuple):
    """What became of one policy, and how that is known.

    `tried` counts the requests that both versions were asked about, `landings` are past ones which
    it decides otherwise, each as commit and path. `is_proven` says that the text of the policy
    leaves no other direction; without it, a request that nobody asked about may tell another.
    """

    pack: str
    policy: str
    direction: Direction
    reasons: tuple[Text, ...] = ()
    requests: tuple[DifferingRequest, ...] = ()
    tried: int = 0
    landings: tuple[tuple[str, str], ...] = ()
    is_proven: bool = False


class RulesDifference(NamedTuple):
    """What a change of rules does: `before` and `after` name the two, `notes` what else changed.

    `replayed` counts the past landings that both were asked about, None where there is no history.
    """

    before: Text
    after: Text
    policies: tuple[PolicyDifference, ...]
    notes: tuple[Text, ...] = ()
    replayed: int | None = None

    def count(self, direction: Direction) -> int:
        """Return how many policies became so."""
        return sum(policy.direction is direction for policy in self.policies)

    @property
    def is_weaker(self) -> bool:
        """Return whether some policy lets something pass that it did not."""
        return any(policy.direction in WEAKER for policy in self.policies)

    @property
    def may_be_weaker(self) -> bool:
        """Return whether some policy may let something more pass that nobody asked about."""
        return any(
            policy.direction is Direction.UNDECIDABLE or not policy.is_proven
            for policy in self.policies
        )


def direction_of(directions: frozenset[Direction]) -> Direction:
    """Return what became of a policy that differs, from all that is known of it."""
    if directions >= {Direction.WEAKENED, Direction.TIGHTENED}:
        return Direction.MIXED
    for direction in (Direction.WEAKENED, Direction.TIGHTENED):
        if direction in directions:
            return direction
    return Direction.UNDECIDABLE
