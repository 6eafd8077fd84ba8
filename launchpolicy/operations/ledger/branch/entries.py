"""Read the ledger as a whole: its entries one after the other, and one entry with its proof."""

from __future__ import annotations

from collections.abc import Iterator

from launchpolicy.ledger.checkpoint import Note, parse_checkpoint
from launchpolicy.ledger.entry import Entry
from launchpolicy.ledger.growth_proof import GrowthProof, check_growth
from launchpolicy.ledger.launches import Launches, launches_of
from launchpolicy.ledger.merkle import Frontier, leaf_hash
from launchpolicy.ledger.proofs import ProofError, consistency_proof, inclusion_proof
from launchpolicy.ledger.receipt import Receipt, check_receipt
from launchpolicy.ledger.tiles import WIDTH, hash_reader
from launchpolicy.operations.ledger.branch.branch_files import LedgerFiles
from launchpolicy.operations.ledger.branch.location import LedgerLocation
from launchpolicy.operations.ledger.branch.state import (
    CHECKPOINT,
    LedgerState,
    parse_entry,
    read_checkpoint,
    read_state,
)
from launchpolicy.operations.ledger.problems import damaged_ledger, no_ledger
from launchpolicy.vocabulary.text import Text


def current_state(place: LedgerLocation) -> LedgerState:
    """Return the ledger as it stands.

    Raises:
        UsageError: there is none.
        MalformedLedgerError: it is damaged.
    """
    tip = place.tip()
    if tip is None:
        raise no_ledger(place.settings.branch)
    return read_state(LedgerFiles(place.repository, tip), place.verifiers)


def present_origin(place: LedgerLocation) -> str:
    """Return what the ledger that is there calls itself, "" where there is none.

    The signature is not looked at: keys are made before there is one.

    Raises:
        MalformedLedgerError: its checkpoint is none.
    """
    source = LedgerFiles(place.repository, place.tip()).find(CHECKPOINT)
    return read_checkpoint(source, (), CHECKPOINT)[1].origin if source is not None else ""


def entries(state: LedgerState) -> Iterator[Entry]:
    """Yield every entry of a ledger, in order; at the end they are hashed up to the root.

    Raises:
        MalformedLedgerError: one is not what the checkpoint vouches for. A caller that stops before
            the end has seen entries that only the tiles beside them vouch for.
    """
    for number, source in enumerate(entry_sources(state)):
        yield parse_entry(number, source)


def entry_sources(state: LedgerState) -> Iterator[bytes]:
    """Yield the bytes of every entry, in order; at the end they are hashed up to the root.

    Raises:
        MalformedLedgerError: one is not what the checkpoint vouches for.
    """
    tree = Frontier()
    for index in range(-(-state.size // WIDTH)):
        for source in state.bundle(index):
            tree.append(leaf_hash(source))
            yield source
    if state.checkpoint is not None and tree.root() != state.checkpoint.root:
        raise damaged_ledger(
            "tile", Text("its hashes do not lead to the checkpoint's root", "哈希与根哈希不符")
        )


def entries_from(state: LedgerState, first: int) -> Iterator[tuple[int, Entry]]:
    """Yield the entries from a number on, each with its number; every bundle is read once.

    Raises:
        MalformedLedgerError: one is none, or not what the tile beside it has the hash of.
    """
    for number, source in sources_from(state, first):
        yield number, parse_entry(number, source)


def sources_from(state: LedgerState, first: int) -> Iterator[tuple[int, bytes]]:
    """Yield the bytes of the entries from a number on, as `entries_from` reads them.

    Raises:
        MalformedLedgerError: one is not what the tile beside it has the hash of.
    """
    for index in range(first // WIDTH, -(-state.size // WIDTH)):
        for number, source in enumerate(state.bundle(index), start=index * WIDTH):
            if number >= first:
                yield number, source


def fold_entries(state: LedgerState) -> Launches:
    """Return the launches of a ledger."""
    return launches_of(entries(state))


def receipt(state: LedgerState, number: int) -> Receipt:
    """Return the receipt of one entry, under the ledger's checkpoint.

    Raises:
        ValueError: there is no such entry.
        MalformedLedgerError: a tile is not right.
    """
    if state.note is None or not 0 <= number < state.size:
        message = f"no entry {number} in a ledger of {state.size}"
        raise ValueError(message)
    proof = inclusion_proof(number, state.size, hash_reader(state.size, state.files.read))
    entry_receipt = Receipt(state.entry_bytes(number), number, tuple(proof), state.note)
    try:
        check_receipt(entry_receipt)
    except ProofError as error:
        raise damaged_ledger(f"entry {number}", error.text) from error
    return entry_receipt


def growth_since(state: LedgerState, old: Note) -> GrowthProof:
    """Return the proof that the kept checkpoint `old` is the beginning of the ledger.

    Raises:
        ProofError: `old` is no checkpoint, is of another ledger, or is no beginning of this one.
        MalformedLedgerError: a tile is not right.
    """
    before = parse_checkpoint(old.text)
    if state.note is None or not 0 < before.size <= state.size:
        raise ProofError(
            Text(
                f"the checkpoint has {before.size} entries, and the ledger {state.size}",
                f"检查点含 {before.size} 条记录，而上线日志含 {state.size} 条",
            )
        )
    hashes = consistency_proof(before.size, state.size, hash_reader(state.size, state.files.read))
    proof = GrowthProof(before.size, tuple(hashes), state.note)
    check_growth(proof, old)
    return proof
