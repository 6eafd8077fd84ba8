"""Save a long append batch by batch, so that a run which is killed goes on where it was (L2).

A batch ends where a landing ends: the last entry of the ledger says from which commit to go on, so
the other entries of that commit must be there, too.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from datetime import datetime
from typing import TypeVar

from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.state import LedgerState
from launchpolicy.operations.ledger.copies.kept_checkpoint import keep_head, require_unknown_origin

Item = TypeVar("Item")


class LostRaceError(Exception):
    """Another run was faster; the branch is not at the commit that this run grew from."""


class BatchSaver:
    """Moves the ledger's branch on after each batch, and keeps its checkpoint.

    `heads` is the commit of the branch of kept checkpoints when the run began, `before` the ledger
    as it was then; `count` is how many entries have been saved.
    """

    __slots__ = ("_before", "_heads", "_now", "_place", "count")

    def __init__(
        self,
        place: LedgerLocation,
        heads: str | None,
        before: LedgerState,
        now: Callable[[], datetime],
    ) -> None:
        self._place = place
        self._heads = heads
        self._before = before
        self._now = now
        self.count = 0

    def save(self, grown: LedgerState) -> None:
        """Move the branch to a ledger that has grown.

        Raises:
            LostRaceError: the branch was moved meanwhile.
            MalformedLedgerError: a ledger of this name was there before.
            UndecidedError: the branch cannot be written.
        """
        before, place = self._before, self._place
        if before.checkpoint is None and grown.checkpoint is not None:
            require_unknown_origin(place, self._heads, grown.checkpoint.origin)
        if grown.files.commit is None or not place.advance(before.files.commit, grown.files.commit):
            raise LostRaceError
        self.count += grown.size - before.size
        self._before = grown
        keep_head(place, grown, self._now())


def batches(
    items: Iterator[Item], least: int, landing_of: Callable[[Item], Hashable]
) -> Iterator[list[Item]]:
    """Yield items in lists of at least `least`, but the last, none of which ends in a landing."""
    batch: list[Item] = []
    for item in items:
        if len(batch) >= least and landing_of(item) != landing_of(batch[-1]):
            yield batch
            batch = []
        batch.append(item)
    if batch:
        yield batch
