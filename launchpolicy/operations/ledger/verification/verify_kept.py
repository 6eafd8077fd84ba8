"""Compare a ledger with its kept checkpoints, and with the copies of records beside them."""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.ledger.comparison import Discrepancy
from launchpolicy.operations.ledger.branch.branch_files import LedgerFiles
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.signatures import count_unsigned
from launchpolicy.operations.ledger.branch.state import LedgerState
from launchpolicy.operations.ledger.copies.kept_checkpoint import head_path
from launchpolicy.operations.ledger.copies.kept_records import (
    complaints_about_copies,
    note_on_copies,
)
from launchpolicy.operations.ledger.copies.kept_tips import KeptTip
from launchpolicy.operations.ledger.verification.compare_with_kept import (
    compare_with_kept,
    doubts_about_kept,
    kept_sizes,
    strange_notes,
)
from launchpolicy.operations.ledger.verification.verification import Verification
from launchpolicy.operations.ledger.verification.verify_tree import TreeResult
from launchpolicy.vocabulary.text import Text


def kept_complaints(
    place: LedgerLocation,
    state: LedgerState,
    into: tuple[Verification, tuple[KeptTip, ...]],
    tree: TreeResult,
) -> Iterator[Discrepancy]:
    """Yield kept checkpoints that are not a beginning of the ledger (threat L1)."""
    verification, tips = into
    if state.checkpoint is not None:
        path = head_path(state.checkpoint.origin)
        counts = (count_unsigned(place.repository, tip.commit, path) for tip in tips)
        verification.unsigned_count = max(counts, default=0)
    if tree.is_sound:
        count = yield from compare_with_kept(place, state, tips)
    else:
        verification.unchecked.append(_ONLY_SIZES)
        count = yield from kept_sizes(place, state, tips)
    verification.kept += count
    verification.unchecked += strange_notes(place, state, tips)
    verification.doubts += doubts_about_kept(place, state, tips, verification.kept)


def copies_complaints(
    place: LedgerLocation, state: LedgerState, into: tuple[Verification, tuple[KeptTip, ...]]
) -> Iterator[Discrepancy]:
    """Yield copies of records, beside the kept checkpoint, that the ledger has otherwise."""
    verification, tips = into
    if not verification.kept or not tips:
        return
    kept = LedgerFiles(place.repository, tips[0].commit)
    yield from complaints_about_copies(place, state, kept)
    note = note_on_copies(place, state, kept)
    if note is not None:
        verification.unchecked.append(note)


_ONLY_SIZES = Text(
    "Of the kept checkpoints only the sizes were compared: the tree is not right.",
    "对另存的检查点仅比对了大小：树不正确。",
)
