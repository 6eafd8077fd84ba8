"""Make the proofs of a package: checkpoints of the period, their growth, receipts of entries."""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.ledger.audit.report import LedgerProofs
from launchpolicy.ledger.audit.scope import AuditScope
from launchpolicy.ledger.checkpoint import Checkpoint, Note, encode_base64
from launchpolicy.ledger.growth_proof import GrowthProof
from launchpolicy.ledger.proofs import consistency_proof
from launchpolicy.ledger.tiles import hash_reader
from launchpolicy.operations.ledger.branch.entries import growth_since
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.state import LedgerState

BEGIN, END, LEDGER = "checkpoints/begin", "checkpoints/end", "checkpoints/ledger"
GROWTH, TO_LEDGER = "proofs/begin-to-end", "proofs/end-to-ledger"


def ledger_proofs(place: LedgerLocation, state: LedgerState, scope: AuditScope) -> LedgerProofs:
    """Return the checkpoints around a period, and the proofs that each is in the next.

    Raises:
        MalformedLedgerError: a tile is not right.
        ValueError: the ledger has no checkpoint.
    """
    if state.checkpoint is None or state.note is None:
        message = "an audit of a ledger without a checkpoint"
        raise ValueError(message)
    begin, end = (_checkpoint_at(state, size) for size in (scope.first, scope.end))
    return LedgerProofs(
        origin=state.checkpoint.origin,
        size=state.size,
        root=encode_base64(state.checkpoint.root),
        begin=begin.source if begin is not None else "",
        end=end.source if end is not None else "",
        ledger=state.note.source,
        is_signed=state.note.is_signed,
        is_verified=bool(place.verifiers),
        files=dict(_growth(state, scope, begin, end)),
    )


def _checkpoint_at(state: LedgerState, size: int) -> Note | None:
    """Return the checkpoint that the ledger had at a size; None for the empty ledger.

    The one of now has its signatures, an earlier one is computed again, and has none.
    """
    if state.checkpoint is None or size == 0:
        return None
    if size == state.size and state.note is not None:
        return state.note
    return Note(Checkpoint(state.checkpoint.origin, size, state.root_at(size)).text)


def _growth(
    state: LedgerState, scope: AuditScope, begin: Note | None, end: Note | None
) -> Iterator[tuple[str, str]]:
    if begin is not None and end is not None:
        hashes = consistency_proof(
            scope.first, scope.end, hash_reader(state.size, state.files.read)
        )
        yield GROWTH, GrowthProof(scope.first, tuple(hashes), end).source
    if end is not None:
        yield TO_LEDGER, growth_since(state, end).source
