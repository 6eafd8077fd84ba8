"""Compare the entries of a ledger with what the history of its branch says they have to be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from launchpolicy.hosts.git.first_parent_history import listing
from launchpolicy.ledger.comparison import Discrepancy, WrittenEntry, compare_landing
from launchpolicy.operations.ledger.branch.entries import entry_sources
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.packs_over_time import PacksOverTime
from launchpolicy.operations.ledger.branch.recorded_branch import branch_to_state
from launchpolicy.operations.ledger.branch.recorded_voids import (
    complaints_of_voids,
    numbers_of,
    voids_in,
)
from launchpolicy.operations.ledger.branch.state import LedgerState
from launchpolicy.operations.ledger.history.landings import landings, since
from launchpolicy.operations.ledger.verification.verification import (
    Verification,
)

Progress = Callable[[int, int], None]
"""Is given how many of how many entries have been compared with the history."""


def compare_with_history(
    place: LedgerLocation, state: LedgerState, verification: Verification, progress: Progress | None
) -> Iterator[Discrepancy]:
    """Yield where entries, and what voids them, are not what the history says.

    Raises:
        MalformedLedgerError: a record or a list of packs is not right.
    """
    chain = {
        bytes.fromhex(step.commit): number
        for number, step in enumerate(listing(place.repository, place.head))
    }

    def position_of(commit: str) -> int | None:
        return chain.get(bytes.fromhex(commit))

    verification.voids = voids_in(state)
    yield from complaints_of_voids(state, verification.voids, position_of)
    left_out = numbers_of(verification.voids)

    def entries() -> Iterator[WrittenEntry]:
        for number, source in enumerate(entry_sources(state)):
            if progress is not None:
                progress(number + 1, state.size)
            if number not in left_out:
                yield WrittenEntry(number, source)

    expected_landings = landings(
        replace(place, branch=branch_to_state(place, state)),
        since(place, None),
        (None, None),
        state.files.record,
        PacksOverTime(state.files, state.last_commit),
        replay=verification.replayed,
    )
    yield from compare_landing(entries(), expected_landings, position_of, verification.pending)
