"""Compare a ledger that was built again with every checkpoint that was kept of the one before."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from launchpolicy.ledger.checkpoint import Checkpoint
from launchpolicy.operations.ledger.branch.branch_files import LedgerFiles
from launchpolicy.operations.ledger.branch.entries import entries_from
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.state import CHECKPOINT, LedgerState, read_checkpoint
from launchpolicy.operations.ledger.copies.kept_checkpoint import (
    head_path,
    is_signed_here,
    kept_heads,
    origin_after,
)
from launchpolicy.operations.ledger.copies.kept_tips import KeptTip, tips_for

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A kept checkpoint that is no beginning of what was built.

    `where` it is kept, its size, up to which number of entries everything agrees, and the first
    commits after that (12 digits each) of which nothing is recorded.
    """

    where: str
    size: int
    agrees_until: int
    unrecorded: tuple[str, ...]


def compare_with_all_kept(
    place: LedgerLocation, grown: LedgerState, present: LedgerFiles, tips: Sequence[KeptTip]
) -> tuple[int, Contradiction | None]:
    """Return how many kept checkpoints the built ledger begins with, and what contradicts it.

    Raises:
        MalformedLedgerError: a kept checkpoint is not right.
    """
    agreed: list[int] = []
    others: list[tuple[int, str]] = []
    for where, checkpoint, is_trusted in _all_kept(place, grown, present, tips):
        is_beginning = checkpoint.size <= grown.size and (
            checkpoint.size == 0
            or hmac.compare_digest(grown.root_at(checkpoint.size), checkpoint.root)
        )
        if is_beginning and is_trusted:
            agreed.append(checkpoint.size)
        elif not is_beginning:
            others.append((checkpoint.size, where))
    if not others:
        return len(agreed), None
    size, where = min(others)
    until = max((number for number in agreed if number < size), default=0)
    last = max(size for size, _ in others)
    unrecorded = tuple(_unrecorded_commits(grown, until, min(size, grown.size)))
    return len(agreed), Contradiction(where, last, until, unrecorded)


def _all_kept(
    place: LedgerLocation, grown: LedgerState, present: LedgerFiles, tips: Sequence[KeptTip]
) -> Iterator[tuple[str, Checkpoint, bool]]:
    """Yield every checkpoint that was kept of the ledger under any name that it can have.

    Each comes with whether it may confirm: where a key is known, it has to have signed. Anyone's
    may accuse.
    """
    origins = {origin_after(grown.entry(0).commit)}
    if grown.checkpoint is not None:
        origins.add(grown.checkpoint.origin)
    source = present.find(CHECKPOINT)
    if source is not None:
        origins.add(read_checkpoint(source, (), CHECKPOINT)[1].origin)
    for tip in tips_for(place, tuple(tips), present.commit):
        for origin in sorted(origins):
            for commit, checkpoint in kept_heads(place, origin, tip.commit):
                source = LedgerFiles(place.repository, commit).read(head_path(origin))
                is_trusted = is_signed_here(place, source)
                yield f"{tip.name}:{head_path(origin)}", checkpoint, is_trusted


def _unrecorded_commits(grown: LedgerState, first: int, end: int) -> Iterator[str]:
    """Yield the first commits among some entries of which nothing is recorded."""
    commits: dict[str, None] = {}
    for number, entry in entries_from(grown, first):
        if number >= end or len(commits) == _SHOWN:
            break
        if not entry.record:
            commits[entry.commit[:12]] = None
    yield from commits
